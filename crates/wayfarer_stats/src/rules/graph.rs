//! What depends on what.

/// Puts nodes in an order in which each comes after those it depends on. Among those that are
/// free the first comes first, so the order is the same on every machine.
///
/// # Errors
/// The cycles, each as a path of nodes whose last depends on its first; every node that is part of
/// a cycle is named at least once unless it lies on two of them.
pub fn order(dependencies: &[Vec<usize>]) -> Result<Vec<usize>, Vec<Vec<usize>>> {
    let mut state = vec![State::New; dependencies.len()];
    let mut sorted = Vec::with_capacity(dependencies.len());
    let mut cycles = Vec::new();
    let mut path: Vec<(usize, usize)> = Vec::new();
    for root in 0..dependencies.len() {
        if state[root] != State::New {
            continue;
        }
        state[root] = State::Open;
        path.push((root, 0));
        // By hand instead of by recursion: a chain of formulas may be as long as the content.
        while let Some(&mut (node, ref mut next)) = path.last_mut() {
            match dependencies[node].get(*next).copied() {
                Some(dependency) => {
                    *next += 1;
                    match state.get(dependency) {
                        Some(State::New) => {
                            state[dependency] = State::Open;
                            path.push((dependency, 0));
                        }
                        Some(State::Open) => {
                            let from = path.iter().position(|step| step.0 == dependency);
                            let cycle = path.iter().skip(from.unwrap_or(0));
                            cycles.push(cycle.map(|step| step.0).collect());
                        }
                        Some(State::Done) | None => {}
                    }
                }
                None => {
                    state[node] = State::Done;
                    sorted.push(node);
                    path.pop();
                }
            }
        }
    }
    if cycles.is_empty() {
        Ok(sorted)
    } else {
        Err(cycles)
    }
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    Open,
    Done,
}

/// For each node everything that changes with it, itself first, in the order of the nodes, which
/// must be topological.
pub fn closures(dependencies: &[Vec<usize>]) -> Vec<Vec<u16>> {
    let count = dependencies.len();
    let mut all = vec![Vec::new(); count];
    let mut reached = vec![false; count];
    for (root, closure) in all.iter_mut().enumerate() {
        reached.fill(false);
        reached[root] = true;
        for node in root..count {
            let depends = dependencies[node].iter();
            if reached[node] || depends.clone().any(|d| reached.get(*d) == Some(&true)) {
                reached[node] = true;
                closure.push(node as u16);
            }
        }
    }
    all
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn order_puts_dependencies_first() {
        assert_eq!(order(&[vec![2], vec![], vec![1]]).unwrap(), [1, 2, 0]);
        assert_eq!(order(&[]).unwrap(), [0_usize; 0]);
    }

    #[test]
    fn cycles_are_told_with_their_path() {
        assert_eq!(
            order(&[vec![1], vec![2], vec![0]]).unwrap_err(),
            [[0, 1, 2]]
        );
        assert_eq!(order(&[vec![0]]).unwrap_err(), [[0]]);
        let two = order(&[vec![1], vec![0], vec![3], vec![2]]).unwrap_err();
        assert_eq!(two, [[0, 1], [2, 3]]);
    }

    #[test]
    fn a_long_chain_needs_no_stack() {
        let chain: Vec<Vec<usize>> = (0..200_000).map(|i| vec![i + 1]).collect();
        assert_eq!(order(&chain).unwrap().len(), 200_000);
    }

    #[test]
    fn closures_hold_what_changes_and_nothing_else() {
        let found = closures(&[vec![], vec![0], vec![], vec![1]]);
        assert_eq!(found, [vec![0, 1, 3], vec![1, 3], vec![2], vec![3]]);
    }
}
