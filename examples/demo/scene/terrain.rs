//! The ground: a flat clearing in rolling forest, coloured by noise, with paths.

use bevy::prelude::*;

use super::kit::coloured;
use super::layout::{
    CAMPFIRE_POSITION, CHEST_POSITIONS, CLEARING_RADIUS, GARDEN_POSITION, TENT_POSITION,
    WELL_POSITION,
};
use super::{noise, palette};

/// Tiles along one side of the ground; unseen tiles are not drawn.
const TILES: usize = 5;
/// Cells along one side of a tile.
const CELLS: usize = 26;
/// Half the ground's side, metres.
const REACH: f32 = 46.0;

/// Middle lines of the paths, on the ground plane.
const PATHS: [&[Vec2]; 3] = [
    &[
        Vec2::new(2.5, 24.0),
        Vec2::new(1.8, 13.0),
        Vec2::new(0.6, 8.0),
        Vec2::new(0.5, 3.5),
        Vec2::new(-0.2, 0.0),
        Vec2::new(0.0, -3.6),
    ],
    &[
        Vec2::new(0.4, 3.0),
        Vec2::new(3.2, 2.2),
        Vec2::new(6.2, 2.1),
    ],
    &[
        Vec2::new(-0.1, 0.8),
        Vec2::new(-3.5, 1.2),
        Vec2::new(-8.0, 2.6),
        Vec2::new(-13.5, 3.4),
        Vec2::new(-24.0, 2.0),
    ],
];

/// Height of the ground, metres; 0 everywhere in the clearing.
pub fn height(x: f32, z: f32) -> f32 {
    let away = Vec2::new(x, z).length() - CLEARING_RADIUS - 1.5;
    let rise = noise::smoothstep(0.0, 16.0, away);
    let hills = noise::smooth(x * 0.09, z * 0.09, 7) * 4.5;
    let path_cut = noise::smoothstep(0.8, 4.0, path_distance(x, z));
    rise * hills * (0.35 + 0.65 * path_cut)
}

/// Distance to the nearest path's middle line, metres.
pub fn path_distance(x: f32, z: f32) -> f32 {
    let point = Vec2::new(x, z);
    let mut nearest = f32::MAX;
    for path in PATHS {
        for pair in path.windows(2) {
            let along = pair[1] - pair[0];
            let t = ((point - pair[0]).dot(along) / along.length_squared()).clamp(0.0, 1.0);
            nearest = nearest.min(point.distance(pair[0] + along * t));
        }
    }
    nearest
}

/// Colour of the ground at a point.
pub fn color(x: f32, z: f32) -> Srgba {
    let broad = noise::smooth(x * 0.22, z * 0.22, 1);
    let fine = noise::smooth(x * 0.9, z * 0.9, 2);
    let mut color = palette::GRASS
        .mix(&palette::GRASS_DEEP, noise::smoothstep(0.45, 0.85, broad))
        .mix(
            &palette::GRASS_DRY,
            noise::smoothstep(0.6, 0.95, noise::smooth(x * 0.35, z * 0.35, 3)) * 0.7,
        )
        .mix(&palette::GRASS_TIP, fine * 0.16);
    let forest = noise::smoothstep(11.0, 17.0, x.hypot(z) + (fine - 0.5) * 3.0);
    color = color.mix(&palette::FOREST_FLOOR, forest * 0.85);

    // Trodden earth: paths, and bare rings round what people stand at.
    let mut bare = 1.0 - noise::smoothstep(0.45, 1.05, path_distance(x, z) + (fine - 0.5) * 0.55);
    for (centre, radius) in [
        (WELL_POSITION, 1.9),
        (CAMPFIRE_POSITION, 1.7),
        (TENT_POSITION, 1.3),
        (CHEST_POSITIONS[0], 0.9),
        (CHEST_POSITIONS[1], 0.9),
    ] {
        let distance = (x - centre.x).hypot(z - centre.z) + (fine - 0.5) * 0.7;
        bare = bare.max(1.0 - noise::smoothstep(radius - 0.55, radius + 0.15, distance));
    }
    let earth = palette::PATH_EDGE.mix(&palette::PATH, noise::smoothstep(0.3, 0.9, bare));
    color = color.mix(&earth, bare * 0.92);

    let bed = (x - GARDEN_POSITION.x)
        .abs()
        .max((z - GARDEN_POSITION.z).abs());
    color = color.mix(&palette::SOIL, 1.0 - noise::smoothstep(1.05, 1.35, bed));
    let ash = (x - CAMPFIRE_POSITION.x).hypot(z - CAMPFIRE_POSITION.z);
    color.mix(
        &palette::BARK_DARK,
        (1.0 - noise::smoothstep(0.3, 0.75, ash)) * 0.8,
    )
}

/// The ground in smooth square tiles, finer in the middle than at the edge.
pub fn meshes() -> Vec<Mesh> {
    (0..TILES * TILES)
        .map(|tile| tile_mesh(tile % TILES, tile / TILES))
        .collect()
}

/// World coordinate of a grid line.
fn grid_line(step: usize) -> f32 {
    let t = step as f32 / (CELLS * TILES) as f32 * 2.0 - 1.0;
    (t * 0.42 + t.powi(3) * 0.58) * REACH
}

fn tile_mesh(tile_x: usize, tile_z: usize) -> Mesh {
    let mut positions = Vec::new();
    let mut normals = Vec::new();
    let mut colors = Vec::new();
    for row in 0..=CELLS {
        for column in 0..=CELLS {
            let x = grid_line(tile_x * CELLS + column);
            let z = grid_line(tile_z * CELLS + row);
            positions.push([x, height(x, z), z]);
            let slope = Vec3::new(
                height(x - 0.4, z) - height(x + 0.4, z),
                0.8,
                height(x, z - 0.4) - height(x, z + 0.4),
            );
            normals.push(slope.normalize_or(Vec3::Y).to_array());
            let linear = LinearRgba::from(color(x, z));
            colors.push([linear.red, linear.green, linear.blue, 1.0]);
        }
    }
    let side = CELLS as u32 + 1;
    let mut indices = Vec::new();
    for row in 0..CELLS as u32 {
        for column in 0..CELLS as u32 {
            let corner = row * side + column;
            indices.extend([corner, corner + side, corner + 1]);
            indices.extend([corner + 1, corner + side, corner + side + 1]);
        }
    }
    coloured(positions, normals, colors, indices)
}
