//! `wayfarer inspect-save`: what is in a profile folder, without the game.

use std::{fs, path::PathBuf, time::Duration};

use clap::Args;
use wayfarer_save::store::{Profile, ProfileError, SlotInfo, SlotName, Ticket, Which, Writer};

use crate::{
    end::End,
    out::{Colour, Out, count, printable},
};

mod bytes;
mod list;
mod slot;

/// Look into a profile folder: its slots, or what one slot holds. No save file is changed, and
/// nothing that is damaged stops the rest from being shown.
///
/// Exit code 0 if all is well, 1 if something is damaged, missing, or the profile is in use.
#[derive(Args, Debug)]
pub(crate) struct InspectArgs {
    /// The profile folder: the one with files like `auto.a` and `auto.b`
    dir: PathBuf,
    /// The slot to look into; all slots are listed if it is left out
    slot: Option<String>,
    /// Look at the generation before the newest one
    #[arg(long, requires = "slot")]
    previous: bool,
}

/// Longest wait for the disk.
const PATIENCE: Duration = Duration::from_secs(60);

/// Runs the command.
pub(crate) fn run(args: &InspectArgs, out: &mut Out) -> Result<End, End> {
    check_folder(args)?;
    let slot = args.slot.as_deref().map(SlotName::new).transpose();
    let slot = slot.map_err(|error| {
        End::usage(
            error.to_string(),
            "leave the slot out to see which there are",
        )
    })?;
    let shown = args.dir.display();
    if !has_saves(args)? {
        out.line(format!("{shown} holds no saves"));
        return match slot {
            None => Ok(End::Good),
            Some(slot) => Err(End::Failed(format!("there is no save named \"{slot}\""))),
        };
    }
    // The profile's own lock is taken, so that no game writes while this reads.
    let profile = Profile::open(&args.dir).map_err(|error| no_profile(&error))?;
    let writer = Writer::new(profile)
        .map_err(|error| End::Failed(format!("no thread to read with: {error}")))?;
    match slot {
        None => {
            let slots = wait(writer.list())?.map_err(|error| End::Failed(error.to_string()))?;
            Ok(list::print(&slots, out))
        }
        Some(slot) => {
            let which = if args.previous {
                Which::Previous
            } else {
                Which::Newest
            };
            match wait(writer.load(&slot, which))? {
                Ok(loaded) => Ok(slot::print(&loaded, out)),
                Err(error) => {
                    let slots = wait(writer.list())?.unwrap_or_default();
                    Err(End::Failed(format!("{error}{}", others(&slots))))
                }
            }
        }
    }
}

fn wait<T>(ticket: Ticket<T>) -> Result<T, End> {
    ticket
        .wait(PATIENCE)
        .map_err(|error| End::Failed(error.to_string()))
}

fn check_folder(args: &InspectArgs) -> Result<(), End> {
    let shown = args.dir.display();
    let remedy = "name the folder that the game saves in";
    if !args.dir.exists() {
        return Err(End::usage(format!("there is no folder `{shown}`"), remedy));
    }
    if !args.dir.is_dir() {
        return Err(End::usage(format!("`{shown}` is a file"), remedy));
    }
    Ok(())
}

/// Whether there is anything to look at. Asked before the profile is opened, which would leave a
/// lock file in a folder that is none.
fn has_saves(args: &InspectArgs) -> Result<bool, End> {
    let entries = fs::read_dir(&args.dir)
        .map_err(|error| End::Failed(format!("cannot read {}: {error}", args.dir.display())))?;
    Ok(entries.filter_map(Result::ok).any(|entry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        name.ends_with(".a") || name.ends_with(".b")
    }))
}

fn no_profile(error: &ProfileError) -> End {
    End::Failed(match error {
        ProfileError::InUse { dir } => format!(
            "the profile {} is in use: a game has it open. Close the game, or copy the folder \
             and inspect the copy",
            dir.display()
        ),
        ProfileError::NotWritable { dir, what } => format!(
            "the lock of the profile {} cannot be taken ({what}). Copy the folder to a place \
             where you may write and inspect the copy",
            dir.display()
        ),
        other => other.to_string(),
    })
}

/// The names of the slots there are, for somebody who asked for another.
fn others(slots: &[SlotInfo]) -> String {
    let names: Vec<&str> = slots.iter().map(|slot| slot.name.as_str()).collect();
    if names.is_empty() {
        String::new()
    } else {
        format!(" (there is: {})", names.join(", "))
    }
}

/// Prints what was found wrong.
fn problems<'p>(found: impl ExactSizeIterator<Item = &'p (impl ToString + 'p)>, out: &mut Out) {
    let total = found.len();
    if total == 0 {
        return;
    }
    let heading = out.paint(Colour::Error, count(total, "problem"));
    out.line(format!("{heading}:"));
    for problem in found {
        out.line(format!("  {}", printable(&problem.to_string())));
    }
}
