//! The demo without a window: a scripted session that says what it does and whether it came out
//! as expected, or one part of a session of several programs.

mod parts;
mod script;
mod stage;

use std::process::ExitCode;

use crate::args::Args;

/// Plays without a window.
pub fn run(args: &Args) -> ExitCode {
    if args.host {
        parts::host(args)
    } else if let Some(address) = &args.join {
        parts::join(args, address)
    } else {
        script::play(args)
    }
}
