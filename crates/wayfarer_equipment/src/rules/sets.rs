//! How many pieces of a set count, and what that is enough for.

use wayfarer_core::id::{DefId, Uid};

/// Something worn that belongs to a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The item.
    pub uid: Uid,
    /// What it is.
    pub def: DefId,
    /// Whether it is in a condition to count.
    pub sound: bool,
}

/// How many pieces count: the sound ones, and if `distinct` each kind of thing once.
pub fn count(pieces: &[Piece], distinct: bool) -> u32 {
    let sound = pieces.iter().filter(|piece| piece.sound);
    if !distinct {
        return sound.count() as u32;
    }
    let mut kinds: Vec<DefId> = sound.map(|piece| piece.def).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds.len() as u32
}

/// How many tiers `count` pieces reach; `tiers` are the pieces that each asks for, ascending. A
/// tier adds to those below it.
pub fn reached(count: u32, tiers: &[u32]) -> usize {
    tiers.iter().take_while(|&&pieces| pieces <= count).count()
}

/// How many pieces are missing for the next tier; `None` when all are reached.
pub fn missing(count: u32, tiers: &[u32]) -> Option<u32> {
    tiers
        .iter()
        .find(|&&pieces| pieces > count)
        .map(|&p| p - count)
}

/// How many tiers there would be if every piece were sound.
pub fn if_repaired(pieces: &[Piece], distinct: bool, tiers: &[u32]) -> usize {
    let whole: Vec<Piece> = pieces
        .iter()
        .map(|&piece| Piece {
            sound: true,
            ..piece
        })
        .collect();
    reached(count(&whole, distinct), tiers)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn piece(uid: u64, def: u32, sound: bool) -> Piece {
        Piece {
            uid: Uid::new(uid).unwrap(),
            def: DefId(def),
            sound,
        }
    }

    #[test]
    fn broken_and_doubled_pieces() {
        let pieces = [
            piece(1, 1, true),
            piece(2, 1, true),
            piece(3, 2, false),
            piece(4, 3, true),
        ];
        assert_eq!(count(&pieces, true), 2);
        assert_eq!(count(&pieces, false), 3);
        assert_eq!(reached(2, &[2, 3, 4]), 1);
        assert_eq!(if_repaired(&pieces, true, &[2, 3, 4]), 2);
        assert_eq!(if_repaired(&pieces, false, &[2, 3, 4]), 3);
    }

    #[test]
    fn tiers_add_up() {
        for (count, tiers, reaches, lacks) in [
            (0, vec![2, 4], 0, Some(2)),
            (1, vec![2, 4], 0, Some(1)),
            (2, vec![2, 4], 1, Some(2)),
            (3, vec![2, 4], 1, Some(1)),
            (4, vec![2, 4], 2, None),
            (12, vec![3, 6, 9, 12], 4, None),
            (5, vec![], 0, None),
        ] {
            assert_eq!(reached(count, &tiers), reaches, "{count} of {tiers:?}");
            assert_eq!(missing(count, &tiers), lacks, "{count} of {tiers:?}");
        }
    }

    proptest! {
        #[test]
        fn mending_never_takes_a_bonus_away(
            rows in proptest::collection::vec((1..5u32, any::<bool>()), 0..12), distinct: bool,
        ) {
            let pieces: Vec<Piece> = rows
                .iter()
                .zip(1..)
                .map(|(&(def, sound), uid)| piece(uid, def, sound))
                .collect();
            let tiers = [2, 3, 5];
            prop_assert!(
                if_repaired(&pieces, distinct, &tiers) >= reached(count(&pieces, distinct), &tiers)
            );
        }
    }
}
