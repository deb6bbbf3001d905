//! Who may buy and sell.

use bevy::prelude::*;
use wayfarer_core::{authority::Viewers, content::Def, refusal::Refusal, txn::Txn};
use wayfarer_stats::tags::Tags;

use super::{Shop, definition};
use crate::{content::ShopDef, refusals};

/// Refuses unless the actor stands at the shop, has it open, and is served there.
///
/// # Errors
/// `not_found` for what is no shop, `out_of_reach`, `not_open`, `not_welcome`.
pub fn check_customer<'c>(
    txn: &Txn<'_>,
    content: &'c wayfarer_core::content::Content,
    shop: Entity,
) -> Result<&'c Def<ShopDef>, Refusal> {
    txn.need::<Shop>(shop, "shop")?;
    txn.check_reach(shop)?;
    let player = txn.cause().player;
    let open = txn.get::<Viewers>(shop);
    if !open.is_some_and(|viewers| viewers.0.contains(&player)) {
        return Err(refusals::NOT_OPEN.into());
    }
    let def = definition(txn.world(), content, shop);
    let def = def.ok_or_else(|| Refusal::not_found("shop"))?;
    let customer = txn.actor()?;
    if !welcome(txn.world(), customer, def) {
        return Err(refusals::NOT_WELCOME.into());
    }
    Ok(def)
}

fn welcome(world: &World, customer: Entity, def: &ShopDef) -> bool {
    def.customers.is_empty() || def.customers.holds(&tags_of(world, customer))
}

/// The tags of a customer.
pub(super) fn tags_of(world: &World, customer: Entity) -> Tags {
    world.get::<Tags>(customer).cloned().unwrap_or_default()
}
