//! Whose loot it is for the time being.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::{
    authority::Role,
    clock::{ClockMode, ticks},
    id::Uid,
    refusal::Refusal,
    txn::Txn,
};

use crate::refusals;

/// Who may open a container and take from it, until a tick; then everybody may. On containers
/// whose things were somebody's doing: what a band has defeated, a reward.
#[derive(Component, Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Reflect)]
#[reflect(opaque, Component, Debug, Clone)]
pub struct LootRights {
    /// The characters, in ascending order.
    pub among: Vec<Uid>,
    /// The tick from which it is free for all.
    pub until: u64,
}

/// Gives some the right to a container for a while.
///
/// # Errors
/// `not_found` when the container is gone.
pub fn give_rights(
    txn: &mut Txn<'_>,
    container: Entity,
    among: impl IntoIterator<Item = Uid>,
    seconds: f32,
) -> Result<(), Refusal> {
    let hz = txn
        .world()
        .get_resource::<ClockMode>()
        .map_or(20.0, |m| m.hz());
    let mut among: Vec<Uid> = among.into_iter().collect();
    among.sort_unstable();
    among.dedup();
    let until = txn.tick().saturating_add(ticks(seconds, hz));
    txn.ensure::<LootRights>(container)?;
    txn.set(container, LootRights { among, until })
}

/// Refuses those to whom the things in there do not belong yet. Game masters may.
///
/// # Errors
/// `not_your_loot`.
pub fn check_rights(txn: &Txn<'_>, container: Entity) -> Result<(), Refusal> {
    let Some(rights) = txn.get::<LootRights>(container) else {
        return Ok(());
    };
    if rights.until <= txn.tick() || txn.cause().role >= Role::GameMaster {
        return Ok(());
    }
    let actor = txn.actor_uid()?;
    if rights.among.binary_search(&actor).is_err() {
        return Err(refusals::NOT_YOUR_LOOT.into());
    }
    Ok(())
}
