//! [`Layout`]: a combination of stat sets and a template, compiled.

use std::sync::Arc;

use wayfarer_core::{
    content::{Content, Spanned},
    id::DefId,
};

use crate::{
    content::{Entries, SheetDef, WorldDef},
    id::StatId,
    index::StatIndex,
    inputs::StatInputs,
    rules::resource::Now,
    values::{NoSink, StatValues},
    world_rules::WorldRules,
};

mod cache;
mod compile;
mod condition;
mod derived;
mod labels;
mod shape;

pub use cache::Layouts;
pub(crate) use condition::{Condition, MAX_NAMES};
pub use derived::{DerivedPart, DerivedStat};
pub use shape::{SetLevels, Shape, Slot};

/// The stats of characters with the same sets, template and world: slots in an order in which each
/// comes after those it depends on, compiled formulas, and the values that content gives.
///
/// Shared between characters; [`Layouts`] keeps them.
#[derive(Debug)]
pub struct Layout {
    shape: Arc<Shape>,
    template: Option<DefId>,
    world: Option<DefId>,
    /// What content says before the character itself says anything. NaN: the formula, or a
    /// resource that is full.
    pub(crate) rows: Box<[f32]>,
    /// A character without inputs of its own, ready to copy.
    fresh: StatValues,
}

impl Layout {
    /// Compiles the layout of a character.
    pub fn compile(content: &Arc<Content>, inputs: &StatInputs) -> Arc<Self> {
        let world = WorldRules::changing(content, inputs.world);
        let shape = Arc::new(Shape::compile(content, &inputs.sets, world));
        Self::of(shape, inputs.template, inputs.world)
    }

    pub(crate) fn of(
        shape: Arc<Shape>,
        template: Option<DefId>,
        world: Option<DefId>,
    ) -> Arc<Self> {
        let mut rows: Box<[f32]> = shape.slots().iter().map(|slot| slot.start).collect();
        let content = Arc::clone(shape.content());
        if let (Some(index), Some(template)) = (content.derived::<StatIndex>(), template) {
            let mut lay = |values: &Entries<Spanned<f32>>| {
                for (name, value) in values.iter() {
                    let stat = index.resolve_in(shape.sets(), name).ok();
                    let slot = stat.and_then(|stat| shape.slot(stat));
                    if let Some(row) = slot.and_then(|slot| rows.get_mut(usize::from(slot))) {
                        *row = value.value;
                    }
                }
            };
            let sheet = content.table::<SheetDef>().get(template);
            if let Some(sheet) = sheet {
                lay(&sheet.base);
            }
            let world = world.and_then(|world| content.table::<WorldDef>().get(world));
            let varied = world
                .zip(sheet)
                .and_then(|(world, sheet)| world.variation.get(sheet.name()));
            if let Some(values) = varied {
                lay(values);
            }
        }
        let layout = Self {
            shape,
            template,
            world,
            rows,
            fresh: StatValues::default(),
        };
        let fresh = StatValues::computed(&layout, &StatInputs::default(), Now::STORED, &mut NoSink);
        Arc::new(Self { fresh, ..layout })
    }

    /// What does not depend on the template.
    pub fn shape(&self) -> &Shape {
        &self.shape
    }

    /// The sheet whose values are the template layer.
    pub fn template(&self) -> Option<DefId> {
        self.template
    }

    /// The world whose variations apply.
    pub fn world(&self) -> Option<DefId> {
        self.world
    }

    /// The slot of a stat; `None` if the character does not have it.
    #[inline]
    pub fn slot(&self, stat: StatId) -> Option<u16> {
        self.shape.slot(stat)
    }

    /// The stat in a slot.
    pub fn stat(&self, slot: u16) -> Option<&Slot> {
        self.shape.slots().get(usize::from(slot))
    }

    pub(crate) fn fresh(&self) -> &StatValues {
        &self.fresh
    }
}
