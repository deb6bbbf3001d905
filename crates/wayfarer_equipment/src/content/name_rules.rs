//! Kind `name_rules`: how single things are called.

use serde::Deserialize;
use wayfarer_core::{
    content::{Content, Definition, LinkCtx},
    id::DefId,
};

/// Definition kind `name_rules`. The entry `core:default` is in force; a later pack replaces it.
///
/// ```ron
/// { "default": (
///     enchanted: [(1, "magical"), (3, "enchanted")],
///     most_letters: 32, letters: "'-.,",
/// ) }
/// ```
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct NameRulesDef {
    /// The word before something with at least so many enchantments, ascending.
    #[serde(default)]
    pub enchanted: Vec<(u32, String)>,
    /// The most letters of a name that a player gives, 1 to 200.
    #[serde(default = "most")]
    pub most_letters: usize,
    /// What such a name may contain beside letters, digits and spaces.
    #[serde(default)]
    pub letters: String,
    /// Case is left as it is written, instead of one large letter at the beginning.
    #[serde(default)]
    pub keep_case: bool,
}

fn most() -> usize {
    32
}

impl NameRulesDef {
    /// The name of the entry in force.
    pub const NAME: &'static str = "core:default";

    /// The entry in force; `None` when no pack says anything: then things keep their plain names.
    pub fn in_force(content: &Content) -> Option<&Self> {
        let def = content.table::<Self>().get(DefId::of(Self::NAME))?;
        Some(def)
    }
}

impl Definition for NameRulesDef {
    const KIND: &'static str = "name_rules";

    fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        let at = ctx.entry_span();
        if self.enchanted.windows(2).any(|pair| pair[0].0 >= pair[1].0) {
            let message = "`enchanted` asks for more and more";
            ctx.error(at, "bad-steps", message, None);
        }
        if !(1..=200).contains(&self.most_letters) {
            let message = "`most_letters` must be 1 to 200";
            ctx.error(at, "bad-number", message, None);
        }
    }
}
