//! What becomes of items when their holder leaves the world: they leave it with a line in the
//! ledger.

use bevy::prelude::*;
use wayfarer_core::{
    action::HostWorldExt,
    authority::Authority,
    id::{DefId, Uid},
    ledger::MovementKind,
    refusal::Refusal,
    txn::Txn,
};

use crate::{inventory::Inventory, ops::ItemOp};

/// Takes everything out of an inventory as gone with its owner. For rules that remove a character
/// in the same transaction; one that is despawned without it gets its lines afterwards.
///
/// # Errors
/// `not_found` when there is no inventory.
pub fn release(txn: &mut Txn<'_>, entity: Entity) -> Result<(), Refusal> {
    let inventory = txn.need::<Inventory>(entity, "inventory")?;
    let held = held(inventory);
    let uids = inventory.bags_first().iter().map(|item| item.uid).collect();
    txn.op::<Inventory>(entity, ItemOp::RemoveMany(uids))?;
    for (uid, def, count) in held {
        txn.record(MovementKind::OwnerGone, uid, def, count);
    }
    Ok(())
}

fn held(inventory: &Inventory) -> Vec<(Uid, DefId, u32)> {
    let mut held: Vec<_> = inventory
        .iter()
        .map(|item| (item.uid, item.def, item.count))
        .collect();
    held.sort_unstable();
    held
}

/// Somebody was despawned, or lost their inventory, with items in it.
pub(crate) fn owner_gone(
    gone: On<Remove, Inventory>,
    inventories: Query<&Inventory>,
    authority: Option<Res<Authority>>,
    mut commands: Commands,
) {
    // What a client forgets is still on the host.
    if authority.is_none_or(|authority| *authority != Authority::Host) {
        return;
    }
    let Ok(inventory) = inventories.get(gone.entity) else {
        return;
    };
    let held = held(inventory);
    if held.is_empty() {
        return;
    }
    commands.queue(move |world: &mut World| {
        let done = world.transact("inventory.owner_gone", |txn| {
            for (uid, def, count) in held {
                txn.record(MovementKind::OwnerGone, uid, def, count);
            }
            Ok(())
        });
        if let Err(refusal) = done {
            tracing::warn!("items of somebody who left were not written down: {refusal}");
        }
    });
}
