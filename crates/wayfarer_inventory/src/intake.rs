//! How items come into an inventory: planned on the totals as they would be, then committed.

use bevy::prelude::*;
use serde_bytes::ByteBuf;
use smallvec::SmallVec;
use wayfarer_core::{
    id::{DefId, Uid},
    ledger::MovementKind,
    refusal::Refusal,
    txn::Txn,
};

use crate::{
    cling::{Bound, claimed},
    constraint::{Planned, Purpose, check_constraints},
    ext::{self, ItemExt},
    inventory::Inventory,
    item::{Item, Place},
    measure::Measure,
    ops::ItemOp,
    refusals,
    rules::{Between, Forecast, Joining, between},
    view::View,
};

/// How many stacks with room are looked at; with more than this, differing ones of a kind, new
/// pieces start a stack of their own.
const MAX_LOOKED_AT: usize = 64;

/// Where pieces go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intake {
    /// Which compartment or pocket.
    pub place: Place,
    /// Stacks that take some, with the extensions that change by it.
    pub joins: SmallVec<[Joining; 2]>,
    /// Pieces that become a stack of their own.
    pub rest: u32,
}

/// What is to come in.
#[derive(Clone, Copy, Debug)]
pub struct Incoming<'a> {
    /// The item; its place does not matter.
    pub item: &'a Item,
    /// What is inside it, bags before what is in them; nothing for most.
    pub inside: &'a [Item],
    /// How many of it.
    pub count: u32,
    /// Most pieces of a new stack; more make several. The stack as it is if left out.
    pub split: Option<u32>,
    /// Why.
    pub purpose: Purpose,
}

/// Plans `incoming` for a place, or for the best that takes it. `forecast` is changed only if there is a plan.
///
/// # Errors
/// `template_unavailable`, `illegal_place`, `not_accepted`, `exceeds_bulk`, `exceeds_weight`, `exceeds_count`,
/// `insufficient_space`, or what a constraint says.
pub fn plan_intake(
    view: &View<'_>,
    forecast: &mut Forecast,
    incoming: Incoming<'_>,
    place: Option<Place>,
) -> Result<Intake, Refusal> {
    let def = view.def(incoming.item)?;
    let measure = view.inventory.measures().get(def.id());
    // The shared limit is the same for every compartment, so its answer is the clearest one.
    forecast
        .check_total_with(measure, incoming.count, view.weight_limit())
        .map_err(refusals::excess)?;
    if let Some(place) = place {
        return plan_into(view, forecast, incoming, measure, place);
    }
    let mut refusals: SmallVec<[Refusal; 4]> = SmallVec::new();
    for place in view.places() {
        match plan_into(view, forecast, incoming, measure, place) {
            Ok(intake) => return Ok(intake),
            Err(refusal) => refusals.push(refusal),
        }
    }
    // One reason is worth telling; several different ones come to "no room".
    refusals.retain(|refusal| refusal.code != refusals::NOT_ACCEPTED);
    match (refusals.len(), refusals.pop()) {
        (1, Some(refusal)) => Err(refusal),
        _ => Err(refusals::INSUFFICIENT_SPACE.into()),
    }
}

fn plan_into(
    view: &View<'_>,
    forecast: &mut Forecast,
    incoming: Incoming<'_>,
    measure: Measure,
    place: Place,
) -> Result<Intake, Refusal> {
    let Incoming {
        item,
        count,
        split,
        purpose,
        ..
    } = incoming;
    check_accepts(view, item, place)?;
    let planned = Planned {
        item,
        count,
        purpose,
        to: Some(place),
    };
    check_constraints(view, &planned)?;

    let open = view
        .inventory
        .open_stacks(item.def, place)
        .take(MAX_LOOKED_AT)
        .filter(|stack| stack.uid != item.uid && ext::joined(stack, item, 1).is_some())
        .map(|stack| (stack.uid, stack.count));
    let mut joins = SmallVec::<[Joining; 2]>::new();
    let rest = crate::rules::join(count, measure.max_stack, open, &mut joins);
    let stacks = match split {
        Some(max) => crate::rules::stacks_for(rest, max),
        None => u32::from(rest > 0),
    };

    let mut would = forecast.clone();
    would.put(place, measure, count, stacks);
    would
        .check(place, view.limits(place)?)
        .map_err(refusals::excess)?;
    *forecast = would;
    Ok(Intake { place, joins, rest })
}

/// Whether a compartment or pocket takes such items at all.
///
/// # Errors
/// `not_accepted`, `not_found` for no such compartment, `illegal_place`, `template_unavailable`.
pub fn check_accepts(view: &View<'_>, item: &Item, place: impl Into<Place>) -> Result<(), Refusal> {
    let def = view.compartment_at(place)?;
    def.check_tags(view.def(item)?)
        .map_err(|tag| refusals::not_accepted(def, tag))
}

/// Does what was planned with an item that is nowhere (any more). Pieces that join a stack lose
/// their uid; the rest keeps `item.uid`, and further stacks beyond `max` pieces get new ones.
///
/// Returns the uids that hold the pieces now.
///
/// # Errors
/// Those of [`Txn::op`]; none if the plan was made on this state.
pub fn commit_intake(
    txn: &mut Txn<'_>,
    entity: Entity,
    intake: &Intake,
    item: &Item,
    max: Option<u32>,
) -> Result<SmallVec<[Uid; 2]>, Refusal> {
    let mut uids = SmallVec::new();
    for joining in &intake.joins {
        join_stack(txn, entity, joining.into, item, joining.count)?;
        uids.push(joining.into);
    }
    let mut rest = intake.rest;
    let mut uid = item.uid;
    while rest > 0 {
        let count = rest.min(max.unwrap_or(u32::MAX).max(1));
        rest -= count;
        let order = order_at_end(txn, entity, intake.place)?;
        let mut stack = item.part(uid, count).at(intake.place, order);
        if let Some(owner) = claimed(txn, entity, &stack) {
            stack.set_ext_bytes(Bound::kind(), Some(owner));
        }
        txn.op::<Inventory>(entity, ItemOp::Insert(stack))?;
        uids.push(uid);
        if rest > 0 {
            uid = txn.mint();
        }
    }
    Ok(uids)
}

/// `count` pieces of `from`, which were taken away from where they were, join the stack `into`.
///
/// # Errors
/// `cannot_stack` when they may not be one stack.
pub(crate) fn join_stack(
    txn: &mut Txn<'_>,
    entity: Entity,
    into: Uid,
    from: &Item,
    count: u32,
) -> Result<(), Refusal> {
    let inventory = txn.need::<Inventory>(entity, "inventory")?;
    let stack = inventory
        .get(into)
        .ok_or_else(|| Refusal::not_found(into))?;
    let sum = stack.count.checked_add(count);
    let (Some(sum), Some(changed)) = (sum, ext::joined(stack, from, count)) else {
        return Err(refusals::CANNOT_STACK.into());
    };
    set_exts(txn, entity, into, changed)?;
    txn.op::<Inventory>(
        entity,
        ItemOp::SetCount {
            uid: into,
            count: sum,
        },
    )?;
    txn.record(MovementKind::Split, into, from.def, count);
    Ok(())
}

fn set_exts(
    txn: &mut Txn<'_>,
    entity: Entity,
    uid: Uid,
    changed: Vec<(DefId, ByteBuf)>,
) -> Result<(), Refusal> {
    for (kind, bytes) in changed {
        let bytes = Some(bytes);
        txn.op::<Inventory>(entity, ItemOp::SetExt { uid, kind, bytes })?;
    }
    Ok(())
}

/// Takes `count` pieces out of an inventory; gives back an item that is nowhere: the very one if
/// it is all of it, a part with a new uid otherwise.
///
/// # Errors
/// `not_found`, `invalid_amount`.
pub fn take_out(txn: &mut Txn<'_>, entity: Entity, uid: Uid, count: u32) -> Result<Item, Refusal> {
    let inventory = txn.need::<Inventory>(entity, "inventory")?;
    let item = inventory
        .get(uid)
        .ok_or_else(|| Refusal::not_found(uid))?
        .clone();
    refusals::amount_of(&item, Some(count))?;
    if count == item.count {
        txn.op::<Inventory>(entity, ItemOp::Remove(uid))?;
        return Ok(item);
    }
    let left = item.count - count;
    txn.op::<Inventory>(entity, ItemOp::SetCount { uid, count: left })?;
    let part = txn.mint();
    txn.record(MovementKind::Split, part, item.def, count);
    Ok(item.part(part, count))
}

/// The order behind the last item of a place; makes room first if the numbers ran out.
///
/// # Errors
/// `not_found`.
pub fn order_at_end(
    txn: &mut Txn<'_>,
    entity: Entity,
    place: impl Into<Place>,
) -> Result<u32, Refusal> {
    order_before(txn, entity, place.into(), None, None)
}

/// The order in front of the item `before` (at the end if there is none), for `moving`, which does
/// not count as a neighbour.
///
/// # Errors
/// `not_found` when `before` is not in that place.
pub(crate) fn order_before(
    txn: &mut Txn<'_>,
    entity: Entity,
    place: Place,
    before: Option<Uid>,
    moving: Option<Uid>,
) -> Result<u32, Refusal> {
    let inventory = txn.need::<Inventory>(entity, "inventory")?;
    if let Between::At(order) = neighbours(inventory, place, before, moving)? {
        return Ok(order);
    }
    let uids: Vec<Uid> = inventory.at(place).map(|i| i.uid).collect();
    let orders = crate::rules::spread(uids.len());
    let orders = uids.into_iter().zip(orders).collect();
    txn.op::<Inventory>(entity, ItemOp::Reorder(orders))?;
    let inventory = txn.need::<Inventory>(entity, "inventory")?;
    match neighbours(inventory, place, before, moving)? {
        Between::At(order) => Ok(order),
        // Four thousand million stacks in one place: ties are sorted by uid.
        Between::Full => Ok(u32::MAX),
    }
}

fn neighbours(
    inventory: &Inventory,
    place: Place,
    before: Option<Uid>,
    moving: Option<Uid>,
) -> Result<Between, Refusal> {
    let Some(next) = before else {
        let last = inventory
            .at(place)
            .rev()
            .find(|item| Some(item.uid) != moving);
        return Ok(between(last.map(|item| item.order), None));
    };
    let next = inventory
        .get(next)
        .filter(|item| item.place == place)
        .ok_or_else(|| Refusal::not_found(next))?;
    let previous = inventory.before(next).find(|i| Some(i.uid) != moving);
    Ok(between(previous.map(|item| item.order), Some(next.order)))
}
