//! The smith: a sword wears, is mended; ore becomes iron and iron a hammer; stopping costs nothing.

use bevy::prelude::*;
use wayfarer::{
    equipment::condition::band_of,
    inventory::{
        craft::{CraftOrder, preview_craft},
        work::Work,
    },
    prelude::*,
};

use super::{ann, check, count, done, finish, finish_well, folk, purse, thing, visit, with_view};
use crate::{
    headless::{
        script::{ask, item, stat, ticks, walk_to},
        stage::{Steps, refused},
    },
    scene::layout::SMITH_POSITION,
};

const ATTACK: &str = "core:combat.attack";
const ORE: &str = "demo:iron_ore";
const INGOT: &str = "demo:iron_ingot";

pub fn play(app: &mut App, steps: &mut Steps) {
    let Some(sword) = item(app.world_mut(), "demo:iron_sword") else {
        return steps.step("she has a sword", Err("she has none".into()));
    };
    let told = fight(app, sword);
    steps.step("fights wear her sword, and it shows", told);
    let told = from_afar(app, sword);
    steps.step("it is not mended in the middle of nowhere", told);
    let told = visit(app, SMITH_POSITION);
    steps.step("she walks to the smith", told);
    let told = plan(app, sword);
    steps.step(
        "the smith says what it takes, and how likely it works",
        told,
    );
    let told = walk_off(app, sword);
    steps.step("who walks off in the middle has lost nothing", told);
    let told = mend(app, sword);
    steps.step("the sword is mended, in time", told);
    let told = look_at_recipe(app);
    steps.step("a recipe says what it needs", told);
    let told = stop(app);
    steps.step("laying down the tools costs nothing", told);
    let told = smelt(app);
    steps.step("ore becomes iron", told);
    let told = hammer(app);
    steps.step("iron and oak become a hammer", told);
    let secret = craft(app, "demo:iron_sword");
    let told = refused(app.world(), secret, "recipe_unknown");
    steps.step("nobody has taught her to make swords", told);
}

/// What is left of a thing, in percent, and what that is called.
fn condition(app: &mut App, uid: Uid) -> Result<(f32, String, f32), String> {
    let item = thing(app, uid)?;
    let content = app.world().resource::<ActiveContent>().0.clone();
    let band = band_of(&content, &item).ok_or("there are no conditions")?;
    let left = Durability::of(&item).percent();
    Ok((left, band.name.clone(), band.penalty))
}

fn fight(app: &mut App, sword: Uid) -> Result<String, String> {
    let attack = stat(app.world_mut(), ATTACK);
    let (new, ..) = condition(app, sword)?;
    let (_, who) = ann(app.world_mut()).ok_or("there is no character")?;
    let mut rounds = 0;
    while condition(app, sword)?.0 >= 45.0 && rounds < 60 {
        rounds += 1;
        let participant = Participant {
            actions: 6,
            hits: 2,
            ..Participant::new(who)
        };
        app.world_mut().write_message(CombatRoundEnded {
            combat: 1,
            round: rounds,
            participants: vec![participant],
        });
        ticks(app, 2);
    }
    let (left, name, penalty) = condition(app, sword)?;
    let now = stat(app.world_mut(), ATTACK);
    let detail = format!(
        "{new:.0} % → {left:.1} % in {rounds} rounds: {name}, {:.0} % weaker; attack {attack} → {now}",
        penalty * 100.0
    );
    check(left < 50.0 && penalty > 0.0 && now < attack, detail)
}

fn from_afar(app: &mut App, sword: Uid) -> Result<String, String> {
    let (_, smith) = folk(app, "demo:smith")?;
    let wish = RepairItem {
        item: sword,
        station: Some(smith),
        points: None,
        extras: false,
    };
    let answer = ask(app, &wish);
    refused(app.world(), answer, "out_of_reach")
}

fn planned(app: &mut App, sword: Uid) -> Result<RepairPlan, String> {
    let (_, smith) = folk(app, "demo:smith")?;
    let order = RepairItem {
        item: sword,
        station: Some(smith),
        points: None,
        extras: false,
    };
    with_view(app, |view| plan_repair(view, &order))
}

fn plan(app: &mut App, sword: Uid) -> Result<String, String> {
    let plan = planned(app, sword)?;
    for line in &plan.lines {
        let place = line.place.as_deref().unwrap_or("");
        println!("          {:<28} {:>9.2}  {place}", line.label, line.amount);
    }
    for need in &plan.materials {
        println!(
            "          {:<28} {:>5} of {}",
            need.name, need.need, need.have
        );
    }
    let detail = format!(
        "{:.0} points for {} gp and {} of fee, {:.0} % chance, {:.0} s",
        plan.points,
        plan.cost,
        plan.fee,
        f64::from(plan.odds.done) / 10_000.0,
        plan.seconds
    );
    let sound = plan.price() > 0 && !plan.materials.is_empty() && plan.seconds > 0.0;
    match plan.refusal {
        Some(refusal) => Err(format!("{detail}; but {refusal}")),
        None => check(sound && plan.points > 0.0, detail),
    }
}

fn begin_repair(app: &mut App, sword: Uid) -> Result<(), String> {
    let (_, smith) = folk(app, "demo:smith")?;
    let wish = RepairItem {
        item: sword,
        station: Some(smith),
        points: None,
        extras: false,
    };
    done(app, &wish).map(|_| ())
}

/// What she would lose: money, ore, the condition of the sword.
fn stakes(app: &mut App, sword: Uid) -> Result<(u64, u64, f32), String> {
    Ok((purse(app), count(app, ORE), condition(app, sword)?.0))
}

fn working(app: &mut App) -> bool {
    ann(app.world_mut())
        .and_then(|(who, _)| app.world().get::<Work>(who))
        .is_some_and(|work| work.job.is_some())
}

fn walk_off(app: &mut App, sword: Uid) -> Result<String, String> {
    let before = stakes(app, sword)?;
    begin_repair(app, sword)?;
    ticks(app, 5);
    if !working(app) {
        return Err("the work was done at once".into());
    }
    walk_to(app, -3.0, 1.0)?;
    let ended = finish(app)?;
    let after = stakes(app, sword)?;
    visit(app, SMITH_POSITION)?;
    let note = ended.note.map(|note| note.to_string());
    let detail = note.unwrap_or_else(|| "no reason".into());
    check(!ended.done && before == after, detail)
}

fn mend(app: &mut App, sword: Uid) -> Result<String, String> {
    let (mut tries, first) = (0, condition(app, sword)?);
    let (money, attack) = (purse(app), stat(app.world_mut(), ATTACK));
    let mut note = String::new();
    // Luck has a say; every try pays for itself.
    while condition(app, sword)?.0 < first.0 + 20.0 && tries < 8 {
        tries += 1;
        begin_repair(app, sword)?;
        note = finish_well(app)?;
    }
    let (left, name, _) = condition(app, sword)?;
    let now = stat(app.world_mut(), ATTACK);
    let paid = money.saturating_sub(purse(app));
    let detail = format!(
        "{:.1} % → {left:.1} % ({name}) for {paid} gp in {tries} tries; attack {attack} → {now}. {note}",
        first.0
    );
    check(left >= first.0 + 20.0 && paid > 0 && now > attack, detail)
}

fn order(app: &mut App, recipe: &str) -> Option<CraftOrder> {
    Some(CraftOrder {
        recipe: DefId::of(recipe),
        station: Some(folk(app, "demo:smith").ok()?.1),
        pick: Vec::new(),
    })
}

fn craft(app: &mut App, recipe: &str) -> Result<Option<u64>, Refusal> {
    let order = order(app, recipe).ok_or_else(|| Refusal::not_found("smith"))?;
    let wish = CraftItem {
        recipe: order.recipe,
        times: 1,
        station: order.station,
        pick: order.pick,
    };
    ask(app, &wish)
}

fn look_at_recipe(app: &mut App) -> Result<String, String> {
    let order = order(app, INGOT).ok_or("there is no smith")?;
    let preview = with_view(app, |view| preview_craft(view, &order))?;
    let needs: Vec<String> = preview
        .materials
        .iter()
        .map(|line| format!("{} {} of {}", line.label, line.need, line.have))
        .collect();
    let chance = f64::from(preview.chance.hits) * 100.0 / f64::from(preview.chance.of.max(1));
    let detail = format!(
        "{}; {chance:.0} % in {} s, {} gp",
        needs.join(", "),
        preview.seconds,
        preview.cost + preview.fee
    );
    check(preview.refusal.is_none() && chance > 50.0, detail)
}

fn stop(app: &mut App) -> Result<String, String> {
    let before = (purse(app), count(app, ORE), count(app, INGOT));
    craft(app, INGOT).map_err(|r| r.to_string())?;
    ticks(app, 20);
    let second = craft(app, INGOT);
    let busy = refused(app.world(), second, "busy")?;
    done(app, &StopWork)?;
    ticks(app, 100);
    let after = (purse(app), count(app, ORE), count(app, INGOT));
    check(before == after, busy)
}

fn smelt(app: &mut App) -> Result<String, String> {
    let (ore, had) = (count(app, ORE), count(app, INGOT));
    let mut tries = 0;
    while count(app, INGOT) == had && tries < 8 {
        tries += 1;
        craft(app, INGOT).map_err(|r| r.to_string())?;
        finish_well(app)?;
    }
    let (left, ingots) = (count(app, ORE), count(app, INGOT));
    let detail = format!("{ore} → {left} ore, {had} → {ingots} ingots in {tries} tries");
    check(ingots == had + 1 && left < ore, detail)
}

fn hammer(app: &mut App) -> Result<String, String> {
    let had = (
        count(app, INGOT),
        count(app, "demo:oak_plank"),
        count(app, "demo:smith_hammer"),
    );
    craft(app, "demo:smith_hammer").map_err(|r| r.to_string())?;
    finish_well(app)?;
    let has = (
        count(app, INGOT),
        count(app, "demo:oak_plank"),
        count(app, "demo:smith_hammer"),
    );
    let well = (has.0 + 1, has.1 + 1, has.2) == (had.0, had.1, had.2 + 1);
    check(well, format!("{had:?} → {has:?}"))
}
