//! The well: a stone ring, a shingled roof, a winch and a bucket.

use std::f32::consts::{FRAC_PI_2, TAU};

use bevy::prelude::*;

use super::kit::{Brush, MeshKit, at, cube, prism, taper, turned};
use super::{noise, palette};

/// The whole well, its middle at the origin.
pub fn mesh() -> Mesh {
    let mut kit = MeshKit::new();
    wall(&mut kit);
    kit.add(prism(0.86, 0.04, 14), at(0.0, 0.5, 0.0), palette::WATER);
    for x in [-0.98, 0.98] {
        kit.add(
            cube(0.17, 2.3, 0.17),
            at(x, 1.15, 0.0),
            Brush::fade(palette::WOOD_DARK, palette::WOOD),
        );
    }
    winch(&mut kit);
    roof(&mut kit);
    kit.build()
}

fn wall(kit: &mut MeshKit) {
    for course in 0..3 {
        let count = 13;
        for stone in 0..count {
            let seed = course * 50 + stone;
            let angle = (stone as f32 + 0.5 * (course % 2) as f32) / count as f32 * TAU;
            let (x, z) = (angle.sin() * 0.98, angle.cos() * 0.98);
            let tone = palette::STONE_DARK.mix(&palette::STONE_LIGHT, noise::unit(seed + 9));
            let place = turned(x, 0.15 + course as f32 * 0.27, z, [0.0, angle, 0.0]);
            let size = cube(0.45, 0.255, noise::between(seed, 0.26, 0.34));
            kit.add(size, place, Brush::flat(tone).rough(0.012));
        }
    }
}

fn winch(kit: &mut MeshKit) {
    let across = [0.0, 0.0, FRAC_PI_2];
    kit.add(
        prism(0.075, 2.2, 7),
        turned(0.0, 1.5, 0.0, across),
        palette::WOOD_LIGHT,
    );
    kit.add(
        prism(0.11, 0.5, 8),
        turned(0.0, 1.5, 0.0, across),
        palette::CANVAS,
    );
    kit.add(
        cube(0.05, 0.34, 0.06),
        at(1.14, 1.36, 0.0),
        palette::WOOD_DARK,
    );
    kit.add(
        prism(0.035, 0.22, 6),
        turned(1.24, 1.2, 0.0, across),
        palette::WOOD_DARK,
    );
    kit.add(prism(0.015, 0.5, 4), at(0.0, 1.22, 0.0), palette::CANVAS);
    kit.add(
        taper(0.13, 0.17, 0.26, 9),
        at(0.0, 0.92, 0.0),
        palette::WOOD,
    );
    kit.add(prism(0.165, 0.035, 9), at(0.0, 0.96, 0.0), palette::IRON);
}

fn roof(kit: &mut MeshKit) {
    for side in [-1.0_f32, 1.0] {
        for row in 0..4 {
            for column in 0..6 {
                let seed = (row * 6 + column) as u32 + if side > 0.0 { 90 } else { 0 };
                let along = (column as f32 - 2.5) * 0.43;
                let down = row as f32 * 0.235;
                let place = turned(
                    along + noise::between(seed, -0.01, 0.01),
                    2.78 - down * 0.78,
                    side * (0.12 + down * 0.95),
                    [side * 0.66, 0.0, 0.0],
                );
                let tone = palette::ROOF.mix(&palette::ROOF_LIGHT, noise::unit(seed + 500));
                kit.add(cube(0.415, 0.055, 0.33), place, tone);
            }
        }
    }
    kit.add(cube(2.7, 0.1, 0.14), at(0.0, 2.87, 0.0), palette::WOOD_DARK);
    for x in [-0.98, 0.98] {
        kit.add(cube(0.13, 0.13, 1.5), at(x, 2.22, 0.0), palette::WOOD);
    }
}
