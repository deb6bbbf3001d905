//! What was taken off a moment ago still wears: nobody saves their armour by undressing before the
//! blow falls.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::{
    clock::{ClockMode, ticks},
    id::Uid,
    refusal::Refusal,
    txn::Txn,
};

use crate::content::WearRulesDef;

/// What somebody took off lately, and until which tick that matters. Known to the host only.
#[derive(Component, Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Reflect)]
#[reflect(Component)]
pub struct LatelyWorn(pub Vec<(Uid, u64)>);

impl LatelyWorn {
    /// What still counts as worn at a tick.
    pub fn at(&self, tick: u64) -> impl Iterator<Item = Uid> {
        let still = self.0.iter().filter(move |&&(_, until)| until > tick);
        still.map(|&(uid, _)| uid)
    }
}

/// Notes that something was taken off now.
pub(crate) fn remember(txn: &mut Txn<'_>, entity: Entity, uid: Uid) -> Result<(), Refusal> {
    let content = txn.content();
    let seconds = WearRulesDef::in_force(&content).map_or(0.0, |rules| rules.taken_off_seconds);
    let mode = txn.world().get_resource::<ClockMode>().copied();
    let length = ticks(seconds, mode.unwrap_or_default().hz());
    if length == 0 {
        return Ok(());
    }
    txn.ensure::<LatelyWorn>(entity)?;
    let now = txn.tick();
    let mut lately = txn.need::<LatelyWorn>(entity, "lately worn")?.clone();
    lately
        .0
        .retain(|&(known, until)| until > now && known != uid);
    lately.0.push((uid, now.saturating_add(length)));
    lately.0.sort_unstable();
    txn.set(entity, lately)
}
