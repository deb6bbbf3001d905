//! Formulas of effects: over the bearer, the source and the effect's own numbers.

use smallvec::SmallVec;
use wayfarer_core::content::{Content, Report};
use wayfarer_formula::{Program, Roller};

use super::definition::Amount;
use crate::{
    content::StatDef,
    id::StatId,
    index::{NameError, StatIndex},
    layout::MAX_NAMES,
};

/// A compiled formula. It reads few numbers of many, so its program runs over a small array of its
/// own.
#[derive(Debug)]
pub(crate) struct EffectFormula {
    program: Program,
    reads: SmallVec<[Read; 4]>,
}

/// One number that a formula reads.
#[derive(Clone, Debug, PartialEq)]
enum Read {
    /// A stat of the bearer; without it the default.
    Bearer(StatId, f32),
    /// A stat of the source; without it the default.
    Source(StatId, f32, bool),
    Level,
    Stacks,
    /// Set by whoever applies it.
    Number(Box<str>),
}

/// What formulas are evaluated over.
pub(crate) struct Scope<'a> {
    /// The stats of the bearer.
    pub(crate) bearer: &'a dyn Fn(StatId) -> Option<f32>,
    /// Stats of the source as they were when the effect was applied, sorted.
    pub(crate) snapshot: &'a [(StatId, f32)],
    /// Stats of the source as they are, sorted.
    pub(crate) live: &'a [(StatId, f32)],
    /// The effect's level.
    pub(crate) level: f32,
    /// Its stacks.
    pub(crate) stacks: u16,
    /// Numbers set by whoever applied it.
    pub(crate) numbers: &'a [(String, f32)],
}

impl EffectFormula {
    pub(super) fn compile(
        amount: &Amount,
        live: bool,
        stats: &StatIndex,
        content: &Content,
        report: &mut Report,
    ) -> Option<Self> {
        let expr = amount.expr()?;
        let names: Vec<(&str, _)> = expr.names().collect();
        let mut reads = SmallVec::new();
        let mut known = true;
        for (name, span) in &names {
            match Read::of(name, live, stats, content) {
                Ok(read) => reads.push(read),
                Err(error) => {
                    known = false;
                    let range = span.start as usize..span.end as usize;
                    report.error_in(
                        amount.text(),
                        range,
                        "unknown-stat",
                        error.message,
                        error.help,
                    );
                }
            }
        }
        if names.len() > MAX_NAMES {
            let message = format!("a formula of an effect reads at most {MAX_NAMES} numbers");
            let help = "put a part of it into a stat of its own".to_owned();
            report.error(amount, "formula-too-long", message, Some(help));
            return None;
        }
        let slots: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
        let program = expr.compile(&slots).ok()?;
        known.then_some(Self { program, reads })
    }

    /// The stats of the source that it reads.
    pub(super) fn reads_of_source(&self) -> impl Iterator<Item = StatId> + '_ {
        self.reads.iter().filter_map(|read| match read {
            Read::Source(stat, ..) => Some(*stat),
            _ => None,
        })
    }

    /// Whether it reads a stat of the bearer.
    pub(super) fn reads_bearer(&self) -> bool {
        let of_bearer = |read: &Read| matches!(read, Read::Bearer(..));
        self.reads.iter().any(of_bearer)
    }

    /// Its value. Dice count as their mean.
    pub(crate) fn eval(&self, scope: &Scope<'_>) -> f32 {
        self.program.eval(&self.read(scope))
    }

    /// What it comes to on average: exactly where the odds of its dice can be had, else with the
    /// dice at their mean.
    pub(crate) fn expected(&self, scope: &Scope<'_>) -> f32 {
        let read = self.read(scope);
        match self.program.distribution(&read) {
            Ok(odds) => odds.mean() as f32,
            Err(_) => self.program.eval(&read),
        }
    }

    /// Its value, with dice thrown.
    pub(crate) fn throw(&self, scope: &Scope<'_>, dice: &mut dyn Roller) -> f32 {
        self.program.eval_with(&self.read(scope), dice)
    }

    fn read(&self, scope: &Scope<'_>) -> [f32; MAX_NAMES] {
        let mut slots = [0.0; MAX_NAMES];
        for (slot, read) in slots.iter_mut().zip(&self.reads) {
            *slot = read.value(scope);
        }
        slots
    }
}

impl Read {
    fn of(name: &str, live: bool, stats: &StatIndex, content: &Content) -> Result<Self, NameError> {
        let start = |stat| {
            let def = stats.get(stat).and_then(|entry| entry.def(content));
            def.map_or(0.0, StatDef::start)
        };
        if let Some(word) = name.strip_prefix("effect.") {
            return Ok(match word {
                "level" => Self::Level,
                "stacks" => Self::Stacks,
                word => Self::Number(word.into()),
            });
        }
        if let Some(name) = name.strip_prefix("source.") {
            let stat = stats.resolve(None, name)?;
            return Ok(Self::Source(stat, start(stat), live));
        }
        let stat = stats.resolve(None, name)?;
        Ok(Self::Bearer(stat, start(stat)))
    }

    fn value(&self, scope: &Scope<'_>) -> f32 {
        let row = |rows: &[(StatId, f32)], stat| crate::rows::get(rows, stat);
        match self {
            Self::Bearer(stat, start) => (scope.bearer)(*stat).unwrap_or(*start),
            Self::Source(stat, start, true) => row(scope.live, *stat).unwrap_or(*start),
            Self::Source(stat, start, false) => row(scope.snapshot, *stat).unwrap_or(*start),
            Self::Level => scope.level,
            Self::Stacks => f32::from(scope.stacks),
            Self::Number(word) => {
                let known = scope.numbers.iter().find(|(name, _)| **name == **word);
                known.map_or(0.0, |(_, number)| *number)
            }
        }
    }
}
