use thiserror::Error;

/// Why a session ended that had begun. The text is for the player whose session it was.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LeaveReason {
    /// The player left on purpose.
    #[error("left the game")]
    Left,
    /// The host threw the player out; joining again is allowed.
    #[error("the host removed you: {reason}")]
    Kicked {
        /// In the host's words.
        reason: String,
    },
    /// The host threw the player out for good.
    #[error("the host banned you: {reason}")]
    Banned {
        /// In the host's words.
        reason: String,
    },
    /// The host ended the game.
    #[error("the host closed the game: {reason}")]
    HostClosed {
        /// In the host's words.
        reason: String,
    },
    /// The same player (key pair) joined again from elsewhere.
    #[error(
        "you joined this game again from another window or computer; this connection was closed"
    )]
    Replaced,
    /// The client sent far more than a player can cause.
    #[error(
        "the host cut the connection because this program was flooding it; if you run no modified client, tell the developer"
    )]
    Flooding,
    /// The other side sent something that our programs never send.
    #[error("the other side broke the protocol ({what}); check that both have the same build")]
    Violation {
        /// What was wrong.
        what: String,
    },
    /// The connection was too slow for what had to be sent.
    #[error("the connection is too slow to keep up; check the network and join again")]
    TooSlow,
    /// Nothing was heard for some seconds: crash, power cut, pulled plug.
    #[error("lost the connection; check the network and join again")]
    TimedOut,
    /// The other program was restarted, or the network stack gave up.
    #[error("lost the connection ({why}); join again")]
    Broken {
        /// What the network stack said.
        why: String,
    },
}

/// The numbers that close a QUIC connection. Part of the wire format: only append.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub(crate) enum CloseCode {
    Left = 0,
    Kicked = 1,
    Banned = 2,
    HostClosed = 3,
    Replaced = 4,
    Flooding = 5,
    Violation = 6,
    TooSlow = 7,
    Refused = 8,
}

impl From<CloseCode> for quinn::VarInt {
    fn from(code: CloseCode) -> Self {
        Self::from_u32(code as u32)
    }
}

impl LeaveReason {
    pub(crate) fn code(&self) -> CloseCode {
        match self {
            Self::Left => CloseCode::Left,
            Self::Kicked { .. } => CloseCode::Kicked,
            Self::Banned { .. } => CloseCode::Banned,
            Self::HostClosed { .. } => CloseCode::HostClosed,
            Self::Replaced => CloseCode::Replaced,
            Self::Flooding => CloseCode::Flooding,
            Self::Violation { .. } | Self::TimedOut | Self::Broken { .. } => CloseCode::Violation,
            Self::TooSlow => CloseCode::TooSlow,
        }
    }

    /// The free text that goes with the code.
    pub(crate) fn words(&self) -> &str {
        match self {
            Self::Kicked { reason } | Self::Banned { reason } | Self::HostClosed { reason } => {
                reason
            }
            Self::Violation { what } => what,
            _ => "",
        }
    }

    /// What a close code and text from the other side mean.
    pub(crate) fn from_wire(code: u64, text: &str) -> Self {
        let reason = super::clean_line(text, 200);
        let is = |c: CloseCode| code == u64::from(c as u32);
        if is(CloseCode::Left) {
            Self::Left
        } else if is(CloseCode::Kicked) {
            Self::Kicked { reason }
        } else if is(CloseCode::Banned) {
            Self::Banned { reason }
        } else if is(CloseCode::HostClosed) {
            Self::HostClosed { reason }
        } else if is(CloseCode::Replaced) {
            Self::Replaced
        } else if is(CloseCode::Flooding) {
            Self::Flooding
        } else if is(CloseCode::Violation) {
            Self::Violation { what: reason }
        } else if is(CloseCode::TooSlow) {
            Self::TooSlow
        } else {
            Self::Broken {
                why: format!("code {code}: {reason}"),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_cross_the_wire() {
        let reason = || "be kind".to_owned();
        for leave in [
            LeaveReason::Left,
            LeaveReason::Kicked { reason: reason() },
            LeaveReason::Banned { reason: reason() },
            LeaveReason::HostClosed { reason: reason() },
            LeaveReason::Replaced,
            LeaveReason::Flooding,
            LeaveReason::Violation { what: reason() },
            LeaveReason::TooSlow,
        ] {
            let again = LeaveReason::from_wire(u64::from(leave.code() as u32), leave.words());
            assert_eq!(again, leave);
        }
        assert!(matches!(
            LeaveReason::from_wire(u64::MAX, ""),
            LeaveReason::Broken { .. }
        ));
    }

    #[test]
    fn hostile_texts_are_cut() {
        let LeaveReason::Kicked { reason } = LeaveReason::from_wire(1, &"x\n".repeat(5000)) else {
            panic!("kicked expected");
        };
        assert!(reason.chars().count() <= 200 && !reason.contains('\n'));
    }
}
