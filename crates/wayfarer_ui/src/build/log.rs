use bevy::prelude::*;
use wayfarer_core::{
    action::ActionRegistry,
    authority::Players,
    content::ActiveContent,
    door::DoorMetrics,
    id::UidIndex,
    ledger::{Ledger, LedgerEntry, Movement},
    text::Texts,
};

use super::sheet::name_of;
use crate::model::log::{LogEntry, LogModel, MetricsModel};

/// Brings the log of a host up to date: new entries are added at the end, those that the ledger
/// has forgotten leave at the front.
pub fn update_log(world: &World, model: &mut LogModel) {
    let Some(ledger) = world.get_resource::<Ledger>() else {
        return;
    };
    if !model.complete {
        *model = LogModel {
            complete: true,
            ..LogModel::default()
        };
    }
    let first = ledger
        .iter()
        .next()
        .map_or(u64::MAX, |entry| entry.sequence);
    while model.entries.front().is_some_and(|e| e.sequence < first) {
        model.entries.pop_front();
    }
    // Undoing takes the means to undo away from an old entry.
    for (shown, entry) in model.entries.iter_mut().zip(ledger.iter()) {
        shown.can_undo = entry.can_undo();
    }
    let known = model.entries.back().map_or(0, |entry| entry.sequence);
    let new = ledger.iter().rev().take_while(|e| e.sequence > known);
    let new: Vec<LogEntry> = new.map(|entry| log_entry(world, entry)).collect();
    model.entries.extend(new.into_iter().rev());
    model.metrics = world.get_resource::<DoorMetrics>().map(metrics);
}

fn log_entry(world: &World, entry: &LedgerEntry) -> LogEntry {
    let cause = &entry.cause;
    let players = world.get_resource::<Players>();
    let who = players.and_then(|players| players.get(cause.player));
    let actor = cause.actor.map(|uid| {
        let index = world.get_resource::<UidIndex>();
        let entity = index.and_then(|index| index.get(uid));
        entity.map_or_else(|| uid.to_string(), |entity| name_of(world, entity))
    });
    let registry = world.get_resource::<ActionRegistry>();
    let payload = registry
        .and_then(|registry| registry.get(entry.request.action))
        .and_then(|action| (action.show)(&entry.request.payload));
    let rolls: Vec<String> = entry
        .rolls
        .iter()
        .map(|rolled| format!("d{}: {}", rolled.sides, rolled.value))
        .collect();
    LogEntry {
        sequence: entry.sequence,
        tick: cause.tick,
        who: who.map_or_else(|| cause.player.to_string(), |who| who.name.clone()),
        actor: actor.unwrap_or_default(),
        action: cause.action.to_owned(),
        payload: payload.unwrap_or_default(),
        refusal: entry.refusal.as_ref().map(|refusal| {
            let texts = world.get_resource::<Texts>();
            match (texts, world.get_resource::<ActiveContent>()) {
                (Some(texts), Some(content)) => texts.refusal(refusal, content),
                _ => refusal.to_string(),
            }
        }),
        took: entry.took,
        rolls: rolls.join(", "),
        movements: entry
            .movements
            .iter()
            .map(|movement| movement_text(world, movement))
            .collect(),
        can_undo: entry.can_undo(),
    }
}

fn movement_text(world: &World, movement: &Movement) -> String {
    let content = world.get_resource::<ActiveContent>();
    let name = content.and_then(|content| content.name_of(movement.def));
    let (kind, uid, count) = (movement.kind, movement.uid, movement.count);
    format!("{kind:?}: {} ×{count} ({uid})", name.unwrap_or("?"))
}

fn metrics(metrics: &DoorMetrics) -> MetricsModel {
    let mean = |action: &wayfarer_core::door::ActionMetrics| {
        action.time / u32::try_from(action.count.max(1)).unwrap_or(u32::MAX)
    };
    MetricsModel {
        received: metrics.received,
        applied: metrics.applied,
        refused: metrics.refused,
        repeated: metrics.repeated,
        rate_limited: metrics.rate_limited,
        malformed: metrics.malformed,
        actions: metrics
            .actions
            .iter()
            .map(|(name, a)| ((*name).to_owned(), a.count, a.refused, mean(a), a.slowest))
            .collect(),
    }
}
