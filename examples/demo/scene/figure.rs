//! People of simple shapes: looks, walking and visible gear.

pub mod body;
pub mod gear;
pub mod motion;

use bevy::prelude::*;

pub use gear::FigureGear;
pub use motion::FigureMotion;

use super::assets::SceneAssets;
use super::palette;

/// Height above a figure's foot at which a name may float, metres.
pub const FIGURE_LABEL_HEIGHT: f32 = 2.15;

/// A figure's colours; change them at any time.
#[derive(Component, Clone, Copy, Debug, PartialEq)]
pub struct FigureLook {
    /// Tunic and sleeves.
    pub body: Color,
    /// Face and hands.
    pub skin: Color,
    /// Hair.
    pub hair: Color,
    /// Trousers.
    pub trousers: Color,
}

impl Default for FigureLook {
    fn default() -> Self {
        Self {
            body: palette::CLOTH_BLUE.into(),
            skin: palette::SKIN.into(),
            hair: palette::HAIR.into(),
            trousers: palette::TROUSERS.into(),
        }
    }
}

impl FigureLook {
    /// The usual look with another tunic.
    pub fn coloured(body: impl Into<Color>) -> Self {
        Self {
            body: body.into(),
            ..default()
        }
    }
}

/// The entities a figure consists of; made by [`spawn_figure`].
#[derive(Component, Clone, Copy, Debug)]
pub struct FigureParts {
    /// Moves up and down with the steps; carries everything but the legs.
    pub body: Entity,
    /// Head with hair.
    pub head: Entity,
    /// Left and right arm.
    pub arms: [Entity; 2],
    /// Left and right leg.
    pub legs: [Entity; 2],
    /// Helmet, weapon, shield, armour.
    pub gear: [Entity; 4],
}

/// Puts a figure at a place: foot on the ground, face to the place's forward (-z).
pub fn spawn_figure(
    commands: &mut Commands,
    assets: &SceneAssets,
    look: FigureLook,
    place: Transform,
) -> Entity {
    let root = commands
        .spawn((
            Name::new("Figure"),
            look,
            FigureMotion::default(),
            FigureGear::default(),
            place,
            Visibility::default(),
        ))
        .id();
    let mut part = |parent: Entity, at: Vec3| {
        commands
            .spawn((
                MeshMaterial3d(assets.paint.clone()),
                Transform::from_translation(at),
                Visibility::default(),
                ChildOf(parent),
            ))
            .id()
    };
    let body = part(root, Vec3::Y * body::HIP_HEIGHT);
    let head = part(body, Vec3::Y * body::NECK_ABOVE_HIP);
    let shoulder = |side: f32| Vec3::new(side * body::SHOULDER, body::SHOULDER_ABOVE_HIP, 0.0);
    // A figure faces -z, so its left is at -x.
    let arms = [-1.0, 1.0].map(|side| part(body, shoulder(side)));
    let legs = [-1.0, 1.0].map(|side| {
        let hip = Vec3::new(side * body::HIP, body::HIP_HEIGHT, 0.0);
        part(root, hip)
    });
    let gear = [head, arms[1], arms[0], body].map(|parent| part(parent, Vec3::ZERO));
    for (entity, mesh) in gear.into_iter().zip(&assets.gear) {
        commands
            .entity(entity)
            .insert((Mesh3d(mesh.clone()), Visibility::Hidden));
    }
    commands.entity(root).insert(FigureParts {
        body,
        head,
        arms,
        legs,
        gear,
    });
    root
}

/// Turns a figure's place to face a direction on the ground; keeps it when there is none.
pub fn face(place: &mut Transform, direction: Vec3) {
    let flat = direction.with_y(0.0);
    if flat.length_squared() > 1e-6 {
        place.look_to(flat, Vec3::Y);
    }
}
