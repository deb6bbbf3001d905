//! Grass tufts, flowers and mushrooms, baked into few meshes.

use std::f32::consts::TAU;

use bevy::prelude::*;

use super::kit::{MeshKit, at, ball, prism, spike, turned};
use super::layout::{CLEARING_RADIUS, OBSTACLES};
use super::{noise, palette, terrain};

/// Tufts at full density.
const TUFTS: u32 = 1100;
/// Flower groups at full density.
const FLOWER_GROUPS: u32 = 46;
/// Mushrooms at full density.
const MUSHROOMS: u32 = 26;

/// Whether plants may stand at a point.
fn free(x: f32, z: f32) -> bool {
    terrain::path_distance(x, z) > 0.95
        && OBSTACLES
            .iter()
            .all(|(centre, radius)| (x - centre.x).hypot(z - centre.z) > radius + 0.45)
}

/// An evenly spread point on the disc with this radius.
fn scatter(seed: u32, radius: f32) -> (f32, f32) {
    let angle = noise::unit(seed) * TAU;
    let distance = noise::unit(seed ^ 0x5555).sqrt() * radius;
    (angle.cos() * distance, angle.sin() * distance)
}

/// All small plants; `density` is 0 to 1.
pub fn meadow(density: f32) -> MeshKit {
    let mut kit = grass(density);
    kit.append(&flowers(density), Transform::IDENTITY);
    kit
}

fn grass(density: f32) -> MeshKit {
    let mut kit = MeshKit::new();
    let count = (TUFTS as f32 * density.clamp(0.0, 1.0)) as u32;
    for seed in 0..count {
        let (x, z) = scatter(seed * 3 + 11, CLEARING_RADIUS + 4.5);
        let lush = noise::smooth(x * 0.4, z * 0.4, 5);
        if lush < 0.3 || !free(x, z) {
            continue;
        }
        tuft(&mut kit, x, z, seed, 0.7 + lush * 0.6);
    }
    kit
}

/// One tuft of thin blades.
fn tuft(kit: &mut MeshKit, x: f32, z: f32, seed: u32, size: f32) {
    let root = terrain::color(x, z);
    let (root, tip) = (
        root.mix(&palette::GRASS_DEEP, 0.35),
        root.mix(&palette::GRASS_TIP, 0.6),
    );
    for blade in 0..5 {
        let salt = seed * 17 + blade;
        let angle = noise::unit(salt) * TAU;
        let out = Vec3::new(angle.cos(), 0.0, angle.sin());
        let side = Vec3::new(-out.z, 0.0, out.x) * 0.042 * size;
        let foot = Vec3::new(x, terrain::height(x, z) - 0.02, z) + out * 0.07 * size;
        let height = noise::between(salt ^ 0x77, 0.2, 0.42) * size;
        let top = foot + Vec3::Y * height + out * height * 0.5;
        // Lit like the ground below and not like upright faces: grass must not look spiky.
        let (colors, sways) = ([root, root, tip], [0.0, 0.0, 0.05]);
        kit.triangle([foot - side, foot + side, top], Vec3::Y, colors, sways);
        kit.triangle([foot + side, foot - side, top], Vec3::Y, colors, sways);
    }
}

fn flowers(density: f32) -> MeshKit {
    let mut kit = MeshKit::new();
    let density = density.clamp(0.0, 1.0);
    for group in 0..(FLOWER_GROUPS as f32 * density) as u32 {
        let (x, z) = scatter(group * 5 + 901, CLEARING_RADIUS + 0.5);
        let petal = palette::PETALS[(noise::unit(group ^ 0x33) * 5.0) as usize % 5];
        for index in 0..5 {
            let seed = group * 31 + index;
            let (dx, dz) = scatter(seed ^ 0x4242, 0.65);
            if free(x + dx, z + dz) {
                flower(&mut kit, x + dx, z + dz, petal, seed);
            }
        }
    }
    for index in 0..(MUSHROOMS as f32 * density) as u32 {
        let angle = noise::unit(index + 4000) * TAU;
        let distance = CLEARING_RADIUS + noise::between(index + 5000, -0.8, 2.0);
        let (x, z) = (angle.cos() * distance, angle.sin() * distance);
        if free(x, z) {
            mushroom(&mut kit, x, z, index);
        }
    }
    kit
}

fn flower(kit: &mut MeshKit, x: f32, z: f32, petal: Srgba, seed: u32) {
    let height = noise::between(seed, 0.16, 0.3);
    let ground = terrain::height(x, z);
    kit.add(
        prism(0.012, height, 3),
        at(x, ground + height / 2.0, z),
        palette::GRASS_DEEP,
    );
    let head = turned(x, ground + height, z, [0.35, noise::unit(seed) * TAU, 0.0]);
    kit.add(spike(0.085, 0.05, 5), head, petal);
    kit.add(
        ball(0.035, false),
        head * at(0.0, 0.025, 0.0),
        palette::GOLD,
    );
}

fn mushroom(kit: &mut MeshKit, x: f32, z: f32, seed: u32) {
    let size = noise::between(seed ^ 0x99, 0.7, 1.5);
    let place = at(x, terrain::height(x, z), z).with_scale(Vec3::splat(size));
    kit.add(
        prism(0.05, 0.16, 6),
        place * at(0.0, 0.08, 0.0),
        palette::PAPER,
    );
    kit.add(
        spike(0.14, 0.12, 7),
        place * at(0.0, 0.2, 0.0),
        palette::CLOTH_RED,
    );
}
