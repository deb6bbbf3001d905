//! A number in content that may be a formula over somebody's stats and values which the rule gives
//! it.

use serde::{Deserialize, Deserializer};
use smallvec::SmallVec;
use wayfarer_core::{
    content::{Content, LinkCtx, Report, Text},
    id::DefId,
};
use wayfarer_formula::Program;

use super::{
    BAD_NUMBER,
    amount::{check_stat, report_formula},
    number_or_formula::NumberOrFormula,
};

/// `0.5`, or `"1 - 0.02 * core:skills.persuasion"`, or `"1.5 - 0.5 * stock / wanted"`: the rule
/// documents the names it gives, all others are stats of the one it is about.
#[derive(Clone, Debug)]
pub struct Rate(Kind);

#[derive(Clone, Debug)]
enum Kind {
    Number(f32),
    Formula(Box<Formula>),
}

#[derive(Clone, Debug)]
struct Formula {
    source: Text,
    /// Which of the rule's own values it reads.
    reads: Vec<bool>,
    /// The names of stats in it, as written.
    names: Vec<String>,
    stats: Vec<DefId>,
    program: Option<Program>,
}

impl Rate {
    /// A fixed number.
    pub const fn number(value: f32) -> Self {
        Self(Kind::Number(value))
    }

    /// Compiles; reports what is wrong. `values` are the names of what [`Rate::eval`] is given
    /// first. That the stats exist is for [`Rate::check_stats`].
    pub fn link(&mut self, ctx: &mut LinkCtx<'_>, field: &str, values: &[&str]) {
        match &mut self.0 {
            Kind::Number(value) if !value.is_finite() => {
                let (at, message) = (ctx.entry_span(), format!("`{field}` is no number"));
                ctx.error(at, BAD_NUMBER, message, None);
            }
            Kind::Number(_) => {}
            Kind::Formula(formula) => {
                let Formula {
                    source,
                    reads,
                    names,
                    stats,
                    program,
                } = &mut **formula;
                let compiled = wayfarer_formula::parse(source).and_then(|formula| {
                    let reads_value = |value: &&str| formula.names().any(|(n, _)| n == *value);
                    *reads = values.iter().map(reads_value).collect();
                    for (name, _) in formula.names() {
                        let known = values.contains(&name) || names.iter().any(|n| n == name);
                        if !known {
                            names.push(name.to_owned());
                        }
                    }
                    let own = values.iter().map(|&name| name.to_owned());
                    let all: Vec<String> = own.chain(names.iter().cloned()).collect();
                    formula.compile(&all)
                });
                *stats = names
                    .iter()
                    .map(|name| DefId::of(&ctx.qualify(&*source, name)))
                    .collect();
                match compiled {
                    Ok(compiled) if compiled.has_dice() => {
                        let message = format!("`{field}` may not throw dice");
                        ctx.error(&*source, "dice", message, None);
                    }
                    Ok(compiled) => *program = Some(compiled),
                    Err(error) => report_formula(ctx, source, error),
                }
            }
        }
    }

    /// Reports stats that do not exist. For content checks, when all stats are known.
    pub fn check_stats(&self, content: &Content, report: &mut Report) {
        let Kind::Formula(formula) = &self.0 else {
            return;
        };
        let Formula {
            source,
            names,
            stats,
            ..
        } = &**formula;
        for (name, stat) in names.iter().zip(stats) {
            check_stat(content, report, source, name, *stat);
        }
    }

    /// Whether it reads the value with this index.
    pub fn reads(&self, value: usize) -> bool {
        match &self.0 {
            Kind::Number(_) => false,
            Kind::Formula(formula) => formula.reads.get(value).copied().unwrap_or(false),
        }
    }

    /// The number for these values and the stats that `value_of` tells; finite. A formula that did
    /// not compile is 0.
    pub fn eval(&self, values: &[f32], mut value_of: impl FnMut(DefId) -> f32) -> f32 {
        let value = match &self.0 {
            Kind::Number(value) => *value,
            Kind::Formula(formula) => {
                let Formula { stats, program, .. } = &**formula;
                let own = values.iter().copied();
                let all: SmallVec<[f32; 8]> = own
                    .chain(stats.iter().map(|&stat| value_of(stat)))
                    .collect();
                program.as_ref().map_or(0.0, |program| program.eval(&all))
            }
        };
        if value.is_finite() { value } else { 0.0 }
    }
}

impl<'de> Deserialize<'de> for Rate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match NumberOrFormula::deserialize(deserializer)? {
            NumberOrFormula::Number(value) => Self::number(value),
            NumberOrFormula::Formula(source) => Self(Kind::Formula(Box::new(Formula {
                source,
                reads: Vec::new(),
                names: Vec::new(),
                stats: Vec::new(),
                program: None,
            }))),
        })
    }
}
