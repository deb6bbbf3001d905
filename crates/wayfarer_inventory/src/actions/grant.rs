//! `inventory.grant`: the game master gives something new.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;
use wayfarer_core::{
    action::Action,
    authority::Role,
    id::{DefId, Uid},
    ledger::MovementKind,
    refusal::Refusal,
    txn::Txn,
};

use crate::{
    constraint::Purpose,
    content::ItemDef,
    facts::{ItemGranted, ItemsChanged},
    intake::{Incoming, commit_intake, lay_aside, plan_intake},
    item::{Item, Place},
    refusals::{invalid_amount, template_unavailable},
    rules::{Forecast, stacks_for},
    view::View,
};

/// Most new stacks of one grant: a slip of the finger should not fill the memory.
pub const MAX_NEW_STACKS: u32 = 1000;

/// Makes new items in somebody's inventory. For game masters.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct GrantItem {
    /// Who gets it.
    pub to: Uid,
    /// What: an entry of kind `items`.
    pub def: DefId,
    /// How many, at least 1; at most [`MAX_NEW_STACKS`] stacks.
    pub count: u32,
    /// The compartment or pocket for it; the best if left out.
    pub compartment: Option<Place>,
}

impl Action for GrantItem {
    const NAME: &'static str = "inventory.grant";
    type Receipt = ();
    const MIN_ROLE: Role = Role::GameMaster;
    const NEEDS_ACTOR: bool = false;

    fn apply(&self, txn: &mut Txn<'_>) -> Result<(), Refusal> {
        let entity = txn.entity(self.to)?;
        let kind = MovementKind::Granted;
        create(txn, entity, kind, self.def, self.count, self.compartment)?;
        txn.emit(ItemGranted {
            entity,
            def: self.def,
            count: self.count,
        });
        Ok(())
    }
}

/// Makes new items in an inventory: for loot, crafting and a game's own rules. `kind` is written
/// into the ledger. Returns the uids of the stacks that hold them.
///
/// # Errors
/// `invalid_amount`, `template_unavailable`, and those of
/// [`plan_intake`](crate::intake::plan_intake).
pub fn create(
    txn: &mut Txn<'_>,
    entity: Entity,
    kind: MovementKind,
    def: DefId,
    count: u32,
    place: Option<Place>,
) -> Result<SmallVec<[Uid; 2]>, Refusal> {
    let content = txn.content();
    let item = Item::new(txn.mint(), def, count.max(1));
    let known = content.table::<ItemDef>().get(def);
    let max_stack = known.ok_or_else(|| template_unavailable(&item))?.max_stack;
    if count == 0 || stacks_for(count, max_stack) > MAX_NEW_STACKS {
        let max = max_stack.saturating_mul(MAX_NEW_STACKS);
        return Err(invalid_amount(count, max));
    }
    let view = View::of_txn(txn, &content, entity)?;
    let incoming = Incoming {
        item: &item,
        inside: &[],
        count,
        split: Some(max_stack),
        purpose: Purpose::Receive,
    };
    let mut forecast = Forecast::of(view.inventory);
    let intake = plan_intake(&view, &mut forecast, incoming, place)?;
    let uids = commit_intake(txn, entity, &intake, &item, Some(max_stack))?;
    txn.record(kind, item.uid, def, count);
    txn.emit(ItemsChanged { entity });
    Ok(uids)
}

/// Makes new items in an inventory, whether there is room for them or not: what fits nowhere goes
/// into the overflow. For what must not be lost. Returns the uids of the stacks that hold them.
///
/// # Errors
/// `invalid_amount`, `template_unavailable`, `not_found`.
pub fn create_or_overflow(
    txn: &mut Txn<'_>,
    entity: Entity,
    kind: MovementKind,
    def: DefId,
    count: u32,
) -> Result<SmallVec<[Uid; 2]>, Refusal> {
    let refusal = match create(txn, entity, kind, def, count, None) {
        Ok(uids) => return Ok(uids),
        Err(refusal) => refusal,
    };
    let known = txn
        .content()
        .table::<ItemDef>()
        .get(def)
        .map(|d| d.max_stack);
    let stacks = known.map(|max_stack| (stacks_for(count, max_stack), max_stack));
    let Some((1..=MAX_NEW_STACKS, max_stack)) = stacks else {
        return Err(refusal);
    };
    let item = Item::new(txn.mint(), def, count);
    lay_aside(txn, entity, kind, &item, max_stack)
}
