//! How much work a frame may be.

use bevy::prelude::*;
use bevy::render::renderer::RenderAdapterInfo;

/// What the scene spends on looks. Set it before the scene is spawned; later changes to `msaa`,
/// `shadows`, `shadow_map` and `soft_shadows` are picked up, the others are not.
#[derive(Resource, Clone, Debug, PartialEq)]
pub struct SceneQuality {
    /// Edge smoothing of the main camera.
    pub msaa: Msaa,
    /// Whether the sun casts shadows.
    pub shadows: bool,
    /// Width and height of one shadow cascade in texels, a power of two.
    pub shadow_map: usize,
    /// How many cascades the sun has, at least one.
    pub cascades: usize,
    /// Whether shadow edges are blurred (thirteen lookups a pixel instead of one).
    pub soft_shadows: bool,
    /// Whether the crowns of trees are round instead of roughly cut.
    pub fine_trees: bool,
    /// Density of grass tufts and flowers, `0.0..=1.0`.
    pub grass: f32,
}

impl SceneQuality {
    /// For a graphics card.
    pub const HIGH: Self = Self {
        msaa: Msaa::Sample4,
        shadows: true,
        shadow_map: 2048,
        cascades: 2,
        soft_shadows: true,
        fine_trees: true,
        grass: 1.0,
    };

    /// For a processor that draws every pixel itself.
    pub const SOFTWARE: Self = Self {
        msaa: Msaa::Off,
        shadows: true,
        shadow_map: 1024,
        cascades: 1,
        soft_shadows: false,
        fine_trees: false,
        grass: 0.65,
    };

    /// Picks by the adapter's name; without an adapter, the cheap one.
    pub fn detect(adapter: Option<&RenderAdapterInfo>) -> Self {
        let Some(adapter) = adapter else {
            return Self::SOFTWARE;
        };
        let name = adapter.name.to_lowercase();
        let software = [
            "llvmpipe",
            "lavapipe",
            "swiftshader",
            "software",
            "basic render",
        ];
        if software.iter().any(|word| name.contains(word)) {
            Self::SOFTWARE
        } else {
            Self::HIGH
        }
    }
}
