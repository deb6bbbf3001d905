//! Chests with lids that open.

use std::f32::consts::FRAC_PI_2;

use bevy::prelude::*;

use super::assets::SceneAssets;
use super::kit::{Brush, MeshKit, at, cube, prism, turned};
use super::palette;

/// Width, height and depth of a chest's body, metres.
const BODY: Vec3 = Vec3::new(1.15, 0.52, 0.72);
/// How far an open lid leans back, radians.
const OPEN_ANGLE: f32 = -1.9;
/// How fast a lid moves, share of the way for each second.
const LID_RATE: f32 = 7.0;

/// Sits on a chest; set `open` and the lid follows.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChestLid {
    /// Whether the lid should be up.
    pub open: bool,
}

/// Sits on the lid itself, the chest's child.
#[derive(Component, Debug, Default)]
pub struct LidHinge {
    angle: f32,
}

/// The chest without its lid; its foot is at the origin, its front looks to +z.
pub fn body_mesh() -> Mesh {
    let (w, h, d) = (BODY.x, BODY.y, BODY.z);
    let wood = Brush::fade(palette::WOOD_DARK, palette::WOOD);
    let mut kit = MeshKit::new();
    for z in [-1.0, 1.0] {
        kit.add(
            cube(w, h, 0.07),
            at(0.0, h / 2.0, z * (d / 2.0 - 0.035)),
            wood,
        );
    }
    for x in [-1.0, 1.0] {
        kit.add(
            cube(0.07, h, d),
            at(x * (w / 2.0 - 0.035), h / 2.0, 0.0),
            wood,
        );
        kit.add(
            cube(0.11, h + 0.01, d + 0.04),
            at(x * w * 0.36, h / 2.0, 0.0),
            Brush::flat(palette::IRON).speckle(0.1),
        );
    }
    // Bright enough that an open chest shows something inside.
    kit.add(
        cube(w - 0.1, 0.06, d - 0.1),
        at(0.0, h * 0.55, 0.0),
        palette::BARK_DARK,
    );
    for (x, z, tone) in [
        (-0.22, 0.05, palette::GOLD),
        (0.05, -0.1, palette::GOLD),
        (0.25, 0.08, palette::CLOTH_RED),
    ] {
        let place = at(x, h * 0.62, z).with_scale(Vec3::new(1.2, 0.6, 1.0));
        kit.add(
            super::kit::ball(0.13, false),
            place,
            Brush::flat(tone).rough(0.02),
        );
    }
    kit.add(
        cube(w + 0.03, 0.06, d + 0.03),
        at(0.0, 0.03, 0.0),
        palette::BARK_DARK,
    );
    kit.build()
}

/// The rounded lid; its hinge is at the origin, the lid reaches to +z.
pub fn lid_mesh() -> Mesh {
    let (w, d) = (BODY.x, BODY.z);
    let across = turned(0.0, 0.0, d / 2.0, [0.0, 0.0, FRAC_PI_2]);
    let wood = Brush::fade(palette::WOOD, palette::WOOD_LIGHT);
    let squash = Transform::from_scale(Vec3::new(1.0, 0.72, 1.0));
    let mut kit = MeshKit::new().with(prism(d / 2.0, w, 14), squash * across, wood);
    for x in [-1.0, 1.0] {
        let band = turned(x * w * 0.36, 0.0, d / 2.0, [0.0, 0.0, FRAC_PI_2]);
        kit.add(
            prism(d / 2.0 + 0.025, 0.11, 14),
            squash * band,
            Brush::flat(palette::IRON).speckle(0.1),
        );
    }
    kit.add(
        cube(0.2, 0.24, 0.06),
        at(0.0, -0.02, d + 0.01),
        palette::GOLD,
    );
    kit.add(
        cube(0.05, 0.09, 0.07),
        at(0.0, -0.05, d + 0.015),
        palette::BARK_DARK,
    );
    kit.build()
}

/// Puts a closed chest at a place (its foot; front to the place's +z).
pub fn spawn_chest(commands: &mut Commands, assets: &SceneAssets, place: Transform) -> Entity {
    commands
        .spawn((
            Name::new("Chest"),
            ChestLid::default(),
            Mesh3d(assets.chest_body.clone()),
            MeshMaterial3d(assets.paint.clone()),
            place,
        ))
        .with_child((
            LidHinge::default(),
            Mesh3d(assets.chest_lid.clone()),
            MeshMaterial3d(assets.paint.clone()),
            Transform::from_xyz(0.0, BODY.y, -BODY.z / 2.0),
        ))
        .id()
}

/// Moves lids towards where they should be.
pub fn swing_lids(
    time: Res<Time>,
    chests: Query<&ChestLid>,
    mut lids: Query<(&mut LidHinge, &mut Transform, &ChildOf)>,
) {
    let share = 1.0 - (-LID_RATE * time.delta_secs()).exp();
    for (mut hinge, mut place, chest) in &mut lids {
        let Ok(lid) = chests.get(chest.parent()) else {
            continue;
        };
        let goal = if lid.open { OPEN_ANGLE } else { 0.0 };
        if (goal - hinge.angle).abs() < 1e-3 {
            continue;
        }
        hinge.angle += (goal - hinge.angle) * share;
        place.rotation = Quat::from_rotation_x(hinge.angle);
    }
}
