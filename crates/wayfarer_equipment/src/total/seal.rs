//! Last: what has not been found out about a thing works all the same, but nobody is told where it
//! comes from.

use wayfarer_stats::modifier::Modifier;

use super::Stage;
use crate::{ext::is_known, rules::identify::Aspect};

pub(super) fn stage(stage: &Stage<'_>, modifiers: &mut [Modifier]) {
    if stage.gear.is_none_or(|gear| gear.hidden.is_none()) {
        return;
    }
    let (content, item) = (stage.content, stage.item);
    let stats = is_known(content, item, Aspect::Stats);
    let enchantments = is_known(content, item, Aspect::Enchantments);
    for modifier in modifiers {
        let known = if modifier.origin == item.def {
            stats
        } else {
            enchantments
        };
        modifier.marks.sealed |= !known;
    }
}
