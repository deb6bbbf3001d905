#![allow(clippy::unwrap_used, reason = "tests")]

use proptest::prelude::*;

use super::*;

const GOLD: [u64; 3] = [100, 10, 1];

fn paid(purse: [u64; 3], till: [u64; 3], price: u64) -> Result<Payment, Unpaid> {
    payment(&GOLD, &purse, &till, price, false)
}

#[test]
fn prices_are_paid() {
    for (purse, till, price, give, back) in [
        // With fitting coins, the fewest.
        ([1, 2, 30], [0, 0, 0], 123, [1, 2, 3], [0, 0, 0]),
        ([0, 0, 150], [0, 0, 0], 120, [0, 0, 120], [0, 0, 0]),
        ([5, 0, 0], [0, 0, 0], 0, [0, 0, 0], [0, 0, 0]),
        // One coin too much, and change.
        ([1, 0, 0], [0, 9, 10], 1, [1, 0, 0], [0, 9, 9]),
        ([1, 0, 0], [0, 0, 100], 1, [1, 0, 0], [0, 0, 99]),
        ([3, 1, 0], [0, 0, 9], 5, [0, 1, 0], [0, 0, 5]),
        // What would come back is not given in the first place.
        ([0, 1, 5], [0, 0, 9], 7, [0, 1, 0], [0, 0, 3]),
        ([2, 0, 5], [0, 9, 9], 101, [1, 0, 1], [0, 0, 0]),
    ] {
        let expected = Payment {
            give: SmallVec::from_slice(&give),
            back: SmallVec::from_slice(&back),
            broken: None,
        };
        assert_eq!(paid(purse, till, price), Ok(expected), "{purse:?} {price}");
    }
    assert_eq!(paid([0, 9, 9], [9, 9, 9], 100), Err(Unpaid::Short));
    assert_eq!(paid([0, 0, 0], [9, 9, 9], 1), Err(Unpaid::Short));
    assert_eq!(paid([1, 0, 0], [9, 9, 0], 1), Err(Unpaid::NoChange));
    assert_eq!(
        paid([u64::MAX; 3], [u64::MAX; 3], u64::MAX).unwrap().back[0],
        0
    );
    assert_eq!(payment(&[], &[], &[], 1, true), Err(Unpaid::Short));
}

#[test]
fn a_coin_is_changed_where_there_is_no_change() {
    let done = payment(&GOLD, &[1, 0, 0], &[0, 0, 0], 37, true).unwrap();
    assert_eq!(done.give[..], [1, 0, 0]);
    assert_eq!(done.back[..], [0, 6, 3]);
    assert_eq!(done.broken, Some((0, SmallVec::from_slice(&[0, 3, 7]))));
    // What is kept of the lesser coins is no part of the change.
    let done = payment(&GOLD, &[0, 1, 5], &[0, 0, 0], 7, true).unwrap();
    assert_eq!(
        (&done.give[..], &done.back[..]),
        (&[0, 1, 0][..], &[0, 0, 3][..])
    );
    assert_eq!(done.broken, Some((1, SmallVec::from_slice(&[0, 0, 7]))));
}

/// Is there any way at all? Looks at every way there is.
fn possible(worths: &[u64], purse: &[u64], till: &[u64], price: i64) -> bool {
    let Some((&worth, worths)) = worths.split_first() else {
        return price == 0;
    };
    let (has, can_give) = (purse[0] as i64, till[0] as i64);
    (-can_give..=has)
        .any(|net| possible(worths, &purse[1..], &till[1..], price - net * worth as i64))
}

/// The fewest coins that pay exactly, by looking at every way.
fn fewest_exact(worths: &[u64], purse: &[u64], price: u64) -> Option<u64> {
    let Some((&worth, worths)) = worths.split_first() else {
        return (price == 0).then_some(0);
    };
    (0..=purse[0].min(price / worth))
        .filter_map(|n| Some(n + fewest_exact(worths, &purse[1..], price - n * worth)?))
        .min()
}

/// Currencies in which each coin is worth a multiple of the next.
fn currency() -> impl Strategy<Value = Vec<u64>> {
    proptest::collection::vec(2..6u64, 0..3).prop_map(|factors| {
        let mut worths = vec![1];
        for factor in factors {
            worths.insert(0, worths[0] * factor);
        }
        worths
    })
}

proptest! {
    #[test]
    fn worth_is_conserved_and_what_can_be_paid_is_paid(
        worths in currency(),
        purse in proptest::collection::vec(0..7u64, 3),
        till in proptest::collection::vec(0..7u64, 3),
        price in 0..60u64,
        may_break: bool,
    ) {
        let n = worths.len();
        let (purse, till) = (&purse[..n], &till[..n]);
        let have = worth_of(&worths, purse);
        match payment(&worths, purse, till, price, may_break) {
            Ok(done) => {
                prop_assert_eq!(
                    worth_of(&worths, &done.give),
                    price + worth_of(&worths, &done.back),
                    "the price, to the coin"
                );
                for i in 0..n {
                    prop_assert!(done.give[i] <= purse[i]);
                    prop_assert!(done.give[i] == 0 || done.back[i] == 0);
                    prop_assert!(done.broken.is_some() || done.back[i] <= till[i]);
                }
                if let Some((coin, rest)) = &done.broken {
                    prop_assert!(may_break && done.give[*coin] > 0);
                    let parts = worth_of(&worths, rest) + worth_of(&worths, &done.back);
                    prop_assert_eq!(parts, worths[*coin], "a coin is worth its parts");
                    prop_assert!(!possible(&worths, purse, till, price as i64), "only if need be");
                }
                if let Some(fewest) = fewest_exact(&worths, purse, price) {
                    prop_assert_eq!(done.give.iter().sum::<u64>(), fewest);
                    prop_assert_eq!(done.back.iter().sum::<u64>(), 0);
                }
            }
            Err(Unpaid::Short) => prop_assert!(have < price),
            Err(Unpaid::NoChange) => {
                prop_assert!(have >= price && !may_break);
                prop_assert!(!possible(&worths, purse, till, price as i64));
            }
        }
    }

    #[test]
    fn the_fewest_coins_are_the_fewest(worths in currency(), amount in 0..200u64) {
        let counts = fewest(&worths, amount);
        prop_assert_eq!(worth_of(&worths, &counts), amount);
        let all = vec![200; worths.len()];
        prop_assert_eq!(Some(counts.iter().sum::<u64>()), fewest_exact(&worths, &all, amount));
    }
}
