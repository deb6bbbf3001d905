//! Asks the host for what was typed.

use std::time::Duration;

use bevy::prelude::World;
use wayfarer_core::{
    action::Action, content::ActiveContent, door::Receipt, id::Uid, refusal::Refusal, text::Texts,
};
use wayfarer_equipment::prelude::{EquipItem, UnequipItem};
use wayfarer_inventory::prelude::{DropItem, MoveItem, PickUpItem, SplitStack};

use super::{
    client::{Client, Decided},
    command::Act,
    item_name,
};
use crate::{end::End, out::printable};

/// What came of a request.
pub(crate) struct Outcome {
    /// The code, if it was refused.
    pub(crate) refused: Option<String>,
    /// The answer in words.
    pub(crate) words: String,
    /// From asking to hearing.
    pub(crate) latency: Duration,
}

/// Asks and waits for the answer. The inner error is a name that stands for nothing here, so that
/// nothing was asked; the outer is the end of the session.
pub(crate) fn act(client: &mut Client, act: &Act) -> Result<Result<Outcome, String>, End> {
    let Some(actor) = client.actor() else {
        return Ok(Err("there is no character of yours here to act".to_owned()));
    };
    match act {
        Act::Equip { item, slot } => {
            let world = client.world();
            let found = item_name::own_item(world, actor, item).and_then(|item| {
                let slot = slot.as_deref().map(|slot| item_name::slot(world, slot));
                Ok(EquipItem {
                    item,
                    slot: slot.transpose()?,
                })
            });
            ask(client, actor, found, |uid| format!("{uid} is worn"))
        }
        Act::Unequip { slot } => {
            let found = item_name::slot(client.world(), slot).map(|slot| UnequipItem {
                slot,
                compartment: None,
            });
            ask(client, actor, found, |()| "taken off".to_owned())
        }
        Act::Move { item, to } => {
            let world = client.world();
            let found = item_name::own_item(world, actor, item).and_then(|item| {
                Ok(MoveItem {
                    item,
                    to: item_name::compartment(world, actor, to)?.into(),
                    before: None,
                })
            });
            ask(client, actor, found, |()| "moved".to_owned())
        }
        Act::Split { item, count } => {
            let found = item_name::own_item(client.world(), actor, item);
            let found = found.map(|item| SplitStack {
                item,
                count: *count,
                to: None,
            });
            ask(client, actor, found, |uid| {
                format!("{uid} is the new stack")
            })
        }
        Act::Drop { item, count } => {
            let found = item_name::own_item(client.world(), actor, item);
            let found = found.map(|item| DropItem {
                item,
                count: *count,
            });
            ask(client, actor, found, |uid| {
                format!("{uid} lies on the ground")
            })
        }
        Act::Pick { item, count } => {
            let found = item_name::lying_item(client.world(), item);
            let found = found.map(|item| PickUpItem {
                item,
                count: *count,
                to: None,
            });
            ask(client, actor, found, |uid| format!("it is in {uid}"))
        }
    }
}

/// Asks for one action.
fn ask<A: Action>(
    client: &mut Client,
    actor: Uid,
    action: Result<A, String>,
    done: impl FnOnce(A::Receipt) -> String,
) -> Result<Result<Outcome, String>, End> {
    let action = match action {
        Ok(action) => action,
        Err(what) => return Ok(Err(what)),
    };
    let Decided { result, latency } = client.ask(Some(actor), &action)?;
    Ok(Ok(match result {
        Ok(receipt) => Outcome {
            refused: None,
            words: receipt_of::<A>(&receipt)
                .map_or_else(|| "the receipt could not be read".to_owned(), done),
            latency,
        },
        Err(refusal) => Outcome {
            refused: Some(printable(refusal.code.as_str())),
            words: refusal_words(client.world(), &refusal),
            latency,
        },
    }))
}

fn receipt_of<A: Action>(receipt: &Receipt) -> Option<A::Receipt> {
    postcard::from_bytes(&receipt.payload).ok()
}

fn refusal_words(world: &World, refusal: &Refusal) -> String {
    let content = &world.resource::<ActiveContent>().0;
    let words = match world.get_resource::<Texts>() {
        Some(texts) => texts.refusal(refusal, content),
        None => refusal.to_string(),
    };
    printable(&words)
}
