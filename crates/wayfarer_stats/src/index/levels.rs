//! Levels that name unknown stats, or that nobody can ever have.

use wayfarer_core::content::{Content, Def, Report};

use super::StatIndex;
use crate::{
    content::{LevelDef, StatSetDef},
    id::StatId,
    rules::level::{self, Range},
};

type Conditions = Vec<(StatId, Range)>;

pub(super) fn check(
    index: &StatIndex,
    content: &Content,
    set: &Def<StatSetDef>,
    report: &mut Report,
) {
    let bounds = |stat: StatId| bounds(index, content, stat);
    let mut earlier: Vec<(&LevelDef, Conditions)> = Vec::new();
    // The highest priority first, as they are tried.
    let mut levels: Vec<&LevelDef> = set.levels.iter().collect();
    levels.sort_by_key(|level| std::cmp::Reverse(level.priority));
    for this in levels {
        let Some(conditions) = conditions(index, set, this, report) else {
            continue;
        };
        let mut possible = true;
        for condition in &this.when {
            let Ok(stat) = index.resolve(Some(set.id()), &condition.stat) else {
                continue;
            };
            let own = conditions.iter().filter(|(other, _)| *other == stat);
            let all = own.fold(bounds(stat), |all, (_, range)| all.and(*range));
            if all.is_empty() {
                possible = false;
                let message = format!(
                    "level `{}` is never reached: no value of `{}` fits",
                    this.id, condition.stat
                );
                report.error(&condition.stat, "level-unreachable", message, None);
            }
        }
        let hidden = earlier
            .iter()
            .find(|(_, by)| possible && level::covered(&conditions, by, &bounds));
        if let Some((by, _)) = hidden {
            let message = format!(
                "level `{}` is never reached: `{}` comes first and always fits too",
                this.id, by.id
            );
            let help = Some(format!("give `{}` a higher priority", this.id));
            report.error(&this.id, "level-unreachable", message, help);
        }
        earlier.push((this, conditions));
    }
}

fn conditions(
    index: &StatIndex,
    set: &Def<StatSetDef>,
    level: &LevelDef,
    report: &mut Report,
) -> Option<Conditions> {
    let mut all = Vec::with_capacity(level.when.len());
    let mut known = true;
    for condition in &level.when {
        match index.resolve(Some(set.id()), &condition.stat) {
            Ok(stat) => all.push((stat, condition.range())),
            Err(error) => {
                known = false;
                report.error(&condition.stat, "unknown-stat", error.message, error.help);
            }
        }
    }
    known.then_some(all)
}

fn bounds(index: &StatIndex, content: &Content, stat: StatId) -> Range {
    let def = index.get(stat).and_then(|entry| entry.def(content));
    def.map_or(Range::ALL, |def| Range {
        min: def.lowest(),
        max: def.highest(),
        below: f32::INFINITY,
    })
}
