//! Kind `conditions`: what it means that so much of a thing is left.

use serde::Deserialize;
use wayfarer_core::{
    content::{Content, Definition, LinkCtx},
    id::DefId,
};

use super::check_share;

/// Definition kind `conditions`. The entry `core:default` is in force; a later pack replaces it.
///
/// ```ron
/// { "default": (
///     bands: [(from: 50, name: "Sound"), (from: 0, name: "Broken", penalty: 1)],
///     gates: (equip: 50),
/// ) }
/// ```
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct ConditionDef {
    /// The bands from the best to the worst; the last one is from 0.
    pub bands: Vec<Band>,
    /// How much must be left for what.
    #[serde(default)]
    pub gates: Gates,
    /// How urgent a repair is, the most urgent first.
    #[serde(default)]
    pub urgency: Vec<Urgency>,
    /// What becomes of a whole amount that quality or condition makes uneven.
    #[serde(default)]
    pub rounding: Rounding,
}

/// One band of condition.
#[derive(Deserialize, Debug, Clone, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// Percent from which on it is this one, inclusive.
    pub from: f32,
    /// Name shown to players.
    pub name: String,
    /// By which share of themselves the modifiers that better something are lessened, 0 to 1. At 1
    /// the thing gives nothing at all but its drawbacks.
    #[serde(default)]
    pub penalty: f32,
}

/// How much of a thing must be left, in percent. 0 asks for nothing.
#[derive(Deserialize, Debug, Clone, Copy, Default, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Gates {
    /// To be put on.
    #[serde(default)]
    pub equip: f32,
    /// To be used; a quality may say otherwise.
    #[serde(default, rename = "use")]
    pub usable: f32,
    /// To be enchanted.
    #[serde(default)]
    pub enchant: f32,
    /// To count as a piece of a set.
    #[serde(default)]
    pub set: f32,
}

/// How urgent a repair is.
#[derive(Deserialize, Debug, Clone, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Urgency {
    /// Percent below which it is this one.
    pub below: f32,
    /// Name shown to players.
    pub name: String,
}

/// What becomes of a whole amount that is scaled.
#[derive(Deserialize, Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Rounding {
    /// To the nearest whole one; a half goes up.
    #[default]
    HalfUp,
    /// To the next lower whole one.
    Down,
    /// It stays uneven.
    Exact,
}

impl ConditionDef {
    /// The name of the entry in force.
    pub const NAME: &'static str = "core:default";

    /// The entry in force; `None` when no pack says anything: then wear means nothing.
    pub fn in_force(content: &Content) -> Option<&Self> {
        let def = content.table::<Self>().get(DefId::of(Self::NAME))?;
        Some(def)
    }

    /// The band of so many percent.
    pub fn band(&self, percent: f32) -> Option<&Band> {
        self.bands.iter().find(|band| percent >= band.from)
    }

    /// How urgent a repair is: its place in the list, 0 the most urgent. `None` when it is not.
    pub fn urgency(&self, percent: f32) -> Option<(usize, &Urgency)> {
        let mut all = self.urgency.iter().enumerate();
        all.find(|(_, urgency)| percent < urgency.below)
    }
}

impl Definition for ConditionDef {
    const KIND: &'static str = "conditions";

    fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        let at = ctx.entry_span();
        let falls = |from: &[f32]| from.windows(2).all(|pair| pair[0] > pair[1]);
        let from: Vec<f32> = self.bands.iter().map(|band| band.from).collect();
        if !falls(&from) || from.last() != Some(&0.0) {
            let message = "`bands` go from the best to the worst, and the last is `from: 0`";
            ctx.error(at, "bad-bands", message, None);
        }
        let below: Vec<f32> = self.urgency.iter().rev().map(|step| step.below).collect();
        if !falls(&below) {
            let message = "`urgency` goes from the most urgent (the lowest `below`) up";
            ctx.error(at, "bad-bands", message, None);
        }
        for band in &self.bands {
            check_share(ctx, "from", band.from, 100.0);
            check_share(ctx, "penalty", band.penalty, 1.0);
        }
        for (field, value) in [
            ("equip", self.gates.equip),
            ("use", self.gates.usable),
            ("enchant", self.gates.enchant),
            ("set", self.gates.set),
        ] {
            check_share(ctx, field, value, 100.0);
        }
        for step in &self.urgency {
            check_share(ctx, "below", step.below, 100.0);
        }
    }
}
