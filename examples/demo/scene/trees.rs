//! Pines, broadleaf trees and birches round the clearing.

use std::f32::consts::{PI, TAU};

use bevy::light::NotShadowCaster;
use bevy::prelude::*;

use super::assets::SceneAssets;
use super::kit::{Brush, MeshKit, at, ball, prism, spike, taper, turned};
use super::layout::CLEARING_RADIUS;
use super::{noise, palette, still, terrain};

/// Trees that stand as entities of their own.
const NEAR: u32 = 44;
/// Trees behind them, baked into one mesh.
const FAR: u32 = 120;

/// A kind of tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TreeKind {
    /// Tall and dark.
    Pine,
    /// Round and light green.
    Broadleaf,
    /// Slim, white bark, autumn leaves.
    Birch,
}

impl TreeKind {
    /// Every kind, in the order of [`SceneAssets::trees`].
    pub const ALL: [Self; 3] = [Self::Pine, Self::Broadleaf, Self::Birch];

    /// The kind that grows at an angle of the ring: woods come in patches.
    fn growing_at(x: f32, z: f32, seed: u32) -> Self {
        let patch = noise::smooth(x * 0.13, z * 0.13, 21) + noise::between(seed, -0.2, 0.2);
        if patch < 0.42 {
            Self::Pine
        } else if patch < 0.68 {
            Self::Broadleaf
        } else {
            Self::Birch
        }
    }

    /// Builds the tree with its foot at the origin; `fine` trees have rounder crowns.
    pub fn build(self, fine: bool) -> MeshKit {
        match self {
            Self::Pine => pine(fine),
            Self::Broadleaf => broadleaf(fine),
            Self::Birch => birch(fine),
        }
    }
}

fn pine(fine: bool) -> MeshKit {
    let mut kit = MeshKit::new().with(
        taper(0.24, 0.15, 1.5, 6),
        at(0.0, 0.6, 0.0),
        Brush::fade(palette::BARK_DARK, palette::BARK),
    );
    let layers = if fine { 4 } else { 3 };
    for layer in 0..layers {
        let t = layer as f32 / layers as f32;
        let place = turned(0.0, 1.75 + t * 3.4, 0.0, [0.04, t * 5.0, -0.03]);
        let brush = Brush::fade(
            palette::PINE,
            palette::PINE_TIP.mix(&palette::PINE, 0.55 - t * 0.5),
        )
        .rough(0.08)
        .speckle(0.09)
        .sway(0.02 + t * 0.05);
        kit.add(spike(1.42 - t * 0.85, 1.75 - t * 0.35, 8), place, brush);
    }
    kit
}

fn broadleaf(fine: bool) -> MeshKit {
    let leaves = Brush::fade(palette::LEAF, palette::LEAF_TIP)
        .rough(0.16)
        .speckle(0.07)
        .sway(0.04);
    let mut kit = MeshKit::new()
        .with(
            taper(0.3, 0.17, 2.2, 7),
            at(0.0, 1.0, 0.0),
            Brush::fade(palette::BARK_DARK, palette::BARK),
        )
        .with(
            taper(0.11, 0.06, 1.0, 5),
            turned(0.35, 1.9, 0.1, [0.0, 0.0, -0.8]),
            palette::BARK,
        );
    for (x, y, z, radius) in [
        (0.0, 2.95, 0.0, 1.3),
        (0.95, 2.55, 0.25, 0.85),
        (-0.8, 2.65, -0.35, 0.95),
        (0.1, 2.5, 0.85, 0.75),
        (0.1, 3.75, -0.05, 0.85),
    ] {
        kit.add(ball(radius, fine), at(x, y, z), leaves);
    }
    kit
}

fn birch(fine: bool) -> MeshKit {
    let leaves = Brush::fade(palette::AUTUMN, palette::AUTUMN_TIP)
        .rough(0.13)
        .speckle(0.08)
        .sway(0.06);
    let mut kit = MeshKit::new().with(taper(0.16, 0.09, 2.9, 6), at(0.0, 1.4, 0.0), palette::BIRCH);
    for (y, turn) in [(0.5, 0.2), (1.0, 2.0), (1.45, 4.1), (1.85, 1.2)] {
        let place = turned(0.03, y, 0.03, [0.0, turn, 0.0]);
        kit.add(prism(0.135 - y * 0.015, 0.07, 5), place, palette::BARK_DARK);
    }
    for (x, y, z, radius) in [
        (0.0, 2.7, 0.0, 0.92),
        (0.45, 3.25, 0.1, 0.65),
        (-0.4, 3.15, -0.15, 0.7),
        (0.05, 3.85, 0.0, 0.62),
    ] {
        let place = at(x, y, z).with_scale(Vec3::new(1.0, 1.15, 1.0));
        kit.add(ball(radius, fine), place, leaves);
    }
    kit
}

/// Where the near trees stand, and what they are.
fn near_trees() -> impl Iterator<Item = (TreeKind, Transform)> {
    (0..NEAR).filter_map(|index| {
        let angle = (index as f32 + noise::between(index, -0.35, 0.35)) / NEAR as f32 * TAU;
        let distance = CLEARING_RADIUS + noise::between(index ^ 0x100, 0.9, 4.6);
        planted(angle, distance, index, 2.1)
    })
}

fn far_trees() -> impl Iterator<Item = (TreeKind, Transform)> {
    (0..FAR).filter_map(|index| {
        let angle = (index as f32 + noise::unit(index + 700)) / FAR as f32 * TAU * 3.0;
        let distance = CLEARING_RADIUS + 5.2 + noise::unit(index + 900) * 19.0;
        planted(angle, distance, index + 300, 2.6)
    })
}

/// A tree at a point of the ring, or none where a path needs its place.
fn planted(angle: f32, distance: f32, seed: u32, path_width: f32) -> Option<(TreeKind, Transform)> {
    let (x, z) = (angle.cos() * distance, angle.sin() * distance);
    if terrain::path_distance(x, z) < path_width {
        return None;
    }
    let size = noise::between(seed ^ 0x200, 0.85, 1.35);
    let place = Transform::from_xyz(x, terrain::height(x, z) - 0.1, z)
        .with_rotation(
            Quat::from_rotation_y(noise::unit(seed ^ 0x300) * TAU)
                * Quat::from_rotation_x((noise::unit(seed ^ 0x400) - 0.5) * 0.09 * PI),
        )
        .with_scale(Vec3::new(
            size,
            size * noise::between(seed, 0.92, 1.15),
            size,
        ));
    Some((TreeKind::growing_at(x, z, seed), place))
}

/// The woods behind the first row.
pub fn backdrop() -> MeshKit {
    let models = TreeKind::ALL.map(|kind| kind.build(false));
    let mut kit = MeshKit::new();
    for (kind, place) in far_trees() {
        kit.append(&models[kind as usize], place);
    }
    kit
}

/// Plants the wood.
pub fn spawn_trees(commands: &mut Commands, assets: &SceneAssets) {
    for (kind, place) in near_trees() {
        let mesh = assets.trees[kind as usize].clone();
        commands.spawn((still(mesh, &assets.foliage), place));
    }
    for woods in &assets.backdrop {
        // Their shadows would fall on each other, far away.
        commands.spawn((still(woods.clone(), &assets.foliage), NotShadowCaster));
    }
}
