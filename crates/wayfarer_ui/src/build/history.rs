use bevy::prelude::*;
use wayfarer_core::{
    content::ActiveContent,
    id::{Uid, UidIndex},
    ledger::MovementKind,
    text::Texts,
};
use wayfarer_inventory::{
    Inventory, WorldItem,
    actions::{HistoryLine, Told},
    content::ItemDef,
    naming::display_name,
};

use super::rebuild::now;
use crate::{
    answers::Answers,
    model::history::{HistoryModel, HistoryRow},
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
    let mut model = HistoryModel {
        now: now(world),
        lines: told.map(|lines| lines.into_iter().map(|line| row(texts, line)).collect()),
        ..HistoryModel::default()
    };
    let content = world.get_resource::<ActiveContent>();
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

fn row(texts: &Texts, line: HistoryLine) -> HistoryRow {
    let place = |told| match told {
        Told::Unknown => String::new(),
        Told::Ground => labels::HISTORY_GROUND.of(texts).to_owned(),
        Told::With(name) => name,
    };
    HistoryRow {
        tick: line.tick,
        what: what(texts, &line.action, line.kind).to_owned(),
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
