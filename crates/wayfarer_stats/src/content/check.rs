//! Sheets and worlds against the stats there are.

use wayfarer_core::{
    content::{Content, Def, Ref, Report, Spanned, did_you_mean},
    id::DefId,
};

use wayfarer_formula::Expr;

use super::{Entries, SheetDef, StatDef, WorldDef, WorldStatDef};
use crate::{
    derivations::Deriver,
    index::{StatEntry, StatIndex},
    world_rules::WorldRules,
};

/// Sheets name stats of their sets, with values that these allow.
pub(crate) fn check_sheets(content: &Content, report: &mut Report) {
    let Some(index) = content.derived::<StatIndex>() else {
        return;
    };
    for sheet in content.table::<SheetDef>() {
        let sets: Vec<DefId> = sheet.sets.iter().map(Ref::id).collect();
        check_values(
            index,
            content,
            &sets,
            &sheet.base,
            &WorldRules::default(),
            report,
        );
        warn_missing(index, content, &sets, sheet, report);
    }
}

/// Worlds vary sheets that exist, as sheets would.
pub(crate) fn check_worlds(content: &Content, report: &mut Report) {
    let Some(index) = content.derived::<StatIndex>() else {
        return;
    };
    let sheets = content.table::<SheetDef>();
    for world in content.table::<WorldDef>() {
        let rules = WorldRules::of(content, index, Some(world.id()));
        check_world_stats(index, content, world, &rules, report);
        for (name, values) in world.variation.iter() {
            let Some(sheet) = sheets.get_by_name(name) else {
                let names = sheets.iter().map(Def::name);
                let help = did_you_mean(name, names).map(|near| format!("did you mean `{near}`?"));
                let message = format!("there is no sheet `{name}`");
                report.error(name, "unknown-reference", message, help);
                continue;
            };
            let sets: Vec<DefId> = sheet.sets.iter().map(Ref::id).collect();
            check_values(index, content, &sets, values, &rules, report);
        }
    }
}

/// Limits and defaults of a world fit each other, and the tiers.
fn check_world_stats(
    index: &StatIndex,
    content: &Content,
    world: &WorldDef,
    rules: &WorldRules<'_>,
    report: &mut Report,
) {
    let mut seen = Vec::new();
    for (name, own) in world.stats.iter() {
        let entry = match index.resolve(None, name) {
            Ok(stat) => index.get(stat),
            Err(error) => {
                report.error(name, "unknown-stat", error.message, error.help);
                continue;
            }
        };
        let Some((entry, def)) = entry.and_then(|entry| Some((entry, entry.def(content)?))) else {
            continue;
        };
        if seen.contains(&entry.id) {
            let message = format!("`{name}` is written twice under two names");
            report.error(name, "duplicate-name", message, None);
        }
        seen.push(entry.id);
        let (low, high) = (rules.lowest(entry.id, def), rules.highest(entry.id, def));
        let default = rules.written(entry.id, def);
        if low > high {
            let at = own.max.as_ref().or(own.min.as_ref());
            let message = format!("`min` {low} of `{name}` is above `max` {high} here");
            match at {
                Some(at) => report.error(at, "bad-range", message, None),
                None => report.error(name, "bad-range", message, None),
            }
        } else if let Some(default) = default
            && !(low..=high).contains(&default)
        {
            let message = format!("the default {default} is not between {low} and {high} here");
            let help = Some("give it another `default` here".to_owned());
            match &own.default {
                Some(at) => report.error(at, "bad-default", message, None),
                None => report.error(name, "bad-default", message, help),
            }
        } else {
            warn_tiers((entry, def), own, (low, high), report);
        }
    }
}

/// Tiers that nobody has here, or values without a tier.
fn warn_tiers(
    (entry, def): (&StatEntry, &StatDef),
    own: &WorldStatDef,
    (low, high): (f32, f32),
    report: &mut Report,
) {
    if let (Some(first), Some(min)) = (def.tiers.first(), &own.min)
        && first.min.value > low
    {
        let message = format!(
            "no tier covers `{}` from {low} up to {} here",
            entry.name, first.min.value
        );
        report.warn(min, "tier-gap", message, None);
    }
    if let (Some(last), Some(max)) = (def.tiers.last(), &own.max)
        && last.min.value > high
    {
        let message = format!(
            "tier `{}` is never reached here: `{}` ends at {high}",
            last.id, entry.name
        );
        report.warn(max, "tier-unreachable", message, None);
    }
    if let (Some(second), Some(min)) = (def.tiers.get(1), &own.min)
        && second.min.value <= low
    {
        let first = def.tiers.first().map_or("", |tier| &tier.id);
        let message = format!(
            "tier `{first}` is never reached here: `{}` begins at {low}",
            entry.name
        );
        report.warn(min, "tier-unreachable", message, None);
    }
}

fn check_values(
    index: &StatIndex,
    content: &Content,
    sets: &[DefId],
    values: &Entries<Spanned<f32>>,
    rules: &WorldRules<'_>,
    report: &mut Report,
) {
    let mut seen = Vec::new();
    for (name, value) in values.iter() {
        let stat = match index.resolve_in(sets, name) {
            Ok(stat) => stat,
            Err(error) => {
                report.error(name, "unknown-stat", error.message, error.help);
                continue;
            }
        };
        if seen.contains(&stat) {
            let message = format!("`{name}` is written twice under two names");
            report.error(name, "duplicate-name", message, None);
        }
        seen.push(stat);
        let Some(def) = index.get(stat).and_then(|entry| entry.def(content)) else {
            continue;
        };
        let (low, high) = (rules.lowest(stat, def), rules.highest(stat, def));
        if !(low..=high).contains(&value.value) {
            let message = format!("{} is not between {low} and {high}", value.value);
            report.error(value, "out-of-range", message, None);
        }
    }
}

/// A formula may name a stat of a set that the character does not have; it then reads that stat's
/// default. That is allowed, and worth knowing.
fn warn_missing(
    index: &StatIndex,
    content: &Content,
    sets: &[DefId],
    sheet: &Def<SheetDef>,
    report: &mut Report,
) {
    let rules = WorldRules::default();
    let deriver = Deriver {
        content,
        index,
        rules: &rules,
        sets,
        largest: false,
    };
    let derived = deriver.derive();
    let mut missing: Vec<String> = Vec::new();
    for entry in sets.iter().flat_map(|set| index.of_set(*set)) {
        let Some(def) = entry.def(content) else {
            continue;
        };
        let formulas = crate::index::formulas(def);
        let formulas = formulas.into_iter().filter_map(|formula| formula.expr());
        let parts = derived.get(&entry.id).map(|derived| &derived.parts);
        let parts = parts.into_iter().flatten().map(|part| &part.own);
        for (name, _) in formulas.chain(parts).flat_map(Expr::names) {
            let found = index.resolve(Some(entry.set), name).ok();
            let Some(other) = found.and_then(|id| index.get(id)) else {
                continue;
            };
            if !sets.contains(&other.set) && !missing.iter().any(|m| m == other.set_name()) {
                missing.push(other.set_name().to_owned());
                let message = format!(
                    "`{}` reads `{}`, which this sheet does not have; it counts as its default",
                    entry.name, other.name
                );
                let help = Some(format!("add \"{}\" to `sets`", other.set_name()));
                report.warn(sheet, "missing-set", message, help);
            }
        }
    }
}
