use bevy::prelude::*;
use wayfarer_core::{
    content::{ActiveContent, Content},
    id::{Uid, UidIndex},
    ledger::MovementKind,
    text::Texts,
};
use wayfarer_equipment::content::EnchantmentDef;
use wayfarer_inventory::{
    Inventory, WorldItem,
    actions::{HistoryLine, Told},
    content::ItemDef,
    currency::Money,
    history::{Deed, Note},
    naming::display_name,
};

use super::rebuild::now;
use crate::{
    answers::Answers,
    model::history::{HistoryModel, HistoryRow},
    panels::number,
    texts::{Label, labels},
};

/// The things of an entity that have a history, and what the host has told of one of them:
/// `chosen`, which may also lie on the ground or in an open container.
pub fn history_model(
    world: &World,
    entity: Entity,
    chosen: Option<Uid>,
    told: Option<Vec<HistoryLine>>,
) -> HistoryModel {
    let default = Texts::default();
    let texts = world.get_resource::<Texts>().unwrap_or(&default);
    let content = world.get_resource::<ActiveContent>();
    let known = content.map(|content| &*content.0);
    let lines = told.map(|lines| {
        let lines = lines.into_iter();
        lines.map(|line| row(texts, known, line)).collect()
    });
    let mut model = HistoryModel {
        now: now(world),
        lines,
        ..HistoryModel::default()
    };
    if let Some((inventory, content)) = world.get::<Inventory>(entity).zip(content) {
        let items = content.0.table::<ItemDef>();
        let single = |def| items.get(def).is_some_and(|def| def.max_stack == 1);
        let singles = inventory.iter().filter(|item| single(item.def));
        model.things = singles
            .map(|item| (item.uid, display_name(world, item)))
            .collect();
        model.things.sort_by(|a, b| (&a.1, a.0).cmp(&(&b.1, b.0)));
        model.chosen = chosen.and_then(|uid| {
            let own = inventory.get(uid).map(|item| display_name(world, item));
            own.or_else(|| elsewhere(world, uid))
        });
    }
    model
}

/// The name of a thing that somebody else has, as far as it is known here.
fn elsewhere(world: &World, uid: Uid) -> Option<String> {
    let lying = world.get_resource::<UidIndex>()?.get(uid);
    if let Some(lying) = lying.and_then(|entity| world.get::<WorldItem>(entity)) {
        return Some(display_name(world, &lying.item));
    }
    let open = world.get_resource::<Answers>()?.opened()?;
    let open = world.get_resource::<UidIndex>()?.get(open)?;
    let item = world.get::<Inventory>(open)?.get(uid)?;
    Some(display_name(world, item))
}

fn row(texts: &Texts, content: Option<&Content>, line: HistoryLine) -> HistoryRow {
    let place = |told| match told {
        Told::Unknown => String::new(),
        Told::Ground => labels::HISTORY_GROUND.of(texts).to_owned(),
        Told::With(name) => name,
    };
    let (what, details) = match &line.deed {
        Deed::Went(kind) => (what(texts, &line.action, *kind).to_owned(), Vec::new()),
        Deed::Noted(note) => (noted(texts, content, note), details(texts, content, note)),
    };
    HistoryRow {
        tick: line.tick,
        what,
        details,
        who: line.who,
        from: place(line.from),
        to: place(line.to),
    }
}

/// What happened, in a word: by the action where it says more than the ledger.
fn what<'t>(texts: &'t Texts, action: &str, kind: MovementKind) -> &'t str {
    let label: Label = match (action, kind) {
        ("equipment.equip" | "equipment.swap", MovementKind::Moved) => labels::HISTORY_WORN,
        ("equipment.unequip", MovementKind::Moved) => labels::HISTORY_TAKEN_OFF,
        ("inventory.drop", _) => labels::HISTORY_DROPPED,
        ("inventory.pick_up", _) => labels::HISTORY_PICKED_UP,
        (_, MovementKind::Moved | MovementKind::Split) => labels::HISTORY_MOVED,
        (_, MovementKind::Spawned) => labels::HISTORY_SPAWNED,
        (_, MovementKind::Looted) => labels::HISTORY_LOOTED,
        (_, MovementKind::Crafted) => labels::HISTORY_CRAFTED,
        (_, MovementKind::Granted) => labels::HISTORY_GRANTED,
        (_, MovementKind::Consumed) => labels::HISTORY_CONSUMED,
        (_, MovementKind::Sold) => labels::HISTORY_SOLD,
        (_, MovementKind::Destroyed | MovementKind::OwnerGone) => labels::HISTORY_GONE,
        _ => labels::HISTORY_MENDED,
    };
    label.of(texts)
}

/// What was done to it, in words.
fn noted(texts: &Texts, content: Option<&Content>, note: &Note) -> String {
    let about = note.about.map(|def| {
        let known = content.and_then(|content| {
            let enchantment = content.table::<EnchantmentDef>().get(def);
            let name = enchantment.map(|enchantment| enchantment.name.as_str());
            name.or_else(|| content.name_of(def))
        });
        known.map_or_else(|| def.to_string(), str::to_owned)
    });
    let text = texts.get(&format!("history.{}", note.what)).to_owned();
    text.replace("{about}", about.as_deref().unwrap_or_default())
}

/// What was left of it before and after, what it cost, what it used up.
fn details(texts: &Texts, content: Option<&Content>, note: &Note) -> Vec<String> {
    let percent = |left: u32| number((left as f32 / 100.0).round() / 10.0);
    let left = note.left.filter(|(before, after)| before != after);
    let left = left.map(|(before, after)| format!("{} ➡ {} %", percent(before), percent(after)));
    let cost = (note.cost > 0).then(|| {
        let money = content.and_then(Money::of);
        let cost = money.map_or_else(|| note.cost.to_string(), |money| money.show(note.cost));
        labels::HISTORY_COST.of(texts).replace("{price}", &cost)
    });
    let used = note.materials.iter().map(|(def, count)| {
        let item = content.and_then(|content| content.table::<ItemDef>().get(*def));
        let name = item.map_or_else(|| def.to_string(), |item| item.name.clone());
        format!("{count} × {name}")
    });
    left.into_iter().chain(cost).chain(used).collect()
}
