//! The camera that looks down at the hero.

use std::f32::consts::FRAC_PI_4;

use bevy::core_pipeline::tonemapping::{DebandDither, Tonemapping};
use bevy::light::{ShadowFilteringMethod, cluster::ClusterConfig};
use bevy::prelude::*;

use super::quality::SceneQuality;

/// Angle between the view and the ground, radians.
const PITCH: f32 = 0.64;
/// Distances from the target that the wheel can reach, metres.
const ZOOM: (f32, f32) = (8.0, 30.0);
/// Height above the target that the camera looks at, metres.
const CHEST_HEIGHT: f32 = 1.0;
/// How fast the view follows, share of the way for each second.
const FOLLOW_RATE: f32 = 6.0;

/// Sits on the scene's camera; say what to look at and the view glides there.
#[derive(Component, Clone, Copy, Debug, PartialEq)]
#[require(Gliding)]
pub struct CameraRig {
    /// Ground position to look at.
    pub target: Vec3,
    /// Where the camera stands round the target, radians; 0 looks along -z.
    pub yaw: f32,
    /// Distance from the target, metres.
    pub zoom: f32,
}

/// Where the view is on its way to the [`CameraRig`].
#[derive(Component, Clone, Copy, Debug, Default)]
pub struct Gliding(Option<CameraRig>);

impl Default for CameraRig {
    fn default() -> Self {
        Self {
            target: Vec3::ZERO,
            yaw: 0.0,
            zoom: 20.0,
        }
    }
}

impl CameraRig {
    /// Turns by eighths of a circle, positive to the left.
    pub fn turn(&mut self, eighths: f32) {
        self.yaw += eighths * FRAC_PI_4;
    }

    /// Comes nearer (positive) or goes farther by notches of the mouse wheel.
    pub fn zoom_by(&mut self, notches: f32) {
        self.zoom = (self.zoom * 0.9_f32.powf(notches)).clamp(ZOOM.0, ZOOM.1);
    }

    /// The walking direction on the ground for a wish on the screen (x right, y up), at most 1 long.
    pub fn heading(&self, wish: Vec2) -> Vec3 {
        let flat = Quat::from_rotation_y(self.yaw) * Vec3::new(wish.x, 0.0, -wish.y);
        flat.clamp_length_max(1.0)
    }

    /// Where the camera stands when it has arrived.
    fn place(&self) -> Transform {
        let focus = self.target + Vec3::Y * CHEST_HEIGHT;
        let back = Quat::from_euler(EulerRot::YXZ, self.yaw, -PITCH, 0.0) * Vec3::Z;
        Transform::from_translation(focus + back * self.zoom).looking_at(focus, Vec3::Y)
    }
}

/// Sets up the camera.
pub fn spawn_camera(mut commands: Commands) {
    commands.spawn((
        Name::new("Camera"),
        Camera3d::default(),
        CameraRig::default(),
        Projection::Perspective(PerspectiveProjection {
            fov: 0.58,
            near: 0.5,
            far: 120.0,
            ..default()
        }),
        // The paint shader keeps its colours below white, so the cheapest path will do.
        Tonemapping::None,
        DebandDither::Disabled,
        // There are no point lights to sort.
        ClusterConfig::Single,
    ));
}

/// Fits the camera to the quality whenever it changes.
pub fn fit_camera(
    mut commands: Commands,
    quality: Res<SceneQuality>,
    cameras: Query<Entity, With<CameraRig>>,
) {
    let filter = if quality.soft_shadows {
        ShadowFilteringMethod::Gaussian
    } else {
        ShadowFilteringMethod::Hardware2x2
    };
    for camera in &cameras {
        commands.entity(camera).insert((quality.msaa, filter));
    }
}

/// Glides towards the rig.
pub fn follow(time: Res<Time>, mut rigs: Query<(&CameraRig, &mut Gliding, &mut Transform)>) {
    let share = 1.0 - (-FOLLOW_RATE * time.delta_secs()).exp();
    for (goal, mut gliding, mut place) in &mut rigs {
        let now = gliding.0.get_or_insert(*goal);
        now.target = now.target.lerp(goal.target, share);
        now.yaw += (goal.yaw - now.yaw) * share;
        now.zoom += (goal.zoom - now.zoom) * share;
        *place = now.place();
    }
}
