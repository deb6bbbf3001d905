//! From values to prices: what is asked is rounded up, what is offered is rounded down, and nobody
//! gets more for a thing than the next one would cost.

/// What one piece costs: rounded up to a whole coin, at least one.
pub fn asked(value: f64) -> u64 {
    let value = sane(value);
    // Decimals have no exact binary form; what is off by less than a millionth was meant exactly.
    ((value - tolerance(value)).ceil() as u64).max(1)
}

/// What is paid for one piece: rounded down to a whole coin.
pub fn offered(value: f64) -> u64 {
    let value = sane(value);
    (value + tolerance(value)).floor() as u64
}

fn sane(value: f64) -> f64 {
    if value.is_finite() {
        value.max(0.0)
    } else {
        0.0
    }
}

fn tolerance(value: f64) -> f64 {
    1e-6 + value * 1e-12
}

/// The stock at which each of `count` pieces is priced, and the price of all.
///
/// Pieces that are bought leave one by one, those that are sold arrive one by one: buying ten at
/// once costs what buying one ten times costs, and no order of buying and selling makes money.
/// `unit` is the price of the piece that would be the `n`th in stock.
pub fn total(
    side: Side,
    stock: u64,
    count: u32,
    moves: bool,
    mut unit: impl FnMut(u64) -> u64,
) -> u64 {
    if !moves {
        return unit(top(side, stock)).saturating_mul(u64::from(count));
    }
    let pieces = 0..u64::from(count);
    pieces.fold(0, |sum: u64, piece| {
        let nth = match side {
            Side::Buy => stock.saturating_sub(piece),
            Side::Sell => stock.saturating_add(1).saturating_add(piece),
        };
        sum.saturating_add(unit(nth))
    })
}

/// Which piece of the stock the first is.
pub fn top(side: Side, stock: u64) -> u64 {
    match side {
        Side::Buy => stock,
        Side::Sell => stock.saturating_add(1),
    }
}

/// What the customer does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// Pays for what the shop has.
    Buy,
    /// Is paid for what they have.
    Sell,
}

/// What of `paid` for `count` pieces falls on `some` of them: never less in parts than as a whole.
pub fn share_of(paid: u64, count: u32, some: u32) -> u64 {
    let (paid, count, some) = (u128::from(paid), u128::from(count.max(1)), u128::from(some));
    u64::try_from((paid * some).div_ceil(count)).unwrap_or(u64::MAX)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn rounding_is_for_the_shop_and_forgives_decimals() {
        for (value, asks, offers) in [
            (60.0, 60, 60),
            (10.0 * 1.1, 11, 11),
            (11.0, 11, 11),
            (0.3, 1, 0),
            (0.0, 1, 0),
            (10.01, 11, 10),
            (9.99, 10, 9),
            (-5.0, 1, 0),
            (f64::NAN, 1, 0),
            (f64::INFINITY, 1, 0),
            (1e9 * 1.1, 1_100_000_000, 1_100_000_000),
            (1e30, u64::MAX, u64::MAX),
        ] {
            assert_eq!((asked(value), offered(value)), (asks, offers), "{value}");
        }
        assert_eq!(share_of(10, 3, 1), 4);
        assert_eq!(share_of(6, 2, 1), 3);
        assert_eq!(share_of(u64::MAX, u32::MAX, u32::MAX), u64::MAX);
    }

    proptest! {
        /// The price of a piece may depend on the stock in whatever way: who gives no more for the
        /// piece that becomes the nth than the nth costs, loses nothing however one goes about it.
        #[test]
        fn no_way_of_buying_and_selling_makes_money(
            costs in proptest::collection::vec(1..50u64, 20),
            gives in proptest::collection::vec(0..50u64, 20),
            deals in proptest::collection::vec((any::<bool>(), 1..6u32), 1..40),
        ) {
            let cost = |nth: u64| costs[nth as usize % 20];
            let give = |nth: u64| gives[nth as usize % 20].min(cost(nth));
            let (mut stock, mut mine, mut money) = (19u64, 0u64, 0i64);
            for (buys, count) in deals {
                if buys && stock >= u64::from(count) {
                    money -= total(Side::Buy, stock, count, true, cost) as i64;
                    (stock, mine) = (stock - u64::from(count), mine + u64::from(count));
                } else if !buys && mine >= u64::from(count) {
                    money += total(Side::Sell, stock, count, true, give) as i64;
                    (stock, mine) = (stock + u64::from(count), mine - u64::from(count));
                }
                prop_assert!(money <= 0, "{money} made out of nothing");
            }
        }

        #[test]
        fn many_at_once_cost_what_one_by_one_costs(
            costs in proptest::collection::vec(1..50u64, 30), count in 1..10u32,
        ) {
            let cost = |nth: u64| costs[nth as usize % 30];
            for side in [Side::Buy, Side::Sell] {
                let whole = total(side, 12, count, true, cost);
                let mut stock = 12;
                let mut sum = 0;
                for _ in 0..count {
                    sum += total(side, stock, 1, true, cost);
                    stock = if side == Side::Buy { stock - 1 } else { stock + 1 };
                }
                prop_assert_eq!(whole, sum);
            }
        }

        #[test]
        fn parts_cost_the_whole(paid in 0..1000u64, counts in proptest::collection::vec(1..5u32, 1..6)) {
            let mut left: u32 = counts.iter().sum();
            let (mut owed, mut sum) = (paid, 0);
            for count in counts {
                let part = share_of(owed, left, count);
                (owed, left, sum) = (owed - part, left - count, sum + part);
            }
            prop_assert_eq!((sum, owed), (paid, 0));
        }
    }
}
