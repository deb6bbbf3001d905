//! Bonds: stats that one character has towards another, such as affinity and trust.
//!
//! A bond is directed: what the *holder* has towards an *other*. [`Relations`] on the holder keeps,
//! for each other character ([`Uid`](wayfarer_core::id::Uid)) and each kind of relation, the values
//! that differ from their defaults and a bounded log of what changed them: when, by how much, who
//! asked, who acted, who saw it. An other that no longer exists is remembered all the same.
//!
//! What axes a bond has, with limits, tiers and levels, is an ordinary stat set; the kind of content
//! `relations` ([`RelationDef`]) names it and says which axes wear off with time. Formulas in the
//! set are evaluated over the bond's own axes.
//!
//! # Whose bond it is
//!
//! A component is known to its owner (and to game masters) and to nobody else. What a character of
//! the game thinks of a *player's* character is therefore held by the player's character: its owner
//! sees how they stand with everybody, no other player does, and each player has relations of their
//! own. Bonds between characters that nobody plays are held by whichever of the two the game likes
//! to ask.
//!
//! # What a value is now
//!
//! Values wear off linearly towards a rest value ([`DecayDef`]). Nothing runs for it: the stored
//! value and its tick are kept, and what there is now is computed when it is read, the same on every
//! machine, however often. It follows that a tier that is left by wearing off alone is told
//! ([`RelationTierChanged`]) only with the next change of the bond, if at all; ask
//! [`read`] for what holds now.
//!
//! # Reading and changing
//!
//! [`read`], [`value`], [`tier`], [`level`], [`summary`] and [`explain`] are pure. [`add`], [`set`]
//! and [`forget`] work inside transactions; game masters have [`PatchRelation`] and
//! [`ForgetRelations`]. A new [`Character`](wayfarer_core::character::Character) gets an empty
//! `Relations` if the content has any `relations`; other entities need it inserted.
//!
//! Relations of an older form are read by [`legacy`].

mod actions;
mod api;
mod cause;
mod compile;
mod component;
mod decay;
mod definition;
mod explain;
mod facts;
mod index;
pub mod legacy;
mod ops;
mod settle;
mod stored;
mod summary;
#[cfg(test)]
mod tests;
mod view;

pub use actions::{ForgetRelations, PatchRelation};
pub use api::{Reason, add, forget, set};
pub use cause::{MAX_CODE_BYTES, MAX_NOTE_BYTES, MAX_WITNESSES, RelationCause};
pub use component::{Bond, MAX_AXES, MAX_LOG, MAX_RELATIONS, Relation, Relations, Stored};
pub use decay::Decay;
pub use definition::{DecayDef, RelationDef};
pub use explain::{RelationExplanation, explain, explain_entity};
pub use facts::{RelationChanged, RelationLevelChanged, RelationTierChanged};
pub use index::{Axis, RelationIndex, RelationKind};
pub use ops::RelationOp;
pub use settle::UnknownRelations;
pub use summary::{Combine, summary};
pub use view::{BondValues, level, read, tier, value, value_of};

pub(crate) use definition::check_relations;
pub(crate) use settle::register;
