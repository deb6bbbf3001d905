//! Walking: a player's wish goes to the host, the host moves the character.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer::{core::clock::RulesSystems, prelude::*};

use crate::scene::layout::keep_walkable;

/// Walk in this direction until told otherwise; zero stands still.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct Walk {
    /// To the right, in hundredths of full speed.
    pub x: i8,
    /// Towards the viewer, in hundredths of full speed.
    pub z: i8,
}

impl Action for Walk {
    const NAME: &'static str = "demo.walk";
    type Receipt = ();
    const WHILE_PAUSED: bool = false;

    fn apply(&self, txn: &mut Txn<'_>) -> Result<(), Refusal> {
        let actor = txn.actor()?;
        // Nobody runs faster diagonally, or by asking for more than everything.
        let wish = Vec2::new(f32::from(self.x), f32::from(self.z)) / 100.0;
        txn.set(actor, Walking(wish.clamp_length_max(1.0)))
    }
}

/// Where a character is walking to. On the host only.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq)]
pub struct Walking(pub Vec2);

/// Metres per second of somebody without a speed.
const DEFAULT_SPEED: f32 = 3.0;

pub fn plugin(app: &mut App) {
    app.register_action::<Walk>()
        .add_systems(RulesTick, walk.in_set(RulesSystems::Simulate));
}

/// The speed of a character, from its stats.
pub fn speed(values: Option<&StatValues>) -> f32 {
    values
        .and_then(|values| values.by_name("core:movement.speed"))
        .unwrap_or(DEFAULT_SPEED)
}

fn walk(mode: Res<ClockMode>, mut walkers: Query<(&Walking, &mut Position, Option<&StatValues>)>) {
    let seconds = (1.0 / mode.hz()) as f32;
    for (walking, mut position, values) in &mut walkers {
        if walking.0 == Vec2::ZERO {
            continue;
        }
        let step = walking.0 * speed(values) * seconds;
        let from = Vec3::new(position.x, position.y, position.z);
        let to = keep_walkable(from + Vec3::new(step.x, 0.0, step.y));
        position.set_if_neq(Position {
            x: to.x,
            y: to.y,
            z: to.z,
        });
    }
}
