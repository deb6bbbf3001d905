//! Content check of loot tables.

use std::collections::BTreeSet;

use wayfarer_core::{
    content::{Content, Ref, Report},
    id::DefId,
};

use super::items_with;
use crate::content::{LootTableDef, Pick};

/// Content check: tables that lead back to themselves, tags that nothing has, entries that can
/// never come, stats that do not exist.
pub fn check_loot(content: &Content, report: &mut Report) {
    for table in content.table::<LootTableDef>() {
        for entry in &table.entries {
            if let Some(when) = &entry.when {
                when.check_stats(content, report);
            }
            if let Some(tag) = &entry.tag
                && items_with(content, tag, None).next().is_none()
            {
                let message = format!("no item has the tag `{tag}`");
                report.error(tag, "unknown-tag", message, None);
            }
            if let Some(inner) = &entry.table
                && reaches(content, inner.id(), table.id())
            {
                let message = format!("`{}` leads back to itself", table.name());
                report.error(inner, "loot-circle", message, None);
            }
        }
        if !matches!(table.pick, Pick::All) && !(0..=100).any(|level| gives(table, level as f32)) {
            let message = "no entry of this table has a weight at any level from 0 to 100";
            report.warn(table, "no-weight", message, None);
        }
    }
}

fn gives(table: &LootTableDef, level: f32) -> bool {
    table.entries.iter().any(|entry| {
        entry.min_level.is_none_or(|min| level >= min)
            && entry.max_level.is_none_or(|max| level <= max)
            && entry.weight_at(level) > 0.0
    })
}

fn reaches(content: &Content, from: DefId, to: DefId) -> bool {
    let mut seen = BTreeSet::new();
    let mut next = vec![from];
    while let Some(at) = next.pop() {
        if at == to {
            return true;
        }
        if seen.insert(at)
            && let Some(table) = content.table::<LootTableDef>().get(at)
        {
            let inner = table
                .entries
                .iter()
                .filter_map(|entry| entry.table.as_ref());
            next.extend(inner.map(Ref::id));
        }
    }
    false
}
