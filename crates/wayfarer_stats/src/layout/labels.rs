//! Labels of a shape.

use wayfarer_core::id::DefId;

use crate::rules::level::Range;

/// One label of one set.
#[derive(Debug)]
pub(crate) struct SetLabels {
    pub(crate) set: DefId,
    /// Position in the definition of the set.
    pub(crate) index: usize,
    /// In the order of the definition.
    pub(super) rules: Box<[Box<[(u16, Range)]>]>,
}

impl SetLabels {
    /// Position of the first rule that holds; `None` if none does.
    pub(crate) fn rule(&self, values: &[f32]) -> Option<usize> {
        let holds = |&(slot, range): &(u16, Range)| {
            let value = values.get(usize::from(slot));
            value.is_some_and(|value| range.holds(*value))
        };
        self.rules.iter().position(|rule| rule.iter().all(holds))
    }
}
