//! The merchant's stall: a counter under a striped awning, with wares on it.

use bevy::prelude::*;

use super::kit::{Brush, MeshKit, at, ball, cube, prism, turned};
use super::palette;

/// Half the width of the stall, metres.
const HALF: f32 = 1.15;

/// The stall, its middle at the origin, its front to +z.
pub fn mesh() -> Mesh {
    let mut kit = MeshKit::new();
    let wood = Brush::fade(palette::WOOD_DARK, palette::WOOD);
    kit.add(cube(HALF * 2.0, 0.85, 0.12), at(0.0, 0.43, 0.42), wood);
    for x in [-HALF, HALF] {
        kit.add(cube(0.1, 0.85, 0.7), at(x, 0.43, 0.1), wood);
        kit.add(prism(0.055, 2.3, 6), at(x, 1.15, 0.45), palette::WOOD_DARK);
        kit.add(prism(0.055, 2.0, 6), at(x, 1.0, -0.85), palette::WOOD_DARK);
    }
    kit.add(
        cube(HALF * 2.0 + 0.2, 0.07, 0.85),
        at(0.0, 0.88, 0.15),
        Brush::flat(palette::WOOD_LIGHT).speckle(0.1),
    );
    awning(&mut kit);
    wares(&mut kit);
    kit.build()
}

fn awning(kit: &mut MeshKit) {
    let stripes = 7;
    let width = (HALF * 2.0 + 0.5) / stripes as f32;
    for stripe in 0..stripes {
        let tone = if stripe % 2 == 0 {
            palette::CANVAS
        } else {
            palette::CLOTH_RED
        };
        let x = (stripe as f32 - (stripes - 1) as f32 / 2.0) * width;
        kit.add(
            cube(width, 0.05, 1.75),
            turned(x, 2.17, -0.15, [0.16, 0.0, 0.0]),
            Brush::flat(tone).speckle(0.03),
        );
        kit.add(
            cube(width * 0.94, 0.2, 0.04),
            at(x, 1.94, 0.71),
            Brush::flat(tone).speckle(0.03).sway(0.03),
        );
    }
}

fn wares(kit: &mut MeshKit) {
    for (x, tone) in [
        (-0.95, palette::POTION),
        (-0.78, palette::VENOM),
        (-0.61, palette::WATER),
    ] {
        kit.add(ball(0.09, true), at(x, 1.0, 0.3), Brush::flat(tone));
        kit.add(prism(0.03, 0.1, 6), at(x, 1.12, 0.3), palette::GLASS);
    }
    // Apples in a basket.
    kit.add(
        prism(0.24, 0.16, 10),
        at(-0.1, 0.99, 0.2),
        Brush::fade(palette::LEATHER, palette::LEATHER_LIGHT).rough(0.01),
    );
    for apple in 0..6 {
        let turn = apple as f32 * 1.05;
        let place = at(-0.1 + turn.cos() * 0.12, 1.1, 0.2 + turn.sin() * 0.12);
        kit.add(ball(0.075, true), place, Brush::flat(palette::APPLE));
    }
    // A bolt of cloth, a helmet, a heap of coins.
    let bolt = turned(0.48, 1.0, 0.18, [0.0, 0.35, std::f32::consts::FRAC_PI_2]);
    kit.add(prism(0.1, 0.5, 10), bolt, palette::CLOTH_VIOLET);
    kit.add(
        ball(0.16, true),
        at(0.92, 1.0, 0.22),
        Brush::fade(palette::IRON, palette::STEEL),
    );
    for coin in 0..5 {
        let place = at(0.72, 0.925 + coin as f32 * 0.018, 0.42);
        kit.add(prism(0.05, 0.016, 10), place, palette::GOLD);
    }
    // Crates beside it.
    for (x, y, z, size) in [
        (1.75, 0.28, 0.2, 0.56),
        (1.68, 0.76, 0.16, 0.4),
        (1.8, 0.2, -0.5, 0.4),
    ] {
        kit.add(
            cube(size, size, size),
            turned(x, y, z, [0.0, size, 0.0]),
            Brush::fade(palette::WOOD_DARK, palette::WOOD_LIGHT).speckle(0.12),
        );
    }
}
