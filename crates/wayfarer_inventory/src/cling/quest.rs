//! Things that a story needs stay with whoever has them.

use wayfarer_core::refusal::Refusal;

use crate::{
    constraint::{Planned, Purpose},
    refusals::QUEST_ITEM,
    view::View,
};

/// Refuses that a quest item is dropped, given away, traded, sold, destroyed or given up. A game's
/// own rules take it by [`remove`](crate::actions::remove).
pub(super) fn constraint(view: &View<'_>, planned: &Planned<'_>) -> Result<(), Refusal> {
    let stays = matches!(
        planned.purpose,
        Purpose::Drop
            | Purpose::Give
            | Purpose::Trade
            | Purpose::Sell
            | Purpose::Destroy
            | Purpose::Sacrifice
    );
    match view.def(planned.item) {
        Ok(def) if stays && def.quest => {
            Err(Refusal::new(QUEST_ITEM).with("item", def.name.as_str()))
        }
        _ => Ok(()),
    }
}
