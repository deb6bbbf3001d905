//! What can be done with things: data that goes through the same effects as everything else.
//!
//! A thing that was just put on does nothing until its slot is free again, and each ability waits
//! for its own time after each use. Both are ticks of the saved clock, so what remains is kept over
//! a disconnect and a restart, and clients count down exactly.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;
use wayfarer_core::{
    action::Action,
    clock::ticks,
    content::{ActiveContent, Content, Def, Ref},
    id::{DefId, Identity, Uid},
    refusal::Refusal,
    txn::Txn,
};
use wayfarer_inventory::{
    Inventory, Item,
    cling::{charges_now, spend_charges},
    constraint::{Planned, Purpose, check_constraints},
    facts::ItemsChanged,
    refusals::NO_CHARGES,
    view::View,
};
use wayfarer_stats::{
    api,
    effects::{EffectSpec, apply_effect, tags_now},
};

use crate::{
    FEATURE,
    attuning::check_not_too_many,
    content::{AbilityTarget, AbilityWhen, EquipRulesDef, GearDef, ItemAbilityDef, value},
    enchanting::{hz, now},
    equipment::Equipment,
    ext::{Cooling, Enchants, is_known, lacks_attunement, set_ext},
    facts::AbilityUsed,
    refusals::{
        ABILITY_COOLDOWN, EQUIP_LOCKED, NO_SUCH_ABILITY, NOT_ATTUNED, NOT_IN_COMBAT, NOT_WORN,
        ONLY_IN_COMBAT, UNIDENTIFIED, WRONG_TARGET,
    },
    rules::identify::Aspect,
    settle::due::sweep,
    total::refresh,
};

/// Something that somebody could do with something.
#[derive(Clone, Debug, PartialEq)]
pub struct AbilityView {
    /// The item.
    pub item: Uid,
    /// The ability: an entry of kind `item_abilities`.
    pub ability: DefId,
    /// Seconds until it can be used again; 0 when it can.
    pub remaining: f32,
    /// Why it can not be used now, whoever the target is.
    pub refusal: Option<Refusal>,
}

/// Everything that `actor` could do with what they carry in combat, or out of it, whether it can be
/// done at this moment or not: by item and ability. What is not known about a thing is left out, and
/// so is what only works when worn and is not.
pub fn list_abilities(world: &World, actor: Entity, combat: bool) -> Vec<AbilityView> {
    let Some(content) = world.get_resource::<ActiveContent>() else {
        return Vec::new();
    };
    let content = &content.0;
    let Ok(view) = View::of(world, content, actor) else {
        return Vec::new();
    };
    let mut items: Vec<&Item> = view.inventory.iter().collect();
    items.sort_unstable_by_key(|item| (item.place.slot().is_none(), item.uid));
    let mut all = Vec::new();
    for item in items {
        if !is_known(content, item, Aspect::Abilities) {
            continue;
        }
        for (def, _) in abilities_of(content, item, now(world)) {
            if !def.when.fits(combat) || item.place.slot().is_none() && !def.carried {
                continue;
            }
            let refusal = check_now(&view, item, def, combat).err();
            all.push(AbilityView {
                item: item.uid,
                ability: def.id(),
                remaining: ability_cooldown(&view, item, def.id()),
                refusal,
            });
        }
    }
    all
}

/// What can be done with an item, and how strong: by itself 1, by an enchantment the share of its
/// power. Of the same ability the stronger one counts.
pub fn abilities_of<'c>(
    content: &'c Content,
    item: &Item,
    now: u64,
) -> Vec<(&'c Def<ItemAbilityDef>, f32)> {
    let own = content.table::<GearDef>().get(item.def).into_iter();
    let own = own.flat_map(|gear| gear.abilities.iter().map(|ability| (ability.id(), 1.0)));
    let laid = Enchants::working(content, item, now);
    let laid = laid.iter().flat_map(|(enchant, def)| {
        let share = enchant.share();
        def.abilities
            .iter()
            .map(move |ability| (ability.id(), share))
    });
    let mut all: Vec<(DefId, f32)> = Vec::new();
    for (ability, strength) in own.chain(laid) {
        match all.iter_mut().find(|(known, _)| *known == ability) {
            Some(known) => known.1 = known.1.max(strength),
            None => all.push((ability, strength)),
        }
    }
    let table = content.table::<ItemAbilityDef>();
    all.into_iter()
        .filter_map(|(ability, strength)| Some((table.get(ability)?, strength)))
        .collect()
}

/// Seconds until an ability of an item can be used: its own time, and while the thing is worn that
/// of its slot. The same on host and clients.
pub fn ability_cooldown(view: &View<'_>, item: &Item, ability: DefId) -> f32 {
    let now = now(view.world);
    let own = Cooling::of(item).remaining(ability, now);
    (own.max(slot_lock(view, item, now)) as f64 / hz(view.world)) as f32
}

fn slot_lock(view: &View<'_>, item: &Item, now: u64) -> u64 {
    let equipment = view.world.get::<Equipment>(view.entity);
    let slot = item.place.slot();
    equipment
        .zip(slot)
        .map_or(0, |(equipment, slot)| equipment.remaining(slot, now))
}

/// Whether somebody is in combat, as the tag of `equip_rules` tells.
pub fn in_combat(world: &World, content: &Content, entity: Entity) -> bool {
    let tag = EquipRulesDef::in_force(content).and_then(|rules| rules.combat.as_ref());
    tag.is_some_and(|tag| tags_now(world, entity).has(tag.id()))
}

/// Whether an ability could be used now, whoever the target is.
fn check_now(
    view: &View<'_>,
    item: &Item,
    def: &Def<ItemAbilityDef>,
    combat: bool,
) -> Result<(), Refusal> {
    match (def.when, combat) {
        (AbilityWhen::InCombat, false) => return Err(ONLY_IN_COMBAT.into()),
        (AbilityWhen::OutOfCombat, true) => return Err(NOT_IN_COMBAT.into()),
        _ => {}
    }
    if item.place.slot().is_none() && !def.carried {
        return Err(NOT_WORN.into());
    }
    let who = view.world.get::<Identity>(view.entity).map(|id| id.0);
    if lacks_attunement(view.content, item, who) {
        return Err(NOT_ATTUNED.into());
    }
    check_not_too_many(view, item)?;
    let now = now(view.world);
    let seconds = |ticks: u64| (ticks as f64 / hz(view.world)) as f32;
    let lock = slot_lock(view, item, now);
    if lock > 0 {
        return Err(Refusal::new(EQUIP_LOCKED)
            .with("remaining", seconds(lock))
            .with("slot", item.place.slot().unwrap_or_default()));
    }
    let left = Cooling::of(item).remaining(def.id(), now);
    if left > 0 {
        return Err(Refusal::new(ABILITY_COOLDOWN).with("remaining", seconds(left)));
    }
    let planned = Planned {
        item,
        count: 1,
        purpose: Purpose::Use,
        to: item.place.slot().map(|_| item.place),
    };
    check_constraints(view, &planned)?;
    let have = charges_now(view.world, view.content, item).map_or(0, |(left, _)| left);
    if have < def.charges {
        return Err(Refusal::new(NO_CHARGES)
            .with("item", item.def)
            .with("need", u32::from(def.charges))
            .with("have", u32::from(have)));
    }
    Ok(())
}

/// `equipment.use_ability`: does something with a thing of the actor's own. If one of its effects or
/// costs is refused, nothing happens.
///
/// Refused with `not_found`, `template_unavailable`, `unidentified`, `no_such_ability`,
/// `only_in_combat`, `not_in_combat`, `not_worn`, `not_attuned`, `attunement_full`, `equip_locked`, `ability_cooldown`, `wrong_target`, `out_of_reach`, what constraints say, what
/// costs say (`insufficient`), and what effects say.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct UseAbility {
    /// The item.
    pub item: Uid,
    /// What: an entry of kind `item_abilities`.
    pub ability: DefId,
    /// On whom; on oneself if left out.
    pub target: Option<Uid>,
}

impl Action for UseAbility {
    const NAME: &'static str = "equipment.use_ability";
    type Receipt = ();
    const FEATURE: Option<&'static str> = Some(FEATURE);

    fn apply(&self, txn: &mut Txn<'_>) -> Result<(), Refusal> {
        let (actor, by) = (txn.actor()?, txn.actor_uid()?);
        let content = txn.content();
        let view = View::of_txn(txn, &content, actor)?;
        let item = view.item(self.item)?;
        view.def(item)?;
        let mut all = abilities_of(&content, item, txn.tick()).into_iter();
        let found = all.find(|(def, _)| def.id() == self.ability);
        if !is_known(&content, item, Aspect::Abilities) {
            return Err(UNIDENTIFIED.into());
        }
        let (def, strength) =
            found.ok_or_else(|| Refusal::new(NO_SUCH_ABILITY).with("ability", self.ability))?;
        check_now(&view, item, def, in_combat(view.world, &content, actor))?;
        let target = match self.target {
            Some(uid) if uid != by => txn.entity(uid)?,
            _ => actor,
        };
        let fits = match def.target {
            AbilityTarget::User => target == actor,
            AbilityTarget::Other => target != actor,
            AbilityTarget::Anyone => true,
        };
        if !fits {
            return Err(WRONG_TARGET.into());
        }
        if target != actor {
            txn.check_reach(target)?;
        }
        let item = item.clone();
        self.pay(txn, &content, actor, &item, def)?;
        let level = def.level * strength;
        let effects: SmallVec<[DefId; 4]> = def.effects.iter().map(Ref::id).collect();
        for effect in effects {
            let spec = EffectSpec::new(effect).by(by).level(level);
            apply_effect(txn, target, &spec)?;
        }
        txn.emit(AbilityUsed {
            entity: actor,
            item: self.item,
            ability: self.ability,
            target,
        });
        txn.emit(ItemsChanged { entity: actor });
        Ok(())
    }
}

impl UseAbility {
    /// What it costs: resources, charges, time, and uses of the enchantment that gives it.
    fn pay(
        &self,
        txn: &mut Txn<'_>,
        content: &Content,
        actor: Entity,
        item: &Item,
        def: &Def<ItemAbilityDef>,
    ) -> Result<(), Refusal> {
        for cost in &def.costs {
            let amount = value(&cost.amount, txn.world(), actor).max(0.0);
            let stat = cost.stat_id(content);
            let stat = stat.ok_or_else(|| Refusal::not_found(cost.stat.as_str()))?;
            api::spend(txn, actor, stat, amount)?;
        }
        if def.charges > 0 {
            spend_charges(txn, actor, item.uid, def.charges)?;
        }
        let now = txn.tick();
        let wait = ticks(def.cooldown, hz(txn.world()));
        let cooling = Cooling::of(item).with(def.id(), now.saturating_add(wait), now);
        if cooling != item.ext::<Cooling>() {
            set_ext(txn, actor, item.uid, cooling.as_ref())?;
        }
        let own = content.table::<GearDef>().get(item.def);
        let by_itself = own.is_some_and(|gear| {
            let mut abilities = gear.abilities.iter();
            abilities.any(|ability| ability.id() == def.id())
        });
        if !by_itself {
            trigger(txn, content, actor, item.uid, |enchantment| {
                let mut abilities = enchantment.abilities.iter();
                abilities.any(|ability| ability.id() == def.id())
            })?;
        }
        Ok(())
    }
}

/// One use of the enchantments that `which` chooses; those that are used up end.
pub(crate) fn trigger(
    txn: &mut Txn<'_>,
    content: &Content,
    holder: Entity,
    uid: Uid,
    which: impl Fn(&crate::content::EnchantmentDef) -> bool,
) -> Result<(), Refusal> {
    let now = txn.tick();
    let inventory = txn.need::<Inventory>(holder, "inventory")?;
    let item = inventory.get(uid).ok_or_else(|| Refusal::not_found(uid))?;
    let table = content.table::<crate::content::EnchantmentDef>();
    let mut all = Enchants::of(item, now);
    let before = all.clone();
    for enchant in &mut all.0 {
        let chosen = table.get(enchant.def).is_some_and(|def| which(def));
        if chosen && enchant.works(now) {
            enchant.uses = enchant.uses.map(|uses| uses.saturating_sub(1));
            enchant.triggered = Some(now);
        }
    }
    if all == before {
        return Ok(());
    }
    set_ext(txn, holder, uid, Some(&all))?;
    let inventory = txn.need::<Inventory>(holder, "inventory")?;
    let item = inventory
        .get(uid)
        .cloned()
        .ok_or_else(|| Refusal::not_found(uid))?;
    sweep(txn, holder, &item, now)?;
    refresh(txn, holder, uid)
}
