//! "Did you mean": the nearest of the names that would have been right.

use strsim::{jaro_winkler, osa_distance};

/// The candidate that `found` was probably meant to be, or `None` if none is near.
///
/// Names of the form `pack:name` are also compared by their second half, so that the right name in
/// the wrong pack is found.
pub fn did_you_mean<'a>(
    found: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let entry = |name: &'a str| name.rsplit_once(':').map_or(name, |(_, entry)| entry);
    let found_entry = found.rsplit_once(':').map_or(found, |(_, entry)| entry);
    let folded = found.to_lowercase();
    let limit = (found_entry.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .filter_map(|candidate| {
            if candidate == found {
                return None;
            }
            if candidate.to_lowercase() == folded {
                return Some((0, candidate));
            }
            if candidate != entry(candidate) && entry(candidate) == found_entry {
                return Some((1, candidate));
            }
            // Far apart in length is far apart: cheap, and there may be thousands of names.
            if candidate.len().abs_diff(found.len()) > limit.max(4) {
                return None;
            }
            let distance = osa_distance(found, candidate);
            let near = distance <= limit || jaro_winkler(found_entry, entry(candidate)) > 0.92;
            near.then_some((distance + 1, candidate))
        })
        .min()
        .map(|(_, candidate)| candidate)
}

/// "did you mean `x`?", or the list of what is possible if it is short, or nothing.
pub(crate) fn help<'a>(
    found: &str,
    candidates: impl IntoIterator<Item = &'a str> + Clone,
) -> Option<String> {
    if let Some(near) = did_you_mean(found, candidates.clone()) {
        return Some(format!("did you mean `{near}`?"));
    }
    let all: Vec<&str> = candidates.into_iter().take(25).collect();
    match all.len() {
        0 | 25.. => None,
        _ => Some(format!("possible here: {}", quoted(&all))),
    }
}

/// `` `a`, `b`, `c` ``.
pub(crate) fn quoted(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

/// `items` → `item`, `abilities` → `ability`, `classes` → `class`: the word for one of a kind.
pub(crate) fn singular(kind: &str) -> String {
    if let Some(stem) = kind.strip_suffix("ies") {
        return format!("{stem}y");
    }
    for ending in ["sses", "xes", "ches", "shes"] {
        if kind.ends_with(ending) {
            return kind[..kind.len() - 2].to_owned();
        }
    }
    kind.strip_suffix('s').unwrap_or(kind).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_meant() {
        let names = ["weight", "name", "demo:iron_sword", "core:rock", "Slashing"];
        for (found, expected) in [
            ("wieght", Some("weight")),
            ("weigth", Some("weight")),
            ("nam", Some("name")),
            ("slashing", Some("Slashing")),
            ("demo:irn_sword", Some("demo:iron_sword")),
            ("demo:rock", Some("core:rock")),
            ("zzz", None),
            ("demo:unrelated_thing", None),
        ] {
            assert_eq!(did_you_mean(found, names), expected, "{found}");
        }
    }

    #[test]
    fn one_of_a_kind() {
        for (many, one) in [
            ("items", "item"),
            ("abilities", "ability"),
            ("classes", "class"),
            ("stats", "stat"),
            ("loot", "loot"),
        ] {
            assert_eq!(singular(many), one);
        }
    }
}
