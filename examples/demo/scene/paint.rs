//! The one material of the scene.

use bevy::asset::uuid_handle;
use bevy::mesh::MeshVertexBufferLayoutRef;
use bevy::pbr::{MaterialPipeline, MaterialPipelineKey};
use bevy::prelude::*;
use bevy::reflect::TypePath;
use bevy::render::render_resource::{
    AsBindGroup, RenderPipelineDescriptor, ShaderType, SpecializedMeshPipelineError,
};
use bevy::shader::ShaderRef;

use super::{light, palette};

const SHADER: Handle<Shader> = uuid_handle!("5d0f6c1e-7a61-4d0c-9a63-0f2d6f3f8b11");

/// Vertex colours in sun and shade; see `paint.wgsl`.
#[derive(Asset, AsBindGroup, TypePath, Clone, Debug)]
#[bind_group_data(PaintKey)]
pub struct PaintMaterial {
    /// What the shader reads.
    #[uniform(0)]
    pub uniform: PaintUniform,
    /// Whether pixels between the camera and what it looks at are dropped.
    pub see_through: bool,
    /// Whether the sun has exactly one shadow cascade, which is much cheaper to look up.
    pub one_cascade: bool,
}

/// The numbers a [`PaintMaterial`] hands to its shader.
#[derive(ShaderType, Clone, Copy, Debug)]
pub struct PaintUniform {
    /// Linear colour multiplied with the vertices'; `w` is the glow, 0 (lit) to 1 (shines by itself).
    pub tint: Vec4,
    /// Linear colour of the sun's light.
    pub sun: Vec4,
    /// Direction towards the sun, 1 long.
    pub sun_direction: Vec4,
    /// Linear colour of the light from above.
    pub sky: Vec4,
    /// Linear colour of the light from below.
    pub ground: Vec4,
    /// Linear colour of the haze; `w` is where it begins, in metres from the camera.
    pub haze: Vec4,
    /// `x` is where the haze hides everything, in metres from the camera.
    pub haze_end: Vec4,
}

/// Which variant of the shader a material needs.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PaintKey {
    see_through: bool,
    one_cascade: bool,
}

impl From<&PaintMaterial> for PaintKey {
    fn from(material: &PaintMaterial) -> Self {
        Self {
            see_through: material.see_through,
            one_cascade: material.one_cascade,
        }
    }
}

impl PaintMaterial {
    /// Lit paint; white leaves the vertex colours as they are.
    pub fn lit(tint: impl Into<Color>) -> Self {
        Self::new(tint.into(), 0.0)
    }

    /// Paint that shines by itself.
    pub fn glowing(tint: impl Into<Color>) -> Self {
        Self::new(tint.into(), 1.0)
    }

    fn new(tint: Color, glow: f32) -> Self {
        let rgb = |color: Srgba, strength: f32| {
            let linear = LinearRgba::from(color) * strength;
            Vec3::new(linear.red, linear.green, linear.blue)
        };
        let tint = tint.to_srgba();
        Self {
            uniform: PaintUniform {
                tint: rgb(tint, 1.0).extend(glow),
                sun: rgb(palette::SUN, light::SUN_STRENGTH).extend(0.0),
                sun_direction: light::SUN_PLACE.normalize_or(Vec3::Y).extend(0.0),
                sky: rgb(palette::SKYLIGHT, light::SKY_STRENGTH).extend(0.0),
                ground: rgb(palette::BOUNCE, light::SKY_STRENGTH).extend(0.0),
                haze: rgb(palette::SKY, 1.0).extend(light::HAZE_START),
                haze_end: Vec4::X * light::HAZE_END,
            },
            see_through: false,
            one_cascade: false,
        }
    }

    /// The same paint, for a sun with this many shadow cascades.
    pub fn for_cascades(self, cascades: usize) -> Self {
        Self {
            one_cascade: cascades <= 1,
            ..self
        }
    }

    /// The same paint, with a hole where it would hide what the camera looks at.
    pub fn see_through(self) -> Self {
        Self {
            see_through: true,
            ..self
        }
    }
}

impl Material for PaintMaterial {
    fn vertex_shader() -> ShaderRef {
        SHADER.into()
    }

    fn fragment_shader() -> ShaderRef {
        SHADER.into()
    }

    fn specialize(
        _: &MaterialPipeline,
        descriptor: &mut RenderPipelineDescriptor,
        _: &MeshVertexBufferLayoutRef,
        key: MaterialPipelineKey<Self>,
    ) -> Result<(), SpecializedMeshPipelineError> {
        let key = key.bind_group_data;
        let defs = [
            ("SEE_THROUGH", key.see_through),
            ("ONE_CASCADE", key.one_cascade),
            ("NEEDS_WORLD", key.see_through || !key.one_cascade),
        ];
        for (def, _) in defs.iter().filter(|(_, wanted)| *wanted) {
            descriptor.vertex.shader_defs.push((*def).into());
            if let Some(fragment) = descriptor.fragment.as_mut() {
                fragment.shader_defs.push((*def).into());
            }
        }
        Ok(())
    }
}

/// Registers the material and its shader.
pub fn plugin(app: &mut App) {
    // The source travels inside the program: the demo needs no asset folder to run.
    let source = Shader::from_wgsl(include_str!("paint.wgsl"), "paint.wgsl");
    let mut shaders = app.world_mut().resource_mut::<Assets<Shader>>();
    if let Err(error) = shaders.insert(SHADER.id(), source) {
        error!("the paint shader could not be registered: {error}");
    }
    app.add_plugins(MaterialPlugin::<PaintMaterial>::default());
}
