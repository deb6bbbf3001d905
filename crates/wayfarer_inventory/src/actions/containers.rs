//! `inventory.open` and `inventory.close`.

use serde::{Deserialize, Serialize};
use wayfarer_core::{action::Action, id::Uid, refusal::Refusal, txn::Txn};

use crate::{
    container::{Container, check_unlocked, set_open},
    facts::{ContainerClosed, ContainerOpened},
    loot::fill_opened,
};

/// Opens a container within reach: from now on the asker sees what is in it and may take from it
/// and put into it, until they close it or walk away. Opening it twice is harmless.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenContainer {
    /// The container.
    pub container: Uid,
}

impl Action for OpenContainer {
    const NAME: &'static str = "inventory.open";
    type Receipt = ();

    fn apply(&self, txn: &mut Txn<'_>) -> Result<(), Refusal> {
        let container = txn.entity(self.container)?;
        txn.need::<Container>(container, "container")?;
        check_unlocked(txn, container)?;
        txn.check_reach(container)?;
        let by = (txn.cause().player, txn.actor_uid()?);
        if set_open(txn, container, self.container, by, true)? {
            let opener = txn.actor()?;
            fill_opened(txn, container, opener)?;
            txn.emit(ContainerOpened {
                entity: container,
                player: by.0,
            });
        }
        Ok(())
    }
}

/// Closes a container for the asker. Works from anywhere; closing it twice is harmless.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct CloseContainer {
    /// The container.
    pub container: Uid,
}

impl Action for CloseContainer {
    const NAME: &'static str = "inventory.close";
    type Receipt = ();

    fn apply(&self, txn: &mut Txn<'_>) -> Result<(), Refusal> {
        let container = txn.entity(self.container)?;
        txn.need::<Container>(container, "container")?;
        let by = (txn.cause().player, txn.actor_uid()?);
        if set_open(txn, container, self.container, by, false)? {
            txn.emit(ContainerClosed {
                entity: container,
                player: by.0,
            });
        }
        Ok(())
    }
}
