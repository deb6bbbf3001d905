//! Signposts with two boards.

use std::f32::consts::FRAC_PI_4;

use bevy::prelude::*;

use super::assets::SceneAssets;
use super::kit::{Brush, MeshKit, at, cube, prism, spike, turned};
use super::{palette, still};

/// The post with its boards, its foot at the origin, readable from +z.
pub fn mesh() -> Mesh {
    let mut kit = MeshKit::new()
        .with(
            prism(0.09, 1.95, 6),
            at(0.0, 0.97, 0.0),
            Brush::fade(palette::WOOD_DARK, palette::WOOD),
        )
        .with(spike(0.13, 0.16, 6), at(0.0, 2.0, 0.0), palette::WOOD_DARK);
    board(&mut kit, 1.6, 0.12, 1.0);
    board(&mut kit, 1.2, -0.16, -1.0);
    for (x, z) in [(0.14, 0.1), (-0.13, 0.08), (0.02, -0.16)] {
        kit.add(
            super::kit::ball(0.12, false),
            at(x, 0.05, z),
            Brush::fade(palette::STONE_DARK, palette::STONE_LIGHT).rough(0.03),
        );
    }
    kit.build()
}

/// One board; `side` is where its point shows, 1 right and -1 left.
fn board(kit: &mut MeshKit, height: f32, turn: f32, side: f32) {
    let base = turned(0.0, height, 0.1, [0.0, turn, side * 0.05]);
    let wood = Brush::fade(palette::WOOD, palette::WOOD_LIGHT);
    kit.add(
        cube(0.78, 0.27, 0.06),
        base * at(side * 0.16, 0.0, 0.0),
        wood,
    );
    // A box on its edge makes the arrow's point.
    let tip = turned(side * 0.55, 0.0, 0.0, [0.0, 0.0, FRAC_PI_4]);
    kit.add(cube(0.191, 0.191, 0.058), base * tip, wood);
    for row in [-0.05, 0.05] {
        let line = at(side * 0.16, row, 0.032);
        kit.add(cube(0.5 + row, 0.03, 0.01), base * line, palette::BARK_DARK);
    }
}

/// Puts a signpost at a place (its foot; readable from the place's +z).
pub fn spawn_signpost(commands: &mut Commands, assets: &SceneAssets, place: Transform) -> Entity {
    commands
        .spawn((
            Name::new("Signpost"),
            still(assets.signpost.clone(), &assets.paint),
            place,
        ))
        .id()
}
