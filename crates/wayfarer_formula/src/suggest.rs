//! "Did you mean …": the known word nearest to an unknown one.

/// Below this likeness a suggestion confuses more than it helps.
const LIKE_ENOUGH: f64 = 0.8;

/// The candidate most like `unknown`. The last part of a name counts as well as the whole, so that
/// `strength` finds `stats:strength`. Of equally good candidates the first in the alphabet wins,
/// whatever the order they come in.
pub(crate) fn nearest<'a>(
    unknown: &str,
    candidates: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates {
        let likeness = likeness(unknown, candidate);
        let better = match best {
            _ if likeness < LIKE_ENOUGH => false,
            None => true,
            Some((found, name)) => likeness > found || (likeness >= found && candidate < name),
        };
        if better {
            best = Some((likeness, candidate));
        }
    }
    best.map(|(_, name)| name)
}

fn likeness(unknown: &str, candidate: &str) -> f64 {
    let whole = strsim::jaro_winkler(unknown, candidate);
    let last = |name: &str| {
        name.rsplit([':', '.'])
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    // A match of the last part alone must not win over a match of the whole.
    let part = strsim::jaro_winkler(&last(unknown), &last(candidate)) * 0.95;
    whole.max(part)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_what_was_meant() {
        let known = ["strength", "stats:dexterity", "level", "strand"];
        for (unknown, expected) in [
            ("strenght", Some("strength")),
            ("dexterity", Some("stats:dexterity")),
            ("lvel", Some("level")),
            ("zzz", None),
            ("", None),
        ] {
            assert_eq!(nearest(unknown, known.into_iter()), expected, "{unknown}");
            assert_eq!(nearest(unknown, known.into_iter().rev()), expected);
        }
    }
}
