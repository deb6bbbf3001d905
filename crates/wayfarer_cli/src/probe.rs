//! `wayfarer probe`: a player without a window, for trying a host.

use std::{
    io::{self, IsTerminal},
    path::PathBuf,
};

use clap::Args;
use wayfarer_net::identity::JoinCode;

use crate::{
    check::report,
    end::End,
    out::Out,
    packs::{MorePacks, Packs},
};

mod act;
mod client;
mod command;
mod item_name;
mod people;
mod run;
mod script;
mod sheet;
mod stdin;
mod view;

use client::Client;
use run::Run;

/// Join a game without a window, look around, and act as a player would.
///
/// After joining, commands are read from a script or from stdin; `help` lists them. Exit code 0
/// if every scripted command was done, or was refused as `expect refused CODE` had announced.
#[derive(Args, Debug)]
pub(crate) struct ProbeArgs {
    /// The host: `host`, `host:port`, `1.2.3.4:port` or `[::1]:port`
    address: String,
    /// The code that the host told, if its game is closed
    #[arg(long)]
    code: Option<String>,
    /// The name that others see
    #[arg(long, default_value = "Probe")]
    name: String,
    /// A folder of packs, or one pack: the same that the host plays by
    #[arg(long, value_name = "DIR", default_value = "assets")]
    assets: PathBuf,
    /// The folder that keeps who this player is (`player.key`) and which hosts are known
    /// (`known_hosts`); without it the player is a new one each time
    #[arg(long, value_name = "DIR")]
    profile: Option<PathBuf>,
    /// A file with commands, one a line
    #[arg(long, value_name = "FILE", conflicts_with = "exec")]
    script: Option<PathBuf>,
    /// Commands, separated by `;`
    #[arg(long, value_name = "COMMANDS")]
    exec: Option<String>,
    #[command(flatten)]
    more: MorePacks,
}

/// Runs the command.
pub(crate) fn run(args: &ProbeArgs, out: &mut Out) -> Result<End, End> {
    let code = args.code.as_deref().map(str::parse::<JoinCode>).transpose();
    let code = code.map_err(|error| {
        End::usage(
            error.to_string(),
            "ask the host for the code; an open game has none",
        )
    })?;
    // A mistake in the script should be known before anybody is bothered.
    let script = script::load(args.script.as_deref(), args.exec.as_deref())?;
    let packs = Packs::find(&args.assets, &args.more)?;
    let mut client = Client::new(&packs, &args.more.ignore).map_err(|found| {
        for diagnostic in &found {
            report(diagnostic, out);
        }
        End::Failed("the packs have errors; no host plays by them".to_owned())
    })?;
    client.join(
        &args.address,
        code,
        &args.name,
        args.profile.as_deref(),
        out,
    )?;
    view::print(client.world_mut(), out);
    out.flush();
    let mut run = Run::new(client, out);
    match script {
        Some(commands) => run.script(&commands),
        None => run.stdin(io::stdin().is_terminal()),
    }
}
