//! What can be asked for.

use serde::{Deserialize, Serialize};
use smallvec::SmallVec;
use wayfarer_core::{
    action::Action,
    clock::ticks,
    id::{DefId, Uid},
    refusal::Refusal,
    txn::Txn,
};
use wayfarer_inventory::{Inventory, Item, ItemOp, Place, view::View};

use crate::{
    FEATURE,
    content::{EquipRulesDef, GearDef},
    plan::{Now, check_unlocked, equipment, plan_equip, plan_unequip, taken_by},
    refusals::{SLOT_EMPTY, illegal_slot},
    rules::cooldown,
    wear::{commit_equip, commit_unequip, finish, lock},
};

/// `equipment.equip`: puts something on. What is in the way goes into the compartment that the
/// item came from, or into any that takes it: all of it, or nothing happens. Of a stack one piece
/// is put on. The answer is the uid of what is worn.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct EquipItem {
    /// The item.
    pub item: Uid,
    /// Where; where it goes best if left out.
    pub slot: Option<DefId>,
}

impl Action for EquipItem {
    const NAME: &'static str = "equipment.equip";
    type Receipt = Uid;
    const FEATURE: Option<&'static str> = Some(FEATURE);

    fn apply(&self, txn: &mut Txn<'_>) -> Result<Uid, Refusal> {
        let entity = txn.actor()?;
        let content = txn.content();
        let view = View::of_txn(txn, &content, entity)?;
        let plan = plan_equip(&view, self.item, self.slot)?;
        commit_equip(txn, entity, &plan)
    }
}

/// `equipment.unequip`: takes off what is in a slot.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnequipItem {
    /// The slot.
    pub slot: DefId,
    /// The compartment or pocket it goes to; the best that takes it if left out.
    pub compartment: Option<Place>,
}

impl Action for UnequipItem {
    const NAME: &'static str = "equipment.unequip";
    type Receipt = ();
    const FEATURE: Option<&'static str> = Some(FEATURE);

    fn apply(&self, txn: &mut Txn<'_>) -> Result<(), Refusal> {
        let entity = txn.actor()?;
        let content = txn.content();
        let view = View::of_txn(txn, &content, entity)?;
        let plan = plan_unequip(&view, self.slot, self.compartment)?;
        commit_unequip(txn, entity, plan)
    }
}

/// `equipment.swap`: what is worn in two slots changes places; one of them may be empty. Both must
/// be allowed where they go, and nothing else may be in the way.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct SwapSlots {
    /// One slot; something is in it.
    pub from: DefId,
    /// The other.
    pub to: DefId,
}

impl Action for SwapSlots {
    const NAME: &'static str = "equipment.swap";
    type Receipt = ();
    const FEATURE: Option<&'static str> = Some(FEATURE);

    fn apply(&self, txn: &mut Txn<'_>) -> Result<(), Refusal> {
        let (from, to) = (self.from, self.to);
        let entity = txn.actor()?;
        let content = txn.content();
        let view = View::of_txn(txn, &content, entity)?;
        let now = Now::of(view.world);
        let worn = view.inventory.worn_in(from);
        let one = worn.ok_or_else(|| Refusal::new(SLOT_EMPTY).with("slot", from))?;
        if from == to {
            return Err(wayfarer_inventory::refusals::SAME_PLACE.into());
        }
        let other = view.inventory.worn_in(to);
        let mut seconds: f32 = EquipRulesDef::cooldown_of(view.content);
        let mut slots = SmallVec::<[DefId; 4]>::from_slice(&[from, to]);
        for (item, slot) in [Some((one, to)), other.map(|other| (other, from))]
            .into_iter()
            .flatten()
        {
            let gear = check_slot(
                &view,
                item,
                slot,
                &[one.uid, other.map_or(one.uid, |o| o.uid)],
            )?;
            seconds = cooldown(seconds, gear.equip_cooldown);
            slots.extend(gear.takes(slot).skip(1));
        }
        // A two-handed thing whose other hand would be the partner's new place.
        if let Some(other) = other {
            let mut both = SmallVec::<[DefId; 8]>::new();
            for (item, slot) in [(one, to), (other, from)] {
                if let Some(gear) = view.content.table::<GearDef>().get(item.def) {
                    both.extend(gear.takes(slot));
                }
            }
            both.sort_unstable();
            if both.windows(2).any(|pair| pair[0] == pair[1]) {
                return Err(illegal_slot(one.def, to));
            }
        }
        check_unlocked(equipment(&view)?, &slots, now)?;

        let (one, other) = (one.uid, other.cloned());
        // Out of the way without leaving the inventory: what is in a bag stays in it.
        if let Some(&Item { uid, order, .. }) = other.as_ref() {
            let place = Place::Overflow;
            txn.op::<Inventory>(entity, ItemOp::Move { uid, place, order })?;
        }
        let (uid, place, order) = (one, Place::Worn(to), 0);
        txn.op::<Inventory>(entity, ItemOp::Move { uid, place, order })?;
        if let Some(other) = other {
            let (uid, place, order) = (other.uid, Place::Worn(from), 0);
            txn.op::<Inventory>(entity, ItemOp::Move { uid, place, order })?;
        }
        lock(txn, entity, &slots, ticks(seconds, now.hz))?;
        finish(txn, entity)
    }
}

/// Whether a worn item may go to another slot with nothing but `partners` in the way.
fn check_slot<'a>(
    view: &View<'a>,
    item: &Item,
    slot: DefId,
    partners: &[Uid],
) -> Result<&'a GearDef, Refusal> {
    view.def(item)?;
    let gear = view.content.table::<GearDef>().get(item.def);
    let gear = gear
        .filter(|gear| gear.fits(slot))
        .ok_or_else(|| illegal_slot(item.def, slot))?;
    let needed: SmallVec<[DefId; 4]> = gear.takes(slot).collect();
    let blocked = view.inventory.worn().any(|worn| {
        !partners.contains(&worn.uid) && crate::rules::conflicts(&needed, taken_by(view, worn))
    });
    if blocked {
        return Err(illegal_slot(item.def, slot));
    }
    Ok(gear)
}
