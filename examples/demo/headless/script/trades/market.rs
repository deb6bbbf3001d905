//! The merchant and the strongbox: prices with reasons, refusals, change, selling, buying back.

use bevy::prelude::*;
use wayfarer::{
    inventory::{
        actions::TidyPurse,
        rules::Side,
        shop::{Price, price_of},
        value::PriceOp,
    },
    prelude::*,
};

use super::{bag, check, count, done, folk, purse, visit, with_view};
use crate::{
    headless::{
        script::{ann, ask, item},
        stage::{Steps, refused},
    },
    scene::layout::{CHEST_POSITIONS, MERCHANT_POSITION},
};

const POTION: &str = "demo:healing_potion";
const COIN: &str = "demo:coin";
const LEATHER: &str = "demo:leather_strip";

/// From him, not to him.
pub(super) const BUY: Side = Side::Buy;

/// What the merchant has of a kind.
pub(super) fn ware(app: &mut App, name: &str) -> Result<Uid, String> {
    let (shop, _) = folk(app, "demo:merchant")?;
    let def = DefId::of(name);
    let wares = app.world().get::<Inventory>(shop).into_iter();
    let mut wares = wares.flat_map(Inventory::iter);
    let found = wares.find(|item| item.def == def).map(|item| item.uid);
    found.ok_or_else(|| format!("he has no {name}"))
}

pub(super) fn price(app: &mut App, item: Uid, side: Side) -> Result<Price, String> {
    price_of_some(app, item, side, 1)
}

fn price_of_some(app: &mut App, item: Uid, side: Side, count: u32) -> Result<Price, String> {
    let (shop, _) = folk(app, "demo:merchant")?;
    with_view(app, |view| {
        price_of(
            view.world,
            view.content,
            shop,
            view.entity,
            item,
            side,
            count,
        )
    })
}

fn print(price: &Price) {
    for line in &price.lines {
        let sign = match line.op {
            PriceOp::Plus => "+",
            PriceOp::Times => "×",
            PriceOp::AtMost => "≤",
        };
        let place = line.place.as_deref().unwrap_or("");
        println!(
            "          {:<28} {sign} {:>7.2}  {place}",
            line.label, line.amount
        );
    }
}

pub(super) fn open(app: &mut App) -> Result<String, String> {
    let (_, container) = folk(app, "demo:merchant")?;
    done(app, &OpenContainer { container }).map(|()| String::new())
}

/// Looking at prices with a knight's purse.
pub fn look(app: &mut App, steps: &mut Steps) {
    let told = open(app);
    steps.step(
        "nobody buys across the clearing",
        match told {
            Err(why) => Ok(why),
            Ok(_) => Err("the merchant could be asked from afar".into()),
        },
    );
    let told = visit(app, MERCHANT_POSITION).and_then(|_| open(app));
    steps.step("she walks to the merchant and asks what he has", told);
    let shown = ware(app, POTION).and_then(|potion| price(app, potion, Side::Buy));
    let told = shown.and_then(|price| {
        print(&price);
        let haggled = price.lines.iter().any(|line| line.label == "Haggling");
        let text = format!("{} for a healing potion", price.total);
        check(haggled && price.lines.len() > 2 && price.total > 50, text)
    });
    steps.step("a price says how it comes about", told);
    let before = (purse(app), count(app, POTION));
    let poor = ware(app, POTION).and_then(|potion| {
        let total = price(app, potion, Side::Buy)?.total;
        let answer = buy(app, potion, total)?;
        refused(app.world(), answer, "insufficient_funds")
    });
    steps.step("it is more than she has", poor);
    let after = (purse(app), count(app, POTION));
    let same = check(
        before == after,
        format!("{} gp, {} potions", after.0, after.1),
    );
    steps.step("and nothing has changed hands", same);
}

pub(super) fn buy(app: &mut App, item: Uid, price: u64) -> Result<Result<Uid, Refusal>, String> {
    let (_, shop) = folk(app, "demo:merchant")?;
    let count = 1;
    Ok(ask(
        app,
        &BuyItem {
            shop,
            item,
            count,
            price,
        },
    ))
}

/// What is taken out of the strongbox.
const WANTED: [&str; 10] = [
    COIN,
    "demo:march_helm",
    "demo:march_boots",
    "demo:march_gauntlets",
    "demo:tarnished_ring",
    "demo:scroll_of_insight",
    "demo:whetstone_dust",
    "demo:leech_stone",
    "demo:seers_lens",
    "demo:spark_rod",
];

/// The strongbox: what was put in, and what whoever opens it first finds on top.
pub fn strongbox(app: &mut App, steps: &mut Steps) {
    let spot = CHEST_POSITIONS[1];
    let (chest, container) = match folk(app, "demo:iron_chest") {
        Ok(found) => found,
        Err(why) => return steps.step("there is a strongbox", Err(why)),
    };
    let first = app.world().resource::<Ledger>().next_sequence();
    let told = super::walk_to(app, spot.x + 0.3, spot.z + 1.2)
        .and_then(|_| done(app, &OpenContainer { container }));
    let ledger = app.world().resource::<Ledger>();
    let found: Vec<(DefId, u32)> = ledger
        .iter()
        .filter(|entry| entry.sequence >= first)
        .flat_map(|entry| &entry.movements)
        .filter(|movement| movement.kind == MovementKind::Looted)
        .map(|movement| (movement.def, movement.count))
        .collect();
    let content = app.world().resource::<ActiveContent>().0.clone();
    let names: Vec<String> = found
        .iter()
        .map(|(def, count)| {
            let def = content.table::<ItemDef>().get(*def);
            format!("{count} × {}", def.map_or("?", |def| def.name.as_str()))
        })
        .collect();
    let told = told.and_then(|()| check(!names.is_empty(), names.join(", ")));
    steps.step("she opens the strongbox; chance has put more into it", told);
    let before = purse(app);
    let mut taken = Vec::new();
    let mut wrong = String::new();
    for name in WANTED {
        let def = DefId::of(name);
        let inside = app.world().get::<Inventory>(chest).into_iter();
        let stacks: Vec<Uid> = inside
            .flat_map(Inventory::iter)
            .filter(|item| item.def == def)
            .map(|item| item.uid)
            .collect();
        for item in stacks {
            let Some((_, to)) = ann(app.world_mut()) else {
                continue;
            };
            let wish = TransferItem {
                from: container,
                item,
                count: None,
                to,
                compartment: None,
            };
            match done(app, &wish) {
                Ok(_) => taken.push(item),
                Err(why) => wrong = why,
            }
        }
    }
    let now = purse(app);
    let detail = format!("{} stacks; {before} → {now} gp {wrong}", taken.len());
    let all = WANTED.iter().all(|name| count(app, name) > 0);
    let told = check(all && wrong.is_empty() && now == before + 340, detail);
    steps.step("she takes the money, a suit in pieces and a ring", told);
    let first = app.world().resource::<Ledger>().next_sequence();
    let again = done(app, &CloseContainer { container })
        .and_then(|()| done(app, &OpenContainer { container }));
    let ledger = app.world().resource::<Ledger>();
    let more = ledger
        .iter()
        .filter(|entry| entry.sequence >= first)
        .flat_map(|entry| &entry.movements)
        .any(|movement| movement.kind == MovementKind::Looted);
    let told = again.and_then(|()| check(!more, String::new()));
    steps.step("opened again it has nothing more", told);
}

/// Buying, change, selling, buying back.
pub fn deal(app: &mut App, steps: &mut Steps) {
    let before = purse(app);
    let tidied = done(app, &TidyPurse).and_then(|_| {
        let (big, small) = (count(app, "demo:platinum_coin"), count(app, COIN));
        let same = purse(app) == before && big * 10 + small == before;
        check(same && small < 10, format!("{big} pp, {small} gp"))
    });
    steps.step("she changes her coins into few", tidied);
    let told = visit(app, MERCHANT_POSITION).and_then(|_| open(app));
    steps.step("she is back at the stall", told);
    let stale = ware(app, POTION).and_then(|potion| {
        let total = price(app, potion, Side::Buy)?.total;
        let answer = buy(app, potion, total - 1)?;
        refused(app.world(), answer, "price_changed")
    });
    steps.step("nobody pays what they did not see", stale);
    let had = (purse(app), count(app, COIN), count(app, POTION));
    let bought = ware(app, POTION).and_then(|potion| {
        let total = price(app, potion, Side::Buy)?.total;
        buy(app, potion, total)?.map_err(|r| r.to_string())?;
        let has = (purse(app), count(app, COIN), count(app, POTION));
        let text = format!(
            "{} → {} gp worth, {} → {} gold coins",
            had.0, has.0, had.1, has.1
        );
        let change = has.1 != had.1;
        check(has.0 + total == had.0 && has.2 == had.2 + 1 && change, text)
    });
    steps.step("she buys a healing potion and gets change", bought);
    let scarce = ware(app, POTION).and_then(|potion| {
        let all = price_of_some(app, potion, Side::Buy, 5)?;
        let text = format!("{} for the first, {} for all five", all.unit, all.total);
        check(all.total > all.unit * 5, text)
    });
    steps.step("the last of them are dearer than the first", scarce);
    let had = count(app, LEATHER);
    let mut told = Ok(());
    for _ in 0..3 {
        told = told.and_then(|()| {
            let strip = ware(app, LEATHER)?;
            let total = price(app, strip, Side::Buy)?.total;
            let bought = buy(app, strip, total)?;
            bought.map(|_| ()).map_err(|r| r.to_string())
        });
    }
    let has = count(app, LEATHER);
    let told = told.and_then(|()| check(has == had + 3, format!("{has} strips")));
    steps.step("she buys leather for the grip of her sword", told);
    let charm = item(app.world_mut(), "demo:lucky_charm");
    let charm = charm.ok_or_else(|| "she has no charm".to_owned());
    let had = purse(app);
    let sold = charm.clone().and_then(|item| {
        let (_, shop) = folk(app, "demo:merchant")?;
        let shown = price(app, item, Side::Sell)?;
        print(&shown);
        let wish = SellItem {
            shop,
            item,
            count: 1,
            price: shown.total,
        };
        let got = done(app, &wish)?;
        let gone = bag(app).is_some_and(|bag| bag.get(item).is_none());
        check(gone && purse(app) == had + got, format!("{got} gp"))
    });
    steps.step("she sells her lucky charm", sold);
    let back = ware(app, "demo:lucky_charm").and_then(|charm| {
        let total = price(app, charm, Side::Buy)?.total;
        buy(app, charm, total)?.map_err(|r| r.to_string())?;
        check(purse(app) == had, format!("{total} gp"))
    });
    steps.step("and, sorry for it, buys it back for what she got", back);
    let never = item(app.world_mut(), "demo:apple").map(|item| {
        let (_, shop) = folk(app, "demo:merchant")?;
        let wish = SellItem {
            shop,
            item,
            count: 1,
            price: 0,
        };
        let answer = ask(app, &wish);
        refused(app.world(), answer, "not_bought_here")
    });
    let told = never.unwrap_or_else(|| Err("she has no apples".into()));
    steps.step("apples he has enough of", told);
}
