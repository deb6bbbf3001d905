//! How pieces become stacks.

use wayfarer_core::id::Uid;

/// Pieces that join a stack that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Joining {
    /// The stack.
    pub into: Uid,
    /// How many join it.
    pub count: u32,
}

/// Lays `count` pieces on stacks `(uid, count)` with room, in the given order; returns how many
/// are left. A stack holds at most `max_stack`.
pub(crate) fn join(
    mut count: u32,
    max_stack: u32,
    stacks: impl Iterator<Item = (Uid, u32)>,
    joined: &mut impl Extend<Joining>,
) -> u32 {
    for (into, has) in stacks {
        if count == 0 {
            break;
        }
        let add = max_stack.saturating_sub(has).min(count);
        if add > 0 {
            count -= add;
            joined.extend([Joining { into, count: add }]);
        }
    }
    count
}

/// How many stacks `count` new pieces make.
pub fn stacks_for(count: u32, max_stack: u32) -> u32 {
    count.div_ceil(max_stack.max(1))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn pieces_fill_stacks_in_order() {
        let uid = |n| Uid::new(n).unwrap();
        for (count, max, stacks, expected, left) in [
            (5, 10, vec![(1, 8), (2, 9)], vec![(1, 2), (2, 1)], 2),
            (1, 10, vec![(1, 8), (2, 9)], vec![(1, 1)], 0),
            (5, 10, vec![(1, 10), (2, 99)], vec![], 5),
            (u32::MAX, u32::MAX, vec![(1, 1)], vec![(1, u32::MAX - 1)], 1),
            (3, 1, vec![], vec![], 3),
        ] {
            let mut joined = Vec::new();
            let stacks = stacks.into_iter().map(|(n, has)| (uid(n), has));
            assert_eq!(join(count, max, stacks, &mut joined), left);
            let joined: Vec<_> = joined.iter().map(|j| (j.into.get(), j.count)).collect();
            assert_eq!(joined, expected);
        }
        assert_eq!(stacks_for(21, 10), 3);
        assert_eq!(stacks_for(1, 0), 1);
    }
}
