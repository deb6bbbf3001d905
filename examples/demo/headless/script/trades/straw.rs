//! The straw man: what a thing can do, what it has left in it, and what somebody leaves behind.

use bevy::prelude::*;
use wayfarer::{inventory::cling::charges_now, prelude::*};

use super::{bag, check, count, done, folk, purse, thing, walk_to};
use crate::{
    headless::{
        script::{ask, effects::place, item, ticks},
        stage::{Steps, refused},
    },
    scene::layout::STRAW_MAN_POSITION,
};

const ROD: &str = "demo:spark_rod";
const STRAW_MAN: &str = "demo:straw_man";
const HEAP: &str = "demo:straw_heap";

pub fn play(app: &mut App, steps: &mut Steps) {
    let Some(rod) = item(app.world_mut(), ROD) else {
        return steps.step("she has a spark rod", Err("she has none".into()));
    };
    let told = from_afar(app, rod);
    steps.step("no spark jumps across the clearing", told);
    let told = walk_to(app, STRAW_MAN_POSITION.x, STRAW_MAN_POSITION.z + 1.4);
    steps.step("she walks to the straw man", told);
    let told = at_herself(app, rod);
    steps.step("nobody sets themselves on fire", told);
    let told = bring_down(app, rod);
    steps.step("spark by spark he falls apart; each costs a charge", told);
    let told = loot(app);
    steps.step("in the straw is what somebody had hidden", told);
}

/// How many charges the rod has.
fn charges(app: &mut App, rod: Uid) -> Result<u16, String> {
    let rod = thing(app, rod)?;
    let content = app.world().resource::<ActiveContent>().0.clone();
    let (left, _) = charges_now(app.world(), &content, &rod).ok_or("it has none")?;
    Ok(left)
}

fn spark(item: Uid, target: Option<Uid>) -> UseAbility {
    UseAbility {
        item,
        ability: DefId::of("demo:spark"),
        target,
    }
}

fn from_afar(app: &mut App, rod: Uid) -> Result<String, String> {
    let (_, straw_man) = folk(app, STRAW_MAN)?;
    let had = charges(app, rod)?;
    let answer = ask(app, &spark(rod, Some(straw_man)));
    let told = refused(app.world(), answer, "out_of_reach")?;
    check(charges(app, rod)? == had, told)
}

fn at_herself(app: &mut App, rod: Uid) -> Result<String, String> {
    let answer = ask(app, &spark(rod, None));
    refused(app.world(), answer, "wrong_target")
}

fn bring_down(app: &mut App, rod: Uid) -> Result<String, String> {
    let (_, straw_man) = folk(app, STRAW_MAN)?;
    let had = charges(app, rod)?;
    let mut sparks = 0;
    while place(app.world_mut(), STRAW_MAN).is_some() {
        done(app, &spark(rod, Some(straw_man)))?;
        sparks += 1;
        ticks(app, 25);
    }
    let left = charges(app, rod)?;
    let there = place(app.world_mut(), HEAP).is_some();
    check(
        there && sparks > 1 && had == left + sparks,
        format!("{sparks} sparks, {had} → {left} charges"),
    )
}

fn loot(app: &mut App) -> Result<String, String> {
    let (_, heap) = folk(app, HEAP)?;
    let had = (purse(app), count(app, "demo:garnet"));
    done(app, &OpenContainer { container: heap })?;
    let taken = done(app, &TakeAll { from: heap })?;
    done(app, &CloseContainer { container: heap })?;
    let has = (purse(app), count(app, "demo:garnet"));
    let stacks = bag(app).map_or(0, |bag| bag.iter().count());
    check(
        taken.stayed.is_empty() && has.0 >= had.0 + 12 && has.1 >= had.1 + 2,
        format!(
            "{} stacks; {} → {} gp, {} → {} garnets; she carries {stacks} stacks",
            taken.moved, had.0, has.0, had.1, has.1
        ),
    )
}
