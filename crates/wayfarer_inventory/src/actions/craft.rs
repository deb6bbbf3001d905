//! `inventory.craft`: make something after a recipe.

use serde::{Deserialize, Serialize};
use wayfarer_core::{
    action::Action,
    id::{DefId, Uid},
    refusal::Refusal,
    txn::Txn,
};

use crate::{
    craft::{CraftOrder, Crafting},
    refusals::invalid_amount,
};

/// `inventory.craft`: the actor begins to make something after a recipe. The answer is the tick in
/// which the first of them is done, or nothing when it is done already.
///
/// Materials are used up when each piece is done, not before.
#[derive(Serialize, Deserialize, Debug, Clone, PartialEq, Eq)]
pub struct CraftItem {
    /// The recipe: an entry of kind `recipes`.
    pub recipe: DefId,
    /// How many times, 1 to [`MAX_TIMES`].
    pub times: u32,
    /// Where, if the recipe needs a place; it must stay within reach.
    pub station: Option<Uid>,
    /// Materials to be used before others; at most [`MAX_PICKS`].
    pub pick: Vec<Uid>,
}

/// Most pieces of one order.
pub const MAX_TIMES: u32 = 100;

/// Most materials that can be picked by hand.
pub const MAX_PICKS: usize = 64;

impl Action for CraftItem {
    const NAME: &'static str = "inventory.craft";
    type Receipt = Option<u64>;

    fn apply(&self, txn: &mut Txn<'_>) -> Result<Option<u64>, Refusal> {
        let maker = txn.actor()?;
        if !(1..=MAX_TIMES).contains(&self.times) {
            return Err(invalid_amount(self.times, MAX_TIMES));
        }
        if self.pick.len() > MAX_PICKS {
            let picks = u32::try_from(self.pick.len()).unwrap_or(u32::MAX);
            return Err(invalid_amount(picks, MAX_PICKS as u32));
        }
        let crafting = Crafting {
            order: CraftOrder {
                recipe: self.recipe,
                station: self.station,
                pick: self.pick.clone(),
            },
            left: self.times,
        };
        crafting.start(txn, maker)
    }
}
