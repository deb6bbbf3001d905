//! Positions among items: numbers with gaps, so that putting one between two others changes one.

/// The gap between items that come one after the other.
pub const GAP: u32 = 1 << 10;

/// Where something goes that is put between two others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Between {
    /// This order lies between them.
    At(u32),
    /// There is no number left between them; the place has to be [spread](spread) first.
    Full,
}

/// The order between the items with the orders `before` and `after`.
pub fn between(before: Option<u32>, after: Option<u32>) -> Between {
    match (before, after) {
        (None, None) => Between::At(GAP),
        (Some(before), None) => match before.checked_add(GAP) {
            Some(order) => Between::At(order),
            None if before < u32::MAX => Between::At(before + (u32::MAX - before).div_ceil(2)),
            None => Between::Full,
        },
        (before, Some(after)) => {
            let low = before.map_or(0, |before| before.saturating_add(1));
            if low < after {
                Between::At(low + (after - low) / 2)
            } else {
                Between::Full
            }
        }
    }
}

/// Orders for `count` items, evenly apart.
pub fn spread(count: usize) -> impl Iterator<Item = u32> {
    let count64 = count as u64;
    let gap = (u64::from(u32::MAX) / (count64 + 1))
        .min(u64::from(GAP))
        .max(1);
    (1..=count64).map(move |position| u32::try_from(position * gap).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn between_is_between() {
        for (before, after, expected) in [
            (None, None, Between::At(GAP)),
            (Some(5), None, Between::At(5 + GAP)),
            (Some(u32::MAX), None, Between::Full),
            (Some(u32::MAX - 1), None, Between::At(u32::MAX)),
            (None, Some(0), Between::Full),
            (None, Some(1), Between::At(0)),
            (None, Some(GAP), Between::At(GAP / 2)),
            (Some(5), Some(6), Between::Full),
            (Some(5), Some(5), Between::Full),
            (Some(7), Some(5), Between::Full),
            (Some(5), Some(7), Between::At(6)),
        ] {
            assert_eq!(between(before, after), expected, "{before:?} {after:?}");
        }
    }

    #[test]
    fn spread_leaves_room() {
        let orders: Vec<u32> = spread(1000).collect();
        assert!(orders.windows(2).all(|pair| pair[1] - pair[0] == GAP));
        assert_eq!(spread(0).count(), 0);
    }
}
