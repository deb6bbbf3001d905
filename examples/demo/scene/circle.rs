//! Where things are enchanted: a stone table between standing stones, with a stone that shines.

use std::f32::consts::TAU;

use bevy::prelude::*;

use super::assets::SceneAssets;
use super::kit::{Brush, MeshKit, at, ball, cube, prism, spike, taper, turned};
use super::layout::CIRCLE_POSITION;
use super::{noise, palette, still};

/// The circle without what shines, its middle at the origin.
pub fn mesh() -> Mesh {
    let mut kit = MeshKit::new();
    let stone = Brush::fade(palette::STONE_DARK, palette::STONE_LIGHT)
        .rough(0.035)
        .speckle(0.08);
    for index in 0..6_u32 {
        // Open towards the viewer.
        let turn = (index as f32 + 0.5) / 8.0 * TAU + TAU * 0.125;
        let height = noise::between(index + 120, 0.9, 1.5);
        let place = turned(
            turn.sin() * 1.5,
            height / 2.0,
            turn.cos() * 1.5,
            [0.0, turn, noise::between(index + 130, -0.08, 0.08)],
        );
        kit.add(taper(0.26, 0.18, height, 5), place, stone);
        let moss = Brush::fade(palette::STONE_DARK, palette::MOSS).rough(0.03);
        kit.add(
            ball(0.2, false),
            at(turn.sin() * 1.62, 0.06, turn.cos() * 1.62),
            moss,
        );
    }
    kit.add(prism(0.36, 0.72, 7), at(0.0, 0.36, 0.0), stone);
    kit.add(
        prism(0.68, 0.12, 9),
        at(0.0, 0.78, 0.0),
        stone.speckle(0.12),
    );
    kit.add(
        cube(0.34, 0.05, 0.26),
        turned(-0.36, 0.87, 0.18, [0.0, 0.5, 0.0]),
        palette::LEATHER,
    );
    kit.add(
        cube(0.3, 0.03, 0.22),
        turned(-0.36, 0.9, 0.18, [0.0, 0.5, 0.0]),
        palette::PAPER,
    );
    kit.build()
}

/// The stone that shines, its foot at the origin.
pub fn crystal_mesh() -> Mesh {
    let glow = Brush::fade(palette::CLOTH_VIOLET, palette::GLASS);
    let mut kit = MeshKit::new();
    kit.add(spike(0.13, 0.5, 6), at(0.0, 0.25, 0.0), glow);
    for (x, z, lean) in [(0.14, 0.02, -0.4), (-0.12, 0.06, 0.35), (0.02, -0.12, 0.2)] {
        kit.add(
            spike(0.07, 0.26, 5),
            turned(x, 0.12, z, [0.0, 0.0, lean]),
            glow,
        );
    }
    kit.build()
}

/// Sets the stones.
pub fn spawn_circle(commands: &mut Commands, assets: &SceneAssets) {
    commands
        .spawn((
            Name::new("Circle"),
            still(assets.circle.clone(), &assets.paint),
            Transform::from_translation(CIRCLE_POSITION),
        ))
        .with_child((
            still(assets.crystal.clone(), &assets.glow),
            at(0.16, 0.84, -0.05),
        ));
}
