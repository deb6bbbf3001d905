//! Good gauntlets, and what a fine oil does for them.

use bevy::prelude::*;
use wayfarer::{
    equipment::durability::{WearCause, wear_out},
    inventory::history::{Deed, ItemLog},
    prelude::*,
};

use super::{ann, check, count, done, finish_well, folk, market, thing, visit, with_view};
use crate::{
    headless::{
        script::{ask, item},
        stage::{Steps, refused},
    },
    scene::layout::{MERCHANT_POSITION, SMITH_POSITION},
};

const OIL: &str = "demo:quality_oil";

pub fn play(app: &mut App, steps: &mut Steps) {
    let Some(gauntlets) = item(app.world_mut(), "demo:march_gauntlets") else {
        return steps.step("she has good gauntlets", Err("she has none".into()));
    };
    let told = scuff(app, gauntlets);
    steps.step("a fall leaves its marks on good gauntlets", told);
    let told = without(app, gauntlets);
    steps.step("without oil there is no repair with oil", told);
    let told = visit(app, MERCHANT_POSITION).and_then(|_| buy(app));
    steps.step("the merchant has some", told);
    let told = visit(app, SMITH_POSITION).and_then(|_| compare(app, gauntlets));
    steps.step("it makes a good repair likelier, and a greater one", told);
    let told = mend(app, gauntlets);
    steps.step("it is used up with the rest, and remembered", told);
}

fn order(app: &mut App, item: Uid, extras: bool) -> Result<RepairItem, String> {
    let (_, smith) = folk(app, "demo:smith")?;
    Ok(RepairItem {
        item,
        station: Some(smith),
        points: None,
        extras,
    })
}

/// Half of them is gone; the rest of what a repair takes is given to her.
fn scuff(app: &mut App, gauntlets: Uid) -> Result<String, String> {
    let (who, to) = ann(app.world_mut()).ok_or("there is no character")?;
    let world = app.world_mut();
    let left = world.transact("demo.fall", |txn| {
        wear_out(txn, who, gauntlets, 50_000, WearCause::Other)
    });
    for (name, count) in [("demo:iron_ore", 4), ("demo:leather_strip", 3)] {
        let gift = GrantItem {
            to,
            def: DefId::of(name),
            count,
            compartment: None,
        };
        let given = world.act(PlayerId::LOCAL, None, &gift);
        given.map_err(|refusal| refusal.to_string())?;
    }
    let left = left.map_err(|refusal| refusal.to_string())?;
    check(left == 50_000, format!("{} % left", left / 1000))
}

fn without(app: &mut App, gauntlets: Uid) -> Result<String, String> {
    visit(app, SMITH_POSITION)?;
    let wish = order(app, gauntlets, true)?;
    let answer = ask(app, &wish);
    refused(app.world(), answer, "materials_missing")
}

fn buy(app: &mut App) -> Result<String, String> {
    market::open(app)?;
    for _ in 0..2 {
        let oil = market::ware(app, OIL)?;
        let total = market::price(app, oil, market::BUY)?.total;
        let bought = market::buy(app, oil, total)?;
        bought.map_err(|refusal| refusal.to_string())?;
    }
    let has = count(app, OIL);
    check(has == 2, format!("{has} bottles"))
}

fn planned(app: &mut App, item: Uid, extras: bool) -> Result<RepairPlan, String> {
    let wish = order(app, item, extras)?;
    with_view(app, |view| plan_repair(view, &wish))
}

fn compare(app: &mut App, gauntlets: Uid) -> Result<String, String> {
    let plain = planned(app, gauntlets, false)?;
    let fine = planned(app, gauntlets, true)?;
    let percent = |plan: &RepairPlan| f64::from(plan.odds.done) / 10_000.0;
    let detail = format!(
        "{:.0} points at {:.0} % → {:.0} points at {:.0} %",
        plain.points,
        percent(&plain),
        fine.points,
        percent(&fine)
    );
    let better = fine.points > plain.points && fine.odds.done > plain.odds.done;
    match fine.refusal {
        Some(refusal) => Err(format!("{detail}; but {refusal}")),
        None => check(better, detail),
    }
}

fn mend(app: &mut App, gauntlets: Uid) -> Result<String, String> {
    let plan = planned(app, gauntlets, true)?;
    let wish = order(app, gauntlets, true)?;
    done(app, &wish)?;
    let note = finish_well(app)?;
    let now = Durability::of(&thing(app, gauntlets)?);
    let foretold = [plan.after, plan.after_failure, plan.after_botch].contains(&now);
    let left = count(app, OIL);
    let log = app.world().resource::<ItemLog>();
    let last = log.of(gauntlets).next_back().map(|line| &line.deed);
    let oil = DefId::of(OIL);
    let noted = match last {
        Some(Deed::Noted(line)) => line.materials.iter().any(|(def, _)| *def == oil),
        _ => false,
    };
    check(
        foretold && left < 2 && noted,
        format!("{note}; {left} bottles left"),
    )
}
