//! Relations as they come from a save or the network, before anyone has checked them.

use serde::Deserialize;
use wayfarer_core::aggregate::OpError;

use super::{Bond, MAX_AXES, MAX_LOG, MAX_RELATIONS, Relation, Relations};

#[derive(Deserialize)]
pub(super) struct Unchecked {
    rows: Vec<(Bond, Relation)>,
    revision: u32,
}

impl TryFrom<Unchecked> for Relations {
    type Error = &'static str;

    fn try_from(stored: Unchecked) -> Result<Self, Self::Error> {
        if stored.rows.len() > MAX_RELATIONS {
            return Err("too many relations");
        }
        if stored.rows.windows(2).any(|pair| pair[0].0 >= pair[1].0) {
            return Err("relations out of order, or one that occurs twice");
        }
        for (_, relation) in &stored.rows {
            relation.check().map_err(|error| error.0)?;
            if relation.is_empty() {
                return Err("a relation without content");
            }
        }
        Ok(Self {
            rows: stored.rows,
            revision: stored.revision,
            touched: Vec::new(),
        })
    }
}

impl Relation {
    /// Refuses what no relation can be.
    pub(super) fn check(&self) -> Result<(), OpError> {
        if self.values.len() > MAX_AXES || self.log.len() > MAX_LOG {
            return Err(OpError("a relation with too many values or causes"));
        }
        if self.values.windows(2).any(|pair| pair[0].0 >= pair[1].0) {
            return Err(OpError("values out of order, or one that occurs twice"));
        }
        if self.values.iter().any(|row| !row.1.value.is_finite()) {
            return Err(OpError("a value must be a finite number"));
        }
        self.log.iter().try_for_each(super::RelationCause::check)
    }
}
