//! Warm afternoon sun, cool shade, haze between the trees.

use bevy::light::{CascadeShadowConfigBuilder, DirectionalLightShadowMap};
use bevy::prelude::*;

use super::palette;
use super::quality::SceneQuality;

/// The scene's one sun.
#[derive(Component, Debug)]
pub struct Sun;

/// Where the sun stands, seen from the middle of the clearing; only the direction counts.
pub const SUN_PLACE: Vec3 = Vec3::new(-7.5, 9.0, 4.0);
/// Brightness of the sun, 1 for a white surface that faces it to be white.
pub const SUN_STRENGTH: f32 = 1.3;
/// Brightness of the sky.
pub const SKY_STRENGTH: f32 = 0.62;
/// Where the haze begins, metres from the camera.
pub const HAZE_START: f32 = 20.0;
/// Where the haze hides everything, metres from the camera.
pub const HAZE_END: f32 = 54.0;

/// Lets the sun shine: Bevy works out its shadows, its light comes from the paint.
pub fn spawn_sun(mut commands: Commands) {
    commands.insert_resource(ClearColor(palette::SKY.into()));
    commands.spawn((
        Name::new("Sun"),
        Sun,
        DirectionalLight {
            shadow_depth_bias: 0.06,
            shadow_normal_bias: 1.2,
            ..default()
        },
        Transform::from_translation(SUN_PLACE).looking_at(Vec3::ZERO, Vec3::Y),
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
