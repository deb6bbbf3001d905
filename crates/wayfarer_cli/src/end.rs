//! How a command ends.

use std::process::ExitCode;

use crate::out::{Colour, Out};

/// How a command ends. Also its error type, so that `?` ends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// All well: exit code 0.
    Good,
    /// What was wrong has been said already: exit code 1.
    Bad,
    /// Something went wrong, in words: exit code 1.
    Failed(String),
    /// The command cannot be done as it was given, and what to do instead: exit code 2.
    Usage(String, String),
}

impl End {
    /// The command cannot be done as it was given; `remedy` says what to do instead.
    pub(crate) fn usage(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self::Usage(what.into(), remedy.into())
    }

    /// Good or bad, when everything was said.
    pub(crate) fn good_if(good: bool) -> Self {
        if good { Self::Good } else { Self::Bad }
    }

    /// Says what is left to say on stderr and gives the code.
    pub(crate) fn exit(self, out: &mut Out) -> ExitCode {
        out.flush();
        let mut err = Out::stderr();
        let error = err.paint(Colour::Error, "error");
        let code = match self {
            Self::Good => 0,
            Self::Bad => 1,
            Self::Failed(what) => {
                err.line(format!("{error}: {what}"));
                1
            }
            Self::Usage(what, remedy) => {
                err.line(format!("{error}: {what}"));
                err.line(format!("  = help: {remedy}"));
                2
            }
        };
        err.flush();
        ExitCode::from(code)
    }
}
