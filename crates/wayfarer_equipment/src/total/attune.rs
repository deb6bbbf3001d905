//! Fifth: to whom is not attuned it does nothing, good or bad.

use wayfarer_stats::modifier::Modifier;

use super::Stage;
use crate::ext::is_attuned;

pub(super) fn stage(stage: &Stage<'_>, modifiers: &mut [Modifier]) {
    if !stage.gear.is_some_and(|gear| gear.attune) {
        return;
    }
    if !stage.who.is_some_and(|who| is_attuned(stage.item, who)) {
        for modifier in modifiers {
            modifier.marks.suppressed = true;
        }
    }
}
