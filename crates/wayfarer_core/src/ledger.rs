//! The ledger: who asked for what, what was answered, what it did. Bounded, in memory, readable
//! by panels; the conservation tests add up its movements and the game master undoes from it.

use std::{collections::VecDeque, time::Duration};

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use crate::{
    action::Action,
    authority::Role,
    dice::Rolled,
    door::Request,
    id::{DefId, Uid},
    refusal::{Code, Refusal},
    txn::{Cause, Committed, Touched, Txn},
};

/// Why something came into being, moved or went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Reflect)]
pub enum MovementKind {
    /// Came with a new character or container.
    Spawned,
    /// Found as loot.
    Looted,
    /// Made.
    Crafted,
    /// Given by the game master.
    Granted,
    /// Changed place; nothing came or went.
    Moved,
    /// Part of a stack became a stack of its own (positive) or joined one (the rest is gone).
    Split,
    /// Used up.
    Consumed,
    /// Sold.
    Sold,
    /// Destroyed on purpose.
    Destroyed,
    /// Its owner left the world for good.
    OwnerGone,
    /// Came back because the game master undid its going.
    UndoneGoing,
    /// Went because the game master undid its coming.
    UndoneComing,
    /// Coins that were changed for others of the same worth.
    ChangedAway,
    /// Coins that others of the same worth were changed for.
    ChangedInto,
}

impl MovementKind {
    /// How the number of things in the world changes: +1, 0 or −1 per counted thing.
    pub const fn sign(self) -> i64 {
        match self {
            Self::Spawned
            | Self::Looted
            | Self::Crafted
            | Self::Granted
            | Self::UndoneGoing
            | Self::ChangedInto => 1,
            Self::Moved | Self::Split => 0,
            Self::Consumed
            | Self::Sold
            | Self::Destroyed
            | Self::OwnerGone
            | Self::UndoneComing
            | Self::ChangedAway => -1,
        }
    }
}

/// One line of what came, moved or went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Movement {
    /// Why.
    pub kind: MovementKind,
    /// Which thing.
    pub uid: Uid,
    /// What it is.
    pub def: DefId,
    /// How many.
    pub count: u32,
}

/// One request and its fate.
pub struct LedgerEntry {
    /// Position in the ledger, from 1; never reused.
    pub sequence: u64,
    /// Who asked for what, when.
    pub cause: Cause,
    /// The content it was decided under. A replay never crosses a change of content.
    pub content_revision: u32,
    /// The request itself; a replay feeds it in again.
    pub request: Request,
    /// Why not, if it was refused.
    pub refusal: Option<Refusal>,
    /// What it touched.
    pub touched: SmallVec<[Touched; 4]>,
    /// What came, moved or went.
    pub movements: Vec<Movement>,
    /// Every die that fell.
    pub rolls: Vec<Rolled>,
    /// How long the decision took.
    pub took: Duration,
    pub(crate) undo: Option<crate::txn::Steps>,
}

impl LedgerEntry {
    pub(crate) fn of_host_rule(cause: Cause, done: Committed) -> Self {
        Self {
            sequence: 0,
            content_revision: 0,
            request: Request {
                id: cause.request,
                actor: None,
                expect: SmallVec::new(),
                action: DefId::of(cause.action),
                payload: serde_bytes::ByteBuf::new(),
            },
            cause,
            refusal: None,
            touched: done.touched,
            movements: done.movements,
            rolls: done.rolls,
            took: Duration::ZERO,
            undo: done.undo,
        }
    }

    /// Whether a game master can still try to undo it.
    pub fn can_undo(&self) -> bool {
        self.undo.as_ref().is_some_and(|steps| !steps.is_empty())
    }
}

/// The last entries, oldest first.
#[derive(Resource)]
pub struct Ledger {
    entries: VecDeque<LedgerEntry>,
    next: u64,
    /// How many entries are kept.
    pub capacity: usize,
}

impl Default for Ledger {
    fn default() -> Self {
        Self {
            entries: VecDeque::new(),
            next: 1,
            capacity: 4096,
        }
    }
}

impl Ledger {
    pub(crate) fn push(&mut self, mut entry: LedgerEntry) {
        entry.sequence = self.next;
        self.next += 1;
        while self.entries.len() >= self.capacity.max(1) {
            self.entries.pop_front();
        }
        self.entries.push_back(entry);
    }

    /// Forgets every entry: another world was loaded. Sequences go on.
    pub fn forget(&mut self) {
        self.entries.clear();
    }

    /// The entries kept, oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &LedgerEntry> + ExactSizeIterator {
        self.entries.iter()
    }

    /// The entry with this sequence, if it is still kept.
    pub fn get(&self, sequence: u64) -> Option<&LedgerEntry> {
        let first = self.entries.front()?.sequence;
        self.entries.get(sequence.checked_sub(first)? as usize)
    }

    /// The sequence that the next entry will get.
    pub fn next_sequence(&self) -> u64 {
        self.next
    }
}

/// Undoes an entry of the ledger by the inverses of what it did. For game masters.
///
/// Refused with `cannot_undo` when it made or removed things, was refused itself, is too old, or
/// when what it touched has changed since.
#[derive(Serialize, Deserialize, Debug, Clone, Copy)]
pub struct UndoAction {
    /// [`LedgerEntry::sequence`].
    pub sequence: u64,
}

impl Action for UndoAction {
    const NAME: &'static str = "core.undo";
    type Receipt = ();
    const MIN_ROLE: Role = Role::GameMaster;
    const NEEDS_ACTOR: bool = false;

    fn apply(&self, txn: &mut Txn<'_>) -> Result<(), Refusal> {
        let cannot = || Refusal::new(Code::CANNOT_UNDO);
        let index = {
            let ledger = txn.world().resource::<Ledger>();
            let entry = ledger.get(self.sequence).ok_or_else(cannot)?;
            for touched in &entry.touched {
                let now = txn
                    .world()
                    .resource::<crate::action::ActionRegistry>()
                    .revision(
                        txn.world(),
                        touched.entity,
                        crate::revision::Expect::kind(touched.aggregate),
                    );
                if now.is_some_and(|now| now != touched.revision) {
                    return Err(cannot());
                }
            }
            self.sequence
        };
        // The steps leave the ledger while they run, because they write through the same world.
        txn.undo_entry(index)
    }
}

impl Ledger {
    pub(crate) fn take_undo(&mut self, sequence: u64) -> Option<crate::txn::Steps> {
        let first = self.entries.front()?.sequence;
        let at = sequence.checked_sub(first)? as usize;
        self.entries.get_mut(at)?.undo.take()
    }

    pub(crate) fn return_undo(&mut self, sequence: u64, steps: crate::txn::Steps) {
        let Some(first) = self.entries.front().map(|e| e.sequence) else {
            return;
        };
        if let Some(entry) = sequence
            .checked_sub(first)
            .and_then(|at| self.entries.get_mut(at as usize))
        {
            entry.undo = Some(steps);
        }
    }
}
