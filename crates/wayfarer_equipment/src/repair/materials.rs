//! What somebody has of what a repair uses up.

use wayfarer_core::{id::Uid, refusal::Refusal};
use wayfarer_inventory::{
    Item,
    constraint::{Planned, Purpose, check_constraints},
    content::ItemDef,
    rules::{Need, assign},
    spared::{is_spared, only_spared},
    view::View,
};

use super::plan::MaterialNeed;
use crate::content::RepairMaterial;

/// Stack, how many pieces, and for which material.
pub(super) type Taken = Vec<(Uid, u32, usize)>;

/// Chooses materials: the plainest and cheapest first, out of the smallest stacks. What is
/// [spared](is_spared), is the tool, wears itself or may not be used up, stays.
pub(super) fn choose(
    view: &View<'_>,
    (repaired, tool): (Uid, Option<Uid>),
    wanted: &[(&RepairMaterial, u32)],
) -> (Vec<MaterialNeed>, Taken) {
    let mut stacks: Vec<(&Item, &ItemDef)> = Vec::new();
    for item in view.inventory.iter() {
        let Ok(def) = view.def(item) else {
            continue;
        };
        let fits = item.uid != repaired
            && Some(item.uid) != tool
            && !is_spared(view, item, def, false)
            && !is_gear(view, item)
            && wanted.iter().any(|(line, _)| line.takes(def));
        if fits && may_go(view, item).is_ok() {
            stacks.push((item, &**def));
        }
    }
    stacks.sort_by(|(a, a_def), (b, b_def)| {
        let (a_exts, b_exts) = (a.exts().count(), b.exts().count());
        a_exts
            .cmp(&b_exts)
            .then(a_def.value.total_cmp(&b_def.value))
            .then((a.count, a.uid).cmp(&(b.count, b.uid)))
    });
    let needs: Vec<Need> = wanted
        .iter()
        .map(|(line, count)| Need {
            count: *count,
            from: (0..stacks.len())
                .filter(|&at| stacks.get(at).is_some_and(|(_, def)| line.takes(def)))
                .collect(),
        })
        .collect();
    let counts: Vec<u32> = stacks.iter().map(|(item, _)| item.count).collect();
    let found = assign(&needs, &counts);
    let lines = wanted.iter().zip(&found.lacking);
    let lines = lines.map(|((line, need), lacking)| MaterialNeed {
        name: line.shown(),
        need: *need,
        have: need.saturating_sub(*lacking),
    });
    let taken = found.taken.iter();
    let taken = taken.filter_map(|&(need, at, count)| Some((stacks.get(at)?.0.uid, count, need)));
    (lines.collect(), taken.collect())
}

/// The refusal for a material that is short only because something is spared, or is the tool: it
/// names the first such thing.
pub(super) fn spared_only(
    view: &View<'_>,
    (repaired, tool): (Uid, Option<Uid>),
    line: &RepairMaterial,
    short: &MaterialNeed,
) -> Option<Refusal> {
    let kept = |item: &&Item| {
        let def = view.def(item).ok();
        def.is_some_and(|def| {
            item.uid != repaired
                && !is_gear(view, item)
                && line.takes(def)
                && (Some(item.uid) == tool || is_spared(view, item, def, false))
        })
    };
    let all = || view.inventory.iter().filter(kept);
    let pieces = all().fold(short.have, |sum, item| sum.saturating_add(item.count));
    let first = all().next().filter(|_| pieces >= short.need)?;
    Some(only_spared(short.name.as_str(), view.def(first).ok()?))
}

/// A sword is of metal, but nobody melts it down to mend another.
fn is_gear(view: &View<'_>, item: &Item) -> bool {
    let gear = view.content.table::<crate::content::GearDef>();
    gear.get(item.def).is_some()
}

fn may_go(view: &View<'_>, item: &Item) -> Result<(), Refusal> {
    let planned = Planned {
        item,
        count: 1,
        purpose: Purpose::Craft,
        to: None,
    };
    check_constraints(view, &planned)
}

/// The tool with a tag that somebody would use: one that may be used, a worn one first. Nothing
/// mends itself.
pub(super) fn find_tool(view: &View<'_>, repaired: Uid, tag: &str) -> Option<Uid> {
    let mut tools: Vec<&Item> = view
        .inventory
        .iter()
        .filter(|item| item.uid != repaired)
        .filter(|item| view.def(item).is_ok_and(|def| def.has_tag(tag)))
        .collect();
    tools.sort_by_key(|item| (item.place.slot().is_none(), item.uid));
    tools.retain(|item| {
        let planned = Planned {
            item,
            count: 1,
            purpose: Purpose::Use,
            to: None,
        };
        check_constraints(view, &planned).is_ok()
    });
    tools.first().map(|item| item.uid)
}
