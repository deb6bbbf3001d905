//! The foundation of Wayfarer: what every rules crate stands on.
//!
//! - [`content`]: packs of RON definitions, checked as a whole, swapped at once, reloaded live.
//! - [`id`]: [`Uid`](id::Uid), [`DefId`](id::DefId), [`PlayerId`](id::PlayerId): names that
//!   survive saves, reloads and the wire.
//! - [`action`], [`door`], [`txn`]: the only way in. A request is limited, authorised, decided
//!   and applied all or nothing, and answered with a receipt or a typed
//!   [`Refusal`](refusal::Refusal).
//! - [`aggregate`]: components that change by ops with exact inverses.
//! - [`ledger`], [`dice`], [`clock`]: what happened, by which dice, at which tick.
//! - [`state`]: the registry behind saving, state hashes and documents.
//! - [`protocol`]: what is replicated and to whom.
//!
//! It is not a rules crate: it knows nothing of stats or items, of egui, of a transport or of a
//! store.
//!
//! # Quick start
//!
//! ```
//! use bevy::prelude::*;
//! use serde::{Deserialize, Serialize};
//! use wayfarer_core::prelude::*;
//!
//! #[derive(Serialize, Deserialize, Debug)]
//! struct Greet;
//!
//! impl Action for Greet {
//!     const NAME: &'static str = "game.greet";
//!     type Receipt = String;
//!     const NEEDS_ACTOR: bool = false;
//!     fn apply(&self, txn: &mut Txn<'_>) -> Result<String, Refusal> {
//!         Ok(format!("hello at tick {}", txn.tick()))
//!     }
//! }
//!
//! let mut app = App::new();
//! app.add_plugins((MinimalPlugins, CorePlugin)).register_action::<Greet>();
//! let answer = app.world_mut().act(PlayerId::LOCAL, None, &Greet);
//! assert_eq!(answer, Ok("hello at tick 0".to_owned()));
//! ```

// Lets the macros of this crate be used inside it under the name that they expand to.
extern crate self as wayfarer_core;

pub mod action;
pub mod aggregate;
pub mod authority;
pub mod character;
pub mod clock;
pub mod content;
pub mod dice;
pub mod door;
pub mod fact;
pub mod feature;
pub mod id;
pub mod ledger;
pub mod people;
mod plugin;
pub mod protocol;
pub mod refusal;
pub mod revision;
pub mod state;
pub mod text;
pub mod txn;

pub use bevy_replicon as replicon;
pub use plugin::{AskingSystems, CorePlugin, ReceivedSystems, RulesDriveSystems};
/// Expressions and dice; [`dice::DiceStream`] throws them.
pub use wayfarer_formula as formula;

/// What games and rules crates need most.
pub mod prelude {
    pub use crate::{
        CorePlugin,
        action::{Action, ActionAppExt, HostWorldExt},
        aggregate::{Aggregate, AggregateAppExt, OpError},
        authority::{Authority, LocalPlayer, Owner, Players, Policies, Position, Role, Viewers},
        character::{Character, CharacterAppExt, CharacterReady, DisplayName},
        clock::{ClockMode, Paused, RulesClock, RulesSystems, RulesTick},
        content::{ActiveContent, Content, ContentAppExt, ContentPlugin, ContentState, Definition},
        door::{Answered, Outbox, Pending},
        fact::Fact,
        feature::{FeatureAppExt, Features, SwitchFeature},
        id::{DefId, Identity, PlayerId, Uid, UidIndex},
        ledger::{Ledger, MovementKind},
        protocol::ProtocolAppExt,
        refusal::{Arg, Code, Refusal},
        state::{Audience, StateAppExt, audience_hash, state_hash},
        text::{TextAppExt, Texts},
        txn::Txn,
    };
}
