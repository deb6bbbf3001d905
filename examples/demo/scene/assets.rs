//! Handles of everything the spawn functions place.

use bevy::prelude::*;
use bevy::render::renderer::RenderAdapterInfo;

use super::figure::gear;
use super::items::GroundItemKind;
use super::layout::BRAMBLE_POSITIONS;
use super::paint::PaintMaterial;
use super::quality::SceneQuality;
use super::trees::TreeKind;
use super::{
    brambles, camp, chest, circle, forge, garden, items, mark, meadow, palette, rocks, shrine,
    signpost, stall, terrain, trees, well,
};

/// Shared meshes and materials; there from `Startup` on.
#[derive(Resource, Debug)]
pub struct SceneAssets {
    /// Lit, vertex-coloured; for nearly everything.
    pub paint: Handle<PaintMaterial>,
    /// Shines by itself, vertex-coloured.
    pub glow: Handle<PaintMaterial>,
    /// Lit; opens where it would hide the hero.
    pub foliage: Handle<PaintMaterial>,
    /// The ground in tiles.
    pub terrain: Vec<Handle<Mesh>>,
    /// Grass, flowers and mushrooms, one mesh for each direction.
    pub meadow: [Handle<Mesh>; 8],
    /// Rocks, bushes, stumps, one mesh for each direction.
    pub undergrowth: [Handle<Mesh>; 6],
    /// One model for each [`TreeKind`].
    pub trees: [Handle<Mesh>; 3],
    /// The wood behind the first row, one mesh for each direction.
    pub backdrop: [Handle<Mesh>; 12],
    /// The well.
    pub well: Handle<Mesh>,
    /// The vegetable patch.
    pub garden: Handle<Mesh>,
    /// A signpost.
    pub signpost: Handle<Mesh>,
    /// The fireplace.
    pub hearth: Handle<Mesh>,
    /// One flame.
    pub flame: Handle<Mesh>,
    /// The tent.
    pub tent: Handle<Mesh>,
    /// The shrine without its lights.
    pub shrine: Handle<Mesh>,
    /// The forge without its flames.
    pub forge: Handle<Mesh>,
    /// The merchant's stall.
    pub stall: Handle<Mesh>,
    /// Where things are enchanted, without what shines.
    pub circle: Handle<Mesh>,
    /// What shines there.
    pub crystal: Handle<Mesh>,
    /// One mesh for each bramble patch.
    pub brambles: [Handle<Mesh>; BRAMBLE_POSITIONS.len()],
    /// Marks of effects that everybody sees, in the order of [`mark::Mark::ALL`].
    pub marks: [Handle<Mesh>; mark::Mark::ALL.len()],
    /// A chest without lid.
    pub chest_body: Handle<Mesh>,
    /// A chest's lid.
    pub chest_lid: Handle<Mesh>,
    /// Gear for figures: helmet, weapon, shield, armour.
    pub gear: [Handle<Mesh>; 4],
    /// Items on the ground, in the order of [`GroundItemKind::ALL`].
    pub items: [Handle<Mesh>; GroundItemKind::ALL.len()],
    /// The sparkle above an item.
    pub glint: Handle<Mesh>,
    /// The ring round an item.
    pub halo: Handle<Mesh>,
}

/// Builds the [`SceneAssets`], and settles the quality where the program did not.
pub fn build_assets(
    mut commands: Commands,
    quality: Option<Res<SceneQuality>>,
    adapter: Option<Res<RenderAdapterInfo>>,
    mut meshes: ResMut<Assets<Mesh>>,
    mut paints: ResMut<Assets<PaintMaterial>>,
) {
    let quality = quality.map_or_else(
        || SceneQuality::detect(adapter.as_deref()),
        |chosen| chosen.clone(),
    );
    let white = PaintMaterial::lit(Color::WHITE).for_cascades(quality.cascades);
    let mut add = |mesh: Mesh| meshes.add(mesh);
    commands.insert_resource(SceneAssets {
        paint: paints.add(white.clone()),
        glow: paints.add(PaintMaterial::glowing(Color::WHITE).for_cascades(quality.cascades)),
        foliage: paints.add(white.see_through()),
        terrain: terrain::meshes().into_iter().map(&mut add).collect(),
        meadow: meadow::meadow(quality.grass).build_sectors().map(&mut add),
        undergrowth: rocks::undergrowth().build_sectors().map(&mut add),
        trees: TreeKind::ALL.map(|kind| add(kind.build(quality.fine_trees).build())),
        backdrop: trees::backdrop().build_sectors().map(&mut add),
        well: add(well::mesh()),
        garden: add(garden::mesh()),
        signpost: add(signpost::mesh()),
        hearth: add(camp::hearth_mesh()),
        flame: add(camp::flame_mesh()),
        tent: add(camp::tent_mesh()),
        shrine: add(shrine::mesh()),
        forge: add(forge::mesh()),
        stall: add(stall::mesh()),
        circle: add(circle::mesh()),
        crystal: add(circle::crystal_mesh()),
        brambles: brambles::meshes().map(&mut add),
        marks: mark::Mark::ALL.map(|mark| add(mark.mesh())),
        chest_body: add(chest::body_mesh()),
        chest_lid: add(chest::lid_mesh()),
        gear: gear::meshes().map(&mut add),
        items: GroundItemKind::ALL.map(|kind| add(items::shapes::mesh(kind))),
        glint: add(items::glint_mesh(palette::GLINT)),
        halo: add(items::halo_mesh(palette::GLINT)),
    });
    commands.insert_resource(quality);
}
