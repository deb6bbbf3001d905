//! Why an action was refused: a stable [`Code`] and typed arguments.
//!
//! The code is for programs and translations, the arguments fill the text; both cross the wire.

use std::{borrow::Cow, fmt};

use serde::{Deserialize, Serialize};

use crate::id::{DefId, Uid};

/// Stable name of a reason, for example `exceeds_bulk`. Never reworded once released.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Code(Cow<'static, str>);

impl Code {
    /// A code known at compile time.
    pub const fn new(code: &'static str) -> Self {
        Self(Cow::Borrowed(code))
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        impl Code {
            $($(#[$doc])* pub const $name: Self = Self::new($code);)*
        }
    };
}

codes! {
    /// The thing named does not exist here (any more).
    NOT_FOUND = "not_found";
    /// The actor does not belong to the asker.
    NOT_OWNER = "not_owner";
    /// The asker's role may not do this.
    NOT_AUTHORISED = "not_authorised";
    /// The plugin behind the action is switched off.
    FEATURE_DISABLED = "feature_disabled";
    /// No action of this name is registered on the host.
    UNKNOWN_ACTION = "unknown_action";
    /// The request could not be decoded.
    MALFORMED = "malformed";
    /// The request is larger than the limit.
    TOO_LARGE = "too_large";
    /// More requests than the limit allows.
    RATE_LIMITED = "rate_limited";
    /// Someone else changed the thing since the asker last saw it.
    CONFLICT = "conflict";
    /// The request is so old that its answer is no longer remembered; it was not applied again.
    TOO_OLD = "too_old";
    /// An amount is zero, negative, not finite or out of range.
    INVALID_AMOUNT = "invalid_amount";
    /// Too far away.
    OUT_OF_REACH = "out_of_reach";
    /// The definition behind the thing is missing or broken.
    TEMPLATE_UNAVAILABLE = "template_unavailable";
    /// The stored state contradicts itself; the operation did nothing.
    STATE_CORRUPT = "state_corrupt";
    /// The simulation is paused and this action waits for it.
    PAUSED = "paused";
    /// No host decides at present: the connection was lost, or none was made yet.
    NO_AUTHORITY = "no_authority";
    /// The action needs an actor and none was named.
    NO_ACTOR = "no_actor";
    /// The ledger entry cannot be undone (any more).
    CANNOT_UNDO = "cannot_undo";
}

/// One argument of a [`Refusal`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Arg {
    /// A number: an amount, a limit, seconds.
    Number(f32),
    /// Plain text, already fit for display.
    Text(String),
    /// A definition; shown by its display name.
    Def(DefId),
    /// A thing; shown by its name.
    Uid(Uid),
}

macro_rules! arg_from {
    ($($from:ty => |$v:ident| $arg:expr;)*) => {
        $(impl From<$from> for Arg { fn from($v: $from) -> Self { $arg } })*
    };
}

arg_from! {
    f32 => |v| Self::Number(v);
    u32 => |v| Self::Number(v as f32);
    i32 => |v| Self::Number(v as f32);
    usize => |v| Self::Number(v as f32);
    String => |v| Self::Text(v);
    &str => |v| Self::Text(v.to_owned());
    DefId => |v| Self::Def(v);
    Uid => |v| Self::Uid(v);
}

impl fmt::Display for Arg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // One decimal is what a player can use; trailing zeros are noise.
            Self::Number(n) => write!(f, "{}", (n * 10.0).round() / 10.0),
            Self::Text(text) => f.write_str(text),
            Self::Def(id) => write!(f, "{id}"),
            Self::Uid(uid) => write!(f, "{uid}"),
        }
    }
}

/// The answer to an action that was not done. Nothing has changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Refusal {
    /// Which reason.
    pub code: Code,
    /// What fills the text, by name.
    pub args: Vec<(Cow<'static, str>, Arg)>,
}

impl Refusal {
    /// A refusal without arguments.
    pub const fn new(code: Code) -> Self {
        Self {
            code,
            args: Vec::new(),
        }
    }

    /// Adds an argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.push((Cow::Borrowed(name), value.into()));
        self
    }

    /// The thing named does not exist here (any more).
    pub fn not_found(what: impl Into<Arg>) -> Self {
        Self::new(Code::NOT_FOUND).with("what", what)
    }

    /// The argument of this name.
    pub fn arg(&self, name: &str) -> Option<&Arg> {
        self.args.iter().find(|(n, _)| n == name).map(|(_, v)| v)
    }
}

impl From<Code> for Refusal {
    fn from(code: Code) -> Self {
        Self::new(code)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.code)?;
        for (i, (name, value)) in self.args.iter().enumerate() {
            let sep = if i == 0 { " (" } else { ", " };
            write!(f, "{sep}{name} {value}")?;
        }
        if self.args.is_empty() {
            Ok(())
        } else {
            f.write_str(")")
        }
    }
}

impl std::error::Error for Refusal {}
