//! The exact odds of a table, without rolling.

use std::collections::BTreeMap;

use wayfarer_core::{
    content::{Content, Def},
    id::DefId,
};
use wayfarer_formula::Distribution;

use super::{LootContext, items_with, roll::weights};
use crate::{
    content::{LootEntry, LootTableDef, Pick},
    rules::{Chance, Weights},
};

/// How likely a kind of item is in a find.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Odds {
    /// The chance that there is at least one, 0 to 1.
    pub chance: f64,
    /// How many there are on average.
    pub mean: f64,
}

/// The exact odds of everything that a table can give. Computed from the same whole-numbered
/// chances that [`roll`](super::roll) throws dice for.
pub fn odds(content: &Content, table: DefId, ctx: &LootContext<'_>) -> BTreeMap<DefId, Odds> {
    of_table(content, table, ctx, 0)
        .into_iter()
        .filter(|(_, share)| share.absent < 1.0)
        .map(|(def, share)| {
            let odds = Odds {
                chance: 1.0 - share.absent,
                mean: share.mean,
            };
            (def, odds)
        })
        .collect()
}

/// How likely something is not there, and how much of it there is.
#[derive(Clone, Copy)]
struct Share {
    absent: f64,
    mean: f64,
}

const NONE: Share = Share {
    absent: 1.0,
    mean: 0.0,
};

type Shares = BTreeMap<DefId, Share>;

/// Deeper tables are a circle, which the content check refuses.
const MAX_DEPTH: u32 = 32;

fn of_table(content: &Content, table: DefId, ctx: &LootContext<'_>, depth: u32) -> Shares {
    let Some(table) = content.table::<LootTableDef>().get(table) else {
        return Shares::new();
    };
    if depth > MAX_DEPTH {
        return Shares::new();
    }
    let entries = table.entries.iter();
    let each = entries.map(|entry| of_entry(content, entry, ctx, depth));
    match &table.pick {
        Pick::All => each
            .zip(&table.entries)
            .filter(|(_, entry)| ctx.allows(entry))
            .fold(Shares::new(), |sum, (shares, _)| together(sum, shares)),
        Pick::One => one_of(table, ctx, each),
        Pick::Count(count) => times(one_of(table, ctx, each), &count.odds(&[ctx.level])),
    }
}

/// What one entry gives once it is looked at.
fn of_entry(content: &Content, entry: &LootEntry, ctx: &LootContext<'_>, depth: u32) -> Shares {
    let count = entry.count.odds(&[ctx.level]);
    let mut shares = Shares::new();
    if let Some(item) = &entry.item {
        shares.insert(item.id(), pieces(&count));
    } else if let Some(table) = &entry.table {
        shares = times(of_table(content, table.id(), ctx, depth + 1), &count);
    } else if let Some(tag) = &entry.tag {
        let max = entry.max_value.as_ref().map(|max| max.eval(&[ctx.level]));
        let fitting: Vec<DefId> = items_with(content, tag, max).map(Def::id).collect();
        let share = 1.0 / fitting.len().max(1) as f64;
        for def in fitting {
            shares.insert(def, rarely(pieces(&count), share));
        }
    }
    let chance = Chance::of(entry.chance_at(ctx.level)).exact();
    for share in shares.values_mut() {
        *share = rarely(*share, chance);
    }
    shares
}

fn pieces(count: &Distribution) -> Share {
    Share {
        absent: count.at_most(0),
        mean: count.mean(),
    }
}

fn rarely(share: Share, chance: f64) -> Share {
    Share {
        absent: 1.0 - chance * (1.0 - share.absent),
        mean: chance * share.mean,
    }
}

/// Both, independently.
fn together(mut sum: Shares, more: Shares) -> Shares {
    for (def, share) in more {
        let before = sum.entry(def).or_insert(NONE);
        before.absent *= share.absent;
        before.mean += share.mean;
    }
    sum
}

/// One of them, by weight.
fn one_of(
    table: &LootTableDef,
    ctx: &LootContext<'_>,
    each: impl Iterator<Item = Shares>,
) -> Shares {
    let weights = Weights::of(weights(table, ctx));
    let mut sum = Shares::new();
    for (shares, weight) in each.zip(weights.shares()) {
        for (def, share) in shares {
            let before = sum.entry(def).or_insert(NONE);
            before.absent -= weight * (1.0 - share.absent);
            before.mean += weight * share.mean;
        }
    }
    sum
}

/// The same, so many times.
fn times(mut shares: Shares, count: &Distribution) -> Shares {
    for share in shares.values_mut() {
        let once = share.absent;
        share.absent = count
            .iter()
            .map(|(n, p)| p * once.powi(i32::try_from(n).unwrap_or(i32::MAX)))
            .sum();
        share.mean *= count.mean();
    }
    shares
}
