//! What the trade panel shows.

use wayfarer_core::id::Uid;
use wayfarer_inventory::trade::TradePhase;

use crate::model::Feedback;

/// What the panel shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TradeModel {
    /// The trade that goes on, or the first question to the player.
    pub trade: Option<TradeView>,
    /// Who is near enough to be asked, with their names.
    pub partners: Vec<(Uid, String)>,
    /// What is on its way, and what was refused.
    pub feedback: Feedback,
}

/// One trade, as one side sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct TradeView {
    /// The trade.
    pub uid: Uid,
    /// How far it is.
    pub phase: TradePhase,
    /// What an agreement has to name.
    pub revision: u32,
    /// Whether the player has asked.
    pub asked_by_me: bool,
    /// The other's name.
    pub with: String,
    /// What the player gives.
    pub own: OfferSide,
    /// What the other gives.
    pub other: OfferSide,
    /// Why it could not be done.
    pub failed: Option<String>,
    /// What the player has and does not offer yet.
    pub bags: Vec<OfferRow>,
    /// How much money the player has, in the smallest coin.
    pub purse: u64,
}

/// What one side gives.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OfferSide {
    /// The things.
    pub items: Vec<OfferRow>,
    /// The money, in the smallest coin.
    pub amount: u64,
    /// The money in words; empty for none.
    pub money: String,
    /// What all of it is worth, in words.
    pub worth: String,
    /// Whether they agree.
    pub agreed: bool,
}

/// One thing.
#[derive(Clone, Debug, PartialEq)]
pub struct OfferRow {
    /// The item.
    pub uid: Uid,
    /// Its name.
    pub name: String,
    /// How many.
    pub count: u32,
    /// The names of what is in it.
    pub inside: Vec<String>,
    /// A sentence or two about it.
    pub description: String,
    /// Why it can not be offered.
    pub refusal: Option<String>,
}
