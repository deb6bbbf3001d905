//! Builds low-poly, vertex-coloured meshes out of Bevy's primitives.
//!
//! A whole tree or well is one mesh and one draw call; the colours live in the vertices, so nearly
//! everything shares one material.

use bevy::asset::RenderAssetUsages;
use bevy::mesh::{Indices, PrimitiveTopology, VertexAttributeValues};
use bevy::prelude::*;

use super::noise;

/// How a shape is coloured and roughened.
#[derive(Clone, Copy, Debug)]
pub struct Brush {
    bottom: Srgba,
    top: Srgba,
    rough: f32,
    speckle: f32,
    sway: f32,
    smooth: bool,
}

impl Brush {
    /// One colour.
    pub const fn flat(color: Srgba) -> Self {
        Self::fade(color, color)
    }

    /// `bottom` at the shape's lowest point, `top` at its highest.
    pub const fn fade(bottom: Srgba, top: Srgba) -> Self {
        Self {
            bottom,
            top,
            rough: 0.0,
            speckle: 0.05,
            sway: 0.0,
            smooth: false,
        }
    }

    /// Moves each vertex by up to this many metres, for rocks and leaves.
    pub const fn rough(self, metres: f32) -> Self {
        Self {
            rough: metres,
            ..self
        }
    }

    /// How much the brightness of faces differs, `0.0..1.0`.
    pub const fn speckle(self, amount: f32) -> Self {
        Self {
            speckle: amount,
            ..self
        }
    }

    /// How far the shape's top moves in the wind, metres (below 1).
    pub const fn sway(self, metres: f32) -> Self {
        Self {
            sway: metres,
            ..self
        }
    }

    /// Round shading instead of visible faces.
    pub const fn smooth(self) -> Self {
        Self {
            smooth: true,
            ..self
        }
    }
}

impl From<Srgba> for Brush {
    fn from(color: Srgba) -> Self {
        Self::flat(color)
    }
}

/// A mesh under construction.
#[derive(Clone, Debug, Default)]
pub struct MeshKit {
    positions: Vec<[f32; 3]>,
    normals: Vec<[f32; 3]>,
    colors: Vec<[f32; 4]>,
}

impl MeshKit {
    /// An empty kit.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a shape and returns the kit, for building in one expression.
    #[must_use]
    pub fn with(
        mut self,
        shape: impl Into<Mesh>,
        place: Transform,
        brush: impl Into<Brush>,
    ) -> Self {
        self.add(shape, place, brush);
        self
    }

    /// Adds a shape. Shapes without positions or normals (never Bevy's own) are left out.
    pub fn add(&mut self, shape: impl Into<Mesh>, place: Transform, brush: impl Into<Brush>) {
        let (mesh, brush) = (shape.into(), brush.into());
        let (Some(points), Some(VertexAttributeValues::Float32x3(round))) = (
            mesh.attribute(Mesh::ATTRIBUTE_POSITION)
                .and_then(VertexAttributeValues::as_float3),
            mesh.attribute(Mesh::ATTRIBUTE_NORMAL),
        ) else {
            return;
        };
        let order: Vec<usize> = mesh.indices().map_or_else(
            || (0..points.len()).collect(),
            |indices| indices.iter().collect(),
        );
        let salt = self.positions.len() as u32;
        let moved: Vec<Vec3> = points
            .iter()
            .map(|&p| {
                let jitter = Vec3::from_array(
                    [1, 2, 3].map(|axis| noise::at_point(p, salt ^ axis) * brush.rough),
                );
                place.transform_point(Vec3::from_array(p)) + jitter
            })
            .collect();
        let (low, high) = moved.iter().fold((f32::MAX, f32::MIN), |(low, high), p| {
            (low.min(p.y), high.max(p.y))
        });
        for (face, corners) in order.chunks_exact(3).enumerate() {
            let [a, b, c] = [corners[0], corners[1], corners[2]];
            let flat = (moved[b] - moved[a])
                .cross(moved[c] - moved[a])
                .normalize_or(Vec3::Y);
            let light = 1.0 + brush.speckle * (noise::unit(salt ^ (face as u32) << 7) - 0.5) * 2.0;
            for corner in [a, b, c] {
                let normal = if brush.smooth {
                    place.rotation * Vec3::from_array(round[corner])
                } else {
                    flat
                };
                let height = (moved[corner].y - low) / (high - low).max(1e-3);
                self.push(
                    moved[corner],
                    normal,
                    brush.bottom.mix(&brush.top, height),
                    light,
                    brush.sway * height,
                );
            }
        }
    }

    /// Adds one loose triangle with given normals; `sways` are metres for each corner.
    pub fn triangle(
        &mut self,
        corners: [Vec3; 3],
        normal: Vec3,
        colors: [Srgba; 3],
        sways: [f32; 3],
    ) {
        for i in 0..3 {
            self.push(corners[i], normal, colors[i], 1.0, sways[i]);
        }
    }

    /// Adds a copy of another kit.
    pub fn append(&mut self, other: &Self, place: Transform) {
        self.positions.extend(
            other
                .positions
                .iter()
                .map(|&p| place.transform_point(Vec3::from_array(p)).to_array()),
        );
        self.normals.extend(
            other
                .normals
                .iter()
                .map(|&n| (place.rotation * Vec3::from_array(n)).to_array()),
        );
        self.colors.extend_from_slice(&other.colors);
    }

    /// Sorts the triangles by their direction from the middle of the clearing, as `N` meshes of
    /// which the camera sees only some: what it does not see costs nothing.
    pub fn build_sectors<const N: usize>(self) -> [Mesh; N] {
        let mut sectors: [Self; N] = std::array::from_fn(|_| Self::new());
        for first in (0..self.positions.len()).step_by(3) {
            let [x, _, z] = self.positions[first];
            let turn = z.atan2(x) / std::f32::consts::TAU + 0.5;
            let sector = &mut sectors[(turn * N as f32) as usize % N];
            let corners = first..first + 3;
            sector.positions.extend(&self.positions[corners.clone()]);
            sector.normals.extend(&self.normals[corners.clone()]);
            sector.colors.extend(&self.colors[corners]);
        }
        sectors.map(Self::build)
    }

    fn push(&mut self, at: Vec3, normal: Vec3, color: Srgba, light: f32, sway: f32) {
        let linear = LinearRgba::from(color) * light;
        self.positions.push(at.to_array());
        self.normals.push(normal.to_array());
        // The paint shader reads the wind from what is missing of the alpha.
        self.colors.push([
            linear.red,
            linear.green,
            linear.blue,
            1.0 - sway.clamp(0.0, 0.99),
        ]);
    }

    /// The finished mesh.
    pub fn build(self) -> Mesh {
        let count = self.positions.len() as u32;
        coloured(
            self.positions,
            self.normals,
            self.colors,
            (0..count).collect(),
        )
    }
}

/// A triangle mesh with linear vertex colours.
pub fn coloured(
    positions: Vec<[f32; 3]>,
    normals: Vec<[f32; 3]>,
    colors: Vec<[f32; 4]>,
    indices: Vec<u32>,
) -> Mesh {
    Mesh::new(
        PrimitiveTopology::TriangleList,
        RenderAssetUsages::default(),
    )
    .with_inserted_attribute(Mesh::ATTRIBUTE_POSITION, positions)
    .with_inserted_attribute(Mesh::ATTRIBUTE_NORMAL, normals)
    .with_inserted_attribute(Mesh::ATTRIBUTE_COLOR, colors)
    .with_inserted_indices(Indices::U32(indices))
}

/// A place without turning.
pub fn at(x: f32, y: f32, z: f32) -> Transform {
    Transform::from_xyz(x, y, z)
}

/// A place turned about x, y and z (radians, in this order).
pub fn turned(x: f32, y: f32, z: f32, turn: [f32; 3]) -> Transform {
    Transform::from_xyz(x, y, z).with_rotation(Quat::from_euler(
        EulerRot::YXZ,
        turn[1],
        turn[0],
        turn[2],
    ))
}

/// A box.
pub fn cube(x: f32, y: f32, z: f32) -> Mesh {
    Cuboid::new(x, y, z).into()
}

/// An upright prism; `sides` 3 or more.
pub fn prism(radius: f32, height: f32, sides: u32) -> Mesh {
    Cylinder::new(radius, height)
        .mesh()
        .resolution(sides)
        .build()
}

/// A tapering trunk or bucket, upright about its middle.
pub fn taper(bottom: f32, top: f32, height: f32, sides: u32) -> Mesh {
    ConicalFrustum {
        radius_top: top,
        radius_bottom: bottom,
        height,
    }
    .mesh()
    .resolution(sides)
    .build()
}

/// An upright cone about its middle.
pub fn spike(radius: f32, height: f32, sides: u32) -> Mesh {
    Cone { radius, height }.mesh().resolution(sides).build()
}

/// A ball of 20 faces, or 80 if `fine`.
pub fn ball(radius: f32, fine: bool) -> Mesh {
    let builder = Sphere::new(radius).mesh();
    builder
        .ico(u32::from(fine))
        .unwrap_or_else(|_| builder.uv(8, 5))
}

/// A flat ring lying on the ground.
pub fn ring(radius: f32, thickness: f32, sides: usize) -> Mesh {
    Torus {
        minor_radius: thickness,
        major_radius: radius,
    }
    .mesh()
    .minor_resolution(4)
    .major_resolution(sides)
    .build()
}
