//! Coins: which of them change hands so that a price is paid to the coin.
//!
//! The coins of a currency stand from the most valuable to the least, each worth a multiple of the
//! next (content checks see to it), the last worth 1. That is what makes the greedy choice the
//! right one: whatever lesser coins could pay, the greater coin that is there pays too.

use smallvec::{SmallVec, smallvec};

/// How many of each coin, in the order of the currency.
pub type Counts = SmallVec<[u64; 6]>;

/// What changes hands for a price.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Payment {
    /// The coins that the payer gives.
    pub give: Counts,
    /// The coins that come back. Never of a kind that is given.
    pub back: Counts,
    /// If the payee could not give change: which coin (one of [`Payment::give`]) is changed into
    /// [`Payment::back`] and these coins, which the payee gets in its place.
    pub broken: Option<(usize, Counts)>,
}

/// Why a price can not be paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unpaid {
    /// There is not enough money.
    Short,
    /// There is enough money, but nobody has the coins for the change.
    NoChange,
}

/// What coins are worth together, in the smallest coin; never more than [`u64::MAX`].
pub fn worth_of(worths: &[u64], counts: &[u64]) -> u64 {
    worths
        .iter()
        .zip(counts)
        .fold(0, |sum: u64, (worth, count)| {
            sum.saturating_add(worth.saturating_mul(*count))
        })
}

/// The fewest coins there are for an amount.
pub fn fewest(worths: &[u64], amount: u64) -> Counts {
    let unlimited: Counts = smallvec![u64::MAX; worths.len()];
    greedy(worths, &unlimited, amount).0
}

/// The fewest of the coins `have` that make exactly `amount`; `None` if they can not.
pub fn exactly(worths: &[u64], have: &[u64], amount: u64) -> Option<Counts> {
    let (counts, rest) = greedy(worths, have, amount);
    (rest == 0).then_some(counts)
}

/// The greatest coins first; returns them with what they leave unpaid.
fn greedy(worths: &[u64], have: &[u64], amount: u64) -> (Counts, u64) {
    let mut rest = amount;
    let counts = worths
        .iter()
        .zip(have)
        .map(|(&worth, &has)| {
            let count = rest.checked_div(worth).unwrap_or(0).min(has);
            rest -= count * worth;
            count
        })
        .collect();
    (counts, rest)
}

/// Plans the payment of `price` out of `purse`: with fitting coins if there are any, the fewest of
/// them; otherwise one coin too much is given, and the change comes out of `till`. If the till has
/// none and `may_break`, that coin is changed into smaller ones.
///
/// # Errors
/// [`Unpaid`].
pub fn payment(
    worths: &[u64],
    purse: &[u64],
    till: &[u64],
    price: u64,
    may_break: bool,
) -> Result<Payment, Unpaid> {
    let nothing: Counts = smallvec![0; worths.len()];
    let (mut give, rest) = greedy(worths, purse, price);
    if rest == 0 {
        let (back, broken) = (nothing, None);
        return Ok(Payment { give, back, broken });
    }
    // Every coin that is left is worth more than what is missing, or it would have been given.
    let left = |i: &usize| purse.get(*i) > give.get(*i);
    let too_much = (0..worths.len()).rev().find(left).ok_or(Unpaid::Short)?;
    let coin = worths.get(too_much).copied().unwrap_or(0);
    let due = coin.checked_sub(rest).ok_or(Unpaid::Short)?;

    // Lesser coins that were about to be given are kept rather than given back.
    let pool = |till: &[u64]| -> Counts {
        let of_till = till.iter().copied().chain(std::iter::repeat(0));
        let both = give.iter().zip(of_till);
        both.map(|(given, till)| given.saturating_add(till))
            .collect()
    };
    let from_till = exactly(worths, &pool(till), due);
    let broken = from_till.is_none();
    let unlimited: Counts = smallvec![u64::MAX; worths.len()];
    let mut back = match from_till {
        Some(back) => back,
        None if may_break => exactly(worths, &pool(&unlimited), due).ok_or(Unpaid::NoChange)?,
        None => return Err(Unpaid::NoChange),
    };
    for (give, back) in give.iter_mut().zip(&mut back) {
        let kept = (*give).min(*back);
        *give -= kept;
        *back -= kept;
    }
    if let Some(count) = give.get_mut(too_much) {
        *count += 1;
    }
    let broken = broken.then(|| {
        let rest = coin.saturating_sub(worth_of(worths, &back));
        (too_much, fewest(worths, rest))
    });
    Ok(Payment { give, back, broken })
}

#[cfg(test)]
mod tests;
