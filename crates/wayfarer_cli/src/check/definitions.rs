//! How many definitions there are, those with mistakes included.

use std::{collections::BTreeSet, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, Visitor},
};
use wayfarer_core::content::{self, SourceFile};

/// The number of definitions: a patch of one is none of its own. Files that are not RON do not
/// count.
pub(crate) fn count(files: &[SourceFile]) -> usize {
    let mut known: BTreeSet<(String, String)> = BTreeSet::new();
    for file in files {
        let Some((kind, _)) = file.path.split_once('/') else {
            continue;
        };
        let Ok(names) = content::options().from_str::<Names>(&file.text) else {
            continue;
        };
        known.extend(names.0.into_iter().map(|name| {
            let full = if name.contains(':') {
                name
            } else {
                format!("{}:{name}", file.pack)
            };
            (kind.to_owned(), full)
        }));
    }
    known.len()
}

/// The names of the entries of a file. A map type would refuse a name that is there twice.
struct Names(Vec<String>);

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = Names;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map of definitions")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Names, A::Error> {
                let mut names = Vec::new();
                while let Some((name, _)) = map.next_entry::<String, IgnoredAny>()? {
                    names.push(name);
                }
                Ok(Names(names))
            }
        }
        deserializer.deserialize_map(Entries)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_counts_once() {
        let file = |path: &str, text: &str| SourceFile::new("demo", path, text);
        let files = [
            file("pack.ron", "(name: \"demo\", version: \"1\")"),
            file(
                "items/a.ron",
                "{ \"a\": (name: \"A\", kind: Flat(3.5)), \"b\": () }",
            ),
            // The same name twice, and a patch of one that is there.
            file(
                "items/c.ron",
                "{ \"demo:a\": (extends: \"demo:a\"), \"c\": (), \"c\": () }",
            ),
            file("stats/a.ron", "{ \"a\": (stats: { \"x\": (min: 1) }) }"),
            file("stats/broken.ron", "{ \"x\": ("),
        ];
        assert_eq!(count(&files), 4);
    }
}
