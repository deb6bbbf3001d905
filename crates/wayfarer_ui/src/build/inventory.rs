use bevy::prelude::*;
use wayfarer_core::{
    feature::Features,
    id::{DefId, Identity, Uid},
    text::Texts,
};
use wayfarer_equipment::{
    FEATURE,
    content::{GearDef, NameRulesDef, SlotDef},
};
use wayfarer_inventory::{
    Inventory, Item, Load, Place, WorldItem,
    marks::{HOTBAR_SLOTS, Marks},
    rules::Layout,
    view::View,
};

use super::{items::ItemRows, near::Near, sheet::name_of};
use crate::{
    keys::{KeyBindings, UiAction},
    model::{
        inventory::{
            CellsModel, CompartmentModel, ContainerModel, Gauge, HolderModel, InventoryModel,
            LoadModel, NamingModel, NearbyContainer, SlotModel,
        },
        item::ItemRow,
    },
    texts::labels,
};

mod loot;
mod purse;

/// What a character holds and wears, what is in the open container and what lies near. Details of
/// items, the time and the feedback are for the caller to fill in.
pub fn inventory_model(world: &World, entity: Entity, near: &Near) -> InventoryModel {
    let default = Texts::default();
    let (Some(mut rows), Some(inventory)) = (
        ItemRows::new(world, entity, &default),
        world.get::<Inventory>(entity),
    ) else {
        return InventoryModel::default();
    };
    InventoryModel {
        holder: world.get::<Identity>(entity).map(|uid| uid.0),
        own: holder(&mut rows, entity, ItemRows::own),
        doll: doll(&mut rows, inventory),
        load: load(world.get::<Load>(entity), inventory),
        hotbar: hotbar(world, entity, inventory),
        container: near.open.and_then(|(uid, container)| {
            world.get::<Inventory>(container)?;
            Some(ContainerModel {
                uid,
                name: container_name(&mut rows, container),
                content: holder(&mut rows, container, ItemRows::plain),
                rights: loot::rights(world, entity, container),
                people: loot::sharers(world, near, uid),
            })
        }),
        ground: ground(&mut rows, near),
        nearby: near
            .containers
            .iter()
            .map(|&(uid, container)| NearbyContainer {
                uid,
                name: container_name(&mut rows, container),
                refusal: loot::stays_shut(&rows, container),
                rights: loot::rights(world, entity, container),
            })
            .collect(),
        money: purse::money(&rows, inventory),
        naming: naming(&rows),
        history_key: history_key(world),
        ..InventoryModel::default()
    }
}

/// What names a player may give.
fn naming(rows: &ItemRows<'_>) -> NamingModel {
    let rules = NameRulesDef::in_force(rows.content);
    let refusal = Features::check(rows.world, FEATURE).err();
    let usual = NamingModel::default();
    NamingModel {
        most: rules.map_or(usual.most, |rules| rules.most_letters),
        letters: rules.map_or(usual.letters, |rules| rules.letters.clone()),
        refusal: refusal.map(|refusal| rows.say(&refusal).to_string()),
    }
}

fn history_key(world: &World) -> String {
    let bindings = world.get_resource::<KeyBindings>();
    let chord = bindings.and_then(|bindings| bindings.of(UiAction::ToggleHistory).first().copied());
    chord.map_or_else(String::new, |chord| chord.to_string())
}

type MakeRow<'w> = fn(&mut ItemRows<'w>, &Item) -> ItemRow;

/// Slots that are shown in one row.
const SLOTS_IN_A_ROW: u32 = 8;

fn holder<'w>(rows: &mut ItemRows<'w>, entity: Entity, make: MakeRow<'w>) -> HolderModel {
    let Ok(view) = View::of(rows.world, rows.content, entity) else {
        return HolderModel::default();
    };
    let mut compartments = Vec::new();
    for index in view.by_order() {
        let name = match view.compartment(index) {
            Ok(def) => def.name.clone(),
            Err(_) => index.to_string(),
        };
        section(
            rows,
            &view,
            (Place::In(index), name, 0),
            make,
            &mut compartments,
        );
    }
    for bag in view.inventory.worn() {
        pockets(rows, &view, bag, 0, make, &mut compartments);
    }
    if view.inventory.at(Place::Overflow).next().is_some() {
        let name = labels::OVERFLOW.of(rows.texts).to_owned();
        section(
            rows,
            &view,
            (Place::Overflow, name, 0),
            make,
            &mut compartments,
        );
    }
    HolderModel { compartments }
}

/// The pockets of a bag; nothing for what is none.
fn pockets<'w>(
    rows: &mut ItemRows<'w>,
    view: &View<'w>,
    bag: &Item,
    depth: u8,
    make: MakeRow<'w>,
    to: &mut Vec<CompartmentModel>,
) {
    let mut places: Vec<Place> = view.pockets(bag).map(|(_, place)| place).collect();
    // What is in pockets that nobody knows any more is still there.
    for inner in view.inventory.inside(bag.uid) {
        if !places.contains(&inner.place) {
            places.push(inner.place);
        }
    }
    let name = rows.plain(bag).name;
    for place in places {
        let pocket = view.compartment_at(place).map(|def| def.name.as_str());
        let name = format!("{name}: {}", pocket.unwrap_or("?"));
        section(rows, view, (place, name, depth), make, to);
    }
}

/// One place, and the pockets of the bags in it.
fn section<'w>(
    rows: &mut ItemRows<'w>,
    view: &View<'w>,
    (place, name, depth): (Place, String, u8),
    make: MakeRow<'w>,
    to: &mut Vec<CompartmentModel>,
) {
    let limits = view.limits(place).unwrap_or_default();
    let tally = view.inventory.tally(place);
    let gauge = |used, max| Gauge { used, max };
    let mut bags = Vec::new();
    let items = view.inventory.at(place).map(|item| {
        let mut row = make(rows, item);
        let filled = view.inventory.is_filled(item.uid);
        if filled {
            let gross = view.inventory.gross(item);
            (row.weight, row.bulk) = (gross.weight.to_f32(), gross.bulk.to_f32());
        }
        if filled || rows.is_bag(item) {
            bags.push(item);
        }
        row
    });
    let items = items.collect();
    let layout = view.compartment_at(place).map(|def| def.layout);
    to.push(CompartmentModel {
        place,
        name,
        depth,
        cells: layout.ok().and_then(cells),
        bulk: gauge(tally.bulk.to_f32(), limits.bulk),
        weight: gauge(tally.weight.to_f32(), limits.weight),
        stacks: gauge(tally.stacks as f32, limits.count),
        items,
    });
    for bag in bags {
        pockets(rows, view, bag, depth.saturating_add(1), make, to);
    }
}

fn cells(layout: Layout) -> Option<CellsModel> {
    match layout {
        Layout::List => None,
        Layout::Slots(count) => Some(CellsModel {
            columns: SLOTS_IN_A_ROW.min(count.into()),
            count: count.into(),
            slots: true,
        }),
        Layout::Grid(width, height) => Some(CellsModel {
            columns: width.into(),
            count: u32::from(width) * u32::from(height),
            slots: false,
        }),
    }
}

/// What each slot of the hotbar means now.
fn hotbar(world: &World, entity: Entity, inventory: &Inventory) -> Vec<Option<Uid>> {
    let marks = world.get::<Marks>(entity);
    let slots = 0..HOTBAR_SLOTS;
    slots.map(|slot| marks?.at_hand(inventory, slot)).collect()
}

/// A bag that lies somewhere has the name of the bag.
fn container_name(rows: &mut ItemRows<'_>, container: Entity) -> String {
    match rows.world.get::<WorldItem>(container) {
        Some(lying) => rows.plain(&lying.item).name.to_string(),
        None => name_of(rows.world, container),
    }
}

fn load(load: Option<&Load>, inventory: &Inventory) -> LoadModel {
    match load {
        Some(load) => LoadModel {
            weight: Gauge {
                used: load.weight,
                max: load.max_weight,
            },
            factor: load.factor,
            warn: load.warn,
        },
        None => LoadModel {
            weight: Gauge {
                used: inventory.total().weight.to_f32(),
                max: None,
            },
            ..LoadModel::default()
        },
    }
}

/// Every slot of the content, in order. What covers a slot is the thing whose other hand it is.
fn doll(rows: &mut ItemRows<'_>, inventory: &Inventory) -> Vec<SlotModel> {
    let mut covered: Vec<(DefId, Uid)> = Vec::new();
    for item in inventory.worn() {
        let gear = rows.content.table::<GearDef>().get(item.def);
        let (Some(gear), Place::Worn(slot)) = (gear, item.place) else {
            continue;
        };
        covered.extend(gear.takes(slot).skip(1).map(|other| (other, item.uid)));
    }
    let mut slots: Vec<_> = rows.content.table::<SlotDef>().iter().collect();
    slots.sort_by_key(|slot| slot.order);
    slots
        .into_iter()
        .map(|slot| {
            let worn = inventory.worn_in(slot.id());
            let over = covered.iter().find(|(known, _)| *known == slot.id());
            let over = over.and_then(|&(_, uid)| inventory.get(uid));
            SlotModel {
                id: slot.id(),
                name: slot.name.clone(),
                anchor: [slot.anchor.0, slot.anchor.1],
                worn: worn.map(|item| rows.plain(item)),
                covered: over.map(|item| rows.plain(item).name.to_string()),
                cooldown: rows.lock(slot.id(), worn.or(over)),
            }
        })
        .collect()
}

fn ground(rows: &mut ItemRows<'_>, near: &Near) -> Vec<ItemRow> {
    let mut lying = Vec::with_capacity(near.items.len());
    for &entity in &near.items {
        if let Some(item) = rows.world.get::<WorldItem>(entity) {
            lying.push(rows.plain(&item.item));
        }
    }
    lying
}
