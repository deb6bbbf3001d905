//! The log is fed from the ledger, once for each tick.

use bevy::prelude::*;
use wayfarer_core::{
    action::Action,
    authority::is_host,
    character::DisplayName,
    clock::{RulesSystems, RulesTick},
    content::{ActiveContent, Content},
    id::{Identity, Uid, UidIndex},
    ledger::{Ledger, LedgerEntry, Movement, MovementKind},
    state::{RestoreReport, StateAppExt},
};

use super::{
    log::{Event, ItemLog, Whereabouts},
    note::{Deed, Noted, Notes},
};
use crate::{
    actions::{MoveItem, PutItem, RearrangeItem},
    content::ItemDef,
    inventory::Inventory,
    world_item::WorldItem,
};

/// Up to which entry the ledger has been read.
#[derive(Resource, Default)]
struct Read(u64);

/// Run condition: there is something new in the ledger, or something was noted.
fn there_is_news(ledger: Res<Ledger>, read: Res<Read>, notes: Res<Notes>) -> bool {
    ledger.next_sequence() != read.0 || !notes.0.is_empty()
}

/// Writes down what has happened to single things since it was last looked at.
fn absorb(world: &mut World) {
    let Some(content) = world.get_resource::<ActiveContent>().map(|c| c.0.clone()) else {
        return;
    };
    let next = world.resource::<Ledger>().next_sequence();
    let from = std::mem::replace(&mut world.resource_mut::<Read>().0, next);
    let notes = std::mem::take(&mut world.resource_mut::<Notes>().0);
    world.resource_scope(|world, mut log: Mut<ItemLog>| {
        let ledger = world.resource::<Ledger>();
        // A ledger that was cut short has nothing older to tell.
        let entries = ledger
            .iter()
            .rev()
            .take_while(|entry| entry.sequence >= from);
        let entries: Vec<&LedgerEntry> = entries.collect();
        let mut notes = notes.into_iter().peekable();
        for entry in entries.into_iter().rev() {
            while let Some(noted) = notes.next_if(|noted| noted.sequence < entry.sequence) {
                write_note(world, &mut log, noted);
            }
            let singles = || {
                let all = entry.movements.iter();
                all.filter(|movement| is_single(&content, entry, movement))
            };
            // What comes is there before anything is done to it; what goes is gone after it.
            for movement in singles().filter(|movement| movement.kind.sign() >= 0) {
                write(world, &mut log, entry, movement);
            }
            while let Some(noted) = notes.next_if(|noted| noted.sequence == entry.sequence) {
                write_note(world, &mut log, noted);
            }
            for movement in singles().filter(|movement| movement.kind.sign() < 0) {
                write(world, &mut log, entry, movement);
            }
        }
        for noted in notes {
            write_note(world, &mut log, noted);
        }
    });
}

fn write_note(world: &World, log: &mut ItemLog, noted: Noted) {
    if let Some(who) = noted.who {
        call(world, log, who);
    }
    let event = Event {
        tick: noted.tick,
        action: noted.action,
        who: noted.who,
        to: None,
        deed: Deed::Noted(Box::new(noted.note)),
    };
    log.write(noted.item, event);
}

/// Remembers what somebody is called.
fn call(world: &World, log: &mut ItemLog, uid: Uid) {
    let entity = world.get_resource::<UidIndex>().and_then(|i| i.get(uid));
    if let Some(name) = entity.and_then(|entity| world.get::<DisplayName>(entity)) {
        log.call(uid, &name.0);
    }
}

/// Tidying up is no event.
const TIDYING: [&str; 3] = [MoveItem::NAME, PutItem::NAME, RearrangeItem::NAME];

/// Stacks have no history, and neither have their parts.
fn is_single(content: &Content, entry: &LedgerEntry, movement: &Movement) -> bool {
    movement.kind != MovementKind::Split
        && !TIDYING.contains(&entry.cause.action)
        && content
            .table::<ItemDef>()
            .get(movement.def)
            .is_some_and(|def| def.max_stack == 1)
}

fn write(world: &World, log: &mut ItemLog, entry: &LedgerEntry, movement: &Movement) {
    let to = place_of(world, entry, movement.uid);
    let holder = match to {
        Whereabouts::With(holder) => Some(holder),
        _ => None,
    };
    for uid in [entry.cause.actor, holder].into_iter().flatten() {
        call(world, log, uid);
    }
    let event = Event {
        tick: entry.cause.tick,
        action: entry.cause.action,
        who: entry.cause.actor,
        to: Some(to),
        deed: Deed::Went(movement.kind),
    };
    log.write(movement.uid, event);
}

/// Where a thing is now, among those that the entry has touched.
fn place_of(world: &World, entry: &LedgerEntry, item: Uid) -> Whereabouts {
    for touched in &entry.touched {
        let inventory = world.get::<Inventory>(touched.entity);
        if inventory.is_some_and(|inventory| inventory.get(item).is_some())
            && let Some(&Identity(holder)) = world.get::<Identity>(touched.entity)
        {
            return Whereabouts::With(holder);
        }
    }
    let lying = world.get_resource::<UidIndex>().and_then(|i| i.get(item));
    match lying.and_then(|entity| world.get::<WorldItem>(entity)) {
        Some(_) => Whereabouts::Ground,
        None => Whereabouts::Unknown,
    }
}

/// What was noted of the world before says nothing of the one that was loaded.
fn restored(world: &mut World, _: &mut RestoreReport) {
    if let Some(mut notes) = world.get_resource_mut::<Notes>() {
        notes.0.clear();
    }
}

pub(crate) fn plugin(app: &mut App) {
    app.on_restored("inventory.history", restored)
        .init_resource::<ItemLog>()
        .init_resource::<Read>()
        .init_resource::<Notes>()
        // Ledgers differ in how far back they go, so what is fed from them proves nothing.
        .register_state_resource::<ItemLog>("inventory.history", 1, false)
        .add_systems(
            RulesTick,
            absorb
                .after(RulesSystems::Facts)
                .before(RulesSystems::Send)
                .run_if(is_host.and_then(there_is_news)),
        );
}
