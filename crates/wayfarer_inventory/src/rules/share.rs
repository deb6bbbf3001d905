//! A fair division of loot: the dearest things first, each to whoever has got least so far, and
//! money to make up for the rest.

/// One thing to be shared out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Good {
    /// What one piece is worth.
    pub value: u64,
    /// How many pieces there are; they may go to different people.
    pub count: u32,
}

/// What one of them gets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Portion {
    /// How many pieces of each good, in the order of the goods.
    pub pieces: Vec<u32>,
    /// How much money.
    pub money: u64,
    /// What all of it is worth.
    pub worth: u64,
}

/// Large stacks are not dealt out piece by piece but in so many lots.
const LOTS: u32 = 1024;

/// Divides `goods` and `money` among `people`. Where two have got the same, the one that comes
/// first gets it; nothing for nobody.
pub fn share(goods: &[Good], money: u64, people: usize) -> Vec<Portion> {
    let mut portions: Vec<Portion> = (0..people)
        .map(|_| Portion {
            pieces: vec![0; goods.len()],
            ..Portion::default()
        })
        .collect();
    let mut order: Vec<usize> = (0..goods.len()).collect();
    let value = |index: &usize| goods.get(*index).map_or(0, |good| good.value);
    order.sort_by_key(|index| std::cmp::Reverse(value(index)));
    // How many things each has got: what is worth nothing is dealt out evenly, too.
    let mut got = vec![0_u64; people];
    for index in order {
        let Some(good) = goods.get(index) else {
            continue;
        };
        let lot = good.count.div_ceil(LOTS).max(1);
        let mut left = good.count;
        while left > 0 {
            let count = left.min(lot);
            left -= count;
            let poorest = portions.iter().zip(&got).enumerate();
            let poorest = poorest.min_by_key(|(at, (portion, got))| (portion.worth, **got, *at));
            let Some((at, _)) = poorest else {
                return portions;
            };
            if let Some(portion) = portions.get_mut(at) {
                let worth = good.value.saturating_mul(u64::from(count));
                portion.worth = portion.worth.saturating_add(worth);
                if let Some(pieces) = portion.pieces.get_mut(index) {
                    *pieces += count;
                }
            }
            if let Some(got) = got.get_mut(at) {
                *got += u64::from(count);
            }
        }
    }
    pour(&mut portions, money);
    portions
}

/// Money fills up the poorest first, like water; what does not divide goes to those who had least.
fn pour(portions: &mut [Portion], money: u64) {
    let mut order: Vec<usize> = (0..portions.len()).collect();
    order.sort_by_key(|at| (portions.get(*at).map_or(0, |p| p.worth), *at));
    let worth_at = |portions: &[Portion], at: usize| portions.get(at).map_or(0, |p| p.worth);
    let mut left = money;
    for filled in 1..=order.len() {
        let level = order.first().map_or(0, |&at| worth_at(portions, at));
        let next = order.get(filled).map(|&at| worth_at(portions, at));
        let people = filled as u64;
        // All of these have the same by now; they rise together to what the next one has.
        let each = left / people;
        let rise = next.map_or(each, |next| each.min(next.saturating_sub(level)));
        let full = next.is_some_and(|next| next.saturating_sub(level) <= each);
        let odd = if full { 0 } else { left - rise * people };
        for (nth, &at) in order.iter().take(filled).enumerate() {
            let more = rise + u64::from((nth as u64) < odd);
            if let Some(portion) = portions.get_mut(at) {
                portion.money = portion.money.saturating_add(more);
                portion.worth = portion.worth.saturating_add(more);
            }
        }
        left -= rise * people + odd;
        if !full {
            return;
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn goods(list: &[(u64, u32)]) -> Vec<Good> {
        let good = |&(value, count)| Good { value, count };
        list.iter().map(good).collect()
    }

    #[test]
    fn divisions() {
        for (list, money, people, worths, moneys) in [
            (
                &[(100, 1), (60, 1), (40, 1)][..],
                0,
                2,
                &[100, 100][..],
                &[0, 0][..],
            ),
            (&[(100, 1)], 40, 2, &[100, 40], &[0, 40]),
            (&[(100, 1)], 101, 2, &[100, 101], &[0, 101]),
            (&[], 10, 3, &[4, 3, 3], &[4, 3, 3]),
            (&[(10, 5)], 3, 2, &[30, 23], &[0, 3]),
            (&[(1, 1)], 0, 1, &[1], &[0]),
            (&[(50, 1), (10, 1)], 100, 3, &[53, 53, 54], &[3, 43, 54]),
        ] {
            let done = share(&goods(list), money, people);
            let worth: Vec<u64> = done.iter().map(|p| p.worth).collect();
            let paid: Vec<u64> = done.iter().map(|p| p.money).collect();
            assert_eq!(
                (&worth[..], &paid[..]),
                (worths, moneys),
                "{list:?} {money}"
            );
        }
        assert!(share(&goods(&[(1, 1)]), 5, 0).is_empty());
        // What is worth nothing is still dealt out evenly.
        let dealt = share(&goods(&[(0, 6)]), 0, 3);
        assert!(dealt.iter().all(|p| p.pieces == [2]));
    }

    proptest! {
        #[test]
        fn everything_is_shared_and_nobody_is_far_behind(
            list in proptest::collection::vec((0..500u64, 1..20u32), 0..12),
            money in 0..5000u64,
            people in 1..6usize,
        ) {
            let goods = goods(&list);
            let done = share(&goods, money, people);
            prop_assert_eq!(done.iter().map(|p| p.money).sum::<u64>(), money);
            for (i, good) in goods.iter().enumerate() {
                prop_assert_eq!(done.iter().map(|p| p.pieces[i]).sum::<u32>(), good.count);
            }
            for portion in &done {
                let pieces = goods.iter().zip(&portion.pieces);
                let worth: u64 = pieces.map(|(g, n)| g.value * u64::from(*n)).sum();
                prop_assert_eq!(portion.worth, worth + portion.money);
            }
            // Nobody is behind by more than the dearest single thing, and who got money by no
            // more than one coin.
            let dearest = goods.iter().map(|g| g.value).max().unwrap_or(0);
            let most = done.iter().map(|p| p.worth).max().unwrap();
            let least = done.iter().map(|p| p.worth).min().unwrap();
            prop_assert!(most - least <= dearest.max(1));
            for portion in done.iter().filter(|p| p.money > 0) {
                prop_assert!(portion.worth <= least + 1);
            }
        }
    }
}
