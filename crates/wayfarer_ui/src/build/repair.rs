use std::collections::BTreeSet;

use bevy::prelude::*;
use wayfarer_core::{
    content::{ActiveContent, Content},
    id::Uid,
    text::Texts,
};
use wayfarer_equipment::{
    condition::band_of,
    repair::{ExtraOffer, Recommendation, recommend, what_comes_back},
};
use wayfarer_inventory::{
    currency::{Money, purse},
    naming::{display_name, tag_words},
    value::{PriceLine, PriceOp},
    view::View,
    work::Work,
};

use super::effects::changes;
use crate::{
    model::{
        Feedback,
        repair::{RepairModel, RepairRow},
    },
    panels::number,
    texts::{Label, labels},
};

/// The repair bench of `actor` at a station, or at none. `budget` is in the smallest coin; things in
/// `extras` are planned with what may be used up on top.
pub fn repair_model(
    world: &World,
    actor: Entity,
    station: Option<(Uid, Entity)>,
    budget: Option<u64>,
    extras: &BTreeSet<Uid>,
    feedback: Feedback,
) -> RepairModel {
    let Some(content) = world.get_resource::<ActiveContent>() else {
        return RepairModel::default();
    };
    let content = &content.0;
    let Ok(view) = View::of(world, content, actor) else {
        return RepairModel::default();
    };
    let default = Texts::default();
    let texts = world.get_resource::<Texts>().unwrap_or(&default);
    let place = station
        .and_then(|(_, entity)| wayfarer_inventory::station::station_of(world, content, entity));
    let uid = station.map(|(uid, _)| uid);
    let work = world.get::<Work>(actor);
    let job = work.and_then(|work| work.job.as_ref());
    let last = work.and_then(|work| work.last.as_ref()?.note.as_ref());
    let rows = recommend(&view, uid, budget, extras);
    RepairModel {
        somebody: true,
        place: place.map_or_else(String::new, |place| place.name.clone()),
        station: uid,
        purse: money(content, purse(&view)),
        rows: rows.iter().map(|one| row(&view, texts, one)).collect(),
        working: job.map(|job| work_name(world, texts, job.kind)),
        last: last.map(|note| texts.refusal(note, content)),
        feedback,
    }
}

fn work_name(world: &World, texts: &Texts, kind: wayfarer_core::id::DefId) -> String {
    let registry = world.get_resource::<wayfarer_inventory::work::WorkRegistry>();
    let name = registry.and_then(|registry| registry.get(kind));
    name.map_or_else(String::new, |entry| {
        texts.get(&format!("work.{}", entry.name)).to_owned()
    })
}

fn money(content: &Content, amount: u64) -> String {
    Money::of(content).map_or_else(|| amount.to_string(), |money| money.show(amount))
}

fn row(view: &View<'_>, texts: &Texts, one: &Recommendation) -> RepairRow {
    let (content, plan) = (view.content, &one.plan);
    let item = view.inventory.get(plan.item);
    let band = item.and_then(|item| band_of(content, item));
    let back = what_comes_back(view, plan).unwrap_or_default();
    RepairRow {
        item: Some(plan.item),
        name: item.map_or_else(String::new, |item| display_name(view.world, item)),
        percent: plan.before.percent(),
        condition: band.map_or_else(String::new, |band| band.name.clone()),
        urgency: one.urgency.clone(),
        pressing: one.rank.is_some_and(|rank| rank <= 1),
        points: plan.points,
        price: money(content, plan.price()),
        reasons: reasons(content, texts, &plan.lines, plan.fee),
        chance: plan.odds.chance() * 100.0,
        botch: plan.odds.botch() * 100.0,
        rank: plan.rank.clone(),
        seconds: plan.seconds,
        materials: plan
            .materials
            .iter()
            .map(|line| (line.name.clone(), line.need, line.have))
            .collect(),
        extras: extras(texts, &plan.offers),
        with_extras: plan.extras,
        tool: plan
            .tool
            .as_ref()
            .map(|(tag, found)| (tag_words(tag), found.is_some())),
        back: changes(view.world, &back),
        within: one.within,
        refusal: plan
            .refusal
            .as_ref()
            .map(|refusal| texts.refusal(refusal, content)),
    }
}

/// What may be used up on top: each with what it adds.
fn extras(texts: &Texts, offers: &[ExtraOffer]) -> String {
    let offer = |offer: &ExtraOffer| {
        labels::REPAIR_EXTRA
            .of(texts)
            .replace("{name}", &offer.name)
            .replace("{chance}", &number(offer.chance))
            .replace("{points}", &number(offer.points))
    };
    offers.iter().map(offer).collect::<Vec<_>>().join(", ")
}

/// Why it costs that, in the words in which shops say it.
fn reasons(content: &Content, texts: &Texts, lines: &[PriceLine], fee: u64) -> Vec<String> {
    let say = |label: Label, what: &str, amount: &str| {
        let text = label.of(texts).replace("{amount}", amount);
        text.replace("{label}", what)
    };
    let line = |line: &PriceLine| {
        let amount = number(line.amount);
        match line.op {
            PriceOp::Plus => say(labels::PRICE_PLUS, &line.label, &format!("+{amount}")),
            PriceOp::Times => say(labels::PRICE_TIMES, &line.label, &amount),
            PriceOp::AtMost => say(labels::PRICE_AT_MOST, &line.label, &amount),
        }
    };
    let fee = (fee > 0).then(|| {
        let amount = format!("+{}", money(content, fee));
        say(labels::PRICE_PLUS, labels::FEE.of(texts), &amount)
    });
    lines.iter().map(line).chain(fee).collect()
}
