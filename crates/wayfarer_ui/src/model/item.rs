//! One item as data.

use std::sync::Arc;

use wayfarer_core::id::{DefId, Uid};
use wayfarer_inventory::rules::{Search, Searched, Shape};

/// One item or stack.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemRow {
    /// Which thing.
    pub uid: Uid,
    /// What it is.
    pub def: DefId,
    /// Its name as the player knows it.
    pub name: Arc<str>,
    /// Its tags, for the search.
    pub tags: Arc<[Box<str>]>,
    /// Its owner has marked it.
    pub favourite: bool,
    /// Its position among the others; in a grid, its cells.
    pub position: u32,
    /// What it takes in a grid.
    pub shape: Shape,
    /// How many.
    pub count: u32,
    /// How many can be one stack.
    pub max_stack: u32,
    /// Kilograms of the stack.
    pub weight: f32,
    /// Bulk of the stack.
    pub bulk: f32,
    /// Value of the stack in the smallest coin.
    pub value: f32,
    /// A free word, such as `rare`; empty if it does not matter.
    pub rarity: Arc<str>,
    /// What picture it has; a word the theme understands.
    pub icon: Arc<str>,
    /// How whole it is, from 0 to 1; `None` when it does not wear.
    pub durability: Option<f32>,
    /// The slots that take it; empty when it can not be worn.
    pub slots: Arc<[DefId]>,
    /// Something happens when it is used: it can be drunk, eaten, applied.
    pub usable: bool,
    /// Why it can not be used now; the row is greyed. `None` when it can.
    pub blocked: Option<Arc<str>>,
    /// Until when it can not be used again.
    pub cooldown: Option<Cooldown>,
}

impl ItemRow {
    /// An item with a name and nothing else to say about it.
    pub fn new(uid: Uid, def: DefId, name: &str, count: u32) -> Self {
        Self {
            uid,
            def,
            name: name.into(),
            tags: Arc::new([]),
            favourite: false,
            position: 0,
            shape: Shape::default(),
            count,
            max_stack: 1,
            weight: 0.0,
            bulk: 0.0,
            value: 0.0,
            rarity: "".into(),
            icon: "".into(),
            durability: None,
            slots: Arc::new([]),
            usable: false,
            blocked: None,
            cooldown: None,
        }
    }

    /// Whether it is what somebody looks for.
    pub fn fits(&self, search: &Search) -> bool {
        if search.is_empty() {
            return true;
        }
        let tags: Vec<&str> = self.tags.iter().map(AsRef::as_ref).collect();
        search.fits(&Searched {
            name: &self.name,
            description: "",
            tags: &tags,
            rarity: &self.rarity,
            weight: self.weight,
            bulk: self.bulk,
            value: self.value,
            count: self.count,
            favourite: self.favourite,
        })
    }

    /// Whether it can be worn at all.
    pub fn wearable(&self) -> bool {
        !self.slots.is_empty()
    }
}

/// A wait, in ticks of the rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cooldown {
    /// The tick at which it is over.
    pub until: u64,
    /// How long it is in all, for the pie; at least 1.
    pub length: u64,
}

/// The rules' time when a frame is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Now {
    /// The tick.
    pub tick: u64,
    /// Ticks per second.
    pub hz: f64,
}

impl Default for Now {
    fn default() -> Self {
        Self { tick: 0, hz: 20.0 }
    }
}

impl Cooldown {
    /// Seconds left and the share of the wait that is left, from 0 to 1; `None` when it is over.
    pub fn left(self, now: Now) -> Option<(f32, f32)> {
        let ticks = self
            .until
            .checked_sub(now.tick)
            .filter(|&ticks| ticks > 0)?;
        let seconds = (ticks as f64 / now.hz) as f32;
        let share = (ticks as f32 / self.length.max(1) as f32).min(1.0);
        Some((seconds, share))
    }
}

/// Everything about one item, for the tooltip and the window.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ItemDetails {
    /// A sentence or two.
    pub description: String,
    /// Facts as name and value: weight, damage, condition.
    pub facts: Vec<(String, String)>,
    /// What would be other if it were put on (or taken off, when it is worn).
    pub changes: Vec<StatChange>,
    /// What it would take the place of.
    pub replaces: Vec<String>,
    /// Why it can not be put on, or taken off.
    pub refusal: Option<String>,
    /// What else can not be done with it, as far as it is known here.
    pub refusals: Refusals,
}

/// What can not be done with an item, and why; `None` is what can be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refusals {
    /// To use it.
    pub using: Option<String>,
    /// To lay it on the ground.
    pub drop: Option<String>,
    /// To put it into the open container.
    pub put: Option<String>,
    /// To take it from where it is to one's own.
    pub take: Option<String>,
}

/// What a change would do to a stat.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StatChange {
    /// The stat's name.
    pub stat: String,
    /// The value now.
    pub before: f32,
    /// The value then.
    pub after: f32,
    /// Whether the change is good for the character; `None` when it is neither.
    pub better: Option<bool>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cooldowns_end_at_their_tick() {
        let cooldown = Cooldown {
            until: 140,
            length: 40,
        };
        for (tick, expected) in [
            (100, Some((2.0, 1.0))),
            (120, Some((1.0, 0.5))),
            (90, Some((2.5, 1.0))),
            (140, None),
            (999, None),
        ] {
            let now = Now { tick, hz: 20.0 };
            assert_eq!(cooldown.left(now), expected, "at {tick}");
        }
    }
}
