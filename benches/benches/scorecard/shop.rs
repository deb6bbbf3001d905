//! What it costs to tell a price with all its reasons.

use std::{hint::black_box, time::Duration};

use bevy::prelude::*;
use wayfarer_benches::{
    Row,
    measure::{in_turn, nanos_each, time},
};
use wayfarer_core::prelude::*;
use wayfarer_inventory::{
    InventoryPlugin,
    prelude::*,
    rules::Side,
    shop::{Price, price_of},
};

use super::{
    heroes::{Heroes, load},
    wares::wares_pack,
};
use crate::{Failure, Rows};

const ASKS: usize = 20_000;
const ROUNDS: usize = 9;
/// Its value, the margin, and the reasons of the shop for a herb.
const LINES: usize = 4;

fn stack(world: &World, holder: Entity, name: &str) -> Result<Uid, Failure> {
    let inventory = world.get::<Inventory>(holder).ok_or("no inventory")?;
    let def = DefId::of(name);
    let item = inventory.iter().find(|item| item.def == def);
    Ok(item.ok_or("it is not there")?.uid)
}

/// All rows.
pub fn rows() -> Rows {
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, InventoryPlugin))
        .add_pack_source(wares_pack());
    load(&mut app)?;
    let customer = Heroes::spawn(app, "b:knight", 1);
    let buyer = *customer.entities.first().ok_or("no customer")?;
    let smith = Heroes::spawn(customer.app, "b:smith", 1);
    let shop = *smith.entities.first().ok_or("no shop")?;
    let world = smith.app.world();
    let content = world.resource::<ActiveContent>().0.clone();
    let (wanted, own) = (
        stack(world, shop, "b:herb")?,
        stack(world, buyer, "b:herb")?,
    );
    let price = |item, side| -> Result<Price, Failure> {
        price_of(world, &content, shop, buyer, item, side, 1).map_err(|why| why.to_string().into())
    };
    for (item, side) in [(wanted, Side::Buy), (own, Side::Sell)] {
        let price = price(item, side)?;
        if price.lines.len() < LINES || price.total == 0 {
            return Err(format!("a price without its reasons: {price:?}").into());
        }
    }
    let ask = |item, side| -> Duration {
        time(|| {
            for _ in 0..ASKS {
                // It was seen to work above.
                let _ = black_box(price(item, side));
            }
        })
    };
    let [buying, selling] = in_turn(
        ROUNDS,
        [&mut || ask(wanted, Side::Buy), &mut || ask(own, Side::Sell)],
    );
    Ok(vec![
        Row::at_most(
            "a price with its reasons, buying",
            nanos_each(buying, ASKS) / 1e3,
            "us",
            5.0,
        ),
        Row::at_most(
            "a price with its reasons, selling",
            nanos_each(selling, ASKS) / 1e3,
            "us",
            5.0,
        ),
    ])
}
