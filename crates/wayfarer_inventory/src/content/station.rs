//! Kind `stations`: where work is done. The entry has the name of the character that is one.

use serde::Deserialize;
use wayfarer_core::content::{Definition, LinkCtx, Text};

use super::{BAD_NUMBER, Expression, ItemDef};

/// Definition kind `stations`: a forge, an altar, a smith who works for others.
///
/// ```ron
/// { "smithy": (
///     name: "Smithy", kinds: ["forge", "anvil"], efficiency: 1.2,
///     fee: "5 + 0.1 * price", skill: 70,
/// ) }
/// ```
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct StationDef {
    /// Name shown to players.
    pub name: String,
    /// What kinds of place it is; rules ask for one of them.
    pub kinds: Vec<Text>,
    /// How good a place it is: costs and times are divided by it, chances rise with it. 0.1 to 10.
    #[serde(default = "one")]
    pub efficiency: f32,
    /// What its keeper takes for each piece of work, in the smallest coin; a formula over `price`,
    /// the cost of the work itself. Nothing if left out.
    #[serde(default)]
    pub fee: Option<Expression>,
    /// The skill of its keeper, 0 to 100, who works in the place of the customer; the customer
    /// works with their own if left out.
    #[serde(default)]
    pub skill: Option<f32>,
    /// Its rank among its kind, from 0: what it knows and charges.
    #[serde(default)]
    pub tier: u8,
    /// Only things with at least one of these tags are worked on; any if empty.
    #[serde(default)]
    pub takes: Vec<Text>,
}

fn one() -> f32 {
    1.0
}

impl StationDef {
    /// Whether it is such a place.
    pub fn is(&self, kind: &str) -> bool {
        self.kinds.iter().any(|own| own == kind)
    }

    /// Whether such things are worked on here.
    pub fn takes(&self, item: &ItemDef) -> bool {
        self.takes.is_empty() || self.takes.iter().any(|tag| item.has_tag(tag))
    }

    /// What its keeper takes for work that costs `price`, in the smallest coin; rounded up.
    pub fn fee_for(&self, price: u64) -> u64 {
        let fee = self
            .fee
            .as_ref()
            .map_or(0.0, |fee| fee.eval(&[price as f32]));
        // A float that is too big becomes the greatest number, a negative one 0.
        fee.ceil() as u64
    }
}

impl Definition for StationDef {
    const KIND: &'static str = "stations";

    fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        let at = ctx.entry_span();
        if let Some(fee) = &mut self.fee {
            fee.link(ctx, "fee", ["price"]);
        }
        if self.kinds.is_empty() {
            let help = "such as `kinds: [\"forge\"]`".to_owned();
            ctx.error(at, "no-kind", "this is no kind of place", Some(help));
        }
        if !(0.1..=10.0).contains(&self.efficiency) {
            let message = format!("`efficiency` is {}; it must be 0.1 to 10", self.efficiency);
            ctx.error(at, BAD_NUMBER, message, Some("1 is an ordinary one".into()));
        }
        if let Some(skill) = self.skill
            && !(0.0..=100.0).contains(&skill)
        {
            let message = format!("`skill` is {skill}; it must be 0 to 100");
            ctx.error(at, BAD_NUMBER, message, None);
        }
    }
}
