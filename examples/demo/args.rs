//! The command line.

use std::path::PathBuf;

use clap::Parser;

/// A small clearing to walk in, alone or with friends: Wayfarer's demo.
#[derive(Parser, Debug, Clone)]
#[command(name = "demo", about, long_about = None)]
pub struct Args {
    /// Play a scripted session in the terminal, without a window; with --host or --join take that
    /// part in a session of several programs.
    #[arg(long)]
    pub headless: bool,

    /// Host a game at once: the saved one, if the profile has one.
    #[arg(long, conflicts_with = "join")]
    pub host: bool,

    /// With --host: begin a new game, which is saved over the old one.
    #[arg(long, requires = "host")]
    pub new: bool,

    /// Join a game at once, for example 192.168.0.20 or 192.168.0.20:27155.
    #[arg(long, value_name = "ADDRESS")]
    pub join: Option<String>,

    /// The join code: the one to ask for when hosting, the one to give when joining.
    /// Hosting without one makes one up; `open` lets everybody in.
    #[arg(long)]
    pub code: Option<String>,

    /// The UDP port to host on.
    #[arg(long, default_value_t = wayfarer::net::session::DEFAULT_PORT)]
    pub port: u16,

    /// Where saves, keys and settings are kept.
    #[arg(long, value_name = "DIR")]
    pub profile: Option<PathBuf>,

    /// The folder with the packs; they are watched, so edit them while you play.
    #[arg(long, value_name = "DIR")]
    pub assets: Option<PathBuf>,

    /// Your name.
    #[arg(long, default_value = "Traveller")]
    pub name: String,

    /// With --headless --host or --join: how many seconds to stay.
    #[arg(long, value_name = "SECONDS", default_value_t = 3600.0)]
    pub stay: f32,
}

impl Args {
    /// The folder with the packs: as asked, beside the program, or in the source tree.
    pub fn assets(&self) -> PathBuf {
        if let Some(dir) = &self.assets {
            return dir.clone();
        }
        let here = PathBuf::from("assets");
        if here.join("demo").join("pack.ron").is_file() {
            return here;
        }
        PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/assets"))
    }

    /// The profile folder: as asked, or where this system keeps a user's data.
    pub fn profile(&self) -> PathBuf {
        if let Some(dir) = &self.profile {
            return dir.clone();
        }
        let var = |name| {
            std::env::var_os(name)
                .filter(|v| !v.is_empty())
                .map(PathBuf::from)
        };
        let data = if cfg!(windows) {
            var("APPDATA")
        } else if cfg!(target_os = "macos") {
            var("HOME").map(|home| home.join("Library/Application Support"))
        } else {
            var("XDG_DATA_HOME").or_else(|| var("HOME").map(|home| home.join(".local/share")))
        };
        data.unwrap_or_else(std::env::temp_dir)
            .join("wayfarer-demo")
    }
}
