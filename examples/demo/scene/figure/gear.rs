//! Gear that shows on a figure.

use std::f32::consts::FRAC_PI_2;

use bevy::prelude::*;

use super::FigureParts;
use crate::scene::kit::{Brush, MeshKit, at, ball, cube, prism, ring, spike, taper, turned};
use crate::scene::palette;

/// What a figure visibly wears.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FigureGear {
    /// A helmet over the hair.
    pub helmet: bool,
    /// A sword in the right hand.
    pub weapon: bool,
    /// A shield on the left arm.
    pub shield: bool,
    /// A breastplate with shoulder pieces.
    pub armor: bool,
}

/// Helmet, weapon, shield and armour, each relative to the part that carries it.
pub fn meshes() -> [Mesh; 4] {
    [helmet(), sword(), shield(), armor()]
}

fn helmet() -> Mesh {
    let steel = Brush::fade(palette::IRON, palette::STEEL).speckle(0.04);
    MeshKit::new()
        .with(
            ball(0.32, true),
            at(0.0, 0.32, 0.03).with_scale(Vec3::new(1.0, 0.86, 1.04)),
            steel,
        )
        .with(prism(0.325, 0.07, 10), at(0.0, 0.3, 0.03), palette::GOLD)
        .with(cube(0.055, 0.2, 0.05), at(0.0, 0.23, -0.29), palette::STEEL)
        .with(
            cube(0.06, 0.16, 0.5),
            at(0.0, 0.61, 0.04),
            Brush::fade(palette::CLOTH_RED, palette::ROOF_LIGHT).rough(0.02),
        )
        .build()
}

fn sword() -> Mesh {
    // In the fist, pointing forward and a little up.
    let grip = turned(0.0, -0.47, -0.02, [-1.15, 0.0, 0.0]);
    MeshKit::new()
        .with(
            cube(0.085, 0.85, 0.028),
            grip * at(0.0, 0.6, 0.0),
            palette::STEEL,
        )
        .with(
            spike(0.055, 0.14, 4),
            grip * at(0.0, 1.09, 0.0),
            palette::STEEL,
        )
        .with(
            cube(0.32, 0.06, 0.075),
            grip * at(0.0, 0.16, 0.0),
            palette::GOLD,
        )
        .with(
            prism(0.033, 0.26, 6),
            grip * at(0.0, 0.02, 0.0),
            palette::LEATHER,
        )
        .with(ball(0.05, false), grip * at(0.0, -0.13, 0.0), palette::GOLD)
        .build()
}

fn shield() -> Mesh {
    let face = turned(-0.14, -0.3, -0.06, [0.0, 0.0, FRAC_PI_2]);
    MeshKit::new()
        .with(prism(0.36, 0.06, 12), face, palette::CLOTH_RED)
        .with(ring(0.36, 0.04, 12), face, palette::STEEL)
        .with(
            taper(0.13, 0.05, 0.08, 8),
            face * at(0.0, 0.06, 0.0),
            palette::GOLD,
        )
        .with(cube(0.66, 0.065, 0.07), face, palette::PAPER)
        .build()
}

fn armor() -> Mesh {
    let steel = Brush::fade(palette::IRON, palette::STEEL).speckle(0.05);
    let flat = Transform::from_scale(Vec3::new(1.0, 1.0, 0.8));
    let mut kit = MeshKit::new()
        .with(
            taper(0.27, 0.325, 0.42, 9),
            flat * at(0.0, 0.37, 0.0),
            steel,
        )
        .with(taper(0.33, 0.27, 0.2, 9), flat * at(0.0, -0.02, 0.0), steel)
        .with(cube(0.05, 0.36, 0.04), at(0.0, 0.38, -0.255), palette::GOLD);
    for side in [-1.0, 1.0] {
        kit.add(
            ball(0.17, true),
            at(side * 0.33, 0.57, 0.0).with_scale(Vec3::new(1.0, 0.75, 1.05)),
            steel,
        );
        kit.add(
            ring(0.15, 0.022, 9),
            at(side * 0.33, 0.52, 0.0),
            palette::GOLD,
        );
    }
    kit.build()
}

/// Shows and hides gear when it changes.
pub fn wear(
    figures: Query<(&FigureGear, &FigureParts), Or<(Changed<FigureGear>, Added<FigureParts>)>>,
    mut shown: Query<&mut Visibility>,
) {
    for (gear, parts) in &figures {
        let worn = [gear.helmet, gear.weapon, gear.shield, gear.armor];
        for (entity, worn) in parts.gear.into_iter().zip(worn) {
            if let Ok(mut visibility) = shown.get_mut(entity) {
                *visibility = if worn {
                    Visibility::Inherited
                } else {
                    Visibility::Hidden
                };
            }
        }
    }
}
