//! One container with very many items.

use std::hint::black_box;

use bevy::prelude::*;
use wayfarer_benches::{
    Row,
    measure::{in_turn, micros, nanos_each, time},
};
use wayfarer_core::prelude::*;
use wayfarer_inventory::{ItemOp, prelude::*};

use super::{
    heroes::{Heroes, load},
    pack::whole_pack,
};
use crate::{Failure, Rows};

const COUNT: usize = 27_400;
const ROUNDS: usize = 9;

/// An empty crate that knows what its items weigh.
fn empty() -> Result<Inventory, Failure> {
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, InventoryPlugin))
        .add_pack_source(whole_pack());
    load(&mut app)?;
    let chest = Heroes::spawn(app, "b:chest", 1);
    let entity = *chest.entities.first().ok_or("no chest")?;
    let inventory = chest.app.world().get::<Inventory>(entity);
    Ok(inventory.ok_or("no inventory")?.clone())
}

fn uid(n: usize) -> Result<Uid, Failure> {
    Ok(Uid::new(n as u64 + 1).ok_or("uid")?)
}

/// Three sacks one in the other, in a crate.
fn deep(empty: &Inventory) -> Result<(Inventory, Place), Failure> {
    let mut inventory = empty.clone();
    let mut place = Place::In(0);
    for n in 0..3 {
        let bag = uid(COUNT + n)?;
        let sack = Item::new(bag, DefId::of("b:sack"), 1).at(place, 0);
        Aggregate::apply(&mut inventory, &ItemOp::Insert(sack)).map_err(|error| error.0)?;
        place = Place::Inside { bag, pocket: 0 };
    }
    Ok((inventory, place))
}

/// Everything in a sack in a sack in a sack, moved from one pocket to the other and back.
fn deep_rows(empty: &Inventory) -> Rows {
    let (empty, inside) = deep(empty)?;
    let Place::Inside { bag, .. } = inside else {
        return Err("no sack".into());
    };
    let def = DefId::of("b:pebble");
    let inserts = (0..COUNT)
        .map(|n| {
            Ok(ItemOp::Insert(
                Item::new(uid(n)?, def, 1).at(inside, n as u32),
            ))
        })
        .collect::<Result<Vec<_>, Failure>>()?;
    let moves = (0..COUNT)
        .map(|n| {
            let (uid, order) = (uid(n)?, n as u32);
            let place = Place::Inside { bag, pocket: 1 };
            Ok(ItemOp::Move { uid, place, order })
        })
        .collect::<Result<Vec<_>, Failure>>()?;
    let apply = |inventory: &mut Inventory, ops: &[ItemOp]| {
        time(|| {
            for op in ops {
                let _ = black_box(Aggregate::apply(inventory, op));
            }
        })
    };
    let mut full = empty.clone();
    apply(&mut full, &inserts);
    let before = full.total();
    let mut after = full.clone();
    apply(&mut after, &moves);
    if full.len() != COUNT + 3 || after.total().weight <= before.weight {
        return Err("the sacks were not filled".into());
    }
    let half = inserts.get(..COUNT / 2).unwrap_or_default();
    let [moved, half, whole] = in_turn(
        ROUNDS,
        [
            &mut || apply(&mut full.clone(), &moves),
            &mut || apply(&mut empty.clone(), half),
            &mut || apply(&mut empty.clone(), &inserts),
        ],
    );
    let op = moves.last().ok_or("no move")?;
    let bytes = postcard::to_stdvec(op)?.len();
    Ok(vec![
        Row::at_most(
            "27 400 items three bags deep: move op",
            nanos_each(moved, COUNT) / 1e3,
            "us",
            1.0,
        ),
        Row::at_most(
            "27 400 items three bags deep: fill, time of 2n over time of n",
            micros(whole) / micros(half),
            "",
            2.5,
        ),
        Row::at_most(
            "27 400 items three bags deep: a move on the wire",
            bytes as f64,
            "bytes",
            24.0,
        ),
    ])
}

/// All rows.
pub fn rows() -> Rows {
    let empty = empty()?;
    let mut rows = deep_rows(&empty)?;
    let def = DefId::of("b:pebble");
    let inserts = (0..COUNT)
        .map(|n| {
            let item = Item::new(uid(n)?, def, 1).at(Place::In(0), n as u32);
            Ok(ItemOp::Insert(item))
        })
        .collect::<Result<Vec<_>, Failure>>()?;
    let moves = (0..COUNT)
        .map(|n| {
            let order = (n * 7919 % COUNT) as u32;
            let (uid, place) = (uid(n)?, Place::In(0));
            Ok(ItemOp::Move { uid, place, order })
        })
        .collect::<Result<Vec<_>, Failure>>()?;

    let apply = |inventory: &mut Inventory, ops: &[ItemOp]| {
        time(|| {
            for op in ops {
                // A refusal shows in the count below; here it would only cost time.
                let _ = black_box(Aggregate::apply(inventory, op));
            }
        })
    };
    let mut full = empty.clone();
    apply(&mut full, &inserts);
    if full.len() != COUNT || full.tally(0).weight <= empty.tally(0).weight {
        return Err("the crate was not filled".into());
    }
    let fill = |ops: &[ItemOp]| apply(&mut empty.clone(), ops);
    let half = inserts.get(..COUNT / 2).unwrap_or_default();
    let [moved, half, whole] = in_turn(
        ROUNDS,
        [
            &mut || apply(&mut full.clone(), &moves),
            &mut || fill(half),
            &mut || fill(&inserts),
        ],
    );
    rows.extend([
        Row::at_most(
            "27 400 items in one container: move op",
            nanos_each(moved, COUNT) / 1e3,
            "us",
            1.0,
        ),
        Row::at_most(
            "27 400 items in one container: fill, time of 2n over time of n",
            micros(whole) / micros(half),
            "",
            2.5,
        ),
    ]);
    Ok(rows)
}
