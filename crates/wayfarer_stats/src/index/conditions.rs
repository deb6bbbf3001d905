//! Levels and labels that name unknown stats, or that nobody can ever have.

use wayfarer_core::content::{Content, Def, Report, Text};

use super::StatIndex;
use crate::{
    content::{LevelCondition, LevelDef, StatSetDef},
    id::StatId,
    rules::level::{self, Range},
};

type Conditions = Vec<(StatId, Range)>;

/// A level or a rule of a label.
struct Rule<'c> {
    id: &'c Text,
    when: &'c [LevelCondition],
}

/// Words for one sort of rule.
struct Words {
    name: &'static str,
    code: &'static str,
    help: fn(&str) -> String,
}

const LEVEL: Words = Words {
    name: "level",
    code: "level-unreachable",
    help: |id| format!("give `{id}` a higher priority"),
};

const LABEL: Words = Words {
    name: "label",
    code: "label-unreachable",
    help: |id| format!("write `{id}` before it"),
};

pub(super) fn check(
    index: &StatIndex,
    content: &Content,
    set: &Def<StatSetDef>,
    report: &mut Report,
) {
    // The highest priority first, as they are tried.
    let mut levels: Vec<&LevelDef> = set.levels.iter().collect();
    levels.sort_by_key(|level| std::cmp::Reverse(level.priority));
    let levels = levels.into_iter().map(|level| Rule {
        id: &level.id,
        when: &level.when,
    });
    check_rules(index, content, set, levels, &LEVEL, report);
    for (_, label) in set.labels.iter() {
        let rules = label.rules.iter().map(|rule| Rule {
            id: &rule.id,
            when: &rule.when,
        });
        check_rules(index, content, set, rules, &LABEL, report);
    }
}

/// Checks rules of which the first that holds counts.
fn check_rules<'c>(
    index: &StatIndex,
    content: &Content,
    set: &Def<StatSetDef>,
    rules: impl Iterator<Item = Rule<'c>>,
    words: &Words,
    report: &mut Report,
) {
    let bounds = |stat: StatId| bounds(index, content, stat);
    let mut earlier: Vec<(&Text, Conditions)> = Vec::new();
    for this in rules {
        let Some(conditions) = conditions(index, set, this.when, report) else {
            continue;
        };
        let mut possible = true;
        for condition in this.when {
            let Ok(stat) = index.resolve(Some(set.id()), &condition.stat) else {
                continue;
            };
            let own = conditions.iter().filter(|(other, _)| *other == stat);
            let all = own.fold(bounds(stat), |all, (_, range)| all.and(*range));
            if all.is_empty() {
                possible = false;
                let message = format!(
                    "{} `{}` is never reached: no value of `{}` fits",
                    words.name, this.id, condition.stat
                );
                report.error(&condition.stat, words.code, message, None);
            }
        }
        let hidden = earlier
            .iter()
            .find(|(_, by)| possible && level::covered(&conditions, by, &bounds));
        if let Some((by, _)) = hidden {
            let message = format!(
                "{} `{}` is never reached: `{by}` comes first and always fits too",
                words.name, this.id
            );
            let help = Some((words.help)(this.id));
            report.error(this.id, words.code, message, help);
        }
        earlier.push((this.id, conditions));
    }
}

fn conditions(
    index: &StatIndex,
    set: &Def<StatSetDef>,
    when: &[LevelCondition],
    report: &mut Report,
) -> Option<Conditions> {
    let mut all = Vec::with_capacity(when.len());
    let mut known = true;
    for condition in when {
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
        ..Range::ALL
    })
}
