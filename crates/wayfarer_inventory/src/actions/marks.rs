//! `inventory.mark` and `inventory.set_hotbar`.

use serde::{Deserialize, Serialize};
use wayfarer_core::{action::Action, id::Uid, refusal::Refusal, txn::Txn};

use crate::{
    facts::ItemsChanged,
    inventory::Inventory,
    marks::{HOTBAR_SLOTS, Handy, MAX_FAVOURITES, Marks},
    refusals::invalid_amount,
    view::View,
};

/// `inventory.mark`: makes an item of the actor's own a favourite, or an ordinary one again.
/// Favourites can not be destroyed or sold until then.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct MarkItem {
    /// The item.
    pub item: Uid,
    /// Whether it is one.
    pub favourite: bool,
}

impl Action for MarkItem {
    const NAME: &'static str = "inventory.mark";
    type Receipt = ();

    fn apply(&self, txn: &mut Txn<'_>) -> Result<(), Refusal> {
        let entity = txn.actor()?;
        let content = txn.content();
        View::of_txn(txn, &content, entity)?.item(self.item)?;
        txn.ensure::<Marks>(entity)?;
        let mut marks = txn.need::<Marks>(entity, "marks")?.clone();
        if self.favourite {
            marks.forget_strangers(txn.need::<Inventory>(entity, "inventory")?);
            marks.favourites.insert(self.item);
            if marks.favourites.len() > MAX_FAVOURITES {
                let max = u32::try_from(MAX_FAVOURITES).unwrap_or(u32::MAX);
                return Err(invalid_amount(max.saturating_add(1), max));
            }
        } else {
            marks.favourites.remove(&self.item);
        }
        txn.set(entity, marks)?;
        txn.emit(ItemsChanged { entity });
        Ok(())
    }
}

/// `inventory.set_hotbar`: puts an item of the actor's own into a slot of the hotbar, or empties
/// the slot.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct SetHotbar {
    /// The slot, 0 to 9.
    pub slot: u8,
    /// The item; none to empty the slot.
    pub item: Option<Uid>,
}

impl Action for SetHotbar {
    const NAME: &'static str = "inventory.set_hotbar";
    type Receipt = ();

    fn apply(&self, txn: &mut Txn<'_>) -> Result<(), Refusal> {
        let entity = txn.actor()?;
        if self.slot >= HOTBAR_SLOTS {
            return Err(Refusal::not_found("slot"));
        }
        let content = txn.content();
        let view = View::of_txn(txn, &content, entity)?;
        let handy = match self.item {
            Some(item) => Some(Handy {
                item,
                def: view.item(item)?.def,
            }),
            None => None,
        };
        txn.ensure::<Marks>(entity)?;
        let mut marks = txn.need::<Marks>(entity, "marks")?.clone();
        match handy {
            Some(handy) => marks.hotbar.insert(self.slot, handy),
            None => marks.hotbar.remove(&self.slot),
        };
        txn.set(entity, marks)?;
        txn.emit(ItemsChanged { entity });
        Ok(())
    }
}
