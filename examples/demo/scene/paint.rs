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
}

/// The numbers a [`PaintMaterial`] hands to its shader.
#[derive(ShaderType, Clone, Copy, Debug)]
pub struct PaintUniform {
    /// Linear colour multiplied with the vertices'; `w` is the glow, 0 (lit) to 1 (shines by itself).
    pub tint: Vec4,
}

/// Which variant of the shader a material needs.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PaintKey {
    see_through: bool,
}

impl From<&PaintMaterial> for PaintKey {
    fn from(material: &PaintMaterial) -> Self {
        Self {
            see_through: material.see_through,
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
        let tint = tint.to_linear();
        Self {
            uniform: PaintUniform {
                tint: Vec4::new(tint.red, tint.green, tint.blue, glow),
            },
            see_through: false,
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
        if key.bind_group_data.see_through
            && let Some(fragment) = descriptor.fragment.as_mut()
        {
            fragment.shader_defs.push("SEE_THROUGH".into());
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
