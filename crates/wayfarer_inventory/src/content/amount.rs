//! A number in content that may be a formula over the owner's stats.

use serde::{Deserialize, Deserializer};
use wayfarer_core::{
    content::{Content, LinkCtx, Report, Text},
    id::DefId,
};
use wayfarer_formula::{FormulaError, Program, Scope};
use wayfarer_stats::{StatId, index::StatIndex};

use super::number_or_formula::NumberOrFormula;

/// `50`, or `"core:movement.carry_limit"`, or `"10 + 5 * core:attributes.strength"`.
#[derive(Clone, Debug)]
pub struct Amount(Kind);

#[derive(Clone, Debug)]
enum Kind {
    Number(f32),
    Formula {
        source: Text,
        /// The names in it, as written.
        names: Vec<String>,
        /// The stats that the names, and the slots of the program, stand for.
        stats: Vec<DefId>,
        program: Option<Program>,
    },
}

impl Amount {
    /// A fixed amount.
    pub const fn number(value: f32) -> Self {
        Self(Kind::Number(value))
    }

    /// The amount for somebody whose stats `value_of` tells. A formula that did not compile is 0.
    pub fn eval(&self, mut value_of: impl FnMut(DefId) -> f32) -> f32 {
        match &self.0 {
            Kind::Number(value) => *value,
            Kind::Formula { stats, program, .. } => {
                let values: smallvec::SmallVec<[f32; 4]> =
                    stats.iter().map(|&stat| value_of(stat)).collect();
                program
                    .as_ref()
                    .map_or(0.0, |program| program.eval(&values))
            }
        }
    }

    /// The stats that a formula reads.
    pub fn stats(&self) -> &[DefId] {
        match &self.0 {
            Kind::Number(_) => &[],
            Kind::Formula { stats, .. } => stats,
        }
    }

    /// Parses and compiles; reports what is wrong. Names without a pack belong to the pack of the
    /// file. That the stats exist is for [`Amount::check_stats`].
    pub fn link(&mut self, ctx: &mut LinkCtx<'_>, field: &str) {
        match &mut self.0 {
            Kind::Number(value) => {
                let (at, value) = (ctx.entry_span(), *value);
                super::check_measure(ctx, at, field, value);
            }
            Kind::Formula {
                source,
                names,
                stats,
                program,
            } => {
                let compiled = wayfarer_formula::parse(source).and_then(|formula| {
                    for (name, _) in formula.names() {
                        if !names.iter().any(|known| known == name) {
                            names.push(name.to_owned());
                        }
                    }
                    formula.compile(names)
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
        let Kind::Formula { source, names, .. } = &self.0 else {
            return;
        };
        for (name, stat) in names.iter().zip(self.stats()) {
            check_stat(content, report, source, name, *stat);
        }
    }
}

/// Reports a stat that does not exist.
pub(crate) fn check_stat(
    content: &Content,
    report: &mut Report,
    at: &Text,
    name: &str,
    stat: DefId,
) {
    let index = content.derived::<StatIndex>();
    if index.is_some_and(|index| index.get(StatId(stat)).is_some()) {
        return;
    }
    let help = match index.map(|index| index.resolve(None, name)) {
        Some(Ok(found)) => index.map(|i| format!("write it in full: `{}`", i.name(found))),
        Some(Err(error)) => error.help,
        None => None,
    };
    report.error(
        at,
        "unknown-stat",
        format!("there is no stat `{name}`"),
        help,
    );
}

/// Reports an error inside a formula at its place.
pub(crate) fn report_formula(ctx: &mut LinkCtx<'_>, source: &Text, error: FormulaError) {
    let range = error.span.start as usize..error.span.end as usize;
    ctx.error_in(source, range, "formula", error.message, error.help);
}

/// Compiles a formula over a fixed list of names; reports what is wrong.
pub(crate) fn compile_over(
    ctx: &mut LinkCtx<'_>,
    source: &Text,
    scope: &impl Scope,
) -> Option<Program> {
    match wayfarer_formula::parse(source).and_then(|formula| formula.compile(scope)) {
        Ok(program) => Some(program),
        Err(error) => {
            report_formula(ctx, source, error);
            None
        }
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match NumberOrFormula::deserialize(deserializer)? {
            NumberOrFormula::Number(value) => Self::number(value),
            NumberOrFormula::Formula(source) => Self(Kind::Formula {
                source,
                names: Vec::new(),
                stats: Vec::new(),
                program: None,
            }),
        })
    }
}
