//! Boulders, bushes and stumps at the clearing's edge, baked into one mesh.

use std::f32::consts::TAU;

use bevy::prelude::*;

use super::kit::{Brush, MeshKit, at, ball, prism, taper};
use super::layout::{CLEARING_RADIUS, OBSTACLES};
use super::{noise, palette, terrain};

const ROCKS: u32 = 26;
const BUSHES: u32 = 34;
/// Foot points of the tree stumps.
const STUMPS: [(f32, f32); 3] = [(-9.6, 8.2), (10.4, -6.6), (-2.6, -11.4)];

/// Everything low that grows or lies at the edge.
pub fn undergrowth() -> MeshKit {
    let mut kit = MeshKit::new();
    for index in 0..ROCKS {
        let group = index / 3;
        let angle = noise::unit(group + 60) * TAU + noise::between(index, -0.09, 0.09);
        let distance = CLEARING_RADIUS
            + noise::between(group + 80, -2.2, 1.2)
            + noise::between(index + 400, -0.7, 0.7);
        let (x, z) = (angle.cos() * distance, angle.sin() * distance);
        if free(x, z) {
            rock(&mut kit, x, z, index);
        }
    }
    for index in 0..BUSHES {
        let angle = (index as f32 + noise::unit(index + 90)) / BUSHES as f32 * TAU;
        let distance = CLEARING_RADIUS + noise::between(index + 120, 0.2, 3.4);
        let (x, z) = (angle.cos() * distance, angle.sin() * distance);
        if free(x, z) {
            bush(&mut kit, x, z, index);
        }
    }
    for (x, z) in STUMPS {
        stump(&mut kit, x, z);
    }
    kit
}

fn free(x: f32, z: f32) -> bool {
    terrain::path_distance(x, z) > 1.4
        && OBSTACLES
            .iter()
            .all(|(centre, radius)| (x - centre.x).hypot(z - centre.z) > radius + 0.9)
}

fn rock(kit: &mut MeshKit, x: f32, z: f32, seed: u32) {
    let size = noise::between(seed + 40, 0.22, 0.75);
    let top = if noise::unit(seed + 41) > 0.6 {
        palette::MOSS
    } else {
        palette::STONE_LIGHT
    };
    let place = at(x, terrain::height(x, z) + size * 0.25, z)
        .with_rotation(Quat::from_rotation_y(noise::unit(seed) * TAU))
        .with_scale(Vec3::new(1.0, 0.72, 0.85));
    let brush = Brush::fade(palette::STONE_DARK, top)
        .rough(size * 0.16)
        .speckle(0.08);
    kit.add(ball(size, size > 0.45), place, brush);
}

fn bush(kit: &mut MeshKit, x: f32, z: f32, seed: u32) {
    let (low, high) = if noise::unit(seed + 50) > 0.5 {
        (palette::GRASS_DEEP, palette::LEAF_TIP)
    } else {
        (palette::PINE, palette::LEAF)
    };
    let brush = Brush::fade(low, high).rough(0.09).speckle(0.08).sway(0.02);
    for part in 0..3 {
        let (dx, dz) = (
            noise::between(seed * 7 + part, -0.45, 0.45),
            noise::between(seed * 11 + part, -0.45, 0.45),
        );
        let radius = noise::between(seed * 13 + part, 0.32, 0.58);
        let y = terrain::height(x + dx, z + dz) + radius * 0.55;
        kit.add(ball(radius, false), at(x + dx, y, z + dz), brush);
    }
}

fn stump(kit: &mut MeshKit, x: f32, z: f32) {
    let y = terrain::height(x, z);
    kit.add(
        taper(0.42, 0.3, 0.5, 8),
        at(x, y + 0.2, z),
        Brush::fade(palette::BARK_DARK, palette::BARK).rough(0.03),
    );
    kit.add(
        prism(0.27, 0.02, 8),
        at(x, y + 0.455, z),
        palette::WOOD_LIGHT,
    );
    kit.add(prism(0.13, 0.02, 8), at(x, y + 0.462, z), palette::WOOD);
}
