//! The Wayfarer demo: a small clearing to walk in, alone, hosted or joined.
//!
//! `cargo run --example demo` opens a window; without a display it says so and plays a scripted
//! session in the terminal. `--help` lists what else it can do.

mod args;
mod display;
mod game;
mod headless;
mod places;
mod scene;
mod session;
mod walk;
mod window;
mod world;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let args = args::Args::parse();
    if args.headless {
        return headless::run(&args);
    }
    if let Err(why) = display::check() {
        println!("{why}");
        println!("Playing a scripted session in the terminal instead.\n");
        return headless::run(&args);
    }
    window::run(&args)
}
