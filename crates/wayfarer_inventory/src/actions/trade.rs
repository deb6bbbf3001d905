//! What can be asked for around a trade between two characters; see [`crate::trade`].

mod accept;
mod answer;
mod ask;
mod cancel;
mod offer;

pub use accept::{AcceptTrade, TradeStep};
pub use answer::AnswerTrade;
pub use ask::AskTrade;
pub use cancel::CancelTrade;
pub use offer::{MAX_OFFERED, OfferTrade};
