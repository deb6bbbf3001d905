//! What worn things carry beyond a count and a place: extensions of
//! [items](wayfarer_inventory::ext), one file each.
//!
//! An item without an extension is as its definition says: new, of its usual quality and rarity.

mod cooling;
mod durability;
mod enchants;
mod known;
mod own;
mod quality;
mod rarity;
mod usage;

pub use cooling::Cooling;
pub use durability::{Durability, FULL};
pub use enchants::{AppliedEnchant, Enchants, MAX_ENCHANTS, enchant_slots};
pub use known::{Identified, hidden_steps, is_known, known_steps};
pub use own::{Attuned, GivenName, is_attuned, lacks_attunement};
pub use quality::{Quality, quality_of};
pub use rarity::{Rarity, rarity_of};
pub use usage::Usage;

use bevy::prelude::*;
use wayfarer_core::{id::Uid, refusal::Refusal, txn::Txn};
use wayfarer_inventory::{
    Inventory, ItemOp,
    ext::{ItemExt, ItemExtAppExt},
};

pub(crate) fn plugin(app: &mut App) {
    app.register_item_ext::<Durability>()
        .register_item_ext::<Quality>()
        .register_item_ext::<Rarity>()
        .register_item_ext::<Usage>()
        .register_item_ext::<Enchants>()
        .register_item_ext::<Identified>()
        .register_item_ext::<GivenName>()
        .register_item_ext::<Attuned>()
        .register_item_ext::<Cooling>();
}

/// Sets or removes an extension of something that `entity` holds. What a worn item does to its
/// wearer does not follow by itself: see [`refresh`](crate::total::refresh).
///
/// # Errors
/// `not_found`, `state_corrupt` when `entity` does not hold the item.
pub fn set_ext<T: ItemExt>(
    txn: &mut Txn<'_>,
    entity: Entity,
    uid: Uid,
    value: Option<&T>,
) -> Result<(), Refusal> {
    let bytes = value
        .map(postcard::to_stdvec)
        .transpose()
        .map_err(|_| Refusal::from(wayfarer_core::refusal::Code::STATE_CORRUPT))?
        .map(Into::into);
    let kind = T::kind();
    txn.op::<Inventory>(entity, ItemOp::SetExt { uid, kind, bytes })
}
