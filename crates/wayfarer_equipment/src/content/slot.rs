//! Kind `slots`: where things are worn.

use serde::Deserialize;
use wayfarer_core::content::{Definition, LinkCtx};

/// Definition kind `slots`.
///
/// ```ron
/// { "main_hand": (name: "Main hand", group: "weapons", anchor: (0.12, 0.53), order: 11) }
/// ```
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct SlotDef {
    /// Name shown to players.
    pub name: String,
    /// A free word under which panels put slots together.
    #[serde(default)]
    pub group: String,
    /// Place on a paper doll that faces the viewer: from (0, 0), upper left, to (1, 1), lower right.
    #[serde(default = "middle")]
    pub anchor: (f32, f32),
    /// Order in lists, ascending.
    #[serde(default)]
    pub order: i32,
}

fn middle() -> (f32, f32) {
    (0.5, 0.5)
}

impl Definition for SlotDef {
    const KIND: &'static str = "slots";

    fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        let inside = |x: f32| (0.0..=1.0).contains(&x);
        if !inside(self.anchor.0) || !inside(self.anchor.1) {
            let message = "`anchor` lies outside of the paper doll; both numbers are 0 to 1";
            ctx.error(ctx.entry_span(), "bad-number", message, None);
        }
    }
}
