//! Questions without consequences: may I, what would change, how long still.

use std::sync::Arc;

use bevy::prelude::*;
use wayfarer_core::{
    content::{ActiveContent, Content},
    feature::Features,
    id::{DefId, Uid},
    refusal::{Code, Refusal},
};
use wayfarer_inventory::view::View;
use wayfarer_stats::{
    ops::StatOp,
    what_if::{Change, what_if_entity},
};

use crate::{
    FEATURE,
    equipment::Equipment,
    plan::{EquipPlan, Now, plan_equip, plan_unequip},
    settle::{set_op, worn_after},
    total::{Wearer, modifiers_of},
};

/// Whether `actor` could put an item on now: the very check that [`EquipItem`] makes. Panels grey
/// out what is refused and show why.
///
/// # Errors
/// The refusal that the action would get.
///
/// [`EquipItem`]: crate::actions::EquipItem
pub fn check_equip(
    world: &World,
    actor: Entity,
    item: Uid,
    slot: Option<DefId>,
) -> Result<(), Refusal> {
    plan(world, actor, item, slot).map(|_| ())
}

/// Whether what is in a slot could be taken off now.
///
/// # Errors
/// The refusal that the action would get.
pub fn check_unequip(world: &World, actor: Entity, slot: DefId) -> Result<(), Refusal> {
    Features::check(world, FEATURE)?;
    let content = world.resource::<ActiveContent>().0.clone();
    plan_unequip(&View::of(world, &content, actor)?, slot, None).map(|_| ())
}

/// Which stats would change, and how, if `actor` put an item on now: what gives way is taken off
/// in the same calculation. Nothing is touched.
///
/// # Errors
/// The refusal that the action would get.
pub fn preview_equip(
    world: &World,
    actor: Entity,
    item: Uid,
    slot: Option<DefId>,
) -> Result<Vec<Change>, Refusal> {
    Features::check(world, FEATURE)?;
    let content = world.resource::<ActiveContent>().0.clone();
    let view = View::of(world, &content, actor)?;
    let plan = plan_equip(&view, item, slot)?;
    let wearer = Wearer {
        world,
        entity: actor,
    };
    let mut ops: Vec<StatOp> = plan
        .taken_off
        .iter()
        .map(|taken_off| StatOp::remove_modifiers(taken_off.item))
        .collect();
    ops.push(StatOp::SetModifiers {
        source: plan.item,
        modifiers: modifiers_of(&content, view.item(plan.item)?, &wearer),
    });
    let off: Vec<Uid> = plan.taken_off.iter().map(|off| off.item).collect();
    let worn = worn_after(&view, &off, Some(view.item(plan.item)?));
    ops.push(set_op(&view, &content, &worn));
    what_if(world, actor, &ops)
}

/// Which stats would change if `actor` took off what is in a slot. Nothing is touched.
///
/// # Errors
/// The refusal that the action would get.
pub fn preview_unequip(world: &World, actor: Entity, slot: DefId) -> Result<Vec<Change>, Refusal> {
    Features::check(world, FEATURE)?;
    let content = world.resource::<ActiveContent>().0.clone();
    let view = View::of(world, &content, actor)?;
    let plan = plan_unequip(&view, slot, None)?;
    let worn = worn_after(&view, &[plan.item], None);
    let ops = [
        StatOp::remove_modifiers(plan.item),
        set_op(&view, &content, &worn),
    ];
    what_if(world, actor, &ops)
}

/// Seconds until a slot may be changed; 0 when it may. The same on the host and on clients.
pub fn cooldown_left(world: &World, actor: Entity, slot: DefId) -> f32 {
    let now = Now::of(world);
    let equipment = world.get::<Equipment>(actor);
    let ticks = equipment.map_or(0, |equipment| equipment.remaining(slot, now.tick));
    (ticks as f64 / now.hz) as f32
}

/// The loaded content, to keep while the world is read.
pub(crate) fn content(world: &World) -> Arc<Content> {
    world.resource::<ActiveContent>().0.clone()
}

/// Somebody without stats has none that would change.
pub(crate) fn what_if(
    world: &World,
    actor: Entity,
    ops: &[StatOp],
) -> Result<Vec<Change>, Refusal> {
    what_if_entity(world, actor, ops)
        .unwrap_or(Ok(Vec::new()))
        .map_err(|error| Refusal::new(Code::STATE_CORRUPT).with("detail", error.0))
}

fn plan(
    world: &World,
    actor: Entity,
    item: Uid,
    slot: Option<DefId>,
) -> Result<EquipPlan, Refusal> {
    Features::check(world, FEATURE)?;
    let content = world.resource::<ActiveContent>().0.clone();
    plan_equip(&View::of(world, &content, actor)?, item, slot)
}
