//! An effect with its names resolved and its formulas compiled.

use wayfarer_core::{
    content::{Content, Def, Located, Ref, Report, Text, did_you_mean},
    id::DefId,
};

use super::{
    definition::{Amount, Capture, EffectDef, EffectModifierDef, EffectStep},
    foreign::{ForeignStep, ForeignSteps},
    formula::EffectFormula,
};
use crate::{id::StatId, index::StatIndex, modifier::ModifierKind};

/// An effect, ready to be applied.
#[derive(Debug)]
pub(crate) struct CompiledEffect {
    pub(crate) lasts: Option<EffectFormula>,
    pub(crate) modifiers: Vec<CompiledModifier>,
    pub(crate) on_apply: Vec<CompiledStep>,
    pub(crate) every: Vec<CompiledStep>,
    pub(crate) on_end: Vec<CompiledStep>,
    pub(crate) radius: Option<EffectFormula>,
    /// Stats of the source that are read once, sorted.
    pub(crate) snapshot: Vec<StatId>,
    /// Stats of the source that are read again and again, sorted.
    pub(crate) live: Vec<StatId>,
}

#[derive(Debug)]
pub(crate) struct CompiledModifier {
    pub(crate) stat: StatId,
    pub(crate) kind: ModifierKind,
    pub(crate) amount: EffectFormula,
    pub(crate) bonus: Option<DefId>,
    pub(crate) priority: i16,
    pub(crate) when: Option<String>,
    /// Position in the definition.
    pub(crate) index: u16,
}

#[derive(Debug)]
pub(crate) enum CompiledStep {
    Add(StatId, EffectFormula),
    Set(StatId, EffectFormula),
    Spend(StatId, EffectFormula),
    Damage(DefId, EffectFormula),
    Heal(EffectFormula),
    Temporary(EffectFormula),
    Apply(DefId),
    Remove(DefId),
    Reduce(DefId),
    Do(ForeignStep, EffectFormula),
}

impl CompiledEffect {
    /// Compiles a definition; what cannot be compiled is reported and left out.
    pub(super) fn compile(
        def: &Def<EffectDef>,
        stats: &StatIndex,
        content: &Content,
        foreign: &ForeignSteps,
        report: &mut Report,
    ) -> Self {
        let mut compiler = Compiler {
            stats,
            content,
            foreign,
            report,
            snapshot: Vec::new(),
            live: Vec::new(),
        };
        let live_steps = def.capture == Capture::Live;
        let modifiers = def.modifiers.iter().zip(0..);
        let mut compiled = Self {
            lasts: def.lasts.amount().and_then(|a| compiler.formula(a, false)),
            modifiers: modifiers
                .filter_map(|(modifier, index)| compiler.modifier(modifier, def.capture, index))
                .collect(),
            on_apply: compiler.steps(&def.on_apply, false),
            every: compiler.steps(
                def.every.as_ref().map_or(&[], |every| &every.steps),
                live_steps,
            ),
            on_end: compiler.steps(&def.on_end, live_steps),
            radius: def
                .aura
                .as_ref()
                .and_then(|aura| compiler.formula(&aura.radius, live_steps)),
            snapshot: Vec::new(),
            live: Vec::new(),
        };
        compiled.snapshot = compiler.snapshot;
        compiled.live = compiler.live;
        for stats in [&mut compiled.snapshot, &mut compiled.live] {
            stats.sort_unstable();
            stats.dedup();
        }
        compiled
    }
}

struct Compiler<'a> {
    stats: &'a StatIndex,
    content: &'a Content,
    foreign: &'a ForeignSteps,
    report: &'a mut Report,
    snapshot: Vec<StatId>,
    live: Vec<StatId>,
}

impl Compiler<'_> {
    fn formula(&mut self, amount: &Amount, live: bool) -> Option<EffectFormula> {
        let formula = EffectFormula::compile(amount, live, self.stats, self.content, self.report)?;
        let read = if live {
            &mut self.live
        } else {
            &mut self.snapshot
        };
        read.extend(formula.reads_of_source());
        Some(formula)
    }

    fn stat(&mut self, name: &Text) -> Option<StatId> {
        self.stats
            .resolve(None, name)
            .map_err(|error| {
                self.report
                    .error(name, "unknown-stat", error.message, error.help);
            })
            .ok()
    }

    fn is_resource(&self, stat: StatId) -> bool {
        self.stats.get(stat).is_some_and(|entry| entry.is_resource)
    }

    fn modifier(
        &mut self,
        def: &EffectModifierDef,
        capture: Capture,
        index: u16,
    ) -> Option<CompiledModifier> {
        let stat = self.stat(&def.stat)?;
        if self.is_resource(stat) {
            let message = format!("`{}` is a resource and takes no modifiers", def.stat);
            let help = "change the stat in its `max` or `regen`, or use a step".to_owned();
            self.report
                .error(&def.stat, "modifier-on-resource", message, Some(help));
        }
        if let Some(when) = &def.when {
            self.stats.check_names(None, when, self.report);
        }
        let (kind, amount) = def.kind()?;
        let live = def.capture.unwrap_or(capture) == Capture::Live;
        Some(CompiledModifier {
            stat,
            kind,
            amount: self.formula(amount, live)?,
            bonus: def.bonus.as_ref().map(Ref::id),
            priority: def.priority,
            when: def.when.as_ref().map(|when| when.text().to_string()),
            index,
        })
    }

    fn steps(&mut self, steps: &[EffectStep], live: bool) -> Vec<CompiledStep> {
        steps
            .iter()
            .filter_map(|step| self.step(step, live))
            .collect()
    }

    fn foreign(&mut self, name: &Text) -> Option<ForeignStep> {
        let found = self.foreign.get(name);
        if found.is_none() {
            let names = self.foreign.names();
            let message = format!("no plugin does a step `{name}`");
            let help = match did_you_mean(name, names.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("there are: {}", names.join(", ")),
            };
            self.report.error(name, "unknown-step", message, Some(help));
        }
        found
    }

    fn step(&mut self, step: &EffectStep, live: bool) -> Option<CompiledStep> {
        let stat = match step.stat() {
            Some(name) => Some((self.stat(name)?, name)),
            None => None,
        };
        let amount = match step.amount() {
            Some(amount) => Some(self.formula(amount, live)?),
            None => None,
        };
        if let (EffectStep::Spend { .. }, Some((stat, name))) = (step, stat)
            && !self.is_resource(stat)
        {
            let message = format!("`{name}` is nothing that can be used up");
            let help = "use `Add` with a negative amount, or name a resource".to_owned();
            self.report
                .error(name.span(), "not-a-resource", message, Some(help));
        }
        Some(match (step, stat, amount) {
            (EffectStep::Add { .. }, Some((stat, _)), Some(amount)) => {
                CompiledStep::Add(stat, amount)
            }
            (EffectStep::Set { .. }, Some((stat, _)), Some(amount)) => {
                CompiledStep::Set(stat, amount)
            }
            (EffectStep::Spend { .. }, Some((stat, _)), Some(amount)) => {
                CompiledStep::Spend(stat, amount)
            }
            (EffectStep::Damage { kind, .. }, _, Some(amount)) => {
                CompiledStep::Damage(kind.id(), amount)
            }
            (EffectStep::Heal(_), _, Some(amount)) => CompiledStep::Heal(amount),
            (EffectStep::Temporary(_), _, Some(amount)) => CompiledStep::Temporary(amount),
            (EffectStep::Apply(effect), ..) => CompiledStep::Apply(effect.id()),
            (EffectStep::Reduce(effect), ..) => CompiledStep::Reduce(effect.id()),
            (EffectStep::Remove(tag), ..) => CompiledStep::Remove(tag.id()),
            (EffectStep::Do { step, .. }, _, Some(amount)) => {
                CompiledStep::Do(self.foreign(step)?, amount)
            }
            _ => return None,
        })
    }
}
