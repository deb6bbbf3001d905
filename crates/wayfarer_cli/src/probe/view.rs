//! What the client sees: itself, its characters, what lies around.

use bevy::prelude::*;
use wayfarer_core::{
    authority::{Owner, Position},
    character::{Character, DisplayName},
    clock::RulesClock,
    content::ActiveContent,
    id::{DefId, PlayerId, Uid, UidIndex},
};
use wayfarer_equipment::prelude::SlotDef;
use wayfarer_inventory::{Inventory, Item, Load, Place, WorldItem, view::View};
use wayfarer_net::{prelude::SessionStatus, replication::PeopleOnline};

use super::{client::my_player, item_name::name_of, people, sheet};
use crate::{
    number::short,
    out::{Colour, Out, count, printable},
};

/// Things on the ground that are listed; the rest is counted.
const MAX_LYING: usize = 12;

/// Pockets that are indented further than this are left out: nothing lies so deep, whatever a host
/// may send.
const DEEPEST: usize = 24;

/// Prints everything.
pub(crate) fn print(world: &mut World, out: &mut Out) {
    let me = my_player(world);
    if let SessionStatus::Joined { host_name, .. } = world.resource::<SessionStatus>() {
        let tick = world.resource::<RulesClock>().tick;
        let people = &world.resource::<PeopleOnline>().0;
        let role = people.iter().find(|person| person.player == me);
        let role = role.map_or("player", |person| person.role.name());
        let host = printable(host_name);
        out.line(format!("\"{host}\", tick {tick}; we are {me}, {role}"));
    }
    people::print(world, out);
    let all = world.resource::<UidIndex>().sorted();
    let mut own = 0;
    let mut others = 0;
    for &(uid, entity) in &all {
        if world.get::<Character>(entity).is_none() {
            continue;
        }
        if world
            .get::<Owner>(entity)
            .is_some_and(|owner| owner.0 == me)
        {
            own += 1;
            print_character(world, uid, entity, out);
        } else {
            others += 1;
        }
    }
    if own == 0 {
        out.line("there is no character of ours here");
    }
    if others > 0 {
        out.line(format!("{} of others in sight", count(others, "character")));
    }
    print_lying(world, &all, me, out);
}

fn print_character(world: &World, uid: Uid, entity: Entity, out: &mut Out) {
    let name = world
        .get::<DisplayName>(entity)
        .map_or("", |name| name.0.as_str());
    let template = world
        .get::<Character>(entity)
        .map_or("", Character::template);
    let who = out.paint(Colour::Strong, format!("{uid} {}", printable(name)));
    out.line(format!("{who} ({})", printable(template)));
    sheet::print_interesting(world, entity, out);
    if let Some(load) = world.get::<Load>(entity) {
        out.line(format!("  load: {}", load_words(load)));
    }
    let content = &world.resource::<ActiveContent>().0;
    let Ok(view) = View::of(world, content, entity) else {
        return;
    };
    print_worn(&view, out);
    for index in view.by_order() {
        print_compartment(&view, index, out);
    }
    print_overflow(&view, out);
}

fn load_words(load: &Load) -> String {
    let mut words = match load.max_weight {
        Some(max) => format!(
            "{} of {} kg ({} %)",
            short(load.weight),
            short(max),
            short((load.share * 100.0).round())
        ),
        None => format!("{} kg", short(load.weight)),
    };
    if load.factor < 1.0 {
        words += &format!(", x {}", short(load.factor));
    }
    if load.warn {
        words += ", too much";
    }
    words
}

fn print_worn(view: &View<'_>, out: &mut Out) {
    for item in view.inventory.worn() {
        let slot = item.place.slot().unwrap_or_default();
        let slot = slot_name(view, slot);
        out.line(format!("  {slot}: {}", item_words(view.world, item)));
        print_pockets(view, item, 2, out);
    }
}

fn slot_name(view: &View<'_>, slot: DefId) -> String {
    let def = view.content.table::<SlotDef>().get(slot);
    def.map_or_else(
        || format!("unknown slot {slot}"),
        |def| printable(&def.name),
    )
}

fn print_compartment(view: &View<'_>, index: u8, out: &mut Out) {
    print_place(view, &index.to_string(), Place::In(index), 1, out);
}

/// The pockets of a bag with what is in them, and the pockets of what is in them; nothing for what
/// is no bag.
fn print_pockets(view: &View<'_>, bag: &Item, depth: usize, out: &mut Out) {
    if depth > DEEPEST {
        return;
    }
    for (_, place) in view.pockets(bag) {
        print_place(view, "-", place, depth, out);
    }
}

/// What has no room, if there is anything.
fn print_overflow(view: &View<'_>, out: &mut Out) {
    let mut items = view.inventory.at(Place::Overflow).peekable();
    if items.peek().is_some() {
        out.line("  overflow:");
    }
    for item in items {
        out.line(format!("    {}", item_words(view.world, item)));
        print_pockets(view, item, 3, out);
    }
}

/// A compartment or pocket with what is in it; `mark` stands in front of its name.
fn print_place(view: &View<'_>, mark: &str, place: Place, depth: usize, out: &mut Out) {
    let inventory: &Inventory = view.inventory;
    let name = view.compartment_at(place).map(|def| printable(&def.name));
    let name = name.unwrap_or_else(|_| "unknown compartment".to_owned());
    let tally = inventory.tally(place);
    let limits = view.limits(place).ok();
    let part = |have: f32, max: Option<f32>, unit: &str| match max {
        Some(max) => format!("{} of {}{unit}", short(have), short(max)),
        None => format!("{}{unit}", short(have)),
    };
    let bulk = part(tally.bulk.to_f32(), limits.and_then(|l| l.bulk), " bulk");
    let weight = part(tally.weight.to_f32(), limits.and_then(|l| l.weight), " kg");
    let indent = "  ".repeat(depth);
    out.line(format!("{indent}{mark} {name}: {bulk}, {weight}"));
    for item in inventory.at(place) {
        out.line(format!("{indent}  {}", item_words(view.world, item)));
        print_pockets(view, item, depth + 2, out);
    }
}

fn item_words(world: &World, item: &Item) -> String {
    let name = printable(&name_of(world, item));
    match item.count {
        1 => format!("{} {name}", item.uid),
        count => format!("{} {name} x {count}", item.uid),
    }
}

/// What lies around, the nearest first.
fn print_lying(world: &World, all: &[(Uid, Entity)], me: PlayerId, out: &mut Out) {
    let here = all.iter().find_map(|&(_, entity)| {
        let own = world
            .get::<Owner>(entity)
            .is_some_and(|owner| owner.0 == me);
        own.then(|| world.get::<Position>(entity).copied())
            .flatten()
    });
    let mut lying: Vec<(f32, &Item)> = all
        .iter()
        .filter_map(|&(_, entity)| {
            let item = &world.get::<WorldItem>(entity)?.item;
            let place = world.get::<Position>(entity).copied();
            let distance = here
                .zip(place)
                .map_or(f32::INFINITY, |(a, b)| a.distance(b));
            Some((distance, item))
        })
        .collect();
    if lying.is_empty() {
        return;
    }
    lying.sort_by(|a, b| a.0.total_cmp(&b.0));
    out.line("on the ground:");
    for (distance, item) in lying.iter().take(MAX_LYING) {
        let words = item_words(world, item);
        if distance.is_finite() {
            out.line(format!("  {words}, {distance:.1} m away"));
        } else {
            out.line(format!("  {words}"));
        }
    }
    if lying.len() > MAX_LYING {
        out.line(format!("  and {} more", lying.len() - MAX_LYING));
    }
}
