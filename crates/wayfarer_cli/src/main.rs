//! The `wayfarer` command, for authors of packs and operators of games.
//!
//! | command | does |
//! |---|---|
//! | `wayfarer check` | compiles packs and says what is wrong, with file, line and remedy |
//! | `wayfarer explain` | says why a character's stat is what it is |
//! | `wayfarer probe` | joins a running game without a window, looks around and acts |
//! | `wayfarer inspect-save` | looks into a profile folder without the game |
//!
//! Exit codes: 0 all well, 1 something was found or refused, 2 the command itself was wrong.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod check;
mod date;
mod end;
mod explain;
mod inspect_save;
mod number;
mod out;
mod packs;
mod probe;
mod rules;

use out::Out;

/// Check, explain, probe and inspect games made with Wayfarer.
#[derive(Parser, Debug)]
#[command(name = "wayfarer", version, propagate_version = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    Check(check::CheckArgs),
    Explain(explain::ExplainArgs),
    Probe(probe::ProbeArgs),
    InspectSave(inspect_save::InspectArgs),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let mut out = Out::stdout();
    let end = match cli.command {
        Command::Check(args) => check::run(&args, &mut out),
        Command::Explain(args) => explain::run(&args, &mut out),
        Command::Probe(args) => probe::run(&args, &mut out),
        Command::InspectSave(args) => inspect_save::run(&args, &mut out),
    };
    end.unwrap_or_else(|end| end).exit(&mut out)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        super::Cli::command().debug_assert();
    }
}
