use bevy::prelude::*;
use wayfarer_core::{
    id::{DefId, Identity, Uid},
    text::Texts,
};
use wayfarer_equipment::content::{GearDef, SlotDef};
use wayfarer_inventory::{
    Inventory, Item, Load, Place, WorldItem, measure::Tally, rules::Limits, view::View,
};

use super::{items::ItemRows, near::Near, sheet::name_of};
use crate::model::inventory::{
    CompartmentModel, ContainerModel, Gauge, HolderModel, InventoryModel, LoadModel, SlotModel,
};

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
        container: near.open.and_then(|(uid, container)| {
            world.get::<Inventory>(container)?;
            Some(ContainerModel {
                uid,
                name: name_of(world, container),
                content: holder(&mut rows, container, ItemRows::plain),
            })
        }),
        ground: ground(&mut rows, near),
        nearby: near
            .containers
            .iter()
            .map(|&(uid, container)| (uid, name_of(world, container)))
            .collect::<Vec<(Uid, String)>>(),
        ..InventoryModel::default()
    }
}

type MakeRow<'w> = fn(&mut ItemRows<'w>, &Item) -> crate::model::ItemRow;

fn holder<'w>(rows: &mut ItemRows<'w>, entity: Entity, make: MakeRow<'w>) -> HolderModel {
    let Ok(view) = View::of(rows.world, rows.content, entity) else {
        return HolderModel::default();
    };
    let compartments = view.by_order().into_iter().map(|index| {
        let limits = view.limits(index).unwrap_or_default();
        let name = match view.compartment(index) {
            Ok(def) => def.name.clone(),
            Err(_) => index.to_string(),
        };
        let items = view.inventory.in_compartment(index);
        compartment(
            index,
            name,
            view.inventory.tally(index),
            limits,
            items.map(|item| make(rows, item)).collect(),
        )
    });
    HolderModel {
        compartments: compartments.collect(),
    }
}

fn compartment(
    index: u8,
    name: String,
    tally: Tally,
    limits: Limits,
    items: Vec<crate::model::ItemRow>,
) -> CompartmentModel {
    let gauge = |used, max| Gauge { used, max };
    CompartmentModel {
        index,
        name,
        bulk: gauge(tally.bulk.to_f32(), limits.bulk),
        weight: gauge(tally.weight.to_f32(), limits.weight),
        stacks: gauge(tally.stacks as f32, limits.count),
        items,
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

fn ground(rows: &mut ItemRows<'_>, near: &Near) -> Vec<crate::model::ItemRow> {
    let mut lying = Vec::with_capacity(near.items.len());
    for &entity in &near.items {
        if let Some(item) = rows.world.get::<WorldItem>(entity) {
            lying.push(rows.plain(&item.item));
        }
    }
    lying
}
