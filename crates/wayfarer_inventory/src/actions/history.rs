//! `inventory.history`: what a thing has been through.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::{
    action::Action,
    authority::{Role, Viewers},
    character::DisplayName,
    id::Uid,
    refusal::Refusal,
    txn::Txn,
};

use crate::{
    container::{Container, OpenContainers},
    history::{Deed, ItemLine, ItemLog, Whereabouts},
    inventory::Inventory,
    world_item::WorldItem,
};

/// `inventory.history`: asks what a thing has been through, the newest first. The answer is empty
/// for what stacks, and for what nothing has happened to yet.
///
/// Players may ask about what they can see: what they carry, what lies in a container that they
/// have open or on the ground within reach. Game masters may ask about everything, even what is no
/// more.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct AskHistory {
    /// The thing.
    pub item: Uid,
}

/// One line of the history of a thing, as it is told.
#[derive(Serialize, Deserialize, Debug, Clone, PartialEq, Eq)]
pub struct HistoryLine {
    /// The tick in which it happened.
    pub tick: u64,
    /// What happened.
    pub deed: Deed,
    /// The action or rule that did it.
    pub action: String,
    /// The name of the character that did it; empty for nobody.
    pub who: String,
    /// Where it was before.
    pub from: Told,
    /// Where it was then.
    pub to: Told,
}

/// A place, as it is told.
#[derive(Serialize, Deserialize, Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// Not in the world, or nobody knows.
    Unknown,
    /// On the ground.
    Ground,
    /// With somebody or in something of this name.
    With(String),
}

impl Action for AskHistory {
    const NAME: &'static str = "inventory.history";
    type Receipt = Vec<HistoryLine>;

    fn apply(&self, txn: &mut Txn<'_>) -> Result<Vec<HistoryLine>, Refusal> {
        if txn.cause().role < Role::GameMaster && !can_see(txn, self.item)? {
            return Err(Refusal::not_found(self.item));
        }
        let world = txn.world();
        let Some(log) = world.get_resource::<ItemLog>() else {
            return Ok(Vec::new());
        };
        let told = log.of(self.item).rev().map(|line| tell(txn, log, line));
        Ok(told.collect())
    }
}

fn tell(txn: &Txn<'_>, log: &ItemLog, line: &ItemLine) -> HistoryLine {
    let name = |uid: Uid| {
        let entity = txn.entity(uid).ok();
        let now = entity.and_then(|entity| txn.get::<DisplayName>(entity));
        let now = now.map(|name| name.0.as_str());
        now.or_else(|| log.name_of(uid))
            .map_or_else(|| uid.to_string(), str::to_owned)
    };
    let place = |place| match place {
        Whereabouts::Unknown => Told::Unknown,
        Whereabouts::Ground => Told::Ground,
        Whereabouts::With(uid) => Told::With(name(uid)),
    };
    HistoryLine {
        tick: line.tick,
        deed: line.deed.clone(),
        action: log.action_of(line).to_owned(),
        who: line.who.map(name).unwrap_or_default(),
        from: place(line.from),
        to: place(line.to),
    }
}

/// Whether the asker sees an item: in their own bag, in a container that is open to them, or on
/// the ground within reach.
fn can_see(txn: &Txn<'_>, item: Uid) -> Result<bool, Refusal> {
    let actor = txn.actor()?;
    let has = |entity: Entity| {
        let inventory = txn.get::<Inventory>(entity);
        inventory.is_some_and(|inventory| inventory.get(item).is_some())
    };
    if has(actor) {
        return Ok(true);
    }
    if let Ok(lying) = txn.entity(item)
        && txn.get::<WorldItem>(lying).is_some()
    {
        return Ok(txn.check_reach(lying).is_ok());
    }
    let player = txn.cause().player;
    let open = txn.world().get_resource::<OpenContainers>();
    let mine = open.into_iter().flat_map(OpenContainers::iter);
    Ok(mine
        .filter(|&(_, viewer, _)| viewer == player)
        .filter_map(|(container, ..)| txn.entity(container).ok())
        .filter(|&container| {
            let viewers = txn.get::<Viewers>(container);
            txn.get::<Container>(container).is_some()
                && viewers.is_some_and(|viewers| viewers.0.contains(&player))
        })
        .any(has))
}
