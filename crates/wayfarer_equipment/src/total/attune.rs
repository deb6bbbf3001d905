//! Fifth: to whom is not attuned it does nothing, good or bad.

use wayfarer_core::id::Identity;
use wayfarer_stats::modifier::Modifier;

use super::Stage;
use crate::ext::lacks_attunement;

pub(super) fn stage(stage: &Stage<'_>, modifiers: &mut [Modifier]) {
    let who = stage.wearer.world.get::<Identity>(stage.wearer.entity);
    if lacks_attunement(stage.content, stage.item, who.map(|id| id.0)) {
        for modifier in modifiers {
            modifier.marks.suppressed = true;
        }
    }
}
