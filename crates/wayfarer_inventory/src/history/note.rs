//! What rules other than moving write into the history of a thing: that it was mended, enchanted,
//! understood, or has suffered.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::{
    fact::Fact,
    id::{DefId, Uid},
    ledger::{Ledger, MovementKind},
    refusal::Code,
    txn::Txn,
};

use crate::{content::ItemDef, item::Item};

/// Most kinds of materials that a note names.
pub const MATERIALS_OF_ONE: usize = 8;

/// What a line of a history is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Deed {
    /// It came, changed hands or went.
    Went(MovementKind),
    /// Something was done to it where it was.
    Noted(Box<Note>),
}

/// Something that was done to a thing.
///
/// ```
/// # use wayfarer_inventory::history::Note;
/// // "repaired, 40 % → 70 %, for 30 coins"
/// let note = Note::new("repaired").left(40_000, 70_000).cost(30);
/// assert!(note.done);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What was done; panels show the text `history.<what>`, in which `{about}` is
    /// [`about`](Self::about).
    pub what: Code,
    /// Whether it succeeded.
    pub done: bool,
    /// What was left of the thing before and after, in thousandths of a percent of a new one; for
    /// what does not wear it is `None`.
    pub left: Option<(u32, u32)>,
    /// What it cost, in the smallest coin.
    pub cost: u64,
    /// What it used up, and how many of each; at most [`MATERIALS_OF_ONE`].
    pub materials: Vec<(DefId, u32)>,
    /// What it was about: an enchantment, for example.
    pub about: Option<DefId>,
}

impl Note {
    /// Something that succeeded, cost nothing and used up nothing.
    pub const fn new(what: &'static str) -> Self {
        Self {
            what: Code::new(what),
            done: true,
            left: None,
            cost: 0,
            materials: Vec::new(),
            about: None,
        }
    }

    /// Whether it succeeded.
    #[must_use]
    pub const fn done(mut self, done: bool) -> Self {
        self.done = done;
        self
    }

    /// What was left of the thing before and after, in thousandths of a percent.
    #[must_use]
    pub const fn left(mut self, before: u32, after: u32) -> Self {
        self.left = Some((before, after));
        self
    }

    /// What it cost, in the smallest coin.
    #[must_use]
    pub const fn cost(mut self, cost: u64) -> Self {
        self.cost = cost;
        self
    }

    /// What it used up. Pieces of the same kind are added up; beyond [`MATERIALS_OF_ONE`] kinds
    /// nothing is named.
    #[must_use]
    pub fn materials(mut self, used: impl IntoIterator<Item = (DefId, u32)>) -> Self {
        for (def, count) in used {
            let known = self.materials.iter_mut().find(|(known, _)| *known == def);
            if let Some((_, sum)) = known {
                *sum = sum.saturating_add(count);
            } else if self.materials.len() < MATERIALS_OF_ONE && count > 0 {
                self.materials.push((def, count));
            }
        }
        self
    }

    /// What it was about.
    #[must_use]
    pub const fn about(mut self, what: DefId) -> Self {
        self.about = Some(what);
        self
    }
}

/// Writes something into the history of a thing, once the transaction is committed. The actor of
/// the transaction is who did it. Nothing happens for what stacks, which has no history.
pub fn note(txn: &mut Txn<'_>, item: &Item, note: Note) {
    let content = txn.content();
    let def = content.table::<ItemDef>().get(item.def);
    if def.is_none_or(|def| def.max_stack != 1) {
        return;
    }
    let cause = txn.cause();
    let noted = Noted {
        sequence: 0,
        item: item.uid,
        tick: cause.tick,
        action: cause.action,
        who: cause.actor,
        note,
    };
    txn.emit(noted);
}

/// A note on its way into the log.
#[derive(Message, Clone, Debug)]
pub(super) struct Noted {
    /// The entry of the ledger that it belongs to.
    pub(super) sequence: u64,
    pub(super) item: Uid,
    pub(super) tick: u64,
    pub(super) action: &'static str,
    pub(super) who: Option<Uid>,
    pub(super) note: Note,
}

/// What was noted since the log was last written, the oldest first.
#[derive(Resource, Default, Debug)]
pub(super) struct Notes(pub(super) Vec<Noted>);

impl Fact for Noted {
    fn tell(mut self, world: &mut World) {
        // Facts are told before the ledger gets the entry of their transaction.
        self.sequence = world
            .get_resource::<Ledger>()
            .map_or(0, Ledger::next_sequence);
        if let Some(mut notes) = world.get_resource_mut::<Notes>() {
            notes.0.push(self);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn materials_are_added_up_and_bounded() {
        let (iron, leather) = (DefId::of("a:iron"), DefId::of("a:leather"));
        let note = Note::new("repaired").materials([(iron, 2), (leather, 0), (iron, 3)]);
        assert_eq!(note.materials, [(iron, 5)]);
        let many = (0..20).map(|n| (DefId(n), 1));
        assert_eq!(
            Note::new("repaired").materials(many).materials.len(),
            MATERIALS_OF_ONE
        );
        let full = Note::new("x").materials([(iron, u32::MAX), (iron, 9)]);
        assert_eq!(full.materials, [(iron, u32::MAX)]);
    }
}
