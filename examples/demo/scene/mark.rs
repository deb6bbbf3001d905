//! Marks about a figure that tell of what has been done to it.

use bevy::light::NotShadowCaster;
use bevy::prelude::*;

use super::assets::SceneAssets;
use super::kit::{MeshKit, at, ball, ring, spike};
use super::{palette, still};

/// Something that everybody can see on somebody.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    /// A golden ring about the feet.
    Halo,
    /// Green bubbles about the head.
    Venom,
    /// Drops that fall.
    Drops,
}

impl Mark {
    /// Every mark.
    pub const ALL: [Self; 3] = [Self::Halo, Self::Venom, Self::Drops];

    /// The mark about the origin, the middle of which is [`Self::height`] above the ground.
    pub fn mesh(self) -> Mesh {
        let mut kit = MeshKit::new();
        match self {
            Self::Halo => {
                kit.add(ring(0.58, 0.022, 36), Transform::IDENTITY, palette::GOLD);
                kit.add(ring(0.46, 0.01, 32), Transform::IDENTITY, palette::GLINT);
                for ray in 0..9 {
                    let angle = ray as f32 * std::f32::consts::TAU / 9.0;
                    let height = 0.12 + (ray as f32 * 0.41).fract() * 0.5;
                    let (x, z) = (angle.cos() * 0.56, angle.sin() * 0.56);
                    kit.add(spike(0.022, 0.16, 4), at(x, height, z), palette::GLINT);
                }
            }
            Self::Venom => {
                for (index, (x, y, z)) in Self::spots().enumerate() {
                    let size = 0.035 + index as f32 * 0.008;
                    kit.add(ball(size, false), at(x, y, z), palette::VENOM);
                }
            }
            Self::Drops => {
                for (x, y, z) in Self::spots() {
                    kit.add(spike(0.022, 0.09, 5), at(x, y, z), palette::WATER);
                }
            }
        }
        kit.build()
    }

    /// A few points round about.
    fn spots() -> impl Iterator<Item = (f32, f32, f32)> {
        (0..5).map(|index| {
            let angle = index as f32 * 2.4;
            let height = (index as f32 * 0.37).fract() * 0.4 - 0.2;
            (angle.cos() * 0.36, height, angle.sin() * 0.36)
        })
    }

    /// How high above the ground it floats, metres.
    pub fn height(self) -> f32 {
        match self {
            Self::Halo => 0.07,
            Self::Venom => 1.5,
            Self::Drops => 1.1,
        }
    }
}

/// Puts a mark on a figure.
pub fn spawn_mark(commands: &mut Commands, assets: &SceneAssets, mark: Mark, figure: Entity) {
    commands.spawn((
        mark,
        still(assets.marks[mark as usize].clone(), &assets.glow),
        NotShadowCaster,
        at(0.0, mark.height(), 0.0),
        ChildOf(figure),
    ));
}

/// Marks turn, and drops fall.
pub fn turn(time: Res<Time>, mut marks: Query<(&Mark, &mut Transform)>) {
    let now = time.elapsed_secs();
    for (mark, mut place) in &mut marks {
        let float = match mark {
            Mark::Halo => 0.03 + (now * 1.7).sin() * 0.03,
            Mark::Venom => (now * 2.3).sin() * 0.06,
            Mark::Drops => 0.3 - (now * 0.9).fract() * 0.6,
        };
        place.translation.y = mark.height() + float;
        place.rotation = Quat::from_rotation_y(now * 0.9);
    }
}
