//! Which stacks pay for which needs, when several needs could take the same stack.

/// What is needed: so many pieces out of certain stacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// How many pieces.
    pub count: u32,
    /// Which stacks they may come from, by index, the best first.
    pub from: Vec<usize>,
}

/// What is taken from where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assignment {
    /// How many pieces of each stack each need takes: need, stack, pieces.
    pub taken: Vec<(usize, usize, u32)>,
    /// How many pieces each need lacks.
    pub lacking: Vec<u32>,
}

impl Assignment {
    /// Whether every need is met.
    pub fn is_met(&self) -> bool {
        self.lacking.iter().all(|&lacking| lacking == 0)
    }
}

/// Finds an assignment of `stacks` (pieces in each) to `needs` that meets as many pieces of them
/// as can be met at all. The first stacks of a need are taken first, and only where needs compete
/// for a stack does one move on to another.
pub fn assign(needs: &[Need], stacks: &[u32]) -> Assignment {
    let mut left = stacks.to_vec();
    // taken[need][position in its `from`]
    let mut taken: Vec<Vec<u32>> = needs.iter().map(|need| vec![0; need.from.len()]).collect();
    let mut lacking = Vec::with_capacity(needs.len());
    for (index, need) in needs.iter().enumerate() {
        let mut missing = need.count;
        while missing > 0 {
            let moved = make_room(needs, &mut left, &mut taken, index, missing);
            if moved == 0 {
                break;
            }
            missing -= moved;
        }
        lacking.push(missing);
    }
    let pairs = needs.iter().zip(&taken).enumerate();
    let taken = pairs.flat_map(|(need, (needed, took))| {
        let each = needed.from.iter().zip(took);
        each.filter(|(_, count)| **count > 0)
            .map(move |(&stack, &count)| (need, stack, count))
    });
    Assignment {
        taken: taken.collect(),
        lacking,
    }
}

/// A step back on the way to a stack with pieces left: `need` would take from its stack at
/// `position`, and `before` is the step that came to this need.
#[derive(Clone, Copy)]
struct Step {
    need: usize,
    position: usize,
    before: Option<usize>,
}

/// Lets `needy` take up to `wanted` pieces along the shortest chain of needs that can go over to
/// other stacks; how many it took.
fn make_room(
    needs: &[Need],
    left: &mut [u32],
    taken: &mut [Vec<u32>],
    needy: usize,
    wanted: u32,
) -> u32 {
    let mut steps: Vec<Step> = Vec::new();
    let mut seen_needs = vec![false; needs.len()];
    let mut seen_stacks = vec![false; left.len()];
    let mut next = 0;
    let push_need = |steps: &mut Vec<Step>, seen: &mut Vec<bool>, need: usize, before| {
        if std::mem::replace(&mut seen[need], true) {
            return;
        }
        let positions = 0..needs[need].from.len();
        steps.extend(positions.map(|position| Step {
            need,
            position,
            before,
        }));
    };
    push_need(&mut steps, &mut seen_needs, needy, None);
    while let Some(&step) = steps.get(next) {
        let at = next;
        next += 1;
        let stack = needs[step.need].from[step.position];
        if stack >= left.len() || std::mem::replace(&mut seen_stacks[stack], true) {
            continue;
        }
        if left[stack] > 0 {
            return go_back(needs, left, taken, &steps, at, wanted);
        }
        for other in 0..needs.len() {
            let holds = needs[other].from.iter().position(|&from| from == stack);
            if holds.is_some_and(|position| taken[other][position] > 0) {
                push_need(&mut steps, &mut seen_needs, other, Some(at));
            }
        }
    }
    0
}

/// Moves pieces along the chain that ends with the step `at`.
fn go_back(
    needs: &[Need],
    left: &mut [u32],
    taken: &mut [Vec<u32>],
    steps: &[Step],
    at: usize,
    wanted: u32,
) -> u32 {
    let stack_of = |step: &Step| needs[step.need].from[step.position];
    let gives_up =
        |step: &Step, stack: usize| needs[step.need].from.iter().position(|&s| s == stack);
    // How much can move: what is left at the end, and what each need on the way holds.
    let mut moved = wanted.min(left[stack_of(&steps[at])]);
    let mut walk = at;
    while let Some(before) = steps[walk].before {
        let stack = stack_of(&steps[before]);
        if let Some(position) = gives_up(&steps[walk], stack) {
            moved = moved.min(taken[steps[walk].need][position]);
        }
        walk = before;
    }
    left[stack_of(&steps[at])] -= moved;
    let mut walk = at;
    loop {
        let step = steps[walk];
        taken[step.need][step.position] += moved;
        let Some(before) = step.before else {
            return moved;
        };
        let stack = stack_of(&steps[before]);
        if let Some(position) = gives_up(&step, stack) {
            taken[step.need][position] -= moved;
        }
        walk = before;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn need(count: u32, from: &[usize]) -> Need {
        Need {
            count,
            from: from.to_vec(),
        }
    }

    #[test]
    fn the_best_stacks_are_taken_unless_needs_compete() {
        for (name, needs, stacks, taken, lacking) in [
            (
                "in order",
                vec![need(3, &[1, 0])],
                vec![5, 2],
                vec![(0, 0, 1), (0, 1, 2)],
                vec![0],
            ),
            (
                "too few",
                vec![need(3, &[0])],
                vec![2],
                vec![(0, 0, 2)],
                vec![1],
            ),
            // The first would like the only stack that the second can use.
            (
                "competing",
                vec![need(2, &[0, 1]), need(2, &[0])],
                vec![2, 2],
                vec![(0, 1, 2), (1, 0, 2)],
                vec![0, 0],
            ),
            (
                "a chain of three",
                vec![need(1, &[0, 1]), need(1, &[1, 2]), need(1, &[0])],
                vec![1, 1, 1],
                vec![(0, 1, 1), (1, 2, 1), (2, 0, 1)],
                vec![0, 0, 0],
            ),
            ("nothing needed", vec![], vec![1], vec![], vec![]),
            ("nothing there", vec![need(1, &[])], vec![], vec![], vec![1]),
        ] {
            let mut found = assign(&needs, &stacks);
            found.taken.sort_unstable();
            assert_eq!((found.taken, found.lacking), (taken, lacking), "{name}");
        }
    }

    /// Whether all needs can be met: every set of needs finds enough in the stacks it may use.
    fn can_be_met(needs: &[Need], stacks: &[u32]) -> bool {
        (0_u32..1 << needs.len()).all(|set| {
            let chosen = || (0..needs.len()).filter(|i| set >> i & 1 == 1);
            let wanted: u32 = chosen().map(|i| needs[i].count).sum();
            let usable = (0..stacks.len())
                .filter(|stack| chosen().any(|i| needs[i].from.contains(stack)))
                .map(|stack| stacks[stack]);
            wanted <= usable.sum()
        })
    }

    proptest! {
        #[test]
        fn what_can_be_met_is_met(
            stacks in proptest::collection::vec(0_u32..6, 0..6),
            wishes in proptest::collection::vec((0_u32..7, 0_u8..64), 0..5),
        ) {
            let needs: Vec<Need> = wishes
                .iter()
                .map(|&(count, mask)| Need {
                    count,
                    from: (0..stacks.len()).filter(|i| mask >> i & 1 == 1).collect(),
                })
                .collect();
            let found = assign(&needs, &stacks);
            prop_assert_eq!(found.is_met(), can_be_met(&needs, &stacks));
            for (stack, &has) in stacks.iter().enumerate() {
                let used: u32 = found.taken.iter().filter(|t| t.1 == stack).map(|t| t.2).sum();
                prop_assert!(used <= has);
            }
            for (index, need) in needs.iter().enumerate() {
                let own = found.taken.iter().filter(|t| t.0 == index);
                let got: u32 = own.clone().map(|t| t.2).sum();
                prop_assert_eq!(got + found.lacking[index], need.count);
                for taken in own {
                    prop_assert!(need.from.contains(&taken.1));
                }
            }
        }
    }
}
