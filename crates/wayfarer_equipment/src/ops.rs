//! The only way locks change, with its exact inverse.

use serde::{Deserialize, Serialize};
use wayfarer_core::{
    aggregate::{Aggregate, OpError},
    id::DefId,
    replicate_by_ops,
};

use crate::equipment::Equipment;

/// One change of [`Equipment`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EquipOp {
    /// Locks a slot until a tick, or frees it.
    Lock {
        /// The slot.
        slot: DefId,
        /// From which tick it may be changed; none to free it.
        until: Option<u64>,
    },
}

impl Aggregate for Equipment {
    const NAME: &'static str = "equipment";
    type Op = EquipOp;

    fn apply(&mut self, op: &EquipOp) -> Result<EquipOp, OpError> {
        let &EquipOp::Lock { slot, until } = op;
        let until = match until {
            Some(until) => self.locked.insert(slot, until),
            None => self.locked.remove(&slot),
        };
        Ok(EquipOp::Lock { slot, until })
    }

    fn revision(&self) -> u32 {
        self.revision
    }

    fn set_revision(&mut self, revision: u32) {
        self.revision = revision;
    }
}

replicate_by_ops!(Equipment);

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn locks_are_exactly_invertible(
            ops in proptest::collection::vec((0..4u32, proptest::option::of(any::<u64>())), 0..30)
        ) {
            let mut equipment = Equipment::default();
            let mut undo = Vec::new();
            for (slot, until) in ops {
                let before = equipment.clone();
                let inverse = equipment.apply(&EquipOp::Lock { slot: DefId(slot), until }).unwrap();
                undo.push((before, inverse));
            }
            for (before, inverse) in undo.into_iter().rev() {
                equipment.apply(&inverse).unwrap();
                prop_assert_eq!(&equipment, &before);
            }
        }
    }

    #[test]
    fn a_lock_ends_at_its_tick() {
        let mut equipment = Equipment::default();
        let slot = DefId(1);
        let until = Some(40);
        equipment.apply(&EquipOp::Lock { slot, until }).unwrap();
        for (now, remaining) in [(0, 40), (39, 1), (40, 0), (41, 0)] {
            assert_eq!(equipment.remaining(slot, now), remaining);
        }
        assert_eq!(equipment.remaining(DefId(2), 0), 0);
    }
}
