//! A satchel: filled, worn, dropped and picked up with all that is in it.

use bevy::prelude::*;
use wayfarer::prelude::*;

use super::{bag, check, done, folk};
use crate::{
    headless::{
        script::{ann, item, ticks, walk_to},
        stage::Steps,
    },
    scene::layout::CHEST_POSITIONS,
};

const SLOT: &str = "core:back";
const POTION: &str = "demo:healing_potion";

pub fn play(app: &mut App, steps: &mut Steps) {
    let told = fetch(app);
    steps.step("the oak chest has a satchel, ore and planks", told);
    let Some(satchel) = item(app.world_mut(), "demo:satchel") else {
        return steps.step("she has the satchel", Err("she has not".into()));
    };
    let wish = EquipItem {
        item: satchel,
        slot: None,
    };
    let told = done(app, &wish).map(|_| String::new());
    steps.step("she shoulders it", told);
    let told = fill(app, satchel);
    steps.step("she fills its pockets", told);
    let told = into_itself(app, satchel);
    steps.step("taken off, it does not go into itself", told);
    let told = put_down(app, satchel);
    steps.step("she puts it on the ground, with all that is in it", told);
    let told = pick_up(app, satchel);
    steps.step(
        "she takes it up again, and everything is where it was",
        told,
    );
}

fn fetch(app: &mut App) -> Result<String, String> {
    let spot = CHEST_POSITIONS[0];
    let (chest, container) = folk(app, "demo:oak_chest")?;
    // In front of the well, not through it.
    walk_to(app, 0.0, -1.5)?;
    walk_to(app, spot.x + 0.4, spot.z + 1.2)?;
    done(app, &OpenContainer { container })?;
    let (_, to) = ann(app.world_mut()).ok_or("there is no character")?;
    for name in ["demo:satchel", "demo:iron_ore", "demo:oak_plank"] {
        let def = DefId::of(name);
        let inside = app.world().get::<Inventory>(chest);
        let found = inside.and_then(|inside| inside.iter().find(|item| item.def == def));
        let item = found.map(|item| item.uid).ok_or(format!("no {name}"))?;
        let wish = TransferItem {
            from: container,
            item,
            count: None,
            to,
            compartment: None,
        };
        done(app, &wish)?;
    }
    Ok(String::new())
}

/// What is in the satchel: uid, how many, which pocket.
fn inside(bag: &Inventory, satchel: Uid) -> Vec<(Uid, u32, Place)> {
    let mut all: Vec<_> = bag
        .inside(satchel)
        .map(|item| (item.uid, item.count, item.place))
        .collect();
    all.sort_unstable();
    all
}

fn fill(app: &mut App, satchel: Uid) -> Result<String, String> {
    for (name, pocket) in [(POTION, 1), ("demo:apple", 0), ("demo:torch", 0)] {
        let item = item(app.world_mut(), name).ok_or(format!("she has no {name}"))?;
        let to = Place::Inside {
            bag: satchel,
            pocket,
        };
        if bag(app).is_some_and(|bag| bag.get(item).is_some_and(|item| item.place == to)) {
            continue;
        }
        let wish = MoveItem {
            item,
            to,
            before: None,
        };
        done(app, &wish)?;
    }
    let all = bag(app)
        .map(|bag| inside(&bag, satchel))
        .unwrap_or_default();
    check(all.len() >= 3, format!("{} stacks inside", all.len()))
}

fn into_itself(app: &mut App, satchel: Uid) -> Result<String, String> {
    // A slot that was changed is locked for two seconds.
    ticks(app, 41);
    let off = UnequipItem {
        slot: DefId::of(SLOT),
        compartment: None,
    };
    done(app, &off)?;
    let wish = MoveItem {
        item: satchel,
        to: Place::Inside {
            bag: satchel,
            pocket: 0,
        },
        before: None,
    };
    match done(app, &wish) {
        Err(why) => Ok(why),
        Ok(()) => Err("it is inside itself".into()),
    }
}

fn put_down(app: &mut App, satchel: Uid) -> Result<String, String> {
    let before = bag(app)
        .map(|bag| inside(&bag, satchel))
        .unwrap_or_default();
    let wish = DropItem {
        item: satchel,
        count: None,
    };
    done(app, &wish)?;
    let carried = bag(app).ok_or("there is no character")?;
    let gone = before.iter().all(|(uid, ..)| carried.get(*uid).is_none());
    let lying = app.world().resource::<UidIndex>().get(satchel);
    let lying = lying.and_then(|entity| app.world().get::<Inventory>(entity));
    let there = lying.map_or(0, |lying| lying.iter().count());
    check(
        gone && there == before.len() && there > 0,
        format!("{there} stacks lie there in it"),
    )
}

fn pick_up(app: &mut App, satchel: Uid) -> Result<String, String> {
    let lying = app.world().resource::<UidIndex>().get(satchel);
    let lying = lying.and_then(|entity| app.world().get::<Inventory>(entity));
    let mut lay: Vec<(Uid, u32)> = lying
        .into_iter()
        .flat_map(Inventory::iter)
        .map(|item| (item.uid, item.count))
        .collect();
    lay.sort_unstable();
    let wish = PickUpItem {
        item: satchel,
        count: None,
        to: None,
    };
    done(app, &wish)?;
    let all = bag(app)
        .map(|bag| inside(&bag, satchel))
        .unwrap_or_default();
    let has: Vec<(Uid, u32)> = all
        .into_iter()
        .map(|(uid, count, _)| (uid, count))
        .collect();
    check(
        has == lay && !has.is_empty(),
        format!("{} stacks", has.len()),
    )
}
