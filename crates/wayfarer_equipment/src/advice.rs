//! What would suit somebody better than what they wear: the quality that their level calls for, and
//! what they carry of it. Advice only; nothing is asked for and nothing is touched.

use bevy::prelude::*;
use wayfarer_core::{
    content::{ActiveContent, Content, Ref},
    feature::Features,
    id::{DefId, Uid},
};
use wayfarer_inventory::{Inventory, Item};
use wayfarer_stats::what_if::Change;

use crate::{
    FEATURE,
    content::{EquipRulesDef, GearDef, QualityDef},
    enchanting::quality_place,
    ext::is_known,
    preview::preview_equip,
    rules::{
        advice::{called_for, gain},
        identify::Aspect,
    },
};

/// Something worn that is poorer than what its wearer's level calls for.
#[derive(Clone, Debug, PartialEq)]
pub struct Upgrade {
    /// What is worn.
    pub item: Uid,
    /// Where.
    pub slot: DefId,
    /// The quality that is within reach: an entry of kind `qualities`.
    pub quality: DefId,
    /// The level from which it is within reach: `from_level` of the quality.
    pub from_level: f32,
    /// Something that is carried, may be put on there, and would raise some stats and lower none,
    /// with the stats that it would change; `None` if nothing would. Of several it is the one that
    /// raises them most.
    pub better: Option<(Uid, Vec<Change>)>,
}

/// Everything worn that is poorer than what the wearer's level calls for, by uid. Things whose stats
/// are not identified yet are left out. Empty while the feature is off. The same on the host and on
/// the client of the wearer's owner.
pub fn upgrades(world: &World, wearer: Entity) -> Vec<Upgrade> {
    let content = world.get_resource::<ActiveContent>();
    let inventory = world.get::<Inventory>(wearer);
    let Some((content, inventory)) = content.zip(inventory) else {
        return Vec::new();
    };
    let content = &content.0;
    if Features::check(world, FEATURE).is_err() {
        return Vec::new();
    }
    let tiers = QualityDef::in_order(content);
    let from: Vec<Option<f32>> = tiers.iter().map(|tier| tier.from_level).collect();
    let level = EquipRulesDef::level_of(content, world, wearer);
    let Some(place) = called_for(&from, level) else {
        return Vec::new();
    };
    let Some((tier, Some(from_level))) = tiers.get(place).map(|tier| (tier, tier.from_level))
    else {
        return Vec::new();
    };
    let gear = content.table::<GearDef>();
    let mut worn: Vec<(&Item, DefId)> = inventory
        .worn()
        .filter_map(|item| Some((item, item.place.slot()?)))
        .filter(|(item, _)| gear.get(item.def).is_some())
        .filter(|(item, _)| is_known(content, item, Aspect::Stats))
        .filter(|(item, _)| quality_place(content, item) < place as f32)
        .collect();
    worn.sort_unstable_by_key(|(item, _)| item.uid);
    worn.into_iter()
        .map(|(item, slot)| Upgrade {
            item: item.uid,
            slot,
            quality: tier.id(),
            from_level,
            better: better(world, content, inventory, wearer, slot),
        })
        .collect()
}

/// What is carried and would do more in a slot than what is there now.
fn better(
    world: &World,
    content: &Content,
    inventory: &Inventory,
    wearer: Entity,
    slot: DefId,
) -> Option<(Uid, Vec<Change>)> {
    let gear = content.table::<GearDef>();
    let fits = |item: &&Item| {
        let slots = gear.get(item.def).map(|gear| &gear.slots);
        slots.is_some_and(|slots| slots.iter().map(Ref::id).any(|own| own == slot))
    };
    let loose = inventory.iter().filter(|item| item.place.slot().is_none());
    let known = loose
        .filter(fits)
        .filter(|item| is_known(content, item, Aspect::Stats));
    let scored = known.filter_map(|item| {
        let changes = preview_equip(world, wearer, item.uid, Some(slot)).ok()?;
        let gain = gain(changes.iter().map(|change| (change.before, change.after)))?;
        Some((gain, item.uid, changes))
    });
    let best = scored.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
    best.map(|(_, uid, changes)| (uid, changes))
}
