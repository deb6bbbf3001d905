//! The definition of a kind of relation.

use serde::Deserialize;
use wayfarer_core::content::{Content, Definition, LinkCtx, Ref, Report, Spanned};

use super::{MAX_LOG, RelationIndex};
use crate::content::{Entries, StatSetDef};

/// Definition kind `relations`: what characters can have towards each other.
///
/// ```ron
/// {
///     "bond": (
///         name: "Bond",
///         set: "relationships",
///         decay: { "affinity": (per_hour: 1.5, towards: 10), "tension": (per_hour: 20) },
///         log: 64,
///     ),
/// }
/// ```
///
/// The set says which axes there are, with limits, defaults, tiers and levels. It has no resources,
/// and its formulas and levels name stats of the set itself only. Modifiers, sheets and worlds say
/// nothing about a bond.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct RelationDef {
    /// Name shown to players.
    pub name: String,
    /// What it means, in a sentence.
    #[serde(default)]
    pub description: String,
    /// The axes.
    pub set: Ref<StatSetDef>,
    /// How axes wear off, by name in the set. The others stay as they are.
    #[serde(default)]
    pub decay: Entries<DecayDef>,
    /// How many causes are remembered for each other character, 1 to 256. Without it 64.
    #[serde(default)]
    pub log: Option<Spanned<u16>>,
}

/// How one axis of a relation wears off.
///
/// The unit is the hour of the rules' own clock: 3600 seconds of play at normal speed. A game whose
/// day is shorter multiplies. While the rules are paused nothing wears off. An axis of which nothing
/// was ever said stays at its default, wherever it would rest.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct DecayDef {
    /// How far the value moves in an hour; more than 0.
    pub per_hour: Spanned<f32>,
    /// Where it comes to rest. Without it the default of the axis.
    #[serde(default)]
    pub towards: Option<Spanned<f32>>,
}

impl RelationDef {
    /// How many causes are remembered for each other character.
    pub fn log(&self) -> u16 {
        self.log.as_ref().map_or(64, |log| log.value)
    }
}

impl Definition for RelationDef {
    const KIND: &'static str = "relations";

    fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        self.decay.check_unique(ctx, "stat");
        for (_, decay) in self.decay.iter() {
            let rate = &decay.per_hour;
            if !(rate.value.is_finite() && rate.value > 0.0) {
                let message = format!("`per_hour` must be more than 0, not {}", rate.value);
                let help = "leave the axis out of `decay` if it should stay".to_owned();
                ctx.error(rate, "bad-rate", message, Some(help));
            }
            if let Some(rest) = decay.towards.as_ref().filter(|rest| !rest.is_finite()) {
                let message = format!("`towards` must be a finite number, not {}", rest.value);
                ctx.error(rest, "not-finite", message, None);
            }
        }
        if let Some(log) = self
            .log
            .as_ref()
            .filter(|log| !(1..=MAX_LOG as u16).contains(&log.value))
        {
            let message = format!("`log` must be between 1 and {MAX_LOG}, not {}", log.value);
            ctx.error(log, "out-of-range", message, None);
        }
    }
}

/// Warns of axes that wear off although nobody has them yet.
pub(crate) fn check_relations(content: &Content, report: &mut Report) {
    let Some(index) = content.derived::<RelationIndex>() else {
        return;
    };
    for def in content.table::<RelationDef>() {
        let Some(kind) = index.get(def.id()) else {
            continue;
        };
        for (name, decay) in def.decay.iter() {
            let axis = kind.axes().iter().find(|axis| axis.key() == name.as_str());
            let Some((axis, rest)) = axis.zip(decay.towards.as_ref()) else {
                continue;
            };
            if rest.value != axis.start() {
                let message = format!(
                    "`{name}` rests at {}, but begins at {}",
                    rest.value,
                    axis.start()
                );
                let help = "a bond that nothing has changed yet stays where it begins".to_owned();
                report.warn(rest, "rest-is-not-default", message, Some(help));
            }
        }
    }
}
