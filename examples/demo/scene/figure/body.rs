//! A figure's own shape, coloured by its look.

use bevy::prelude::*;

use super::{FigureLook, FigureParts};
use crate::scene::kit::{Brush, MeshKit, at, ball, cube, prism, taper, turned};
use crate::scene::palette;

/// Height of the hips above the ground, metres.
pub const HIP_HEIGHT: f32 = 0.74;
/// Half the distance of the hips, metres.
pub const HIP: f32 = 0.13;
/// Half the distance of the shoulders, metres.
pub const SHOULDER: f32 = 0.31;
/// Height of the shoulders above the hips, metres.
pub const SHOULDER_ABOVE_HIP: f32 = 0.54;
/// Height of the neck above the hips, metres.
pub const NECK_ABOVE_HIP: f32 = 0.64;

fn torso(look: &FigureLook) -> Mesh {
    let cloth = look.body.to_srgba();
    let dark = cloth.mix(&Srgba::BLACK, 0.28);
    let flat = Transform::from_scale(Vec3::new(1.0, 1.0, 0.74));
    MeshKit::new()
        .with(
            taper(0.25, 0.3, 0.52, 9),
            flat * at(0.0, 0.34, 0.0),
            Brush::fade(cloth.mix(&dark, 0.4), cloth),
        )
        .with(
            taper(0.31, 0.24, 0.26, 9),
            flat * at(0.0, 0.0, 0.0),
            Brush::fade(dark, cloth.mix(&dark, 0.5)),
        )
        .with(
            prism(0.262, 0.085, 9),
            flat * at(0.0, 0.11, 0.0),
            palette::LEATHER,
        )
        .with(cube(0.1, 0.1, 0.05), at(0.0, 0.11, -0.19), palette::GOLD)
        .with(
            prism(0.13, 0.09, 8),
            at(0.0, 0.61, 0.0),
            cloth.mix(&Srgba::WHITE, 0.3),
        )
        .with(
            cube(0.09, 0.62, 0.03),
            turned(0.0, 0.33, -0.2, [0.06, 0.0, 0.72]),
            palette::LEATHER_LIGHT,
        )
        .with(
            cube(0.17, 0.17, 0.1),
            turned(0.27, 0.06, -0.02, [0.0, 1.4, 0.0]),
            palette::LEATHER,
        )
        .build()
}

fn head(look: &FigureLook) -> Mesh {
    let (skin, hair) = (look.skin.to_srgba(), look.hair.to_srgba());
    let locks = Brush::fade(hair.mix(&Srgba::BLACK, 0.2), hair).rough(0.012);
    let mut kit = MeshKit::new()
        .with(
            ball(0.235, true),
            at(0.0, 0.22, 0.0),
            Brush::flat(skin).speckle(0.02),
        )
        .with(
            ball(0.25, true),
            at(0.0, 0.27, 0.045).with_scale(Vec3::new(1.03, 0.92, 0.98)),
            locks,
        )
        .with(
            cube(0.3, 0.09, 0.1),
            turned(0.01, 0.385, -0.145, [-0.5, 0.0, 0.1]),
            locks,
        )
        .with(
            ball(0.045, false),
            at(0.0, 0.19, -0.24),
            skin.mix(&palette::CLOTH_RED, 0.12),
        );
    for side in [-1.0, 1.0] {
        kit.add(
            cube(0.045, 0.07, 0.03),
            at(side * 0.09, 0.24, -0.215),
            palette::EYES,
        );
    }
    kit.build()
}

fn arm(look: &FigureLook) -> Mesh {
    let cloth = look.body.to_srgba();
    MeshKit::new()
        .with(ball(0.115, false), at(0.0, 0.0, 0.0), cloth)
        .with(
            taper(0.085, 0.105, 0.36, 7),
            at(0.0, -0.18, 0.0),
            Brush::fade(cloth.mix(&Srgba::BLACK, 0.15), cloth),
        )
        .with(
            prism(0.1, 0.08, 7),
            at(0.0, -0.37, 0.0),
            palette::LEATHER_LIGHT,
        )
        .with(ball(0.09, false), at(0.0, -0.47, 0.0), look.skin.to_srgba())
        .build()
}

fn leg(look: &FigureLook) -> Mesh {
    let cloth = look.trousers.to_srgba();
    MeshKit::new()
        .with(
            taper(0.095, 0.13, 0.5, 7),
            at(0.0, -0.22, 0.0),
            Brush::fade(cloth.mix(&Srgba::BLACK, 0.2), cloth),
        )
        .with(
            taper(0.12, 0.115, 0.26, 7),
            at(0.0, -0.56, 0.0),
            palette::LEATHER,
        )
        .with(
            prism(0.13, 0.06, 7),
            at(0.0, -0.43, 0.0),
            palette::LEATHER_LIGHT,
        )
        .with(
            cube(0.19, 0.12, 0.32),
            at(0.0, -0.68, -0.05),
            palette::LEATHER,
        )
        .build()
}

/// Gives figures the shapes for their looks, when new and when changed.
pub fn dress(
    mut commands: Commands,
    mut meshes: ResMut<Assets<Mesh>>,
    figures: Query<(&FigureLook, &FigureParts), Or<(Changed<FigureLook>, Added<FigureParts>)>>,
) {
    for (look, parts) in &figures {
        let arm = meshes.add(arm(look));
        let leg = meshes.add(leg(look));
        let mut wear = |entity: Entity, mesh: Handle<Mesh>| {
            // The figure may be despawned in the same frame.
            commands.entity(entity).try_insert(Mesh3d(mesh));
        };
        wear(parts.body, meshes.add(torso(look)));
        wear(parts.head, meshes.add(head(look)));
        for limb in parts.arms {
            wear(limb, arm.clone());
        }
        for limb in parts.legs {
            wear(limb, leg.clone());
        }
    }
}
