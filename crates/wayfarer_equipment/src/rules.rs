//! Pure rules on plain data. No ECS in here.

pub mod advice;
pub mod applying;
pub mod identify;
pub mod names;
pub mod outcome;
pub mod repair;
pub mod sets;
pub mod wear;

use wayfarer_core::id::DefId;

/// The slot that an item goes to when none is named: the first allowed one that is free and not
/// locked, else the first that is not locked, else the first.
pub fn choose_slot(
    allowed: &[DefId],
    is_free: impl Fn(DefId) -> bool,
    is_locked: impl Fn(DefId) -> bool,
) -> Option<DefId> {
    let open = || allowed.iter().copied().filter(|&slot| !is_locked(slot));
    open()
        .find(|&slot| is_free(slot))
        .or_else(|| open().next())
        .or_else(|| allowed.first().copied())
}

/// Whether something that takes `needed` gets in the way of something that takes `taken`.
pub fn conflicts(needed: &[DefId], taken: impl IntoIterator<Item = DefId>) -> bool {
    taken.into_iter().any(|slot| needed.contains(&slot))
}

/// Seconds for which slots stay locked: the item's own if it is longer.
pub fn cooldown(global: f32, own: f32) -> f32 {
    global.max(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_are_chosen_sensibly() {
        let slots = [DefId(1), DefId(2), DefId(3)];
        for (free, locked, expected) in [
            (vec![1, 2, 3], vec![], Some(1)),
            (vec![2, 3], vec![], Some(2)),
            (vec![2, 3], vec![2], Some(3)),
            (vec![2], vec![2], Some(1)),
            (vec![], vec![], Some(1)),
            (vec![], vec![1], Some(2)),
            (vec![1, 2, 3], vec![1, 2, 3], Some(1)),
        ] {
            let chosen = choose_slot(
                &slots,
                |slot| free.contains(&slot.0),
                |slot| locked.contains(&slot.0),
            );
            assert_eq!(chosen.map(|slot| slot.0), expected, "{free:?} {locked:?}");
        }
        assert_eq!(choose_slot(&[], |_| true, |_| false), None);
    }

    #[test]
    fn two_hands_get_in_each_others_way() {
        let (main, off, head) = (DefId(1), DefId(2), DefId(3));
        assert!(conflicts(&[main, off], [off]));
        assert!(conflicts(&[off], [main, off]));
        assert!(!conflicts(&[main, off], [head]));
        assert!(!conflicts(&[main], [off]));
    }
}
