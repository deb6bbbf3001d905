//! What the rules keep in memory.

use allocation_counter::measure;
use wayfarer_benches::Row;

use super::actions::Scene;
use crate::{Failure, Rows};

const TICKS: u32 = 2_000;

fn play() -> Result<Scene, Failure> {
    let mut scene = Scene::new()?;
    for tick in 0..TICKS {
        scene.tick(tick)?;
    }
    Ok(scene)
}

/// All rows.
pub fn rows() -> Rows {
    let mut played = None;
    let counted = measure(|| played = Some(play()));
    // Alive until here: what it holds is what was counted.
    drop(played.ok_or("nothing was played")??);
    Ok(vec![Row::at_most(
        "100 players, 300 characters, after 2 000 ticks with an action each: bytes allocated for the whole app of the rules, content and ledger included",
        counted.bytes_current as f64 / 1e6,
        "MB",
        50.0,
    )])
}
