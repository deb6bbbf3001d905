//! Rolling a table.

use wayfarer_core::{
    content::{Content, Def},
    dice::DiceStream,
    id::DefId,
};
use wayfarer_formula::Roller;

use super::{LootContext, items_with};
use crate::{
    content::{LootEntry, LootTableDef, Pick},
    rules::{Chance, Weights},
};

/// Most pieces of one kind in one find, and most looks at entries for it: a slip in a pack should
/// not fill the memory.
pub const MAX_DROPS: u32 = 1_000_000;

/// How many entries are looked at for one find, nested tables included.
const MAX_LOOKS: u32 = 10_000;

/// Something found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drop {
    /// What.
    pub def: DefId,
    /// How many, from 1.
    pub count: u32,
}

/// Rolls a table. Pieces of one kind are one [`Drop`]; they come in the order in which their kinds
/// were first found. A table that does not exist gives nothing.
pub fn roll(
    content: &Content,
    table: DefId,
    ctx: &LootContext<'_>,
    dice: &mut DiceStream,
) -> Vec<Drop> {
    let mut rolling = Rolling {
        content,
        ctx,
        dice,
        found: Vec::new(),
        looks: 0,
    };
    rolling.table(table);
    rolling.found
}

struct Rolling<'a> {
    content: &'a Content,
    ctx: &'a LootContext<'a>,
    dice: &'a mut DiceStream,
    found: Vec<Drop>,
    looks: u32,
}

impl Rolling<'_> {
    fn table(&mut self, table: DefId) {
        let content = self.content;
        let Some(table) = content.table::<LootTableDef>().get(table) else {
            return;
        };
        match &table.pick {
            Pick::All => {
                for entry in &table.entries {
                    if self.ctx.allows(entry) {
                        self.entry(entry);
                    }
                }
            }
            Pick::One => self.pick(table, 1),
            Pick::Count(count) => {
                let times = count.roll(&[self.ctx.level], self.dice);
                self.pick(table, times);
            }
        }
    }

    fn pick(&mut self, table: &LootTableDef, times: u32) {
        let weights = Weights::of(weights(table, self.ctx));
        for _ in 0..times {
            // A table of no weight gives nothing, however often.
            let Some(entry) = weights
                .roll(self.dice)
                .and_then(|index| table.entries.get(index))
            else {
                return;
            };
            if self.looks >= MAX_LOOKS {
                return;
            }
            self.entry(entry);
        }
    }

    fn entry(&mut self, entry: &LootEntry) {
        self.looks += 1;
        let level = self.ctx.level;
        if self.looks > MAX_LOOKS || !Chance::of(entry.chance_at(level)).roll(self.dice) {
            return;
        }
        if let Some(item) = &entry.item {
            let count = entry.count.roll(&[level], self.dice);
            self.find(item.id(), count);
        } else if let Some(table) = &entry.table {
            for _ in 0..entry.count.roll(&[level], self.dice) {
                if self.looks >= MAX_LOOKS {
                    return;
                }
                self.table(table.id());
            }
        } else if let Some(tag) = &entry.tag {
            let max = entry.max_value.as_ref().map(|max| max.eval(&[level]));
            let fitting: Vec<DefId> = items_with(self.content, tag, max).map(Def::id).collect();
            let Ok(sides @ 1..) = u32::try_from(fitting.len()) else {
                return;
            };
            let shown = self.dice.die(sides) as usize;
            let count = entry.count.roll(&[level], self.dice);
            if let Some(&def) = fitting.get(shown.saturating_sub(1)) {
                self.find(def, count);
            }
        }
    }

    fn find(&mut self, def: DefId, count: u32) {
        let count = count.min(MAX_DROPS);
        if count == 0 {
            return;
        }
        match self.found.iter_mut().find(|drop| drop.def == def) {
            Some(drop) => drop.count = drop.count.saturating_add(count).min(MAX_DROPS),
            None => self.found.push(Drop { def, count }),
        }
    }
}

/// The weights of all entries; 0 for those that can not come.
pub(super) fn weights<'a>(
    table: &'a LootTableDef,
    ctx: &'a LootContext<'a>,
) -> impl Iterator<Item = f32> + 'a {
    table.entries.iter().map(|entry| {
        if ctx.allows(entry) {
            entry.weight_at(ctx.level)
        } else {
            0.0
        }
    })
}
