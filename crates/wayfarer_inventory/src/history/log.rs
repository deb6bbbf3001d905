//! The log itself: bounded for each thing and in all, the oldest lines go first.

use std::collections::{BTreeMap, VecDeque};

use bevy::prelude::*;
use serde::{Deserialize, Serialize, Serializer};
use wayfarer_core::id::Uid;

use super::note::Deed;

/// Most lines of one thing.
pub const LINES_OF_ONE: usize = 32;
/// So many of them notes push out only notes: whoever repairs a stolen thing often enough must not
/// make its history forget whose it was.
pub const NOTES_OF_ONE: usize = LINES_OF_ONE / 2;

/// Where a thing was or is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Whereabouts {
    /// Not in the world, or nobody knows.
    #[default]
    Unknown,
    /// On the ground.
    Ground,
    /// With a character or in a container.
    With(Uid),
}

/// One line of the history of a thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemLine {
    /// The tick in which it happened.
    pub tick: u64,
    /// The action or rule that did it, as its number in the log.
    action: u16,
    /// The character that did it.
    pub who: Option<Uid>,
    /// Where it was before.
    pub from: Whereabouts,
    /// Where it was after that tick.
    pub to: Whereabouts,
    /// What happened.
    pub deed: Deed,
    age: u64,
}

/// The history of all single things. Saved; the host's alone.
#[derive(Resource, Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "Saved")]
pub struct ItemLog {
    lines: BTreeMap<Uid, VecDeque<ItemLine>>,
    by_age: BTreeMap<u64, Uid>,
    actions: Vec<String>,
    names: BTreeMap<Uid, String>,
    next: u64,
    /// Most lines in all.
    pub limit: usize,
}

/// As it is written; what can be found again is left out. See [`Written`].
#[derive(Deserialize)]
struct Saved {
    lines: BTreeMap<Uid, VecDeque<ItemLine>>,
    actions: Vec<String>,
    names: BTreeMap<Uid, String>,
    next: u64,
    limit: usize,
}

/// [`Saved`] by reference: with a hundred thousand lines a copy would be felt.
#[derive(Serialize)]
struct Written<'a> {
    lines: &'a BTreeMap<Uid, VecDeque<ItemLine>>,
    actions: &'a [String],
    names: &'a BTreeMap<Uid, String>,
    next: u64,
    limit: usize,
}

impl Serialize for ItemLog {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Written {
            lines: &self.lines,
            actions: &self.actions,
            names: &self.names,
            next: self.next,
            limit: self.limit,
        }
        .serialize(serializer)
    }
}

impl Default for ItemLog {
    fn default() -> Self {
        Self {
            lines: BTreeMap::new(),
            by_age: BTreeMap::new(),
            actions: Vec::new(),
            names: BTreeMap::new(),
            next: 0,
            limit: 100_000,
        }
    }
}

impl From<Saved> for ItemLog {
    fn from(saved: Saved) -> Self {
        let ages = saved.lines.iter();
        let by_age = ages
            .flat_map(|(&uid, lines)| lines.iter().map(move |line| (line.age, uid)))
            .collect();
        Self {
            lines: saved.lines,
            by_age,
            actions: saved.actions,
            names: saved.names,
            next: saved.next,
            limit: saved.limit,
        }
    }
}

/// What is to be written down.
pub(super) struct Event<'a> {
    pub(super) tick: u64,
    pub(super) action: &'a str,
    pub(super) who: Option<Uid>,
    /// Where it was then; where it was before if left out.
    pub(super) to: Option<Whereabouts>,
    pub(super) deed: Deed,
}

impl ItemLog {
    /// The history of a thing, the oldest line first.
    pub fn of(&self, item: Uid) -> impl DoubleEndedIterator<Item = &ItemLine> {
        self.lines.get(&item).into_iter().flatten()
    }

    /// The action or rule of a line.
    pub fn action_of(&self, line: &ItemLine) -> &str {
        let action = self.actions.get(usize::from(line.action));
        action.map_or("", String::as_str)
    }

    /// The last known name of somebody who is in a line.
    pub fn name_of(&self, uid: Uid) -> Option<&str> {
        self.names.get(&uid).map(String::as_str)
    }

    /// Number of lines.
    pub fn len(&self) -> usize {
        self.by_age.len()
    }

    /// Whether nothing has been written down.
    pub fn is_empty(&self) -> bool {
        self.by_age.is_empty()
    }

    /// Where a thing was last.
    pub(super) fn last_place(&self, item: Uid) -> Whereabouts {
        let last = self.of(item).next_back();
        last.map_or(Whereabouts::Unknown, |line| line.to)
    }

    /// Remembers what somebody is called, for when they are gone.
    pub(super) fn call(&mut self, uid: Uid, name: &str) {
        if self.names.get(&uid).is_none_or(|known| known != name) {
            self.names.insert(uid, name.to_owned());
        }
    }

    /// Writes a line; older ones go when there are too many.
    pub(super) fn write(&mut self, item: Uid, event: Event<'_>) {
        let from = self.last_place(item);
        let line = ItemLine {
            tick: event.tick,
            action: self.number(event.action),
            who: event.who,
            from,
            to: event.to.unwrap_or(from),
            deed: event.deed,
            age: self.next,
        };
        self.by_age.insert(self.next, item);
        self.next = self.next.wrapping_add(1);
        let lines = self.lines.entry(item).or_default();
        lines.push_back(line);
        if lines.len() > LINES_OF_ONE
            && let Some(old) = lines.remove(too_many(lines))
        {
            self.by_age.remove(&old.age);
        }
        let before = self.by_age.len();
        while self.by_age.len() > self.limit.max(1) {
            self.forget_oldest();
        }
        if before != self.by_age.len() && self.names.len() > self.by_age.len() {
            self.forget_names();
        }
    }

    fn number(&mut self, action: &str) -> u16 {
        let known = self.actions.iter().position(|known| known == action);
        let at = known.unwrap_or_else(|| {
            self.actions.push(action.to_owned());
            self.actions.len() - 1
        });
        u16::try_from(at).unwrap_or(u16::MAX)
    }

    fn forget_oldest(&mut self) {
        let Some((_, item)) = self.by_age.pop_first() else {
            return;
        };
        if let Some(lines) = self.lines.get_mut(&item) {
            lines.pop_front();
            if lines.is_empty() {
                self.lines.remove(&item);
            }
        }
    }

    fn forget_names(&mut self) {
        let mut named = std::collections::BTreeSet::new();
        for line in self.lines.values().flatten() {
            named.extend(line.who);
            for place in [line.from, line.to] {
                if let Whereabouts::With(uid) = place {
                    named.insert(uid);
                }
            }
        }
        self.names.retain(|uid, _| named.contains(uid));
    }
}

/// The line that goes when there are too many: the oldest one, of the sort of which there are more
/// than its share.
fn too_many(lines: &VecDeque<ItemLine>) -> usize {
    let is_note = |line: &ItemLine| matches!(line.deed, Deed::Noted(_));
    let notes = lines.iter().filter(|line| is_note(line)).count() > NOTES_OF_ONE;
    let oldest = lines.iter().position(|line| is_note(line) == notes);
    oldest.unwrap_or_default()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use wayfarer_core::ledger::MovementKind;

    use super::*;

    fn uid(n: u64) -> Uid {
        Uid::new(n).unwrap()
    }

    fn write(log: &mut ItemLog, item: u64, tick: u64, to: u64) {
        let event = Event {
            tick,
            action: if tick.is_multiple_of(2) {
                "even"
            } else {
                "odd"
            },
            who: Some(uid(to)),
            to: Some(Whereabouts::With(uid(to))),
            deed: Deed::Went(MovementKind::Moved),
        };
        log.write(uid(item), event);
    }

    /// Repairing a stolen thing again and again does not hide whose it was.
    #[test]
    fn notes_do_not_push_out_who_had_it() {
        let mut log = ItemLog::default();
        write(&mut log, 1, 0, 7);
        write(&mut log, 1, 1, 8);
        for tick in 2..200 {
            let event = Event {
                tick,
                action: "mend",
                who: Some(uid(8)),
                to: None,
                deed: Deed::Noted(Box::new(super::super::note::Note::new("repaired"))),
            };
            log.write(uid(1), event);
        }
        let ticks: Vec<u64> = log.of(uid(1)).map(|line| line.tick).collect();
        assert_eq!((ticks.len(), &ticks[..2]), (LINES_OF_ONE, &[0, 1][..]));
        assert_eq!(log.len(), LINES_OF_ONE);
        // Nor does passing it to and fro make it forget all that was done to it.
        for tick in 200..400 {
            write(&mut log, 1, tick, tick);
        }
        let noted = log
            .of(uid(1))
            .filter(|line| matches!(line.deed, Deed::Noted(_)));
        assert_eq!(noted.count(), NOTES_OF_ONE);
        assert_eq!(log.of(uid(1)).count(), LINES_OF_ONE);
    }

    #[test]
    fn the_oldest_lines_go_first() {
        let mut log = ItemLog {
            limit: 50,
            ..ItemLog::default()
        };
        write(&mut log, 1, 0, 7);
        for tick in 0..100 {
            write(&mut log, 2, tick, 100 + tick);
            log.call(uid(100 + tick), "somebody");
        }
        let ticks: Vec<u64> = log.of(uid(2)).map(|line| line.tick).collect();
        assert_eq!(ticks, (68..100).collect::<Vec<_>>(), "32 of one thing");
        let first = log.of(uid(2)).next().unwrap();
        assert_eq!(
            first.from,
            Whereabouts::With(uid(167)),
            "where it was before"
        );
        assert_eq!(log.action_of(first), "even");
        assert_eq!((log.of(uid(1)).count(), log.len()), (1, 33));
        for tick in 0..18 {
            write(&mut log, 10 + tick, tick, 9);
        }
        assert_eq!((log.of(uid(1)).count(), log.len()), (0, 50), "50 in all");
        assert!(log.names.len() <= 50, "names of nobody are forgotten");
        assert_eq!(log.name_of(uid(199)), Some("somebody"));

        let bytes = postcard::to_stdvec(&log).unwrap();
        let mut back: ItemLog = postcard::from_bytes(&bytes).unwrap();
        assert_eq!(back, log);
        write(&mut back, 3, 3, 3);
        assert_eq!(back.len(), 50, "a loaded log is as bounded");
    }
}
