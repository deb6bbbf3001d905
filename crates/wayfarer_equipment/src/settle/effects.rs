//! Effects that somebody has for as long as they wear something.
//!
//! The same effect of two things counts once, as strong as the stronger of them: rings do not add
//! up to giants.

use std::collections::BTreeMap;

use bevy::prelude::*;
use wayfarer_core::{
    content::{Content, Ref},
    id::{DefId, Identity, Uid},
    refusal::Refusal,
    txn::Txn,
};
use wayfarer_inventory::Inventory;
use wayfarer_stats::effects::{
    ActiveEffect, ActiveEffects, EffectSpec, Until, apply_effect, remove_effect,
};

use super::sets::{ActiveSets, tiers_of};
use crate::{
    condition::penalty_of,
    content::GearDef,
    ext::{Enchants, lacks_attunement},
};

/// What is to be there: by effect, the thing and how strong.
type Wanted = BTreeMap<DefId, (Uid, f32)>;

fn want(wanted: &mut Wanted, effect: DefId, source: Uid, level: f32) {
    let best = wanted.entry(effect).or_insert((source, level));
    if level > best.1 {
        *best = (source, level);
    }
}

fn wanted_of(txn: &Txn<'_>, content: &Content, entity: Entity) -> Result<Wanted, Refusal> {
    let mut wanted = Wanted::new();
    let who = txn.get::<Identity>(entity).map(|id| id.0);
    let inventory = txn.need::<Inventory>(entity, "inventory")?;
    let mut worn: Vec<_> = inventory.worn().collect();
    worn.sort_unstable_by_key(|item| item.uid);
    let table = content.table::<GearDef>();
    for item in worn {
        let own = table.get(item.def).map(|gear| gear.effects.as_slice());
        let own = own.unwrap_or_default();
        let laid = Enchants::working(content, item, txn.tick());
        if own.is_empty() && laid.is_empty() {
            continue;
        }
        if penalty_of(content, item) >= 1.0 || lacks_attunement(content, item, who) {
            continue;
        }
        for effect in own {
            want(&mut wanted, effect.id(), item.uid, 1.0);
        }
        for (enchant, def) in laid {
            for effect in &def.effects {
                want(&mut wanted, effect.id(), item.uid, enchant.share());
            }
        }
    }
    if let Some(sets) = txn.get::<ActiveSets>(entity)
        && let Some(source) = sets.source()
    {
        let active = sets.iter().collect();
        for (_, tier) in tiers_of(content, &active) {
            for effect in tier.effects.iter().map(Ref::id) {
                want(&mut wanted, effect, source, 1.0);
            }
        }
    }
    Ok(wanted)
}

/// Effects of worn things hang on the thing, as if it were an effect itself: so they never become
/// one with the same effect from elsewhere, and are known from it.
fn is_worn(effect: &ActiveEffect) -> bool {
    effect.source.is_some() && effect.source == effect.parent
}

pub(super) fn settle(txn: &mut Txn<'_>, entity: Entity, on: bool) -> Result<(), Refusal> {
    let content = txn.content();
    let mut wanted = if on {
        wanted_of(txn, &content, entity)?
    } else {
        Wanted::new()
    };
    let there: Vec<(Uid, DefId, Option<Uid>, f32)> = txn
        .get::<ActiveEffects>(entity)
        .into_iter()
        .flat_map(ActiveEffects::iter)
        .filter(|effect| is_worn(effect))
        .map(|effect| (effect.uid, effect.def, effect.source, effect.level))
        .collect();
    for (uid, def, source, level) in there {
        let fits = wanted
            .get(&def)
            .is_some_and(|w| (Some(w.0), w.1) == (source, level));
        if fits {
            wanted.remove(&def);
        } else {
            remove_effect(txn, entity, uid)?;
        }
    }
    for (effect, (source, level)) in wanted {
        let spec = EffectSpec::new(effect)
            .by(source)
            .level(level)
            .until(Until::Forever)
            .with_parent(source);
        // Who is immune to it is spared it, and wears the thing all the same.
        let _ = txn.attempt(|txn| apply_effect(txn, entity, &spec));
    }
    Ok(())
}
