//! Money, making and magic: what the people who live off the clearing sell, mend and know, as a
//! player without a master's powers deals with them.

mod bag;
mod care;
mod lore;
mod magic;
mod market;
mod smith;
mod straw;
mod switch;

use std::collections::BTreeMap;

use bevy::prelude::*;
use wayfarer::{
    core::clock::RulesClock,
    inventory::{audit::audit, currency, naming::display_name},
    prelude::*,
};

use super::{ann, ask, effects::place, ticks, walk_to};
use crate::headless::stage::Steps;

/// The sum of what came and went, for each kind of thing.
type Sums = BTreeMap<DefId, i64>;

pub fn play(app: &mut App, steps: &mut Steps) {
    // Every step of the walk is an entry, and none may be forgotten before the books are balanced.
    app.world_mut().resource_mut::<Ledger>().capacity = 1 << 20;
    ticks(app, 2);
    let first = app.world().resource::<Ledger>().next_sequence();
    let before = counted(app);
    market::look(app, steps);
    market::strongbox(app, steps);
    market::deal(app, steps);
    bag::play(app, steps);
    straw::play(app, steps);
    smith::play(app, steps);
    care::play(app, steps);
    magic::play(app, steps);
    switch::play(app, steps);
    lore::play(app, steps);
    let told = balance(app, first, &before);
    steps.step(
        "the books balance: nothing was lost, nothing came from nowhere",
        told,
    );
}

fn counted(app: &App) -> Sums {
    let found = audit(app.world()).counts.into_iter();
    let signed = found.map(|(def, count)| (def, i64::try_from(count).unwrap_or(i64::MAX)));
    signed.collect()
}

fn balance(app: &App, first: u64, before: &Sums) -> Result<String, String> {
    let found = audit(app.world());
    if !found.twice.is_empty() {
        return Err(format!("in two places: {:?}", found.twice));
    }
    let mut should = before.clone();
    let mut lines = 0_u32;
    let ledger = app.world().resource::<Ledger>();
    for entry in ledger.iter().filter(|entry| entry.sequence >= first) {
        for movement in &entry.movements {
            lines += 1;
            *should.entry(movement.def).or_default() +=
                movement.kind.sign() * i64::from(movement.count);
        }
    }
    should.retain(|_, count| *count != 0);
    let is = counted(app);
    if is == should {
        let pieces: i64 = is.values().sum();
        Ok(format!(
            "{lines} lines, {} kinds, {pieces} pieces",
            is.len()
        ))
    } else {
        let wrong: Vec<String> = should
            .keys()
            .chain(is.keys())
            .filter(|def| should.get(def) != is.get(def))
            .map(|def| format!("{def}: {:?} for {:?}", is.get(def), should.get(def)))
            .collect();
        Err(wrong.join("; "))
    }
}

/// What Ann has.
fn bag(app: &mut App) -> Option<Inventory> {
    let (entity, _) = ann(app.world_mut())?;
    app.world().get::<Inventory>(entity).cloned()
}

/// A thing of Ann's.
fn thing(app: &mut App, uid: Uid) -> Result<Item, String> {
    let found = bag(app).and_then(|bag| bag.get(uid).cloned());
    found.ok_or_else(|| "she has lost it".to_owned())
}

/// What a thing is called.
fn name_of(app: &App, item: &Item) -> String {
    display_name(app.world(), item)
}

/// How many of a kind Ann has.
fn count(app: &mut App, name: &str) -> u64 {
    bag(app).map_or(0, |bag| bag.count_of(DefId::of(name)))
}

/// How much money Ann has.
fn purse(app: &mut App) -> u64 {
    with_view(app, |view| Ok(currency::purse(view))).unwrap_or(0)
}

/// Looks at what Ann has with the eyes of a rule.
fn with_view<R>(
    app: &mut App,
    look: impl FnOnce(&View<'_>) -> Result<R, Refusal>,
) -> Result<R, String> {
    let (entity, _) = ann(app.world_mut()).ok_or("there is no character")?;
    let content = app.world().resource::<ActiveContent>().0.clone();
    View::of(app.world(), &content, entity)
        .and_then(|view| look(&view))
        .map_err(|refusal| refusal.to_string())
}

/// Somebody who lives here.
fn folk(app: &mut App, name: &str) -> Result<(Entity, Uid), String> {
    place(app.world_mut(), name).ok_or_else(|| format!("there is no {name}"))
}

/// Ann walks to somebody and stands before them.
fn visit(app: &mut App, spot: Vec3) -> Result<String, String> {
    walk_to(app, spot.x + 0.3, spot.z + 1.3)
}

/// Asks for something and makes a line of the answer.
fn done<A: Action>(app: &mut App, action: &A) -> Result<A::Receipt, String> {
    ask(app, action).map_err(|refusal| {
        let content = &app.world().resource::<ActiveContent>().0;
        app.world().resource::<Texts>().refusal(&refusal, content)
    })
}

/// Lets the job in hand come to its end; says how it ended.
fn finish(app: &mut App) -> Result<wayfarer::inventory::work::Ended, String> {
    let (entity, _) = ann(app.world_mut()).ok_or("there is no character")?;
    let work = |app: &App| app.world().get::<Work>(entity).cloned().unwrap_or_default();
    if let Some(job) = work(app).job {
        let now = app.world().resource::<RulesClock>().tick;
        for _ in 0..job.until.saturating_sub(now).min(200_000) {
            app.world_mut().run_schedule(RulesTick);
        }
    }
    ticks(app, 3);
    let work = work(app);
    if work.job.is_some() {
        return Err("the work does not end".into());
    }
    work.last.ok_or_else(|| "she has not worked".into())
}

/// Finishes the job in hand; `Err` says why nothing came of it.
fn finish_well(app: &mut App) -> Result<String, String> {
    let ended = finish(app)?;
    let note = ended.note.as_ref().map(|note| {
        let content = &app.world().resource::<ActiveContent>().0;
        app.world().resource::<Texts>().refusal(note, content)
    });
    let note = note.unwrap_or_default();
    if ended.done { Ok(note) } else { Err(note) }
}

/// `Ok` with `detail` if `fine`, else `Err` with it.
fn check(fine: bool, detail: String) -> Result<String, String> {
    if fine { Ok(detail) } else { Err(detail) }
}
