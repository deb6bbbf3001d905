//! Brambles: arching canes with leaves, thorns and berries.

use std::f32::consts::TAU;

use bevy::prelude::*;

use super::kit::{Brush, MeshKit, at, ball, prism, spike};
use super::layout::{BRAMBLE_POSITIONS, BRAMBLE_RADIUS};
use super::{noise, palette};

/// Canes of one patch.
const CANES: u32 = 17;
/// Straight pieces of one cane.
const PIECES: u32 = 5;

/// One mesh for each patch, its middle at the origin.
pub fn meshes() -> [Mesh; BRAMBLE_POSITIONS.len()] {
    std::array::from_fn(|patch| mesh(patch as u32 * 1000 + 7))
}

fn mesh(seed: u32) -> Mesh {
    let mut kit = MeshKit::new();
    for cane in 0..CANES {
        arch(&mut kit, seed + cane * 37);
    }
    // A dark heart of leaves, so that one does not see through.
    for part in 0..6 {
        let salt = seed + 600 + part;
        let angle = part as f32 / 6.0 * TAU + noise::unit(salt);
        let out = noise::between(salt, 0.15, 0.6) * BRAMBLE_RADIUS;
        let leaves = Brush::fade(palette::FOREST_FLOOR, palette::GRASS_DEEP)
            .rough(0.07)
            .sway(0.01);
        let size = noise::between(salt ^ 0x21, 0.22, 0.36);
        let place = at(angle.cos() * out, size * 0.55, angle.sin() * out);
        kit.add(ball(size, false), place, leaves);
    }
    kit.build()
}

/// One cane, from the ground over a bow to the ground.
fn arch(kit: &mut MeshKit, seed: u32) {
    let from = noise::unit(seed) * TAU;
    let out = noise::unit(seed ^ 0x11).sqrt() * BRAMBLE_RADIUS * 0.85;
    let foot = Vec3::new(from.cos() * out, 0.0, from.sin() * out);
    let turn = noise::unit(seed ^ 0x31) * TAU;
    let span = noise::between(seed ^ 0x51, 0.8, 1.5);
    let height = noise::between(seed ^ 0x71, 0.45, 0.95);
    // Canes lean back towards the middle: the patch keeps its round outline.
    let way = (Vec3::new(turn.cos(), 0.0, turn.sin()) - foot * 0.9).normalize_or(Vec3::X);
    let point = |t: f32| foot + way * span * t + Vec3::Y * (4.0 * height * t * (1.0 - t) + 0.02);
    for piece in 0..PIECES {
        let (a, b) = (
            point(piece as f32 / PIECES as f32),
            point((piece + 1) as f32 / PIECES as f32),
        );
        let thick = 0.034 - 0.004 * piece as f32;
        rod(kit, a, b, thick);
        let salt = seed * 13 + piece;
        thorn(kit, a.midpoint(b), (b - a).normalize_or(Vec3::Y), salt);
        if piece > 0 {
            leaf(kit, a, salt);
            leaf(kit, a, salt ^ 0x700);
        }
        if piece > 1 && noise::unit(salt ^ 0x900) > 0.45 {
            berry(kit, a, salt);
        }
    }
}

fn rod(kit: &mut MeshKit, a: Vec3, b: Vec3, radius: f32) {
    let along = b - a;
    let place = Transform::from_translation(a.midpoint(b)).with_rotation(Quat::from_rotation_arc(
        Vec3::Y,
        along.normalize_or(Vec3::Y),
    ));
    let bark = Brush::fade(palette::CANE_DARK, palette::CANE);
    kit.add(prism(radius, along.length() * 1.06, 5), place, bark);
}

fn thorn(kit: &mut MeshKit, root: Vec3, along: Vec3, seed: u32) {
    let angle = noise::unit(seed ^ 0x99) * TAU;
    let aside = Quat::from_axis_angle(along, angle) * along.any_orthonormal_vector();
    let place = Transform::from_translation(root + aside * 0.05)
        .with_rotation(Quat::from_rotation_arc(Vec3::Y, aside));
    kit.add(spike(0.018, 0.09, 3), place, palette::CANVAS);
}

fn leaf(kit: &mut MeshKit, root: Vec3, seed: u32) {
    let angle = noise::unit(seed ^ 0x123) * TAU;
    let size = noise::between(seed ^ 0x456, 0.09, 0.15);
    let out = Vec3::new(angle.cos(), 0.25, angle.sin()) * size;
    let place = Transform::from_translation(root + out)
        .with_rotation(Quat::from_rotation_y(-angle) * Quat::from_rotation_z(0.5))
        .with_scale(Vec3::new(1.0, 0.18, 0.62));
    let tone = palette::LEAF.mix(&palette::GRASS_DEEP, noise::unit(seed ^ 0x77));
    kit.add(ball(size, false), place, Brush::flat(tone).sway(0.015));
}

fn berry(kit: &mut MeshKit, root: Vec3, seed: u32) {
    let ripe = noise::unit(seed ^ 0x5150) > 0.35;
    let tone = if ripe {
        palette::BERRY
    } else {
        palette::BERRY_RED
    };
    let aside = noise::between(seed ^ 0x31, -0.06, 0.06);
    let place = Transform::from_translation(root + Vec3::new(aside, -0.06, 0.07));
    kit.add(ball(0.055, false), place, Brush::flat(tone).speckle(0.2));
}
