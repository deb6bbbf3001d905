//! [`Layouts`]: every layout in use.

use std::sync::Arc;

use bevy::{platform::collections::HashMap, prelude::*};
use wayfarer_core::{content::Content, id::DefId};

use super::{Layout, Shape};
use crate::{inputs::StatInputs, world_rules::WorldRules};

/// Template and world.
type Source = (Option<DefId>, Option<DefId>);

/// The layouts of the loaded content, compiled when first needed. Emptied when content
/// changes.
#[derive(Resource, Default, Debug)]
pub struct Layouts {
    // Few sets per template, so a list; comparing it needs no key to be built.
    layouts: HashMap<Source, Vec<Arc<Layout>>>,
    shapes: Vec<Arc<Shape>>,
}

impl Layouts {
    /// The layout for these inputs.
    pub fn get(&mut self, content: &Arc<Content>, inputs: &StatInputs) -> Arc<Layout> {
        let source = (inputs.template, inputs.world);
        let known = self.layouts.entry(source).or_default();
        if let Some(layout) = known.iter().find(|l| l.shape().sets() == inputs.sets) {
            return Arc::clone(layout);
        }
        let world = WorldRules::changing(content, inputs.world);
        let shape = self
            .shapes
            .iter()
            .find(|s| s.sets() == inputs.sets && s.world() == world)
            .cloned();
        let shape = shape.unwrap_or_else(|| {
            let shape = Arc::new(Shape::compile(content, &inputs.sets, world));
            self.shapes.push(Arc::clone(&shape));
            shape
        });
        let layout = Layout::of(shape, inputs.template, inputs.world);
        known.push(Arc::clone(&layout));
        layout
    }

    /// Forgets every layout.
    pub(crate) fn clear(&mut self) {
        self.layouts.clear();
        self.shapes.clear();
    }
}
