//! Stations in the world: whether somebody stands at the right one.

use bevy::prelude::*;
use wayfarer_core::{
    authority::Policies,
    character::Character,
    content::{Content, Def},
    id::{Uid, UidIndex},
    refusal::{Code, Refusal},
    txn::Txn,
};

use crate::{
    content::{ItemDef, StationDef},
    inventory::Inventory,
    naming::tag_words,
    refusals::{STATION_MISSING, STATION_REFUSES},
};

/// A station that somebody stands at.
#[derive(Clone, Copy, Debug)]
pub struct StationView<'c> {
    /// Its uid.
    pub uid: Uid,
    /// Its entity.
    pub entity: Entity,
    /// What it is.
    pub def: &'c Def<StationDef>,
}

impl StationView<'_> {
    /// Refuses things that are not worked on here.
    ///
    /// # Errors
    /// `station_refuses`.
    pub fn check_takes(&self, item: &ItemDef) -> Result<(), Refusal> {
        if self.def.takes(item) {
            return Ok(());
        }
        Err(Refusal::new(STATION_REFUSES)
            .with("station", self.def.name.as_str())
            .with("item", item.name.as_str()))
    }

    /// Who is paid for work done here: the station, if it has anything to put coins into.
    pub fn keeper(&self, world: &World) -> Option<Entity> {
        world.get::<Inventory>(self.entity).map(|_| self.entity)
    }
}

/// What station a thing is, if it is one.
pub fn station_of<'c>(
    world: &World,
    content: &'c Content,
    entity: Entity,
) -> Option<&'c Def<StationDef>> {
    let template = world.get::<Character>(entity)?.def();
    content.table::<StationDef>().get(template)
}

/// The station `station`, if it is of the kind `wanted` and `worker` can reach it. Also for
/// clients, whose panels ask the same. Reach counts for game masters too: work is done by hand.
///
/// # Errors
/// `not_found`, `station_missing` when it is no such place, `out_of_reach`.
pub fn find_station<'c>(
    world: &World,
    content: &'c Content,
    worker: Entity,
    station: Uid,
    wanted: &str,
) -> Result<StationView<'c>, Refusal> {
    let index = world.get_resource::<UidIndex>();
    let entity = index.and_then(|index| index.get(station));
    let entity = entity.ok_or_else(|| Refusal::not_found(station))?;
    let def = station_of(world, content, entity)
        .filter(|def| def.is(wanted))
        .ok_or_else(|| missing(wanted))?;
    let policies = world.get_resource::<Policies>().copied();
    if !(policies.unwrap_or_default().in_reach)(world, worker, entity) {
        return Err(Code::OUT_OF_REACH.into());
    }
    Ok(StationView {
        uid: station,
        entity,
        def,
    })
}

/// [`find_station`] in a transaction. `content` is [`Txn::content`], which the caller keeps.
///
/// # Errors
/// Those of [`find_station`].
pub fn check_station<'c>(
    txn: &Txn<'_>,
    content: &'c Content,
    worker: Entity,
    station: Uid,
    wanted: &str,
) -> Result<StationView<'c>, Refusal> {
    txn.entity(station)?;
    find_station(txn.world(), content, worker, station, wanted)
}

/// The refusal for work that needs a place of a kind, and no such place was named.
pub fn missing(wanted: &str) -> Refusal {
    Refusal::new(STATION_MISSING).with("station", tag_words(wanted))
}
