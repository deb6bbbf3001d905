//! Sets: which count, and what they do. The bonuses have a source of their own, so no item has to
//! carry them.

use std::collections::{BTreeMap, BTreeSet};

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::{
    content::{Content, Def},
    id::{DefId, Uid},
    refusal::Refusal,
    txn::Txn,
};
use wayfarer_inventory::{Inventory, Item, content::ItemDef};
use wayfarer_stats::{api, modifier::Modifier};

use crate::{
    condition::counts_for_set,
    content::{GearSetDef, SetTier},
    facts::SetBonusChanged,
    rules::sets::{Piece, count, reached},
    wear::set_modifiers,
};

/// The sets that count for somebody. Only on who has ever had one; saved, sent to the owner.
#[derive(Component, Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Reflect)]
#[reflect(opaque, Component, Debug, Clone)]
pub struct ActiveSets {
    source: Option<Uid>,
    active: BTreeMap<DefId, u8>,
}

impl ActiveSets {
    /// The source of all bonuses of sets, as explanations and modifiers name it.
    pub fn source(&self) -> Option<Uid> {
        self.source
    }

    /// How many tiers of a set count.
    pub fn tiers(&self, set: DefId) -> u8 {
        self.active.get(&set).copied().unwrap_or(0)
    }

    /// Every set of which a tier counts, with how many.
    pub fn iter(&self) -> impl Iterator<Item = (DefId, u8)> {
        self.active.iter().map(|(&set, &tiers)| (set, tiers))
    }
}

/// The pieces of a set among some things.
pub fn pieces<'a>(
    content: &Content,
    set: &GearSetDef,
    worn: impl Iterator<Item = &'a Item>,
) -> Vec<Piece> {
    let items = content.table::<ItemDef>();
    let mut pieces: Vec<Piece> = worn
        .filter(|item| set.has(item.def, items.get(item.def).map(|def| &**def)))
        .map(|item| Piece {
            uid: item.uid,
            def: item.def,
            sound: counts_for_set(content, item),
        })
        .collect();
    pieces.sort_unstable_by_key(|piece| piece.uid);
    pieces
}

/// How many tiers of each set count when these things are worn; sets without any are left out.
pub(crate) fn active_with(content: &Content, worn: &[&Item]) -> BTreeMap<DefId, u8> {
    let mut active = BTreeMap::new();
    for set in content.table::<GearSetDef>() {
        let pieces = pieces(content, set, worn.iter().copied());
        let tiers = reached(count(&pieces, !set.doubles), &set.steps());
        if tiers > 0 {
            active.insert(set.id(), u8::try_from(tiers).unwrap_or(u8::MAX));
        }
    }
    active
}

/// The tiers that count, with their sets.
pub(crate) fn tiers_of<'c>(
    content: &'c Content,
    active: &BTreeMap<DefId, u8>,
) -> Vec<(&'c Def<GearSetDef>, &'c SetTier)> {
    let table = content.table::<GearSetDef>();
    let sets = active
        .iter()
        .filter_map(|(&set, &tiers)| Some((table.get(set)?, tiers)));
    sets.flat_map(|(set, tiers)| {
        let tiers = set.tiers.iter().take(usize::from(tiers));
        tiers.map(move |tier| (set, tier))
    })
    .collect()
}

/// The modifiers of the tiers that count.
pub(crate) fn modifiers(
    content: &std::sync::Arc<Content>,
    active: &BTreeMap<DefId, u8>,
    source: Uid,
) -> Vec<Modifier> {
    let tiers = tiers_of(content, active).into_iter();
    let mut all: Vec<Modifier> = tiers
        .flat_map(|(set, tier)| api::to_modifiers(content, source, set.id(), &tier.modifiers, 0))
        .collect();
    for (modifier, index) in all.iter_mut().zip(0..) {
        modifier.index = index;
    }
    all
}

pub(super) fn settle(txn: &mut Txn<'_>, entity: Entity, on: bool) -> Result<(), Refusal> {
    let content = txn.content();
    let inventory = txn.need::<Inventory>(entity, "inventory")?;
    let active = if on {
        active_with(&content, &inventory.worn().collect::<Vec<_>>())
    } else {
        BTreeMap::new()
    };
    let known = txn.get::<ActiveSets>(entity).cloned();
    if known.is_none() && active.is_empty() {
        return Ok(());
    }
    let before = known.unwrap_or_default();
    let source = before.source.unwrap_or_else(|| txn.mint());
    if before.source.is_none() || before.active != active {
        txn.ensure::<ActiveSets>(entity)?;
        let either: BTreeSet<DefId> = before.active.keys().chain(active.keys()).copied().collect();
        for set in either {
            let (old, new) = (before.tiers(set), active.get(&set).copied().unwrap_or(0));
            if old != new {
                txn.emit(SetBonusChanged {
                    entity,
                    set,
                    before: old,
                    after: new,
                });
            }
        }
        let now = ActiveSets {
            source: Some(source),
            active: active.clone(),
        };
        txn.set(entity, now)?;
    }
    set_modifiers(txn, entity, source, modifiers(&content, &active, source))
}
