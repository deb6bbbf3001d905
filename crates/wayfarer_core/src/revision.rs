//! Expected revisions: a request may say what it saw, and is refused when someone else has
//! changed that since. One's own changes never conflict: dragging five items quickly works.

use std::collections::VecDeque;

use bevy::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    id::{PlayerId, Uid},
    refusal::{Code, Refusal},
};

/// "I saw this aggregate of this thing at this revision."
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expect {
    /// The thing.
    pub uid: Uid,
    /// [`Aggregate::NAME`](crate::aggregate::Aggregate::NAME), hashed by [`Expect::kind`].
    pub aggregate: u32,
    /// The revision that was seen.
    pub revision: u32,
}

impl Expect {
    /// The number that stands for an aggregate's name on the wire.
    pub fn kind(name: &str) -> u32 {
        crate::id::DefId::of(name).0
    }
}

/// Who made the last changes. On the host only; neither saved nor replicated.
#[derive(Component, Clone, Debug, Default)]
pub struct ChangeLog {
    changes: VecDeque<(u32, u32, PlayerId)>,
}

/// How many changes are remembered; a request that is further behind conflicts to be safe.
const REMEMBERED: usize = 32;

impl ChangeLog {
    pub(crate) fn note(&mut self, aggregate: &str, revision: u32, player: PlayerId) {
        if self.changes.len() == REMEMBERED {
            self.changes.pop_front();
        }
        self.changes
            .push_back((Expect::kind(aggregate), revision, player));
    }

    /// `Ok` when nobody but `player` has changed the aggregate since the expected revision.
    pub(crate) fn check(
        &self,
        expect: Expect,
        current: u32,
        player: PlayerId,
    ) -> Result<(), Refusal> {
        let behind = current.wrapping_sub(expect.revision);
        if behind == 0 {
            return Ok(());
        }
        let conflict = || Refusal::new(Code::CONFLICT).with("current", current);
        // A revision from the future comes from a client of another life of this world.
        if behind > u32::MAX / 2 {
            return Err(conflict());
        }
        let mut seen_oldest = false;
        for &(kind, revision, by) in self.changes.iter().rev() {
            if kind != expect.aggregate {
                continue;
            }
            if current.wrapping_sub(revision) >= behind {
                seen_oldest = true;
                break;
            }
            if by != player {
                return Err(conflict());
            }
        }
        if seen_oldest || self.changes.len() < REMEMBERED {
            Ok(())
        } else {
            Err(conflict())
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn only_somebody_elses_change_conflicts() {
        let (me, you) = (PlayerId(1), PlayerId(2));
        let expect = |revision| Expect {
            uid: Uid::new(1).unwrap(),
            aggregate: Expect::kind("a"),
            revision,
        };
        let mut log = ChangeLog::default();
        log.note("a", 1, me);
        log.note("a", 2, me);
        log.note("b", 1, you);
        assert!(log.check(expect(0), 2, me).is_ok());
        log.note("a", 3, you);
        assert!(log.check(expect(2), 3, me).is_err());
        assert!(log.check(expect(3), 3, me).is_ok());
        log.note("a", 4, me);
        assert!(log.check(expect(3), 4, me).is_ok());
        assert!(log.check(expect(1), 4, me).is_err());
        assert!(log.check(expect(9), 4, me).is_err(), "from the future");
    }
}
