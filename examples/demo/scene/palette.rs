//! The scene's colours, in one place so that they stay in harmony.

use bevy::color::Srgba;

/// Makes a colour of `0xRRGGBB`.
const fn rgb(hex: u32) -> Srgba {
    Srgba::rgb(
        ((hex >> 16) & 0xFF) as f32 / 255.0,
        ((hex >> 8) & 0xFF) as f32 / 255.0,
        (hex & 0xFF) as f32 / 255.0,
    )
}

pub const SKY: Srgba = rgb(0xDFE3C4);
pub const SUN: Srgba = rgb(0xFFE3B0);
pub const SKYLIGHT: Srgba = rgb(0xA9BFE0);
pub const BOUNCE: Srgba = rgb(0x8C9A90);

pub const GRASS: Srgba = rgb(0x7DA544);
pub const GRASS_DEEP: Srgba = rgb(0x55833F);
pub const GRASS_DRY: Srgba = rgb(0xAFB658);
pub const GRASS_TIP: Srgba = rgb(0xB9CF6B);
pub const PATH: Srgba = rgb(0xC8A772);
pub const PATH_EDGE: Srgba = rgb(0xA18A55);
pub const SOIL: Srgba = rgb(0x6F5138);
pub const FOREST_FLOOR: Srgba = rgb(0x4F6E3A);

pub const BARK: Srgba = rgb(0x6E4E37);
pub const BARK_DARK: Srgba = rgb(0x543A2B);
pub const BIRCH: Srgba = rgb(0xE4DCCB);
pub const PINE: Srgba = rgb(0x2E6350);
pub const PINE_TIP: Srgba = rgb(0x5F9A62);
pub const LEAF: Srgba = rgb(0x5E9440);
pub const LEAF_TIP: Srgba = rgb(0xA8C654);
pub const AUTUMN: Srgba = rgb(0xCC8A35);
pub const AUTUMN_TIP: Srgba = rgb(0xF0C65C);

pub const WOOD: Srgba = rgb(0x9A6B41);
pub const WOOD_LIGHT: Srgba = rgb(0xC08E58);
pub const WOOD_DARK: Srgba = rgb(0x6B4429);
pub const STONE_LIGHT: Srgba = rgb(0xB9B6A8);
pub const STONE_DARK: Srgba = rgb(0x75776F);
pub const MOSS: Srgba = rgb(0x7C9A4A);
pub const ROOF: Srgba = rgb(0xB4553A);
pub const ROOF_LIGHT: Srgba = rgb(0xCB6F4A);
pub const WATER: Srgba = rgb(0x4E93A8);
pub const CANVAS: Srgba = rgb(0xE6D6AE);
pub const CANVAS_SHADE: Srgba = rgb(0xC9683F);

pub const IRON: Srgba = rgb(0x6C747C);
pub const STEEL: Srgba = rgb(0xC9D3DA);
pub const GOLD: Srgba = rgb(0xF2C14E);
pub const LEATHER: Srgba = rgb(0x7A4E2F);
pub const LEATHER_LIGHT: Srgba = rgb(0xA87748);
pub const CLOTH_RED: Srgba = rgb(0xB23A3A);
pub const CLOTH_BLUE: Srgba = rgb(0x3C6EA8);
pub const CLOTH_VIOLET: Srgba = rgb(0x6D4A9C);
pub const GLASS: Srgba = rgb(0xBFE3DE);
pub const POTION: Srgba = rgb(0xE0445C);
pub const APPLE: Srgba = rgb(0xD8392F);
pub const PAPER: Srgba = rgb(0xF3E6C2);

pub const CANE: Srgba = rgb(0x7B4A45);
pub const CANE_DARK: Srgba = rgb(0x4A2E30);
pub const BERRY: Srgba = rgb(0x3B1D47);
pub const BERRY_RED: Srgba = rgb(0xA02742);
pub const VENOM: Srgba = rgb(0x7FD14B);

pub const FLAME: Srgba = rgb(0xFF8A2B);
pub const FLAME_HEART: Srgba = rgb(0xFFE27A);
pub const GLINT: Srgba = rgb(0xFFF3B8);

pub const PETALS: [Srgba; 5] = [
    rgb(0xFFF6E3),
    rgb(0xF6C945),
    rgb(0xE7799B),
    rgb(0x8E7CD6),
    rgb(0xE5573F),
];

pub const SKIN: Srgba = rgb(0xEDBE95);
pub const HAIR: Srgba = rgb(0x5B3A24);
pub const TROUSERS: Srgba = rgb(0x5D5A4B);
pub const EYES: Srgba = rgb(0x2A2320);
