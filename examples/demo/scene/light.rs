//! Warm afternoon sun, cool shade, haze between the trees.

use bevy::light::{
    CascadeShadowConfigBuilder, DirectionalLightShadowMap, GlobalAmbientLight,
};
use bevy::prelude::*;

use super::palette;
use super::quality::SceneQuality;

/// The scene's one sun.
#[derive(Component, Debug)]
pub struct Sun;

/// The haze for the scene's camera.
pub fn haze() -> DistanceFog {
    DistanceFog {
        color: palette::SKY.into(),
        falloff: FogFalloff::Linear {
            start: 19.0,
            end: 52.0,
        },
        ..default()
    }
}

/// Lets the sun shine.
pub fn spawn_sun(mut commands: Commands) {
    commands.insert_resource(ClearColor(palette::SKY.into()));
    commands.insert_resource(GlobalAmbientLight {
        color: palette::SHADE.into(),
        brightness: 620.0,
        ..default()
    });
    commands.spawn((
        Name::new("Sun"),
        Sun,
        DirectionalLight {
            color: palette::SUN.into(),
            illuminance: 3900.0,
            shadow_depth_bias: 0.06,
            shadow_normal_bias: 1.2,
            ..default()
        },
        Transform::from_xyz(-7.5, 9.0, 4.0).looking_at(Vec3::ZERO, Vec3::Y),
    ));
}

/// Fits the shadows to the quality whenever it changes.
pub fn fit_shadows(
    mut commands: Commands,
    quality: Res<SceneQuality>,
    mut suns: Query<(Entity, &mut DirectionalLight), With<Sun>>,
) {
    commands.insert_resource(DirectionalLightShadowMap {
        size: quality.shadow_map,
    });
    for (entity, mut light) in &mut suns {
        light.shadow_maps_enabled = quality.shadows;
        let cascades = CascadeShadowConfigBuilder {
            num_cascades: quality.cascades.max(1),
            minimum_distance: 6.0,
            first_cascade_far_bound: 24.0,
            maximum_distance: 40.0,
            overlap_proportion: 0.2,
        };
        commands.entity(entity).insert(cascades.build());
    }
}
