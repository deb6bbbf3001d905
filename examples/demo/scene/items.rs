//! Things that lie on the ground and wait to be picked up.

pub mod shapes;

use std::f32::consts::TAU;

use bevy::light::NotShadowCaster;
use bevy::prelude::*;

use super::assets::SceneAssets;
use super::kit::{MeshKit, at, ring, spike, turned};
use super::noise;

/// Height above an item's place at which its name may float, metres.
pub const ITEM_LABEL_HEIGHT: f32 = 0.85;

/// How an item on the ground looks.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum GroundItemKind {
    /// A sword stuck in the ground.
    Sword,
    /// A round shield.
    Shield,
    /// A red potion.
    Potion,
    /// A grey stone.
    Rock,
    /// An apple.
    Apple,
    /// A small heap of coins.
    Coin,
    /// A folded cloak.
    Cloak,
    /// A pair of boots.
    Boots,
    /// A sack, for everything else.
    #[default]
    Sack,
}

impl GroundItemKind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Sword,
        Self::Shield,
        Self::Potion,
        Self::Rock,
        Self::Apple,
        Self::Coin,
        Self::Cloak,
        Self::Boots,
        Self::Sack,
    ];
}

/// The sparkle above an item.
#[derive(Component, Clone, Copy, Debug)]
pub struct Glint {
    phase: f32,
}

/// A four-pointed star over a thin ring on the ground, about the origin.
pub fn glint_mesh(color: Srgba) -> Mesh {
    let mut kit = MeshKit::new();
    for quarter in 0..4 {
        let turn = quarter as f32 * TAU / 4.0;
        let arm = turned(0.0, 0.0, 0.0, [0.0, 0.0, turn]) * at(0.0, 0.075, 0.0);
        kit.add(spike(0.028, 0.15, 4), arm, color);
    }
    kit.build()
}

/// A ring to lay round an item.
pub fn halo_mesh(color: Srgba) -> Mesh {
    MeshKit::new()
        .with(
            ring(0.42, 0.012, 28),
            at(0.0, 0.0, 0.0).with_scale(Vec3::new(1.0, 0.4, 1.0)),
            color,
        )
        .build()
}

/// Lays an item down at a point of the ground.
pub fn spawn_ground_item(
    commands: &mut Commands,
    assets: &SceneAssets,
    kind: GroundItemKind,
    position: Vec3,
) -> Entity {
    let seed = (position.x * 100.0) as i32 as u32 ^ ((position.z * 100.0) as i32 as u32) << 8;
    let phase = noise::unit(seed) * TAU;
    commands
        .spawn((
            Name::new("Item on the ground"),
            kind,
            Transform::from_translation(position),
            Visibility::default(),
        ))
        .with_children(|item| {
            item.spawn((
                Mesh3d(assets.items[kind as usize].clone()),
                MeshMaterial3d(assets.paint.clone()),
                Transform::from_rotation(Quat::from_rotation_y((phase - 3.0) * 0.25)),
            ));
            item.spawn((
                Mesh3d(assets.halo.clone()),
                MeshMaterial3d(assets.glow.clone()),
                NotShadowCaster,
                at(0.0, 0.03, 0.0),
            ));
            item.spawn((
                Glint { phase },
                Mesh3d(assets.glint.clone()),
                MeshMaterial3d(assets.glow.clone()),
                NotShadowCaster,
                at(0.16, 0.5, 0.12),
            ));
        })
        .id()
}

/// Lets glints twinkle.
pub fn twinkle(time: Res<Time>, mut glints: Query<(&Glint, &mut Transform)>) {
    for (glint, mut place) in &mut glints {
        let beat = (time.elapsed_secs() * 2.2 + glint.phase).sin();
        place.scale = Vec3::splat(0.35 + 0.85 * beat.max(0.0).powi(2));
        place.rotation = Quat::from_rotation_z(beat * 0.5);
    }
}
