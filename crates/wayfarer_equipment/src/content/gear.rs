//! Kind `gear`: how an item is worn and what it does then. The entry has the name of the item.

use serde::Deserialize;
use wayfarer_core::{
    content::{Content, Definition, LinkCtx, Ref, Text},
    id::DefId,
};
use wayfarer_stats::{
    StatId,
    content::ModifierDef,
    effects::EffectDef,
    index::StatIndex,
    tags::{TagDef, TagQuery},
};

use super::{
    ItemAbilityDef, MaterialDef, QualityDef, RarityDef, SlotDef, check_factor, check_seconds, one,
};

/// Definition kind `gear`.
///
/// ```ron
/// { "greataxe": (
///     slots: ["core:main_hand"],
///     occupies: ["core:off_hand"],
///     requires: [(stat: "core:attributes.strength", min: 14, name: "Strength")],
///     modifiers: [(stat: "core:combat.attack", flat: 9)],
///     equip_cooldown: 3,
/// ) }
/// ```
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct GearDef {
    /// The slots it can be worn in, the usual one first.
    pub slots: Vec<Ref<SlotDef>>,
    /// Slots that must be free meanwhile: the off hand of a two-handed weapon.
    #[serde(default)]
    pub occupies: Vec<Ref<SlotDef>>,
    /// What it does while it is worn.
    #[serde(default)]
    pub modifiers: Vec<ModifierDef>,
    /// What its wearer must be able to do, when putting it on.
    #[serde(default)]
    pub requires: Vec<Requirement>,
    /// Seconds for which its slots stay locked, if that is longer than for everything.
    #[serde(default)]
    pub equip_cooldown: f32,
    /// How well it is usually made; the lowest tier if left out.
    #[serde(default)]
    pub quality: Option<Ref<QualityDef>>,
    /// How rare it is; the most common if left out.
    #[serde(default)]
    pub rarity: Option<Ref<RarityDef>>,
    /// What it is made of.
    #[serde(default)]
    pub material: Option<Ref<MaterialDef>>,
    /// The kind of thing that it wears as: a group of the wear rules. It does not wear if left out.
    #[serde(default)]
    pub wear: Option<Text>,
    /// How tough it is against others of its kind, from 0.01: wear is divided by it.
    #[serde(default = "one")]
    pub durability: f32,
    /// The least level of its wearer, as `equip_rules` measure level.
    #[serde(default)]
    pub min_level: f32,
    /// Tags that its wearer must have, or not have: a class, a faith, a people.
    #[serde(default)]
    pub wearer: TagQuery,
    /// What its wearer must have done: a tag that a game gives for it.
    #[serde(default)]
    pub quest: Option<Ref<TagDef>>,
    /// It does nothing until its wearer has attuned to it.
    #[serde(default)]
    pub attune: bool,
    /// What has to be found out about it; nothing if left out.
    #[serde(default)]
    pub hidden: Option<HiddenDef>,
    /// Effects that its wearer has meanwhile.
    #[serde(default)]
    pub effects: Vec<Ref<EffectDef>>,
    /// What can be done with it.
    #[serde(default)]
    pub abilities: Vec<Ref<ItemAbilityDef>>,
}

/// That a thing is not what it seems.
///
/// ```ron
/// hidden: (steps: 3, name: "Tarnished ring")
/// ```
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct HiddenDef {
    /// How many steps of identification it takes to know all of it, from 1.
    pub steps: u8,
    /// What it is called before its name is known.
    #[serde(default = "unknown")]
    pub name: String,
}

fn unknown() -> String {
    "Unknown thing".to_owned()
}

/// A least value of a stat.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// The stat, best in full: `pack:set.stat`. Who does not have it does not meet it.
    pub stat: Text,
    /// The least value.
    pub min: f32,
    /// The name for players; the stat's if left out.
    #[serde(default)]
    pub name: Option<String>,
}

impl Requirement {
    /// The stat it asks for; `None` when there is none of this name.
    pub fn stat_id(&self, content: &Content) -> Option<StatId> {
        content
            .derived::<StatIndex>()?
            .resolve(None, &self.stat)
            .ok()
    }

    /// The name for players.
    pub fn shown(&self) -> &str {
        let short = self.stat.rsplit('.').next().unwrap_or_default();
        self.name.as_deref().unwrap_or(short)
    }
}

impl GearDef {
    /// Whether it can be worn in a slot.
    pub fn fits(&self, slot: DefId) -> bool {
        self.slots.iter().any(|own| own.id() == slot)
    }

    /// Every slot that it takes when it is worn in `slot`.
    pub fn takes(&self, slot: DefId) -> impl Iterator<Item = DefId> {
        let others = self.occupies.iter().map(Ref::id);
        std::iter::once(slot).chain(others.filter(move |&other| other != slot))
    }
}

impl Definition for GearDef {
    const KIND: &'static str = "gear";

    fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        let at = ctx.entry_span();
        if self.slots.is_empty() {
            ctx.error(at, "no-slot", "this can be worn nowhere", None);
        }
        for slot in &self.occupies {
            if self.slots.contains(slot) {
                let message = format!("`{slot}` is one of its own slots");
                ctx.error(slot, "occupies-itself", message, None);
            }
        }
        check_seconds(ctx, at, "equip_cooldown", self.equip_cooldown);
        check_factor(ctx, "durability", self.durability);
        if self.durability < 0.01 {
            let help = "leave `wear` out for what never wears".to_owned();
            let message = "`durability` must be at least 0.01";
            ctx.error(at, "bad-number", message, Some(help));
        }
        for requirement in &self.requires {
            if !requirement.min.is_finite() {
                let message = "`min` must be a number";
                ctx.error(&requirement.stat, "bad-number", message, None);
            }
        }
        check_factor(ctx, "min_level", self.min_level);
        self.wearer.link(ctx);
        if self.hidden.as_ref().is_some_and(|hidden| hidden.steps == 0) {
            let message = "`hidden` without steps hides nothing";
            ctx.error(at, "bad-number", message, None);
        }
        for modifier in &mut self.modifiers {
            modifier.link(ctx);
        }
    }
}
