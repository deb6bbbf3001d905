//! Which modifiers of a stat count.

use wayfarer_core::id::DefId;

use crate::modifier::{Modifier, ModifierKind};

/// Whether a modifier counts, and why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It counts.
    Counts,
    /// Its condition is not met.
    ConditionFalse,
    /// The effect it belongs to is suppressed.
    Suppressed,
    /// The modifier at this position of the list counts instead.
    LostTo(usize),
}

/// Whether the modifier at `index` counts among `modifiers`, which are those of one stat in
/// canonical order.
///
/// `holds` tells whether the condition of a modifier is met, `stacks` whether a bonus type stacks
/// with itself. Of a type that does not, the highest bonus and the lowest penalty of each kind
/// count; on a tie the first.
pub fn verdict(
    modifiers: &[Modifier],
    index: usize,
    holds: &dyn Fn(usize) -> bool,
    stacks: &dyn Fn(DefId) -> bool,
) -> Verdict {
    let Some(this) = modifiers.get(index) else {
        return Verdict::ConditionFalse;
    };
    if this.marks.suppressed {
        return Verdict::Suppressed;
    }
    let holds = |index: usize| {
        let suppressed = modifiers.get(index).is_some_and(|m| m.marks.suppressed);
        !suppressed && holds(index)
    };
    let holds: &dyn Fn(usize) -> bool = &holds;
    if !holds(index) {
        return Verdict::ConditionFalse;
    }
    let rivals = |same: &dyn Fn(&Modifier) -> bool| {
        modifiers
            .iter()
            .enumerate()
            .filter(|(i, other)| same(other) && holds(*i))
            .map(|(i, other)| (i, other.amount))
            .collect_best(this.kind, this.amount)
    };
    let winner = match this.kind {
        ModifierKind::Override => last_override(modifiers, holds),
        ModifierKind::Floor | ModifierKind::Cap => rivals(&|other| other.kind == this.kind),
        ModifierKind::Flat | ModifierKind::Increased | ModifierKind::More => {
            let overridden = last_override(modifiers, holds);
            let sign = this.kind.sign(this.amount);
            match this.bonus {
                _ if overridden.is_some() => overridden,
                Some(bonus) if sign.is_some() && !stacks(bonus) => rivals(&|other| {
                    other.kind == this.kind
                        && other.bonus == this.bonus
                        && other.kind.sign(other.amount) == sign
                }),
                _ => None,
            }
        }
    };
    match winner {
        Some(winner) if winner != index => Verdict::LostTo(winner),
        _ => Verdict::Counts,
    }
}

/// Canonical order puts the override with the highest priority and latest source last.
fn last_override(modifiers: &[Modifier], holds: &dyn Fn(usize) -> bool) -> Option<usize> {
    modifiers
        .iter()
        .enumerate()
        .filter(|(i, m)| m.kind == ModifierKind::Override && holds(*i))
        .map(|(i, _)| i)
        .next_back()
}

trait CollectBest: Iterator<Item = (usize, f32)> + Sized {
    /// The position of the amount that counts among rivals of one kind and sign.
    fn collect_best(self, kind: ModifierKind, like: f32) -> Option<usize> {
        let highest = match kind {
            ModifierKind::Cap => false,
            ModifierKind::Floor => true,
            _ => kind.sign(like).unwrap_or(true),
        };
        let mut best: Option<(usize, f32)> = None;
        for (index, amount) in self {
            let better = best.is_none_or(|(_, found)| {
                if highest {
                    amount > found
                } else {
                    amount < found
                }
            });
            if better {
                best = Some((index, amount));
            }
        }
        best.map(|(index, _)| index)
    }
}

impl<I: Iterator<Item = (usize, f32)>> CollectBest for I {}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::id::StatId;
    use ModifierKind::{Cap, Flat, Floor, More, Override};
    use wayfarer_core::id::Uid;

    fn modifier(kind: ModifierKind, amount: f32, bonus: u32, index: u16) -> Modifier {
        Modifier {
            bonus: (bonus > 0).then_some(DefId(bonus)),
            index,
            ..Modifier::new(StatId::default(), kind, amount, Uid::new(1).unwrap())
        }
    }

    fn counted(list: &[(ModifierKind, f32, u32)]) -> Vec<bool> {
        let modifiers: Vec<Modifier> = list
            .iter()
            .zip(0..)
            .map(|(&(kind, amount, bonus), i)| modifier(kind, amount, bonus, i))
            .collect();
        // Type 9 stacks with itself.
        (0..list.len())
            .map(|i| verdict(&modifiers, i, &|_| true, &|b| b.0 == 9) == Verdict::Counts)
            .collect()
    }

    #[test]
    fn best_of_a_type_counts() {
        let cases: &[(&str, &[(ModifierKind, f32, u32)], &[bool])] = &[
            (
                "untyped stacks",
                &[(Flat, 1.0, 0), (Flat, 1.0, 0)],
                &[true, true],
            ),
            (
                "highest bonus",
                &[(Flat, 1.0, 1), (Flat, 2.0, 1)],
                &[false, true],
            ),
            (
                "lowest penalty",
                &[(Flat, -1.0, 1), (Flat, -2.0, 1)],
                &[false, true],
            ),
            (
                "bonus and penalty",
                &[(Flat, 3.0, 1), (Flat, -2.0, 1)],
                &[true, true],
            ),
            (
                "two types",
                &[(Flat, 1.0, 1), (Flat, 2.0, 2)],
                &[true, true],
            ),
            (
                "a type that stacks",
                &[(Flat, 1.0, 9), (Flat, 2.0, 9)],
                &[true, true],
            ),
            ("a tie", &[(Flat, 2.0, 1), (Flat, 2.0, 1)], &[true, false]),
            (
                "factors",
                &[(More, 1.5, 1), (More, 0.5, 1), (More, 1.2, 1)],
                &[true, true, false],
            ),
            (
                "kinds apart",
                &[(Flat, 1.0, 1), (More, 1.5, 1)],
                &[true, true],
            ),
            (
                "floors",
                &[(Floor, 1.0, 0), (Floor, 3.0, 0)],
                &[false, true],
            ),
            ("caps", &[(Cap, 1.0, 0), (Cap, 3.0, 0)], &[true, false]),
            (
                "override",
                &[(Override, 1.0, 0), (Flat, 1.0, 0), (Cap, 9.0, 0)],
                &[true, false, true],
            ),
            (
                "latest override",
                &[(Override, 1.0, 0), (Override, 2.0, 0)],
                &[false, true],
            ),
        ];
        for (what, list, expected) in cases {
            assert_eq!(&counted(list), expected, "{what}");
        }
    }

    #[test]
    fn what_is_suppressed_stands_in_nobodys_way() {
        let mut list = [modifier(Flat, 1.0, 1, 0), modifier(Flat, 5.0, 1, 1)];
        list[1].marks.suppressed = true;
        let verdicts = [0, 1].map(|i| verdict(&list, i, &|_| true, &|_| false));
        assert_eq!(verdicts, [Verdict::Counts, Verdict::Suppressed]);
    }

    #[test]
    fn what_does_not_hold_stands_in_nobodys_way() {
        let list = [modifier(Flat, 1.0, 1, 0), modifier(Flat, 5.0, 1, 1)];
        let first = verdict(&list, 0, &|i| i == 0, &|_| false);
        let second = verdict(&list, 1, &|i| i == 0, &|_| false);
        assert_eq!((first, second), (Verdict::Counts, Verdict::ConditionFalse));
        assert_eq!(verdict(&list, 0, &|_| true, &|_| false), Verdict::LostTo(1));
        assert_eq!(
            verdict(&list, 7, &|_| true, &|_| false),
            Verdict::ConditionFalse
        );
    }
}
