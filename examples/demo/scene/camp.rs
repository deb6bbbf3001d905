//! The campfire and its tent.

use std::f32::consts::{FRAC_PI_2, TAU};

use bevy::light::NotShadowCaster;
use bevy::prelude::*;

use super::assets::SceneAssets;
use super::kit::{Brush, MeshKit, at, ball, cube, prism, spike, turned};
use super::layout::{CAMPFIRE_POSITION, TENT_POSITION};
use super::{noise, palette, still};

/// A flame that flickers.
#[derive(Component, Clone, Copy, Debug)]
pub struct Flicker {
    phase: f32,
}

/// Stones, logs and seats round the fire, the fire's foot at the origin.
pub fn hearth_mesh() -> Mesh {
    let mut kit = MeshKit::new();
    for stone in 0..10 {
        let angle = stone as f32 / 10.0 * TAU;
        let radius = noise::between(stone, 0.14, 0.2);
        kit.add(
            ball(radius, false),
            at(angle.cos() * 0.68, 0.08, angle.sin() * 0.68),
            Brush::fade(palette::STONE_DARK, palette::STONE_LIGHT).rough(0.04),
        );
    }
    for log in 0..5 {
        let angle = log as f32 / 5.0 * TAU;
        let place = Transform::from_xyz(angle.cos() * 0.2, 0.24, angle.sin() * 0.2)
            .with_rotation(Quat::from_rotation_y(-angle) * Quat::from_rotation_z(0.75));
        kit.add(
            prism(0.07, 0.72, 6),
            place,
            Brush::fade(palette::WOOD_DARK, palette::BARK_DARK),
        );
    }
    pot(&mut kit);
    for (x, z, turn) in [(-0.2, 1.65, 0.1), (1.75, 0.5, 1.35), (-1.3, -1.25, 0.8)] {
        let place = turned(x, 0.2, z, [0.0, turn, FRAC_PI_2]);
        kit.add(prism(0.21, 1.35, 8), place, palette::BARK);
        kit.add(prism(0.165, 1.37, 8), place, palette::WOOD_LIGHT);
    }
    kit.build()
}

/// A pot that hangs from three poles over the fire.
fn pot(kit: &mut MeshKit) {
    for pole in 0..3 {
        let turn = Quat::from_rotation_y(pole as f32 / 3.0 * TAU + 0.4);
        let place = Transform::from_rotation(turn)
            * at(0.33, 0.82, 0.0).with_rotation(Quat::from_rotation_z(0.4));
        kit.add(prism(0.028, 1.8, 5), place, palette::WOOD_DARK);
    }
    kit.add(prism(0.012, 0.42, 4), at(0.0, 1.42, 0.0), palette::IRON);
    let belly = at(0.0, 1.08, 0.0).with_scale(Vec3::new(1.0, 0.85, 1.0));
    kit.add(ball(0.23, true), belly, Brush::flat(palette::IRON));
    kit.add(
        prism(0.215, 0.05, 12),
        at(0.0, 1.23, 0.0),
        palette::BARK_DARK,
    );
    kit.add(prism(0.17, 0.06, 12), at(0.0, 1.235, 0.0), palette::AUTUMN);
}

/// One tongue of fire; its foot is at the origin.
pub fn flame_mesh() -> Mesh {
    MeshKit::new()
        .with(
            spike(0.27, 0.85, 6),
            at(0.0, 0.42, 0.0),
            Brush::fade(palette::FLAME_HEART, palette::FLAME)
                .rough(0.04)
                .sway(0.05),
        )
        .build()
}

/// The tent, its middle at the origin, its door to +z.
pub fn tent_mesh() -> Mesh {
    let mut kit = MeshKit::new();
    let (half, top, depth) = (1.25, 1.75, 1.3);
    for side in [-1.0_f32, 1.0] {
        let foot = |z: f32| Vec3::new(side * half, 0.0, z);
        let ridge = |z: f32| Vec3::new(0.0, top, z);
        for stripe in 0..5 {
            let z0 = depth - stripe as f32 * depth * 0.4;
            let z1 = z0 - depth * 0.4;
            let tone = if stripe % 2 == 0 {
                palette::CANVAS
            } else {
                palette::CANVAS_SHADE
            };
            let colors = [tone.mix(&palette::WOOD, 0.15), tone, tone];
            let out = Vec3::new(side * top, half, 0.0).normalize();
            quad(
                &mut kit,
                [foot(z0), foot(z1), ridge(z1), ridge(z0)],
                out,
                colors,
            );
        }
        let back = [
            Vec3::new(0.0, 0.0, -depth),
            Vec3::new(side * half, 0.0, -depth),
            Vec3::new(0.0, top, -depth),
        ];
        both_sides(&mut kit, back, -Vec3::Z, [palette::CANVAS; 3]);
        // The half-open door flap.
        let flap = [
            Vec3::new(side * half, 0.0, depth),
            Vec3::new(side * 0.55, 0.0, depth + 0.25),
            Vec3::new(0.0, top, depth),
        ];
        both_sides(&mut kit, flap, Vec3::Z, [palette::CANVAS; 3]);
    }
    kit.add(
        cube(0.08, 0.08, depth * 2.0 + 0.5),
        at(0.0, top, 0.0),
        palette::WOOD_DARK,
    );
    for z in [-depth, depth] {
        kit.add(
            prism(0.045, top + 0.25, 5),
            at(0.0, top / 2.0, z),
            palette::WOOD,
        );
    }
    kit.add(
        cube(0.8, 0.12, 1.7),
        at(0.0, 0.06, -0.15),
        palette::CLOTH_BLUE,
    );
    kit.add(cube(0.6, 0.16, 0.35), at(0.0, 0.14, -0.8), palette::PAPER);
    kit.build()
}

fn quad(kit: &mut MeshKit, corners: [Vec3; 4], normal: Vec3, colors: [Srgba; 3]) {
    let [a, b, c, d] = corners;
    both_sides(kit, [a, b, c], normal, [colors[0], colors[0], colors[1]]);
    both_sides(kit, [a, c, d], normal, [colors[0], colors[1], colors[2]]);
}

/// Cloth is seen from within, too.
fn both_sides(kit: &mut MeshKit, corners: [Vec3; 3], normal: Vec3, colors: [Srgba; 3]) {
    let [a, b, c] = corners;
    let [ca, cb, cc] = colors;
    kit.triangle([a, b, c], normal, colors, [0.0; 3]);
    kit.triangle([a, c, b], normal, [ca, cc, cb], [0.0; 3]);
}

/// A flickering flame with its foot at a place; flames of different phases flicker differently.
pub fn flame(assets: &SceneAssets, place: Transform, phase: f32) -> impl Bundle {
    (
        Flicker { phase },
        still(assets.flame.clone(), &assets.glow),
        NotShadowCaster,
        place,
    )
}

/// Lights the fire and pitches the tent.
pub fn spawn_camp(commands: &mut Commands, assets: &SceneAssets) {
    commands
        .spawn((
            Name::new("Campfire"),
            still(assets.hearth.clone(), &assets.paint),
            Transform::from_translation(CAMPFIRE_POSITION),
        ))
        .with_children(|fire| {
            for (index, (x, z, size)) in [(0.0, 0.0, 1.0), (0.16, 0.1, 0.7), (-0.15, 0.08, 0.6)]
                .into_iter()
                .enumerate()
            {
                let place = at(x, 0.12, z).with_scale(Vec3::splat(size));
                fire.spawn(flame(assets, place, index as f32 * 2.1));
            }
        });
    commands.spawn((
        Name::new("Tent"),
        still(assets.tent.clone(), &assets.paint),
        Transform::from_translation(TENT_POSITION).with_rotation(Quat::from_rotation_y(-0.75)),
    ));
}

/// Stretches flames up and down.
pub fn flicker(time: Res<Time>, mut flames: Query<(&Flicker, &mut Transform)>) {
    let now = time.elapsed_secs();
    for (flame, mut place) in &mut flames {
        let beat = (now * 7.3 + flame.phase).sin() * 0.12 + (now * 12.7 + flame.phase).sin() * 0.07;
        place.scale.y = place.scale.x * (1.0 + beat);
        place.rotation = Quat::from_rotation_y(now * 0.7 + flame.phase);
    }
}
