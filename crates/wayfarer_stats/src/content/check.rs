//! Sheets and worlds against the stats there are.

use wayfarer_core::{
    content::{Content, Def, Ref, Report, Spanned, did_you_mean},
    id::DefId,
};

use wayfarer_formula::Expr;

use super::{Entries, SheetDef, WorldDef};
use crate::index::StatIndex;

/// Sheets name stats of their sets, with values that these allow.
pub(crate) fn check_sheets(content: &Content, report: &mut Report) {
    let Some(index) = content.derived::<StatIndex>() else {
        return;
    };
    for sheet in content.table::<SheetDef>() {
        let sets: Vec<DefId> = sheet.sets.iter().map(Ref::id).collect();
        check_values(index, content, &sets, &sheet.base, report);
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
        for (name, values) in world.variation.iter() {
            let Some(sheet) = sheets.get_by_name(name) else {
                let names = sheets.iter().map(Def::name);
                let help = did_you_mean(name, names).map(|near| format!("did you mean `{near}`?"));
                let message = format!("there is no sheet `{name}`");
                report.error(name, "unknown-reference", message, help);
                continue;
            };
            let sets: Vec<DefId> = sheet.sets.iter().map(Ref::id).collect();
            check_values(index, content, &sets, values, report);
        }
    }
}

fn check_values(
    index: &StatIndex,
    content: &Content,
    sets: &[DefId],
    values: &Entries<Spanned<f32>>,
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
        let (low, high) = (def.lowest(), def.highest());
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
    let mut missing: Vec<String> = Vec::new();
    for entry in sets.iter().flat_map(|set| index.of_set(*set)) {
        let Some(def) = entry.def(content) else {
            continue;
        };
        for formula in crate::index::formulas(def) {
            for name in formula.expr().into_iter().flat_map(Expr::names) {
                let found = index.resolve(Some(entry.set), name.0).ok();
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
}
