//! The shapes of items on the ground, somewhat larger than life so that they read from afar.

use std::f32::consts::{FRAC_PI_2, TAU};

use bevy::prelude::*;

use super::GroundItemKind;
use crate::scene::kit::{Brush, MeshKit, at, ball, cube, prism, ring, spike, taper, turned};
use crate::scene::{noise, palette};

/// The mesh for a kind; its foot is at the origin.
pub fn mesh(kind: GroundItemKind) -> Mesh {
    match kind {
        GroundItemKind::Sword => sword(),
        GroundItemKind::Shield => shield(),
        GroundItemKind::Potion => potion(),
        GroundItemKind::Rock => rock(),
        GroundItemKind::Apple => apple(),
        GroundItemKind::Coin => coins(),
        GroundItemKind::Cloak => cloak(),
        GroundItemKind::Boots => boots(),
        GroundItemKind::Sack => sack(),
    }
    .build()
}

fn sword() -> MeshKit {
    // Stuck in the ground at a slant, hilt up.
    let lean = turned(0.0, 0.0, 0.0, [0.25, 0.0, 0.3]);
    MeshKit::new()
        .with(
            cube(0.1, 0.75, 0.035),
            lean * at(0.0, 0.33, 0.0),
            palette::STEEL,
        )
        .with(
            cube(0.38, 0.07, 0.09),
            lean * at(0.0, 0.72, 0.0),
            palette::GOLD,
        )
        .with(
            prism(0.04, 0.24, 6),
            lean * at(0.0, 0.86, 0.0),
            palette::LEATHER,
        )
        .with(ball(0.065, false), lean * at(0.0, 1.0, 0.0), palette::GOLD)
        .with(
            ball(0.13, false),
            at(0.0, 0.0, 0.0).with_scale(Vec3::new(1.0, 0.4, 1.0)),
            palette::SOIL,
        )
}

fn shield() -> MeshKit {
    let face = turned(0.0, 0.24, 0.0, [0.95, 0.0, 0.0]);
    MeshKit::new()
        .with(prism(0.37, 0.06, 14), face, palette::CLOTH_BLUE)
        .with(ring(0.37, 0.042, 14), face, palette::STEEL)
        .with(cube(0.1, 0.075, 0.68), face, palette::PAPER)
        .with(
            taper(0.14, 0.05, 0.1, 8),
            face * at(0.0, 0.06, 0.0),
            palette::GOLD,
        )
}

fn potion() -> MeshKit {
    MeshKit::new()
        .with(
            ball(0.19, true),
            at(0.0, 0.18, 0.0),
            Brush::fade(palette::POTION, palette::POTION.mix(&Srgba::WHITE, 0.25)).smooth(),
        )
        .with(prism(0.07, 0.16, 8), at(0.0, 0.4, 0.0), palette::GLASS)
        .with(prism(0.09, 0.035, 8), at(0.0, 0.47, 0.0), palette::GLASS)
        .with(
            prism(0.055, 0.09, 7),
            at(0.0, 0.52, 0.0),
            palette::WOOD_LIGHT,
        )
        .with(ring(0.075, 0.018, 8), at(0.0, 0.35, 0.0), palette::GOLD)
}

fn rock() -> MeshKit {
    MeshKit::new().with(
        ball(0.24, true),
        at(0.0, 0.14, 0.0).with_scale(Vec3::new(1.15, 0.8, 0.95)),
        Brush::fade(palette::STONE_DARK, palette::STONE_LIGHT).rough(0.045),
    )
}

fn apple() -> MeshKit {
    MeshKit::new()
        .with(
            ball(0.18, true),
            at(0.0, 0.165, 0.0).with_scale(Vec3::new(1.05, 0.92, 1.05)),
            Brush::fade(palette::APPLE, palette::APPLE.mix(&palette::GOLD, 0.25)).smooth(),
        )
        .with(
            prism(0.016, 0.11, 5),
            turned(0.01, 0.36, 0.0, [0.0, 0.0, -0.25]),
            palette::BARK_DARK,
        )
        .with(
            ball(0.07, false),
            turned(0.09, 0.36, 0.0, [0.0, 0.0, 0.5]).with_scale(Vec3::new(1.2, 0.25, 0.6)),
            palette::LEAF,
        )
}

fn coins() -> MeshKit {
    let mut kit = MeshKit::new();
    for coin in 0..9 {
        let angle = noise::unit(coin + 5) * TAU;
        let away = if coin < 5 { 0.03 } else { 0.2 };
        let height = if coin < 5 {
            0.03 + coin as f32 * 0.045
        } else {
            0.03
        };
        let tilt = if coin < 5 { 0.04 } else { 0.2 };
        kit.add(
            prism(0.12, 0.04, 10),
            turned(
                angle.cos() * away,
                height,
                angle.sin() * away,
                [tilt, 0.0, tilt],
            ),
            Brush::fade(palette::GOLD.mix(&palette::AUTUMN, 0.45), palette::GOLD).speckle(0.08),
        );
    }
    kit
}

fn cloak() -> MeshKit {
    let violet = palette::CLOTH_VIOLET;
    let fold = Brush::fade(violet.mix(&Srgba::BLACK, 0.25), violet).rough(0.02);
    MeshKit::new()
        .with(cube(0.62, 0.09, 0.46), at(0.0, 0.05, 0.0), fold)
        .with(
            cube(0.56, 0.08, 0.42),
            turned(0.01, 0.13, 0.0, [0.0, 0.08, 0.02]),
            fold,
        )
        .with(
            cube(0.5, 0.07, 0.36),
            turned(-0.01, 0.2, 0.0, [0.0, -0.07, 0.0]),
            Brush::fade(violet, violet.mix(&Srgba::WHITE, 0.18)),
        )
        .with(prism(0.06, 0.04, 8), at(0.0, 0.25, 0.09), palette::GOLD)
}

fn boots() -> MeshKit {
    let mut kit = MeshKit::new();
    for (x, turn) in [(-0.14, 0.12), (0.15, -0.3)] {
        let place = turned(x, 0.0, 0.0, [0.0, turn, 0.0]);
        kit.add(
            taper(0.105, 0.125, 0.36, 8),
            place * at(0.0, 0.24, -0.05),
            Brush::fade(palette::LEATHER, palette::LEATHER_LIGHT),
        );
        kit.add(
            prism(0.135, 0.07, 8),
            place * at(0.0, 0.41, -0.05),
            palette::CANVAS,
        );
        kit.add(
            ball(0.13, false),
            place * at(0.0, 0.09, 0.09).with_scale(Vec3::new(0.9, 0.7, 1.4)),
            palette::LEATHER,
        );
        kit.add(
            cube(0.2, 0.04, 0.38),
            place * at(0.0, 0.02, 0.04),
            palette::BARK_DARK,
        );
    }
    kit
}

fn sack() -> MeshKit {
    let canvas = palette::CANVAS;
    let cloth = Brush::fade(canvas.mix(&palette::WOOD, 0.45), canvas).rough(0.025);
    MeshKit::new()
        .with(
            ball(0.27, true),
            at(0.0, 0.21, 0.0).with_scale(Vec3::new(1.0, 0.85, 0.95)),
            cloth,
        )
        .with(taper(0.15, 0.07, 0.16, 8), at(0.0, 0.44, 0.0), cloth)
        .with(ring(0.075, 0.025, 8), at(0.0, 0.51, 0.0), palette::LEATHER)
        .with(
            spike(0.15, 0.16, 7),
            turned(0.0, 0.59, 0.0, [std::f32::consts::PI, 0.0, 0.0]),
            canvas,
        )
        .with(
            cube(0.14, 0.14, 0.02),
            turned(0.1, 0.2, 0.24, [FRAC_PI_2 * -0.1, 0.35, 0.1]),
            palette::CLOTH_RED,
        )
}
