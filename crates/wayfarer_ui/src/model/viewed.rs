//! Whom a panel is about.

use std::sync::Arc;

use wayfarer_core::id::Uid;

/// The character that a panel shows: the one that the inspector looks at, or the local one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Viewed {
    /// Who; `None` while there is no character.
    pub uid: Option<Uid>,
    /// What it is called.
    pub name: String,
    /// Whether it is the local character.
    pub own: bool,
    /// Whether the player is a game master.
    pub may_edit: bool,
    /// Everybody that can be looked at: uid and name.
    pub others: Arc<[(Uid, String)]>,
}
