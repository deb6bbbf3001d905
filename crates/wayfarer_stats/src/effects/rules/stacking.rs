//! What becomes of an effect when it is applied once more, and when its time is over.

use crate::effects::{
    active::Until,
    definition::{Expiry, StackDuration, StackPeriod, Stacking, WhenFull},
};

/// What stacking looks at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Stack {
    pub(crate) stacks: u16,
    pub(crate) until: Until,
    pub(crate) beat: u64,
    pub(crate) turns: u16,
}

/// The stack after a further application that would last until `fresh`; `None` when it is refused.
pub(crate) fn again(stacking: &Stacking, stack: Stack, fresh: Until, now: u64) -> Option<Stack> {
    let full = stack.stacks >= stacking.limit();
    if full && stacking.full == WhenFull::Refuse {
        return None;
    }
    let until = match stacking.duration {
        StackDuration::Refresh => longer(stack.until, fresh),
        StackDuration::Extend => extended(stack.until, fresh, now),
        StackDuration::Keep => stack.until,
    };
    let (beat, turns) = match stacking.period {
        StackPeriod::Keep => (stack.beat, stack.turns),
        StackPeriod::Reset => (now, 0),
    };
    Some(Stack {
        stacks: if full { stack.stacks } else { stack.stacks + 1 },
        until,
        beat,
        turns,
    })
}

/// The stack when its time is over and would begin anew until `fresh`; `None` when it ends.
pub(crate) fn over(stacking: &Stacking, stack: Stack, fresh: Until) -> Option<Stack> {
    match stacking.expiry {
        Expiry::One if stack.stacks > 1 => Some(Stack {
            stacks: stack.stacks - 1,
            until: fresh,
            ..stack
        }),
        _ => None,
    }
}

/// The later of two ends. Ends of different sorts cannot be compared: the new one holds.
fn longer(old: Until, new: Until) -> Until {
    match (old, new) {
        (Until::Tick(old), Until::Tick(new)) => Until::Tick(old.max(new)),
        (Until::Turns(old), Until::Turns(new)) => Until::Turns(old.max(new)),
        (Until::Forever, _) => Until::Forever,
        (_, new) => new,
    }
}

fn extended(old: Until, fresh: Until, now: u64) -> Until {
    match (old, fresh) {
        (Until::Tick(old), Until::Tick(fresh)) => {
            Until::Tick(old.max(now).saturating_add(fresh.saturating_sub(now)))
        }
        (Until::Turns(old), Until::Turns(fresh)) => Until::Turns(old.saturating_add(fresh)),
        (old, fresh) => longer(old, fresh),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wayfarer_core::content::Spanned;

    fn stack(stacks: u16, until: u64) -> Stack {
        Stack {
            stacks,
            until: Until::Tick(until),
            beat: 3,
            turns: 1,
        }
    }

    fn stacking(limit: u16) -> Stacking {
        Stacking {
            limit: Some(Spanned::new(limit)),
            ..Stacking::default()
        }
    }

    #[test]
    fn applied_again() {
        let now = 100;
        let fresh = Until::Tick(150);
        let extend = Stacking {
            duration: StackDuration::Extend,
            ..stacking(3)
        };
        let keep = Stacking {
            duration: StackDuration::Keep,
            ..stacking(3)
        };
        let reset = Stacking {
            period: StackPeriod::Reset,
            ..stacking(3)
        };
        let refuse = Stacking {
            full: WhenFull::Refuse,
            ..stacking(2)
        };
        let cases: &[(&str, &Stacking, Stack, Option<Stack>)] = &[
            ("refresh", &stacking(3), stack(1, 120), Some(stack(2, 150))),
            (
                "never shorter",
                &stacking(3),
                stack(1, 170),
                Some(stack(2, 170)),
            ),
            ("extend", &extend, stack(1, 120), Some(stack(2, 170))),
            ("keep", &keep, stack(1, 120), Some(stack(2, 120))),
            ("full", &stacking(2), stack(2, 120), Some(stack(2, 150))),
            ("refused", &refuse, stack(2, 120), None),
            (
                "not yet refused",
                &refuse,
                stack(1, 120),
                Some(stack(2, 150)),
            ),
            (
                "beat begins anew",
                &reset,
                stack(1, 120),
                Some(Stack {
                    beat: 100,
                    turns: 0,
                    ..stack(2, 150)
                }),
            ),
        ];
        for (what, stacking, before, expected) in cases {
            assert_eq!(again(stacking, *before, fresh, now), *expected, "{what}");
        }
        let forever = Stack {
            until: Until::Forever,
            ..stack(1, 0)
        };
        let found = again(&stacking(3), forever, fresh, now).map(|stack| stack.until);
        assert_eq!(found, Some(Until::Forever));
    }

    #[test]
    fn when_the_time_is_over() {
        let one = Stacking {
            expiry: Expiry::One,
            ..stacking(3)
        };
        let fresh = Until::Tick(9);
        assert_eq!(over(&one, stack(3, 5), fresh), Some(stack(2, 9)));
        assert_eq!(over(&one, stack(1, 5), fresh), None);
        assert_eq!(over(&stacking(3), stack(3, 5), fresh), None);
    }
}
