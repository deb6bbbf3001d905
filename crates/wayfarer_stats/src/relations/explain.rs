//! Why a bond is what it is.

use std::fmt;

use bevy::prelude::*;
use wayfarer_core::content::{ActiveContent, Content, Located};
use wayfarer_formula::Program;

use super::{Bond, RelationCause, Relations, Stored, index::Axis, read};
use crate::{
    content::StatDef,
    explain::{Counted, Explanation, Line, LineOp, LineSource},
    id::StatId,
    rules::resource::Now,
};

/// Why one axis of a bond has its value, and what led there.
#[derive(Clone, Debug, PartialEq)]
pub struct RelationExplanation {
    /// Which bond.
    pub bond: Bond,
    /// The value in lines: default, stored, wearing off, limits. The last running total is the
    /// value, to the bit.
    pub why: Explanation,
    /// What has changed this axis, newest first, as far back as the log reaches.
    pub causes: Vec<RelationCause>,
}

/// Explains one axis of a bond; `None` if the content does not have the kind, or the kind not the
/// stat.
pub fn explain(
    relations: &Relations,
    content: &Content,
    bond: Bond,
    stat: StatId,
    now: Now,
) -> Option<RelationExplanation> {
    let values = read(relations, content, bond, now)?;
    let kind = values.kind();
    let axis = kind.axis(stat)?;
    let def = kind.stat_def(content, stat)?;
    let relation = relations.get(bond);
    let log = relation.map_or(&[][..], |relation| relation.log());
    let causes: Vec<RelationCause> = log
        .iter()
        .rev()
        .filter(|cause| cause.stat == stat)
        .cloned()
        .collect();
    let value = values.get(stat)?;
    let mut writer = Writer {
        content,
        axis,
        def,
        lines: Vec::new(),
        total: 0.0,
    };
    let formula = axis.formula.as_ref().map(|formula| {
        let all: Vec<f32> = values.iter().map(|(_, value)| value).collect();
        formula.eval(&all)
    });
    let stored = relation.and_then(|relation| relation.stored(stat));
    writer.lowest(formula, stored, causes.first());
    if let Some(stored) = stored {
        writer.stored(stored, causes.first());
        writer.wear(stored, now);
    }
    writer.limit(value);
    let lines = writer.lines;
    let reads = axis.formula.iter().flat_map(Program::dependencies);
    let reads = reads.filter_map(|at| {
        let read = kind.axes().get(usize::from(*at))?;
        let def = kind.stat_def(content, read.id())?;
        Some((def.name.clone(), values.get(read.id())?))
    });
    let why = Explanation {
        stat,
        name: def.name.clone(),
        unit: def.unit.clone(),
        value,
        lines,
        reads: reads.collect(),
        tier: values.tier(stat).map(|tier| tier.name.clone()),
        level: values.level().map(|level| level.name.clone()),
    };
    Some(RelationExplanation { bond, why, causes })
}

/// Explains one axis of a bond of an entity as it is now.
pub fn explain_entity(
    world: &World,
    holder: Entity,
    bond: Bond,
    stat: StatId,
) -> Option<RelationExplanation> {
    let relations = world.get::<Relations>(holder)?;
    let content = &world.get_resource::<ActiveContent>()?.0;
    explain(relations, content, bond, stat, Now::of(world))
}

struct Writer<'a> {
    content: &'a Content,
    axis: &'a Axis,
    def: &'a StatDef,
    lines: Vec<Line>,
    total: f32,
}

impl Writer<'_> {
    fn place(&self, at: impl Located) -> Option<String> {
        self.content.place_of(at).map(|place| place.to_string())
    }

    fn push(&mut self, label: &str, source: LineSource, op: LineOp, amount: f32) {
        self.total = match op {
            LineOp::Add => self.total + amount,
            LineOp::AtLeast => self.total.max(amount),
            LineOp::AtMost => self.total.min(amount),
            _ => amount,
        };
        self.lines.push(Line {
            label: label.to_owned(),
            source,
            op,
            amount,
            running: self.total + 0.0,
            counted: Counted::Yes,
            place: None,
            sealed: false,
        });
    }

    /// The default or the formula.
    fn lowest(&mut self, formula: Option<f32>, stored: Option<Stored>, by: Option<&RelationCause>) {
        let (label, source, amount, place) = match (&self.def.formula, formula) {
            (Some(text), Some(amount)) => (
                "Formula",
                LineSource::Formula(text.text().to_string()),
                amount,
                self.place(text),
            ),
            _ => (
                "Default",
                LineSource::Default,
                self.axis.start(),
                self.def.default.as_ref().and_then(|at| self.place(at)),
            ),
        };
        self.push(label, source, LineOp::Set, amount);
        if let Some(line) = self.lines.last_mut() {
            line.place = place;
            if stored.is_some() {
                line.counted = Counted::LostTo(stored_label(by));
                line.running = 0.0;
            }
        }
    }

    fn stored(&mut self, stored: Stored, by: Option<&RelationCause>) {
        let source = LineSource::Stored {
            since: stored.since,
        };
        self.push(&stored_label(by), source, LineOp::Set, stored.value);
    }

    /// What has worn off, and where that stops.
    fn wear(&mut self, stored: Stored, now: Now) {
        let Some(decay) = self.axis.decay() else {
            return;
        };
        let drift = decay.drift(stored.value, now.seconds_since(stored.since));
        if drift == 0.0 {
            return;
        }
        self.push("Time", LineSource::Decay, LineOp::Add, drift);
        let beyond = if drift > 0.0 {
            self.total > decay.towards
        } else {
            self.total < decay.towards
        };
        if beyond {
            let op = if drift > 0.0 {
                LineOp::AtMost
            } else {
                LineOp::AtLeast
            };
            self.push("Rest", LineSource::Decay, op, decay.towards);
        }
    }

    fn limit(&mut self, value: f32) {
        if (self.total + 0.0).to_bits() == value.to_bits() {
            return;
        }
        let (label, op) = if self.total > value {
            ("Maximum", LineOp::AtMost)
        } else {
            ("Minimum", LineOp::AtLeast)
        };
        self.push(label, LineSource::Clamp, op, value);
    }
}

/// By whom a value was stored, as far as the log remembers.
fn stored_label(by: Option<&RelationCause>) -> String {
    match by {
        Some(cause) if !cause.note.is_empty() => format!("{}: {}", cause.code, cause.note),
        Some(cause) => cause.code.clone(),
        None => "Stored".to_owned(),
    }
}

impl fmt::Display for RelationExplanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.why.fmt(f)?;
        for cause in &self.causes {
            write!(
                f,
                "\n * {:+} {} at tick {}",
                cause.amount, cause.code, cause.tick
            )?;
            if let Some(actor) = cause.actor {
                write!(f, " by {actor}")?;
            }
            if !cause.note.is_empty() {
                write!(f, ": {}", cause.note)?;
            }
        }
        Ok(())
    }
}
