//! Turns the world's state into batches for the writer.

use std::{collections::BTreeMap, time::Instant};

use bevy::prelude::*;
use wayfarer_core::{
    authority::Authority,
    id::UidIndex,
    state::{
        DirtyRecords, Part, mark_scanned, persistent_entities, snapshot_changed_resources,
        snapshot_entity, snapshot_resources,
    },
};

use crate::{
    GameSaved, SaveFailed, SaveGame, SaveStatus,
    autosave::LastScan,
    header::SaveHeader,
    plugin::SaveWriter,
    store::{Record, RecordKey, SaveBatch, SaveMeta, SaveReport, SlotName, StoreError},
};

/// The name under which the record of a thing is stored.
pub(crate) const ENTITY: &str = "entity";

pub(crate) fn save_on_request(world: &mut World) {
    let asked: Vec<SaveGame> = world.resource_mut::<Messages<SaveGame>>().drain().collect();
    for save in asked {
        let slot = match SlotName::new(&save.slot) {
            Ok(slot) => slot,
            Err(error) => {
                fail(world, Some(save.slot), error.to_string());
                continue;
            }
        };
        if *world.resource::<Authority>() != Authority::Host {
            let text = "only the host of a game can save it".to_owned();
            fail(world, Some(save.slot), text);
            continue;
        }
        let mut status = world.resource_mut::<SaveStatus>();
        status.slot = Some(slot);
        status.label = save.label;
        save_everything(world);
    }
}

/// A full save into the current slot.
pub(crate) fn save_everything(world: &mut World) {
    let started = Instant::now();
    let Some((slot, meta)) = target(world) else {
        return;
    };
    let mut records = resources(snapshot_resources(world));
    for (_, entity) in persistent_entities(world) {
        if let Some(entity) = snapshot_entity(world, entity) {
            records.extend(encode(entity.uid.get(), ENTITY, &entity));
        }
    }
    world.resource_mut::<DirtyRecords>().take();
    hand_over(world, slot, SaveBatch::Full { meta, records }, started);
}

/// What has changed since the last save, into the current slot.
pub(crate) fn save_changes(world: &mut World) {
    let started = Instant::now();
    let Some((slot, meta)) = target(world) else {
        return;
    };
    if world
        .get_resource::<SaveWriter>()
        .is_some_and(|writer| writer.0.needs_full(&slot))
    {
        return save_everything(world);
    }
    let since = world.resource::<LastScan>().0;
    mark_scanned(world, since);
    if world.resource::<DirtyRecords>().is_empty() {
        return;
    }
    // Not before: what has changed in resources meanwhile is written with the next change.
    let now = world.change_tick();
    world.resource_mut::<LastScan>().0 = now;
    let (changed, removed) = world.resource_mut::<DirtyRecords>().take();
    // Some are large and change seldom: the history of all things.
    let mut records = resources(snapshot_changed_resources(world, since));
    for uid in changed {
        let entity = world.resource::<UidIndex>().get(uid);
        if let Some(entity) = entity.and_then(|entity| snapshot_entity(world, entity)) {
            records.extend(encode(uid.get(), ENTITY, &entity));
        }
    }
    let removed = removed
        .into_iter()
        .map(|uid| RecordKey::new(uid.get(), ENTITY))
        .collect();
    let batch = SaveBatch::Dirty {
        meta,
        records,
        removed,
    };
    hand_over(world, slot, batch, started);
}

fn target(world: &World) -> Option<(SlotName, SaveMeta)> {
    let status = world.resource::<SaveStatus>();
    let slot = status.slot.clone()?;
    let extra = postcard::to_stdvec(&SaveHeader::of(world)).unwrap_or_default();
    let label = status.label.clone();
    Some((slot, SaveMeta { label, extra }))
}

fn resources(parts: BTreeMap<String, Part>) -> Vec<Record> {
    parts
        .iter()
        .filter_map(|(name, part)| encode(0, name, part))
        .collect()
}

fn encode(owner: u64, name: &str, value: &impl serde::Serialize) -> Option<Record> {
    match postcard::to_stdvec(value) {
        Ok(bytes) => Some(Record::new(RecordKey::new(owner, name), bytes)),
        Err(error) => {
            tracing::error!("`{name}` of {owner} could not be encoded: {error}");
            None
        }
    }
}

fn hand_over(world: &mut World, slot: SlotName, batch: SaveBatch, started: Instant) {
    let Some(writer) = world.get_resource::<SaveWriter>() else {
        let text = world.resource::<SaveStatus>().trouble.clone();
        let text = text.unwrap_or_else(|| "there is no profile to save to".into());
        fail(world, Some(slot.as_str().to_owned()), text);
        return;
    };
    writer.0.save(&slot, batch);
    let mut status = world.resource_mut::<SaveStatus>();
    status.waiting += 1;
    status.last_snapshot = started.elapsed();
}

pub(crate) fn fail(world: &mut World, slot: Option<String>, text: String) {
    tracing::warn!("{text}");
    world.write_message(SaveFailed { slot, text });
}

/// Tells what became of the batches.
pub(crate) fn read_reports(
    writer: Option<Res<SaveWriter>>,
    mut status: ResMut<SaveStatus>,
    mut saved: MessageWriter<GameSaved>,
    mut failed: MessageWriter<SaveFailed>,
    mut want_full: ResMut<WantFull>,
) {
    let Some(writer) = writer else { return };
    for report in writer.0.drain_reports() {
        match report {
            SaveReport::Saved {
                slot,
                generation,
                bytes,
                took,
                full,
                ..
            } => {
                status.waiting = 0;
                status.trouble = None;
                saved.write(GameSaved {
                    slot: slot.as_str().to_owned(),
                    generation,
                    bytes,
                    took,
                    full,
                });
            }
            SaveReport::Failed {
                slot,
                error,
                will_retry_in,
                ..
            } => {
                let text = describe(&error, will_retry_in);
                if status.trouble.as_ref() != Some(&text) {
                    status.trouble = Some(text.clone());
                    failed.write(SaveFailed {
                        slot: Some(slot.as_str().to_owned()),
                        text,
                    });
                }
            }
            SaveReport::NeedsFull { .. } => want_full.0 = true,
        }
    }
}

/// The writer has asked for a full save.
#[derive(Resource, Default)]
pub(crate) struct WantFull(pub(crate) bool);

fn describe(error: &StoreError, retry: Option<std::time::Duration>) -> String {
    match retry {
        Some(wait) => format!(
            "saving failed: {error}; it is tried again in {} s, nothing is lost meanwhile",
            wait.as_secs().max(1)
        ),
        None => format!("saving failed: {error}"),
    }
}
