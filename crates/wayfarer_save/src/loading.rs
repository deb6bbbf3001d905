//! Loading, listing and deleting, without holding up a frame.

use bevy::prelude::*;
use wayfarer_core::{
    authority::Authority,
    content::ContentState,
    state::{DirtyRecords, EntityRecord, Part, WorldRecord, restore_world},
};

use crate::{
    DeleteSave, GameLoaded, ListSaves, LoadGame, SaveStatus, SavesListed,
    autosave::LastScan,
    header::SaveHeader,
    plugin::SaveWriter,
    saving::{ENTITY, fail},
    store::{LoadError, Loaded, SlotInfo, SlotName, StoreError, Ticket},
};

/// Answers that the writer still owes.
#[derive(Resource, Default)]
pub(crate) struct Waiting {
    load: Option<(String, Ticket<Result<Loaded, LoadError>>)>,
    list: Option<Ticket<Result<Vec<SlotInfo>, StoreError>>>,
    delete: Vec<(String, Ticket<Result<(), StoreError>>)>,
}

pub(crate) fn take_requests(world: &mut World) {
    let loads: Vec<LoadGame> = world.resource_mut::<Messages<LoadGame>>().drain().collect();
    let deletes: Vec<DeleteSave> = world
        .resource_mut::<Messages<DeleteSave>>()
        .drain()
        .collect();
    let list = world
        .resource_mut::<Messages<ListSaves>>()
        .drain()
        .next()
        .is_some();
    if loads.is_empty() && deletes.is_empty() && !list {
        return;
    }
    if !world.contains_resource::<SaveWriter>() {
        let text = world.resource::<SaveStatus>().trouble.clone();
        fail(world, None, text.unwrap_or_else(|| "no profile".into()));
        world.write_message(SavesListed(Vec::new()));
        return;
    }
    for delete in deletes {
        match SlotName::new(&delete.slot) {
            Ok(slot) => {
                let ticket = world.resource::<SaveWriter>().0.delete(&slot);
                let mut status = world.resource_mut::<SaveStatus>();
                if status.slot.as_ref() == Some(&slot) {
                    status.slot = None;
                }
                world
                    .resource_mut::<Waiting>()
                    .delete
                    .push((delete.slot, ticket));
            }
            Err(error) => fail(world, Some(delete.slot), error.to_string()),
        }
    }
    if list {
        let ticket = world.resource::<SaveWriter>().0.list();
        world.resource_mut::<Waiting>().list = Some(ticket);
    }
    // Of several loads in one frame the last is what the player wants.
    if let Some(load) = loads.into_iter().next_back() {
        match SlotName::new(&load.slot) {
            Ok(slot) => {
                let ticket = world.resource::<SaveWriter>().0.load(&slot, load.which);
                world.resource_mut::<Waiting>().load = Some((load.slot, ticket));
            }
            Err(error) => fail(world, Some(load.slot), error.to_string()),
        }
    }
}

pub(crate) fn take_answers(world: &mut World) {
    let mut waiting = std::mem::take(&mut *world.resource_mut::<Waiting>());
    waiting.delete.retain(|(slot, ticket)| match ticket.poll() {
        Ok(None) => true,
        Ok(Some(Ok(()))) | Err(_) => false,
        Ok(Some(Err(error))) => {
            fail(world, Some(slot.clone()), error.to_string());
            false
        }
    });
    if let Some(ticket) = waiting.list.take() {
        match ticket.poll() {
            Ok(None) => waiting.list = Some(ticket),
            Ok(Some(Ok(list))) => {
                world.write_message(SavesListed(list));
            }
            Ok(Some(Err(error))) => fail(world, None, error.to_string()),
            Err(error) => fail(world, None, error.to_string()),
        }
    }
    // A save refers to definitions, so it waits until there are any.
    let ready = *world.resource::<ContentState>() == ContentState::Ready;
    if ready && let Some((slot, ticket)) = waiting.load.take() {
        match ticket.poll() {
            Ok(None) => waiting.load = Some((slot, ticket)),
            Ok(Some(Ok(loaded))) => restore(world, &loaded),
            Ok(Some(Err(error))) => fail(world, Some(slot), error.to_string()),
            Err(error) => fail(world, Some(slot), error.to_string()),
        }
    }
    let mut current = world.resource_mut::<Waiting>();
    // Restoring may have asked for something new; that is kept, not overwritten.
    current.load = current.load.take().or(waiting.load);
    current.list = current.list.take().or(waiting.list);
    current.delete.extend(waiting.delete);
}

fn restore(world: &mut World, loaded: &Loaded) {
    if *world.resource::<Authority>() == Authority::Client {
        let text = "leave the host's game before loading one of your own".to_owned();
        return fail(world, Some(loaded.slot.as_str().to_owned()), text);
    }
    let mut problems: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
    if let Some(then) = SaveHeader::read(&loaded.meta.extra) {
        problems.extend(then.differences(&SaveHeader::of(world)));
    }
    let mut record = WorldRecord::default();
    for one in &loaded.records {
        let read = if one.key.owner == 0 {
            postcard::from_bytes::<Part>(&one.bytes)
                .map(|part| drop(record.resources.insert(one.key.name.clone(), part)))
        } else if one.key.name == ENTITY {
            postcard::from_bytes::<EntityRecord>(&one.bytes)
                .map(|entity| record.entities.push(entity))
        } else {
            continue;
        };
        if let Err(error) = read {
            problems.push(format!("{} could not be read: {error}", one.key));
        }
    }
    *world.resource_mut::<Authority>() = Authority::Host;
    let report = restore_world(world, &record);
    for (uid, error) in &report.problems {
        problems.push(match uid {
            Some(uid) => format!("{uid}: {error}"),
            None => error.to_string(),
        });
    }
    for (name, count) in &report.unknown {
        problems.push(format!(
            "{count} × `{name}` belongs to a plugin that is not here; it is kept"
        ));
    }
    problems.extend(report.mended);
    world.resource_mut::<DirtyRecords>().take();
    let now = world.change_tick();
    world.resource_mut::<LastScan>().0 = now;
    let mut status = world.resource_mut::<SaveStatus>();
    status.slot = Some(loaded.slot.clone());
    status.label.clone_from(&loaded.meta.label);
    world.write_message(GameLoaded {
        slot: loaded.slot.as_str().to_owned(),
        generation: loaded.generation,
        problems,
    });
}
