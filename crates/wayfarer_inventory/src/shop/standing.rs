//! What a merchant thinks of who looks into the shop. Prices follow from it, so a customer's client
//! has to know it; what the merchant thinks of anybody else stays the merchant's own.

use std::collections::BTreeMap;

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::{
    authority::is_host,
    clock::{RulesSystems, RulesTick},
    content::ActiveContent,
    id::{Identity, Uid, UidIndex},
};
use wayfarer_stats::{
    StatSystems,
    relations::{Bond, value_of},
};

use super::{Shop, definition};
use crate::{
    container::{OpenContainers, close_left},
    content::ShopDef,
};

/// How the owner of a shop thinks of those who have it open, by character: what
/// [`ShopDef::standing`] means in formulas. Sent to them in place of the owner's
/// [`Relations`](wayfarer_stats::relations::Relations). Written by the host when it changes; not
/// saved.
#[derive(Component, Clone, Debug, Default, PartialEq, Serialize, Deserialize, Reflect)]
#[reflect(opaque, Component, Debug, Clone)]
pub struct Standings(BTreeMap<Uid, f32>);

/// How a merchant thinks of a customer; 0 of strangers, and where shops do not ask.
pub(super) fn standing(world: &World, def: &ShopDef, shop: Entity, customer: Entity) -> f32 {
    let Some(&Identity(other)) = world.get::<Identity>(customer) else {
        return 0.0;
    };
    let told = || world.get::<Standings>(shop)?.0.get(&other).copied();
    felt(world, def, shop, other).or_else(told).unwrap_or(0.0)
}

/// What is known of it from the merchant's own mind.
fn felt(world: &World, def: &ShopDef, shop: Entity, other: Uid) -> Option<f32> {
    let standing = def.standing.as_ref()?;
    let bond = Bond::of(other, standing.bond.name());
    value_of(world, shop, bond, &standing.axis)
}

/// Tells those who have a shop open. Looks at open containers, and at shops that were open once.
fn tell(world: &mut World, told: &mut QueryState<Entity, With<Standings>>) {
    let content = world.get_resource::<ActiveContent>().map(|c| c.0.clone());
    let open = world.get_resource::<OpenContainers>().cloned();
    let (Some(content), Some(open)) = (content, open) else {
        return;
    };
    let mut all: BTreeMap<Entity, Standings> = told
        .iter(world)
        .map(|shop| (shop, Standings::default()))
        .collect();
    for (container, _, customer) in open.iter() {
        let shop = world
            .get_resource::<UidIndex>()
            .and_then(|i| i.get(container));
        let shop = shop.filter(|&shop| world.get::<Shop>(shop).is_some());
        let felt = shop.and_then(|shop| {
            let def = definition(world, &content, shop)?;
            Some((shop, felt(world, def, shop, customer)?))
        });
        if let Some((shop, felt)) = felt {
            all.entry(shop).or_default().0.insert(customer, felt);
        }
    }
    for (shop, standings) in all {
        if world.get::<Standings>(shop) != Some(&standings) {
            world.entity_mut(shop).insert(standings);
        }
    }
}

/// Run condition: a shop is open, or was.
fn there_are_customers(open: Res<OpenContainers>, told: Query<(), With<Standings>>) -> bool {
    open.iter().next().is_some() || !told.is_empty()
}

pub(crate) fn plugin(app: &mut App) {
    app.register_type::<Standings>().add_systems(
        RulesTick,
        tell.in_set(RulesSystems::Settle)
            .after(StatSystems::Settle)
            .after(close_left)
            // A deal that ends may change what people think of each other.
            .after(crate::trade::watch::watch)
            .run_if(is_host.and_then(there_are_customers)),
    );
}
