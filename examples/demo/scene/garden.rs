//! A fenced vegetable patch.

use bevy::prelude::*;

use super::kit::{Brush, MeshKit, at, ball, cube, prism, spike, turned};
use super::{noise, palette};

/// Half the side of the fence, metres.
const HALF: f32 = 1.75;

/// Fence and plants, the patch's middle at the origin, its gap to +z.
pub fn mesh() -> Mesh {
    let mut kit = MeshKit::new();
    fence(&mut kit);
    for row in 0..3 {
        for column in 0..4 {
            let seed = row * 4 + column;
            let x = (column as f32 - 1.5) * 0.62 + noise::between(seed, -0.05, 0.05);
            let z = (row as f32 - 1.0) * 0.72;
            match row {
                0 => cabbage(&mut kit, x, z),
                1 => pumpkin(&mut kit, x, z, seed),
                _ => carrot(&mut kit, x, z),
            }
        }
    }
    kit.build()
}

fn fence(kit: &mut MeshKit) {
    let wood = Brush::fade(palette::WOOD_DARK, palette::WOOD_LIGHT);
    let steps = 3;
    for side in 0..4 {
        let turn = Transform::from_rotation(Quat::from_rotation_y(
            side as f32 * std::f32::consts::FRAC_PI_2,
        ));
        for step in 0..steps {
            let x = -HALF + step as f32 * 2.0 * HALF / steps as f32;
            let lean = noise::between(side * 9 + step, -0.06, 0.06);
            let post = turned(x, 0.4, HALF, [lean, 0.0, lean]);
            kit.add(cube(0.13, 0.95, 0.13), turn * post, wood);
            // The middle of the front is the way in.
            if side == 0 && step == 1 {
                continue;
            }
            for height in [0.36, 0.66] {
                let tilt = noise::between(side * 31 + step + (height * 10.0) as u32, -0.03, 0.03);
                let rail = turned(x + HALF / steps as f32, height, HALF, [0.0, 0.0, tilt]);
                kit.add(
                    cube(2.0 * HALF / steps as f32 + 0.1, 0.1, 0.055),
                    turn * rail,
                    wood,
                );
            }
        }
    }
}

fn cabbage(kit: &mut MeshKit, x: f32, z: f32) {
    let leaves = Brush::fade(palette::LEAF, palette::GRASS_TIP).rough(0.04);
    kit.add(ball(0.2, false), at(x, 0.14, z), leaves);
}

fn pumpkin(kit: &mut MeshKit, x: f32, z: f32, seed: u32) {
    let size = noise::between(seed, 0.15, 0.23);
    let place = at(x, size * 0.7, z).with_scale(Vec3::new(1.0, 0.78, 1.0));
    kit.add(
        ball(size, true),
        place,
        Brush::fade(palette::AUTUMN, palette::FLAME),
    );
    kit.add(
        prism(0.03, 0.1, 5),
        at(x, size * 1.5, z),
        palette::GRASS_DEEP,
    );
}

fn carrot(kit: &mut MeshKit, x: f32, z: f32) {
    for lean in [-0.35_f32, 0.0, 0.35] {
        kit.add(
            spike(0.05, 0.3, 4),
            turned(x - lean * 0.15, 0.14, z, [lean * 0.5, 0.0, lean]),
            Brush::fade(palette::GRASS_DEEP, palette::GRASS_TIP).sway(0.03),
        );
    }
}
