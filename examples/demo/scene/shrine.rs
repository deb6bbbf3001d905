//! The shrine: an old stone beneath a little roof, an offering bowl, and candles that burn.

use bevy::prelude::*;

use super::assets::SceneAssets;
use super::kit::{Brush, MeshKit, at, ball, cube, prism, taper, turned};
use super::layout::SHRINE_POSITION;
use super::{camp, noise, palette, still};

/// Candles on the lower step: across, towards the viewer, height; metres.
const CANDLES: [(f32, f32, f32); 5] = [
    (-0.62, 0.52, 0.26),
    (-0.44, 0.64, 0.16),
    (0.5, 0.6, 0.3),
    (0.66, 0.46, 0.18),
    (0.36, 0.7, 0.12),
];
/// Where candles stand, above the ground.
const STEP: f32 = 0.16;

/// The shrine, its middle at the origin, its front to +z.
pub fn mesh() -> Mesh {
    let mut kit = MeshKit::new();
    let stone = Brush::fade(palette::STONE_DARK, palette::STONE_LIGHT).rough(0.025);
    kit.add(
        prism(1.02, STEP, 9),
        at(0.0, STEP / 2.0, 0.0),
        stone.speckle(0.1),
    );
    kit.add(
        prism(0.7, 0.16, 8),
        turned(0.0, 0.24, -0.1, [0.0, 0.3, 0.0]),
        stone,
    );
    pillar(&mut kit);
    bowl(&mut kit);
    roof(&mut kit);
    for (x, z, height) in CANDLES {
        let wax = Brush::fade(palette::CANVAS, palette::PAPER);
        kit.add(prism(0.05, height, 7), at(x, STEP + height / 2.0, z), wax);
    }
    for (index, (x, z)) in [(-0.95, 0.5), (0.98, 0.2), (-0.8, -0.75), (0.7, -0.8)]
        .into_iter()
        .enumerate()
    {
        let size = noise::between(index as u32 + 70, 0.13, 0.22);
        let moss = Brush::fade(palette::STONE_DARK, palette::MOSS).rough(0.03);
        kit.add(ball(size, false), at(x, size * 0.4, z), moss);
    }
    kit.build()
}

/// The standing stone with a sun cut into it.
fn pillar(kit: &mut MeshKit) {
    let stone = Brush::fade(palette::STONE_DARK, palette::STONE_LIGHT)
        .rough(0.03)
        .speckle(0.08);
    kit.add(
        taper(0.42, 0.3, 1.3, 6),
        turned(0.0, 0.9, -0.18, [0.0, 0.52, 0.0]),
        stone,
    );
    kit.add(
        prism(0.16, 0.05, 12),
        turned(0.0, 1.12, 0.14, [1.45, 0.0, 0.0]),
        palette::GOLD,
    );
    for ray in 0..8 {
        let angle = ray as f32 * std::f32::consts::FRAC_PI_4;
        let place = turned(
            angle.sin() * 0.24,
            1.12 + angle.cos() * 0.24,
            0.145,
            [-0.12, 0.0, -angle],
        );
        kit.add(cube(0.03, 0.1, 0.03), place, palette::GOLD);
    }
    kit.add(
        cube(0.46, 0.12, 0.3),
        at(0.0, 0.36, 0.12),
        Brush::fade(palette::MOSS, palette::STONE_LIGHT).rough(0.02),
    );
}

fn bowl(kit: &mut MeshKit) {
    kit.add(
        taper(0.11, 0.2, 0.14, 10),
        at(0.0, 0.39, 0.42),
        palette::IRON,
    );
    kit.add(prism(0.17, 0.02, 10), at(0.0, 0.465, 0.42), palette::WATER);
    for (x, z, tone) in [
        (-0.05, 0.4, palette::PETALS[0]),
        (0.06, 0.45, palette::PETALS[2]),
        (0.0, 0.36, palette::PETALS[1]),
    ] {
        let flat = at(x, 0.485, z).with_scale(Vec3::new(1.0, 0.4, 1.0));
        kit.add(ball(0.04, false), flat, tone);
    }
}

/// Two posts and a little shingled roof that keeps the rain from the stone.
fn roof(kit: &mut MeshKit) {
    let wood = Brush::fade(palette::WOOD_DARK, palette::WOOD);
    for x in [-0.62, 0.62] {
        kit.add(cube(0.11, 1.85, 0.11), at(x, 1.0, -0.22), wood);
    }
    kit.add(
        cube(1.5, 0.1, 0.12),
        at(0.0, 1.92, -0.22),
        palette::WOOD_DARK,
    );
    for side in [-1.0_f32, 1.0] {
        for row in 0..3 {
            for column in 0..4 {
                let seed = row * 4 + column + if side > 0.0 { 40 } else { 0 };
                let down = row as f32 * 0.19;
                let tone = palette::ROOF.mix(&palette::ROOF_LIGHT, noise::unit(seed + 700));
                let place = turned(
                    (column as f32 - 1.5) * 0.4 + noise::between(seed, -0.01, 0.01),
                    2.24 - down * 0.72,
                    -0.22 + side * (0.09 + down * 0.9),
                    [side * 0.62, 0.0, 0.0],
                );
                kit.add(cube(0.385, 0.05, 0.27), place, tone);
            }
        }
    }
    kit.add(
        cube(1.66, 0.09, 0.11),
        at(0.0, 2.3, -0.22),
        palette::WOOD_DARK,
    );
}

/// Puts the shrine up and lights its candles.
pub fn spawn_shrine(commands: &mut Commands, assets: &SceneAssets) {
    commands
        .spawn((
            Name::new("Shrine"),
            still(assets.shrine.clone(), &assets.paint),
            Transform::from_translation(SHRINE_POSITION),
        ))
        .with_children(|shrine| {
            for (index, (x, z, height)) in CANDLES.into_iter().enumerate() {
                let place = at(x, STEP + height, z).with_scale(Vec3::splat(0.16));
                shrine.spawn(camp::flame(assets, place, index as f32 * 1.3));
            }
        });
}
