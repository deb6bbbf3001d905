//! Fourth: what is laid on the item, as strong as it became. Quality and wear do not scale it, but
//! a broken thing gives none of it.

use wayfarer_stats::{
    api,
    modifier::{Modifier, ModifierKind},
};

use super::Stage;
use crate::ext::Enchants;

pub(super) fn stage(stage: &Stage<'_>, modifiers: &mut Vec<Modifier>) {
    let (content, item) = (stage.content, stage.item);
    let broken = stage.penalty >= 1.0;
    for (enchant, def) in Enchants::working(content, item, stage.now) {
        let own = api::to_modifiers(content, item.uid, def.id(), &def.modifiers, 0);
        modifiers.extend(own.into_iter().map(|mut modifier| {
            modifier.amount = powered(modifier.kind, modifier.amount, enchant.share());
            modifier.marks.suppressed |= broken;
            modifier
        }));
    }
}

/// An amount of full power at less of it. What has no size stays as it is.
pub(crate) fn powered(kind: ModifierKind, amount: f32, share: f32) -> f32 {
    match kind {
        ModifierKind::Flat | ModifierKind::Increased => amount * share,
        ModifierKind::More => 1.0 + (amount - 1.0) * share,
        ModifierKind::Override | ModifierKind::Floor | ModifierKind::Cap => amount,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_the_power_is_half_of_it() {
        for (kind, amount, share, expected) in [
            (ModifierKind::Flat, 4.0, 0.5, 2.0),
            (ModifierKind::Flat, -4.0, 0.25, -1.0),
            (ModifierKind::Increased, 0.2, 0.5, 0.1),
            (ModifierKind::More, 1.5, 0.5, 1.25),
            (ModifierKind::More, 0.5, 0.5, 0.75),
            (ModifierKind::Floor, 5.0, 0.5, 5.0),
            (ModifierKind::Flat, 3.0, 1.0, 3.0),
        ] {
            assert_eq!(powered(kind, amount, share), expected, "{kind:?} {amount}");
        }
    }
}
