//! Walking and breathing.

use bevy::prelude::*;

use super::{FigureGear, FigureParts, body};

/// Steps for each metre walked, in radians of the gait.
const STRIDE: f32 = 3.1;
/// Speed at which limbs swing fully, metres for each second.
const FULL_SWING: f32 = 3.5;

/// How fast a figure walks; drives the legs, the caller moves the figure itself.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq)]
#[require(Gait)]
pub struct FigureMotion {
    /// Metres for each second, 0 to stand.
    pub speed: f32,
}

/// Where a figure is in its step.
#[derive(Component, Clone, Copy, Debug, Default)]
pub struct Gait {
    phase: f32,
    swing: f32,
}

/// Moves bodies and limbs.
pub fn animate(
    time: Res<Time>,
    mut figures: Query<(Entity, &FigureMotion, &FigureGear, &FigureParts, &mut Gait)>,
    mut places: Query<&mut Transform, Without<FigureParts>>,
) {
    let delta = time.delta_secs();
    let ease = 1.0 - (-10.0 * delta).exp();
    for (entity, motion, gear, parts, mut gait) in &mut figures {
        let goal = (motion.speed.abs() / FULL_SWING).clamp(0.0, 1.0);
        gait.swing += (goal - gait.swing) * ease;
        gait.phase += motion.speed * STRIDE * delta;
        // Nobody breathes in step with his neighbour.
        let breath = (time.elapsed_secs() * 1.9 + entity.index_u32() as f32).sin();
        let step = gait.phase.sin() * gait.swing;

        let mut pose = |part: Entity, rotation: Quat, lift: Option<f32>| {
            if let Ok(mut place) = places.get_mut(part) {
                place.rotation = rotation;
                if let Some(height) = lift {
                    place.translation.y = height;
                }
            }
        };
        let bob = gait.phase.cos().abs() * gait.swing * 0.07 + breath * 0.008;
        let lean = Quat::from_rotation_x(-0.1 * gait.swing) * Quat::from_rotation_y(step * 0.09);
        pose(parts.body, lean, Some(body::HIP_HEIGHT + bob));
        let nod = Quat::from_rotation_x(0.06 * gait.swing + breath * 0.012);
        pose(parts.head, nod, None);
        for (limb, side) in [(0, 1.0), (1, -1.0)] {
            pose(
                parts.legs[limb],
                Quat::from_rotation_x(step * side * 0.75),
                None,
            );
            // A hand that carries something swings less and is held forward.
            let busy = [gear.shield, gear.weapon][limb];
            let (swing, held) = if busy { (0.25, 0.35) } else { (0.7, 0.0) };
            let out = Quat::from_rotation_z(-side * (0.12 + breath * 0.015));
            let turn = Quat::from_rotation_x(held - step * side * swing);
            pose(parts.arms[limb], out * turn, None);
        }
    }
}
