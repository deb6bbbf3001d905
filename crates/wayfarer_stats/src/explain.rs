//! [`explain`]: why a number is what it is.

use std::{fmt, sync::Arc};

use bevy::prelude::*;
use wayfarer_core::{
    content::Content,
    id::{DefId, Uid},
};

use crate::{
    id::StatId, inputs::StatInputs, layout::Layout, modifier::ModifierKind, origin::Origins,
    rules::resource::Now, values::StatValues,
};

mod derived;
mod lines;
#[cfg(test)]
mod tests;

/// Where a line comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum LineSource {
    /// The set says so for everybody.
    Default,
    /// It follows from other stats; the formula as it was written.
    Formula(String),
    /// The sheet of the character's template.
    Template,
    /// The active world.
    World,
    /// The character's own permanent value.
    Base,
    /// A runtime override.
    Runtime,
    /// What is left of a resource.
    Current,
    /// An item, an effect, a place.
    Modifier {
        /// The thing.
        uid: Uid,
        /// The definition that says so.
        origin: DefId,
    },
    /// The limits of the stat.
    Clamp,
    /// What was last said about an axis of a [relation](crate::relations).
    Stored {
        /// The tick in which it was said.
        since: u64,
    },
    /// What has worn off of it since.
    Decay,
}

/// What a line does to the running total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineOp {
    /// Sets it.
    Set,
    /// Adds to it.
    Add,
    /// Adds a share, with all other shares, before the total is multiplied.
    Increase,
    /// Multiplies it.
    Multiply,
    /// Raises it to at least the amount.
    AtLeast,
    /// Lowers it to at most the amount.
    AtMost,
}

impl From<ModifierKind> for LineOp {
    fn from(kind: ModifierKind) -> Self {
        match kind {
            ModifierKind::Override => Self::Set,
            ModifierKind::Flat => Self::Add,
            ModifierKind::Increased => Self::Increase,
            ModifierKind::More => Self::Multiply,
            ModifierKind::Floor => Self::AtLeast,
            ModifierKind::Cap => Self::AtMost,
        }
    }
}

/// Whether a line counts, and why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Counted {
    /// It does.
    Yes,
    /// The line with this label counts instead.
    LostTo(String),
    /// Its condition is not met.
    ConditionFalse(String),
    /// What it belongs to is suppressed for now.
    Suppressed,
    /// It counts, but the total was beyond it already.
    NoEffect,
    /// Resources take no modifiers.
    NotForResources,
}

impl Counted {
    /// Whether the running total was changed by the line, or could have been.
    pub fn counts(&self) -> bool {
        matches!(self, Self::Yes | Self::NoEffect)
    }
}

/// One line of an explanation.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Who says so, for display.
    pub label: String,
    /// Who says so, for programs.
    pub source: LineSource,
    /// What it does.
    pub op: LineOp,
    /// How much.
    pub amount: f32,
    /// The total after this line. The last one is the value, to the bit.
    pub running: f32,
    /// Whether it counts.
    pub counted: Counted,
    /// File, line and column that say so, where content does.
    pub place: Option<String>,
    /// The owner may know the amount and not the source.
    pub sealed: bool,
}

/// Why a stat has its value: the layers, the modifiers and the limits, in the order in which they
/// are applied.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The stat.
    pub stat: StatId,
    /// Its name as players see it.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// Its value.
    pub value: f32,
    /// The lines.
    pub lines: Vec<Line>,
    /// What the formula read, if the value follows from one: name and value.
    pub reads: Vec<(String, f32)>,
    /// Name of its tier.
    pub tier: Option<String>,
    /// Name of the level of its set.
    pub level: Option<String>,
}

/// Explains a stat; `None` if the character does not have it. Resources are explained as they were
/// stored last: see [`explain_entity`].
pub fn explain(
    inputs: &StatInputs,
    layout: &Arc<Layout>,
    content: &Content,
    stat: StatId,
) -> Option<Explanation> {
    explain_at(
        inputs,
        layout,
        content,
        &Origins::default(),
        stat,
        Now::STORED,
    )
}

/// [`explain`] at a moment, with modifiers traced back to their definitions.
pub fn explain_at(
    inputs: &StatInputs,
    layout: &Arc<Layout>,
    content: &Content,
    origins: &Origins,
    stat: StatId,
    now: Now,
) -> Option<Explanation> {
    let slot = layout.slot(stat)?;
    let values = StatValues::new(layout, inputs, now);
    lines::Writer {
        inputs,
        layout,
        content,
        origins,
        values: &values,
        slot,
        stat,
        lines: Vec::new(),
    }
    .write()
}

/// Explains a stat of an entity as it is now.
pub fn explain_entity(world: &World, entity: Entity, stat: StatId) -> Option<Explanation> {
    let inputs = world.get::<StatInputs>(entity)?;
    let layout = world.get::<StatValues>(entity)?.layout()?;
    let origins = world.get_resource::<Origins>().cloned().unwrap_or_default();
    let content = layout.shape().content();
    explain_at(inputs, layout, content, &origins, stat, Now::of(world))
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let amount = self.amount;
        match self.op {
            LineOp::Set => write!(f, "= {amount}")?,
            LineOp::Add => write!(f, "{amount:+}")?,
            LineOp::Increase => write!(f, "{:+} %", amount * 100.0)?,
            LineOp::Multiply => write!(f, "× {amount}")?,
            LineOp::AtLeast => write!(f, "≥ {amount}")?,
            LineOp::AtMost => write!(f, "≤ {amount}")?,
        }
        match &self.source {
            LineSource::Formula(formula) => write!(f, "  {}: {formula}", self.label)?,
            _ => write!(f, "  {}", self.label)?,
        }
        match &self.counted {
            Counted::Yes | Counted::NoEffect => {}
            Counted::LostTo(winner) => write!(f, " (does not count: {winner} does)")?,
            Counted::ConditionFalse(when) => write!(f, " (only when {when})")?,
            Counted::Suppressed => f.write_str(" (suppressed)")?,
            Counted::NotForResources => f.write_str(" (does not count for what is used up)")?,
        }
        match &self.place {
            Some(place) => write!(f, " [{place}]"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.name, self.value)?;
        if !self.unit.is_empty() {
            write!(f, " {}", self.unit)?;
        }
        if let Some(tier) = &self.tier {
            write!(f, " ({tier})")?;
        }
        for line in &self.lines {
            let mark = if line.counted.counts() { ' ' } else { '-' };
            write!(f, "\n {mark} {line}")?;
        }
        Ok(())
    }
}
