//! Formulas that look at a character from outside: conditions of modifiers, soaks against damage.

use smallvec::SmallVec;
use wayfarer_formula::{Program, parse};

use super::Shape;
use crate::{index::StatIndex, world_rules::WorldRules};

/// Most stats that one condition or other such formula can name.
pub(crate) const MAX_NAMES: usize = 16;

/// A compiled condition, or any number that depends on a character. It reads few stats of many, so
/// its program runs over a small array of its own.
#[derive(Debug)]
pub(crate) struct Condition {
    program: Program,
    reads: SmallVec<[Read; 4]>,
    /// The slots it depends on, directly or not, ascending.
    needs: Box<[u16]>,
}

#[derive(Clone, Copy, Debug)]
enum Read {
    Slot(u16),
    /// The character does not have the stat: its default.
    Default(f32),
}

impl Condition {
    pub(super) fn compile(shape: &Shape, text: &str) -> Option<Self> {
        let index = shape.content().derived::<StatIndex>()?;
        let rules = WorldRules::of(shape.content(), index, shape.world());
        let expr = parse(text).ok()?;
        let names: Vec<&str> = expr.names().map(|(name, _)| name).collect();
        if names.len() > MAX_NAMES || expr.has_dice() {
            return None;
        }
        let reads = names
            .iter()
            .map(|name| {
                let stat = index.resolve_near(shape.sets(), name).ok()?;
                Some(match shape.slot(stat) {
                    Some(slot) => Read::Slot(slot),
                    None => {
                        let def = index.get(stat)?.def(shape.content())?;
                        Read::Default(rules.start(stat, def))
                    }
                })
            })
            .collect::<Option<SmallVec<[Read; 4]>>>()?;
        let program = expr.compile(&names).ok()?;
        let is_read = |slot: &u16| {
            let mut reads = reads.iter();
            reads.any(|read| matches!(read, Read::Slot(read) if read == slot))
        };
        let needs = shape
            .slots()
            .iter()
            .zip(0..)
            .filter(|(slot, _)| slot.closure.iter().any(is_read))
            .map(|(_, at)| at)
            .collect();
        Some(Self {
            program,
            reads,
            needs,
        })
    }

    /// The slots it depends on, directly or not, ascending.
    pub(crate) fn needs(&self) -> &[u16] {
        &self.needs
    }

    /// Whether it is met.
    pub(crate) fn holds(&self, values: &[f32]) -> bool {
        self.value(|slot| values.get(usize::from(slot)).copied().unwrap_or(0.0)) != 0.0
    }

    /// Its number, with stats as `stat` tells them by slot.
    pub(crate) fn value(&self, stat: impl Fn(u16) -> f32) -> f32 {
        let mut read = [0.0; MAX_NAMES];
        for (to, from) in read.iter_mut().zip(&self.reads) {
            *to = match *from {
                Read::Slot(slot) => stat(slot),
                Read::Default(value) => value,
            };
        }
        self.program.eval(&read)
    }
}
