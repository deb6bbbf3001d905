//! Plan, then commit: everything that putting something on would do, checked as it would be.

use smallvec::SmallVec;
use wayfarer_core::{
    clock::{ClockMode, RulesClock, ticks},
    content::Ref,
    id::{DefId, Identity, Uid},
    refusal::Refusal,
};
use wayfarer_inventory::{
    Item, Place,
    constraint::{Planned, Purpose, check_constraints},
    intake::{check_accepts, check_nesting, check_room, free_cell},
    refusals::{INSUFFICIENT_SPACE, SAME_PLACE},
    rules::Forecast,
    view::View,
};

use crate::{
    attuning::check_not_too_many,
    content::{EquipRulesDef, GearDef},
    equipment::Equipment,
    ext::is_attuned,
    refusals::{EQUIP_LOCKED, ITEM_NOT_FOUND, NO_SLOTS, SLOT_EMPTY, illegal_slot},
    rules::{choose_slot, conflicts, cooldown},
};

/// Something that is taken off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TakenOff {
    /// The item.
    pub item: Uid,
    /// What it is.
    pub def: DefId,
    /// Where it was worn.
    pub slot: DefId,
    /// The compartment or pocket it goes to.
    pub into: Place,
    /// Its cell there, where there are cells.
    pub cell: Option<u32>,
}

/// Something that is put on, with all that follows.
#[derive(Clone, Debug, PartialEq)]
pub struct EquipPlan {
    /// The item.
    pub item: Uid,
    /// What it is.
    pub def: DefId,
    /// Where it goes.
    pub slot: DefId,
    /// Whether one piece of a stack is split off for it.
    pub split: bool,
    /// What has to give way.
    pub taken_off: SmallVec<[TakenOff; 2]>,
    /// The slots that are locked by it.
    pub locks: SmallVec<[DefId; 4]>,
    /// For how many ticks.
    pub lock_ticks: u64,
}

/// The clock as far as slots are concerned.
#[derive(Clone, Copy, Debug)]
pub struct Now {
    /// The tick.
    pub tick: u64,
    /// Ticks per second.
    pub hz: f64,
}

impl Now {
    /// The clock of a world.
    pub fn of(world: &bevy::prelude::World) -> Self {
        let clock = world.get_resource::<RulesClock>().copied();
        let mode = world.get_resource::<ClockMode>().copied();
        Self {
            tick: clock.unwrap_or_default().tick,
            hz: mode.unwrap_or_default().hz(),
        }
    }
}

/// Plans to put something on, in `slot` or where it goes best.
///
/// # Errors
/// In this order: `no_slots`, `item_not_found`, `template_unavailable`, `illegal_slot`,
/// `same_place`, `skill_gate`, `level_gate`, `class_gate`, `quest_gate`, `attunement_full`, `equip_locked`, what constraints say, `insufficient_space`.
pub fn plan_equip(view: &View<'_>, uid: Uid, slot: Option<DefId>) -> Result<EquipPlan, Refusal> {
    let now = Now::of(view.world);
    let equipment = equipment(view)?;
    let item = view.inventory.get(uid);
    let item = item.ok_or_else(|| Refusal::new(ITEM_NOT_FOUND).with("item", uid))?;
    view.def(item)?;

    let gear = view.content.table::<GearDef>().get(item.def);
    let gear = gear.ok_or_else(|| illegal_slot(item.def, slot.unwrap_or_default()))?;
    let slot = slot_for(view, equipment, gear, slot, now)
        .ok_or_else(|| illegal_slot(item.def, slot.unwrap_or_default()))?;
    if item.place == Place::Worn(slot) {
        return Err(SAME_PLACE.into());
    }
    crate::requirements::check(view, gear)?;
    let who = view.world.get::<Identity>(view.entity);
    if who.is_some_and(|who| is_attuned(item, who.0)) {
        check_not_too_many(view, item)?;
    }

    let needed: SmallVec<[DefId; 4]> = gear.takes(slot).collect();
    let in_the_way: SmallVec<[&Item; 2]> = view
        .inventory
        .worn()
        .filter(|worn| worn.uid != uid && conflicts(&needed, taken_by(view, worn)))
        .collect();
    // What leaves its slot must be free to leave; only the slots that are taken are locked anew.
    let mut touched = needed.clone();
    for worn in in_the_way.iter().copied().chain([item]) {
        touched.extend(taken_by(view, worn));
    }
    check_unlocked(equipment, &touched, now)?;

    let planned = Planned {
        item,
        count: 1,
        purpose: Purpose::Equip,
        to: Some(Place::Worn(slot)),
    };
    check_constraints(view, &planned)?;
    let split = item.count > 1;
    let mut forecast = Forecast::of(view.inventory);
    let measure = view.inventory.measures().get(item.def);
    // The new one leaves its bag before the old ones come in, or a full bag could not swap.
    if split {
        forecast.take(item.place, measure, 1, 0);
        forecast.put(Place::Worn(slot), measure, 1, 1);
    } else {
        forecast.shift(item, Place::Worn(slot));
    }
    let mut taken_off = SmallVec::new();
    for worn in in_the_way {
        let preferred = Some(item.place).filter(|place| place.takes_items());
        taken_off.push(take_off(view, &mut forecast, worn, preferred, true)?);
    }
    let seconds = cooldown(
        EquipRulesDef::cooldown_of(view.content),
        gear.equip_cooldown,
    );
    Ok(EquipPlan {
        item: uid,
        def: item.def,
        slot,
        split,
        taken_off,
        locks: needed,
        lock_ticks: ticks(seconds, now.hz),
    })
}

/// Plans to take off what is in a slot, into `place` or the best that takes it.
///
/// # Errors
/// `no_slots`, `slot_empty`, `equip_locked`, what constraints say, and for a named compartment
/// why it does not take it; otherwise `insufficient_space`.
pub fn plan_unequip(
    view: &View<'_>,
    slot: DefId,
    place: Option<Place>,
) -> Result<TakenOff, Refusal> {
    let equipment = equipment(view)?;
    let worn = view.inventory.worn_in(slot);
    let worn = worn.ok_or_else(|| Refusal::new(SLOT_EMPTY).with("slot", slot))?;
    let locks: SmallVec<[DefId; 4]> = taken_by(view, worn).collect();
    check_unlocked(equipment, &locks, Now::of(view.world))?;
    let mut forecast = Forecast::of(view.inventory);
    take_off(view, &mut forecast, worn, place, place.is_none())
}

pub(crate) fn equipment<'a>(view: &View<'a>) -> Result<&'a Equipment, Refusal> {
    let equipment = view.world.get::<Equipment>(view.entity);
    equipment.ok_or_else(|| NO_SLOTS.into())
}

fn slot_for(
    view: &View<'_>,
    equipment: &Equipment,
    gear: &GearDef,
    slot: Option<DefId>,
    now: Now,
) -> Option<DefId> {
    if let Some(slot) = slot {
        return gear.fits(slot).then_some(slot);
    }
    let allowed: SmallVec<[DefId; 4]> = gear.slots.iter().map(Ref::id).collect();
    let is_taken = |slot| {
        let mut worn = view.inventory.worn();
        worn.any(|worn| taken_by(view, worn).any(|taken| taken == slot))
    };
    choose_slot(
        &allowed,
        |slot| !gear.takes(slot).any(is_taken),
        |slot| equipment.remaining(slot, now.tick) > 0,
    )
}

/// Every slot that a worn item takes; nothing for one in a bag.
pub(crate) fn taken_by<'a>(view: &View<'a>, item: &Item) -> impl Iterator<Item = DefId> + 'a {
    let gear = view.content.table::<GearDef>().get(item.def);
    let slot = item.place.slot();
    slot.into_iter().flat_map(move |slot| {
        let others = gear
            .into_iter()
            .flat_map(move |gear| gear.takes(slot).skip(1));
        std::iter::once(slot).chain(others)
    })
}

pub(crate) fn check_unlocked(
    equipment: &Equipment,
    slots: &[DefId],
    now: Now,
) -> Result<(), Refusal> {
    let worst = slots
        .iter()
        .map(|&slot| (equipment.remaining(slot, now.tick), slot))
        .max();
    match worst {
        Some((remaining, slot)) if remaining > 0 => Err(Refusal::new(EQUIP_LOCKED)
            .with("remaining", (remaining as f64 / now.hz) as f32)
            .with("slot", slot)),
        _ => Ok(()),
    }
}

/// Plans where something goes that falls off its wearer, locked or not.
///
/// # Errors
/// `insufficient_space`, what constraints say.
pub(crate) fn plan_fall_off(view: &View<'_>, worn: &Item) -> Result<TakenOff, Refusal> {
    take_off(view, &mut Forecast::of(view.inventory), worn, None, true)
}

/// Finds room for something that is taken off. Its weight is carried already, so only the
/// compartments' own limits count.
fn take_off(
    view: &View<'_>,
    forecast: &mut Forecast<'_>,
    worn: &Item,
    preferred: Option<Place>,
    or_elsewhere: bool,
) -> Result<TakenOff, Refusal> {
    let planned = Planned {
        item: worn,
        count: worn.count,
        purpose: Purpose::Unequip,
        to: None,
    };
    check_constraints(view, &planned)?;
    let mut others = view.places();
    others.retain(|&place| or_elsewhere && Some(place) != preferred);
    let mut refusal = None;
    for into in preferred.into_iter().chain(others) {
        match fit(view, forecast, worn, into) {
            Ok(cell) => {
                return Ok(TakenOff {
                    cell,
                    item: worn.uid,
                    def: worn.def,
                    slot: worn.place.slot().unwrap_or_default(),
                    into,
                });
            }
            Err(why) => refusal = Some(why),
        }
    }
    match refusal {
        Some(refusal) if !or_elsewhere => Err(refusal),
        _ => Err(INSUFFICIENT_SPACE.into()),
    }
}

/// Whether it goes there, and into which cell if there are cells.
fn fit(
    view: &View<'_>,
    forecast: &mut Forecast<'_>,
    worn: &Item,
    into: Place,
) -> Result<Option<u32>, Refusal> {
    // What has no definition any more can still be taken off: it goes anywhere.
    if view.def(worn).is_ok() {
        check_accepts(view, worn, into)?;
    }
    check_nesting(view, worn.uid, view.inventory.height(worn.uid), into)?;
    let mut would = forecast.clone();
    would.shift(worn, into);
    check_room(view, &would, into)?;
    let cell = free_cell(view, &mut would, worn, into)?;
    *forecast = would;
    Ok(cell)
}
