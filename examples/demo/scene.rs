//! The demo's place: a small forest clearing built from primitives, without any asset files.
//!
//! Nothing in here knows the game's rules: the rest of the demo spawns figures, chests and items
//! through plain functions and then changes their components.

pub mod assets;
pub mod brambles;
pub mod camera;
pub mod camp;
pub mod chest;
pub mod circle;
pub mod figure;
pub mod forge;
pub mod garden;
pub mod items;
pub mod kit;
pub mod layout;
pub mod light;
pub mod mark;
pub mod meadow;
pub mod noise;
pub mod paint;
pub mod palette;
pub mod quality;
pub mod rocks;
pub mod shrine;
pub mod signpost;
pub mod stall;
pub mod terrain;
pub mod trees;
pub mod well;

use bevy::light::NotShadowCaster;
use bevy::picking::Pickable;
use bevy::prelude::*;

use assets::SceneAssets;
use layout::{
    BRAMBLE_POSITIONS, GARDEN_POSITION, SIGNPOST_POSITIONS, STALL_POSITION, WELL_POSITION,
};
use paint::PaintMaterial;
use quality::SceneQuality;

/// The clearing with its light and camera. Insert a [`SceneQuality`] first to choose one yourself.
#[derive(Debug, Default)]
pub struct ScenePlugin;

/// The scene's systems in `Update`; move figures and the [`camera::CameraRig`] before them.
#[derive(SystemSet, Clone, Debug, PartialEq, Eq, Hash)]
pub struct SceneSystems;

impl Plugin for ScenePlugin {
    fn build(&self, app: &mut App) {
        app.add_plugins(paint::plugin)
            .add_systems(PreStartup, assets::build_assets)
            .add_systems(
                Startup,
                (spawn_clearing, light::spawn_sun, camera::spawn_camera),
            )
            .add_systems(
                Update,
                (
                    camera::follow,
                    camp::flicker,
                    chest::swing_lids,
                    items::twinkle,
                    mark::turn,
                    (
                        figure::body::dress,
                        figure::gear::wear,
                        figure::motion::animate,
                    )
                        .chain(),
                    (light::fit_shadows, camera::fit_camera)
                        .run_if(resource_exists_and_changed::<SceneQuality>),
                )
                    .in_set(SceneSystems),
            );
    }
}

/// What never moves and never matters to the pointer.
fn still(mesh: Handle<Mesh>, material: &Handle<PaintMaterial>) -> impl Bundle {
    (
        Mesh3d(mesh),
        MeshMaterial3d(material.clone()),
        Pickable::IGNORE,
    )
}

fn spawn_clearing(mut commands: Commands, assets: Res<SceneAssets>) {
    for mesh in assets.terrain.iter().chain(&assets.meadow) {
        commands.spawn((still(mesh.clone(), &assets.paint), NotShadowCaster));
    }
    for mesh in &assets.undergrowth {
        commands.spawn(still(mesh.clone(), &assets.paint));
    }
    trees::spawn_trees(&mut commands, &assets);
    camp::spawn_camp(&mut commands, &assets);
    commands.spawn((
        Name::new("Well"),
        still(assets.well.clone(), &assets.paint),
        Transform::from_translation(WELL_POSITION),
    ));
    shrine::spawn_shrine(&mut commands, &assets);
    forge::spawn_forge(&mut commands, &assets);
    circle::spawn_circle(&mut commands, &assets);
    commands.spawn((
        Name::new("Stall"),
        still(assets.stall.clone(), &assets.paint),
        Transform::from_translation(STALL_POSITION),
    ));
    for (mesh, position) in assets.brambles.iter().zip(BRAMBLE_POSITIONS) {
        commands.spawn((
            Name::new("Brambles"),
            still(mesh.clone(), &assets.paint),
            Transform::from_translation(position),
        ));
    }
    commands.spawn((
        Name::new("Garden"),
        still(assets.garden.clone(), &assets.paint),
        Transform::from_translation(GARDEN_POSITION),
    ));
    for (position, turn) in SIGNPOST_POSITIONS.into_iter().zip([-0.2, 0.35]) {
        let place =
            Transform::from_translation(position).with_rotation(Quat::from_rotation_y(turn));
        signpost::spawn_signpost(&mut commands, &assets, place);
    }
}
