//! `wayfarer check`: compiles packs and reports everything that is wrong with them.

use std::{collections::BTreeSet, path::PathBuf};

use clap::Args;
use wayfarer_core::content::{self, ContentRegistry, Diagnostic, Severity};

use crate::{
    end::End,
    out::{Colour, Out, count},
    packs::{MorePacks, Packs},
    rules,
};

mod definitions;
mod report;
mod watch;

pub(crate) use report::report;

/// Check packs: every mistake at once, with its place and, where possible, the remedy.
///
/// Exit code 0 without errors (warnings are allowed), 1 with errors, 2 if there is no such folder.
#[derive(Args, Debug)]
pub(crate) struct CheckArgs {
    /// A folder of packs, or one pack (a folder with a `pack.ron`), which brings the packs it
    /// depends on from the folder it is in
    assets: PathBuf,
    #[command(flatten)]
    more: MorePacks,
    /// Check again whenever a file changes, until interrupted
    #[arg(long)]
    watch: bool,
}

/// Runs the command.
pub(crate) fn run(args: &CheckArgs, out: &mut Out) -> Result<End, End> {
    let packs = Packs::find(&args.assets, &args.more)?;
    let registry = rules::registry(&packs, &args.more.ignore);
    if args.watch {
        watch::watch(&packs.folders(), || {
            check(&packs, &registry, out);
            out.flush();
        });
    }
    Ok(End::good_if(check(&packs, &registry, out)))
}

/// Checks once; whether there are no errors.
fn check(packs: &Packs, registry: &ContentRegistry, out: &mut Out) -> bool {
    let (found, subject) = match packs.read() {
        Err(unreadable) => (unreadable, "packs that could not be read".to_owned()),
        Ok(files) => {
            let names: BTreeSet<&str> = files.iter().map(|file| file.pack.as_str()).collect();
            let subject = format!(
                "{}, {}",
                count(names.len(), "pack"),
                count(definitions::count(&files), "definition")
            );
            let found = match content::compile(registry, &files) {
                Ok(content) => content.warnings,
                Err(found) => found,
            };
            (found, subject)
        }
    };
    for diagnostic in &found {
        report(diagnostic, out);
    }
    let (errors, warnings) = tally(&found);
    let colour = match (errors, warnings) {
        (0, 0) => Colour::Good,
        (0, _) => Colour::Warning,
        _ => Colour::Error,
    };
    let result = format!("{}, {}", count(errors, "error"), count(warnings, "warning"));
    let result = out.paint(colour, result);
    out.line(format!("checked {subject}: {result}"));
    errors == 0
}

/// How many errors and how many warnings.
fn tally(found: &[Diagnostic]) -> (usize, usize) {
    let errors = found
        .iter()
        .filter(|d| d.severity == Severity::Error)
        .count();
    (errors, found.len() - errors)
}
