//! Damage types and rules against the stats and tags there are.

use wayfarer_core::content::{Content, Def, LinkCtx, Ref, Report, Text};

use super::{kinds::DamageTypeDef, rules_def::DamageRulesDef};
use crate::{
    content::Formula,
    index::StatIndex,
    layout::MAX_NAMES,
    rules::graph,
    tags::{TagDef, TagIndex},
};

/// Links a formula over the stats of somebody else.
pub(super) fn link_formula(formula: &mut Formula, ctx: &mut LinkCtx<'_>) {
    formula.link(ctx);
    let names = formula.expr().map_or(0, |expr| expr.names().count());
    if names > MAX_NAMES {
        let message = format!("this formula names at most {MAX_NAMES} stats, not {names}");
        let help = "put a part of it into a stat of its own".to_owned();
        ctx.error(&*formula, "formula-too-long", message, Some(help));
    }
}

/// Formulas, resources and groups lead somewhere; there is one entry of rules.
pub(super) fn check(content: &Content, report: &mut Report) {
    check_groups(content, report);
    check_count(content, report);
    let Some(stats) = content.derived::<StatIndex>() else {
        return;
    };
    for def in content.table::<DamageTypeDef>() {
        for formula in [&def.reduction, &def.share].into_iter().flatten() {
            stats.check_names(None, formula, report);
        }
        warn_nested(content, def, report);
    }
    for rules in content.table::<DamageRulesDef>() {
        check_resource(stats, &rules.resource, report);
        if let Some(temporary) = &rules.temporary {
            check_resource(stats, temporary, report);
            let same = stats.resolve(None, temporary) == stats.resolve(None, &rules.resource);
            if same && stats.resolve(None, temporary).is_ok() {
                let message = "temporary points need a resource of their own";
                report.error(temporary, "bad-resource", message, None);
            }
        }
        if let Some(share) = &rules.healing_share {
            stats.check_names(None, share, report);
        }
    }
}

fn check_resource(stats: &StatIndex, name: &Text, report: &mut Report) {
    match stats.resolve(None, name) {
        Ok(stat) => {
            if stats.get(stat).is_some_and(|entry| !entry.is_resource) {
                let message = format!("`{name}` is no resource: nothing can be taken from it");
                let help = "name a stat with `resource: (max: …)`".to_owned();
                report.error(name, "bad-resource", message, Some(help));
            }
        }
        Err(error) => report.error(name, "unknown-stat", error.message, error.help),
    }
}

fn check_count(content: &Content, report: &mut Report) {
    let mut all = content.table::<DamageRulesDef>().iter();
    let Some(first) = all.next() else {
        return;
    };
    for other in all {
        let message = format!(
            "damage has two rules: `{}` and `{}`",
            first.name(),
            other.name()
        );
        let help = format!(
            "to change the first write \"{}\": (replace: true, …)",
            first.name()
        );
        report.error(other, "two-rules", message, Some(help));
    }
}

fn check_groups(content: &Content, report: &mut Report) {
    let types = content.table::<DamageTypeDef>();
    let group = |def: &Def<DamageTypeDef>| {
        let group = def.group.as_ref()?;
        types.index_of(group.id()).map(|at| at as usize)
    };
    let groups: Vec<Vec<usize>> = types.iter().map(|def| Vec::from_iter(group(def))).collect();
    for cycle in graph::order(&groups).err().into_iter().flatten() {
        let defs = cycle.iter().filter_map(|at| types.at(*at as u32));
        let names = defs.clone().chain(defs.clone().take(1)).map(Def::name);
        let path: Vec<&str> = names.collect();
        let message = format!("these types lie within each other: {}", path.join(" → "));
        let help = "remove one `group`".to_owned();
        if let Some(group) = defs.clone().next().and_then(|def| def.group.as_ref()) {
            report.error(group, "group-cycle", message, Some(help));
        }
    }
}

/// A tag of a type beneath one of its group makes whoever has it resist the whole group.
fn warn_nested(content: &Content, def: &Def<DamageTypeDef>, report: &mut Report) {
    let Some(tags) = content.derived::<TagIndex>() else {
        return;
    };
    for wider in above(content, def).skip(1) {
        for (own, theirs) in [
            (&def.immune, &wider.immune),
            (&def.resist, &wider.resist),
            (&def.vulnerable, &wider.vulnerable),
        ] {
            let beneath = |tag: &Ref<TagDef>| {
                theirs
                    .iter()
                    .find(|other| *other != tag && tags.is_under(tag.id(), other.id()))
            };
            for (tag, over) in own.iter().filter_map(|tag| Some((tag, beneath(tag)?))) {
                let message = format!(
                    "whoever has `{tag}` also has `{over}`, which counts for all of `{}`",
                    wider.name()
                );
                let help = "name a tag that does not lie beneath it".to_owned();
                report.warn(tag, "nested-tag", message, Some(help));
            }
        }
    }
}

/// The type and those above it, each once even if they lie within each other.
pub(super) fn above<'c>(
    content: &'c Content,
    def: &'c Def<DamageTypeDef>,
) -> impl Iterator<Item = &'c Def<DamageTypeDef>> {
    let types = content.table::<DamageTypeDef>();
    let next = |def: &&'c Def<DamageTypeDef>| types.get(def.group.as_ref()?.id());
    // As many steps as there are types: content with cycles is refused, but read before.
    std::iter::successors(Some(def), next).take(types.len())
}
