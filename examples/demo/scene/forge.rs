//! The forge: a stone hearth with coals, an anvil on a stump, a trough, and tools on a rack.

use bevy::prelude::*;

use super::assets::SceneAssets;
use super::kit::{Brush, MeshKit, at, ball, cube, prism, taper, turned};
use super::layout::FORGE_POSITION;
use super::{camp, noise, palette, still};

/// Where the flames stand: across, up, towards the viewer, size; metres.
const FLAMES: [(f32, f32, f32, f32); 3] = [
    (-0.1, 0.86, 0.0, 0.62),
    (0.16, 0.86, 0.08, 0.46),
    (0.02, 0.86, -0.14, 0.4),
];

/// The forge, the hearth's middle at the origin, its front to +x.
pub fn mesh() -> Mesh {
    let mut kit = MeshKit::new();
    hearth(&mut kit);
    anvil(&mut kit);
    trough(&mut kit);
    rack(&mut kit);
    kit.build()
}

fn hearth(kit: &mut MeshKit) {
    let stone = Brush::fade(palette::STONE_DARK, palette::STONE_LIGHT).rough(0.03);
    kit.add(cube(1.3, 0.8, 1.5), at(0.0, 0.4, 0.0), stone.speckle(0.12));
    for corner in 0..14 {
        let turn = corner as f32 / 14.0 * std::f32::consts::TAU;
        let size = noise::between(corner + 30, 0.11, 0.17);
        let place = at(turn.cos() * 0.52, 0.84, turn.sin() * 0.6);
        kit.add(ball(size, false), place, stone);
    }
    for coal in 0..9 {
        let x = noise::between(coal + 60, -0.32, 0.32);
        let z = noise::between(coal + 80, -0.4, 0.4);
        let glow = if coal % 3 == 0 {
            palette::FLAME
        } else {
            palette::BARK_DARK
        };
        kit.add(
            ball(0.12, false),
            at(x, 0.8, z),
            Brush::flat(glow).rough(0.02),
        );
    }
    // The hood and its chimney.
    kit.add(
        taper(0.95, 0.34, 0.7, 4),
        turned(-0.1, 2.0, 0.0, [0.0, std::f32::consts::FRAC_PI_4, 0.0]),
        Brush::fade(palette::STONE_DARK, palette::IRON),
    );
    kit.add(prism(0.3, 1.0, 6), at(-0.1, 2.75, 0.0), stone);
    for (x, z) in [(-0.55, -0.62), (-0.55, 0.62)] {
        kit.add(prism(0.09, 1.0, 6), at(x, 1.25, z), palette::STONE_DARK);
    }
}

fn anvil(kit: &mut MeshKit) {
    let (x, z) = (1.45, 0.7);
    kit.add(
        prism(0.3, 0.5, 9),
        at(x, 0.25, z),
        Brush::fade(palette::BARK_DARK, palette::BARK),
    );
    let iron = Brush::fade(palette::IRON, palette::STEEL).speckle(0.04);
    kit.add(cube(0.26, 0.12, 0.3), at(x, 0.56, z), iron);
    kit.add(cube(0.22, 0.16, 0.62), at(x, 0.7, z), iron);
    let horn = turned(x, 0.71, z + 0.44, [std::f32::consts::FRAC_PI_2, 0.0, 0.0]);
    kit.add(taper(0.1, 0.015, 0.28, 8), horn, iron);
    kit.add(cube(0.05, 0.05, 0.4), at(x, 0.81, z - 0.05), palette::WOOD);
    kit.add(
        cube(0.12, 0.12, 0.18),
        at(x, 0.82, z + 0.16),
        palette::STEEL,
    );
}

fn trough(kit: &mut MeshKit) {
    let (x, z) = (0.9, -1.15);
    let wood = Brush::fade(palette::WOOD_DARK, palette::WOOD);
    kit.add(cube(0.95, 0.36, 0.5), at(x, 0.2, z), wood);
    kit.add(cube(0.83, 0.03, 0.38), at(x, 0.38, z), palette::WATER);
}

fn rack(kit: &mut MeshKit) {
    let wood = Brush::flat(palette::WOOD_DARK);
    for x in [0.35, 1.55] {
        kit.add(prism(0.05, 1.7, 6), at(x, 0.85, -1.75), wood);
    }
    kit.add(cube(1.35, 0.07, 0.07), at(0.95, 1.5, -1.75), wood);
    for (index, x) in [0.6, 0.85, 1.1, 1.32].into_iter().enumerate() {
        let length = noise::between(index as u32 + 95, 0.45, 0.75);
        kit.add(
            cube(0.05, length, 0.04),
            at(x, 1.48 - length / 2.0, -1.71),
            palette::STEEL,
        );
        kit.add(cube(0.13, 0.05, 0.05), at(x, 1.42, -1.71), palette::LEATHER);
    }
}

/// Builds the forge and lights it.
pub fn spawn_forge(commands: &mut Commands, assets: &SceneAssets) {
    commands
        .spawn((
            Name::new("Forge"),
            still(assets.forge.clone(), &assets.paint),
            Transform::from_translation(FORGE_POSITION),
        ))
        .with_children(|forge| {
            for (index, (x, y, z, size)) in FLAMES.into_iter().enumerate() {
                let place = at(x, y, z).with_scale(Vec3::splat(size));
                forge.spawn(camp::flame(assets, place, index as f32 * 1.7));
            }
        });
}
