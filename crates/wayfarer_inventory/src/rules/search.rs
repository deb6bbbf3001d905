//! What somebody types into a search box.

/// Most characters that are read, and most terms.
const MAX_LENGTH: usize = 200;
const MAX_TERMS: usize = 16;

/// What a search looks at in an item.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Searched<'a> {
    /// As players see it.
    pub name: &'a str,
    /// The sentence of the tooltip.
    pub description: &'a str,
    /// Its tags.
    pub tags: &'a [&'a str],
    /// Its rarity, a free word.
    pub rarity: &'a str,
    /// Kilograms of the stack.
    pub weight: f32,
    /// Bulk of the stack.
    pub bulk: f32,
    /// Worth of the stack in the smallest coin.
    pub value: f32,
    /// How many.
    pub count: u32,
    /// Its owner has marked it.
    pub favourite: bool,
}

/// What is looked for: all terms must fit.
///
/// - `iron` is part of the name, the description, a tag or the rarity;
/// - `tag:weapon` or `#weapon` is exactly a tag;
/// - `value>10`, `weight<=2`, `bulk=1`, `count>=5` compare the stack;
/// - `*` or `favourite` is marked as one;
/// - `-iron`, `-#weapon` and so on exclude.
///
/// Whatever is none of these is looked for as it is; an empty search fits everything.
///
/// ```
/// # use wayfarer_inventory::rules::{Search, Searched};
/// let sword = Searched { name: "Iron sword", tags: &["weapon"], value: 15.0, ..Default::default() };
/// assert!(Search::parse("IRON #weapon value>10").fits(&sword));
/// assert!(!Search::parse("-sword").fits(&sword));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Search(Vec<(bool, Term)>);

#[derive(Clone, Debug, PartialEq)]
enum Term {
    Word(String),
    Tag(String),
    Favourite,
    Compare(Field, Comparison, f32),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Field {
    Weight,
    Bulk,
    Value,
    Count,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Comparison {
    Less,
    AtMost,
    Is,
    AtLeast,
    More,
}

impl Search {
    /// Reads what was typed. Never fails.
    pub fn parse(typed: &str) -> Self {
        let typed: String = typed.chars().take(MAX_LENGTH).collect();
        let terms = typed.split_whitespace().take(MAX_TERMS).map(|word| {
            match word.strip_prefix('-').filter(|rest| !rest.is_empty()) {
                Some(rest) => (false, Term::parse(rest)),
                None => (true, Term::parse(word)),
            }
        });
        Self(terms.collect())
    }

    /// Whether it fits everything.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether an item is what is looked for.
    pub fn fits(&self, item: &Searched<'_>) -> bool {
        self.0
            .iter()
            .all(|(wanted, term)| term.fits(item) == *wanted)
    }
}

impl Term {
    fn parse(word: &str) -> Self {
        let lower = word.to_lowercase();
        let tag = lower.strip_prefix('#').or(lower.strip_prefix("tag:"));
        if let Some(tag) = tag.filter(|tag| !tag.is_empty()) {
            return Self::Tag(tag.to_owned());
        }
        if lower == "*" || lower == "favourite" {
            return Self::Favourite;
        }
        compare(&lower).unwrap_or(Self::Word(lower))
    }

    fn fits(&self, item: &Searched<'_>) -> bool {
        match self {
            Self::Word(word) => {
                let text = [item.name, item.description, item.rarity];
                let mut texts = text.iter().chain(item.tags);
                texts.any(|text| text.to_lowercase().contains(word))
            }
            Self::Tag(tag) => item.tags.iter().any(|own| own.to_lowercase() == *tag),
            Self::Favourite => item.favourite,
            Self::Compare(field, comparison, than) => {
                let value = match field {
                    Field::Weight => item.weight,
                    Field::Bulk => item.bulk,
                    Field::Value => item.value,
                    Field::Count => item.count as f32,
                };
                match comparison {
                    Comparison::Less => value < *than,
                    Comparison::AtMost => value <= *than,
                    Comparison::Is => value == *than,
                    Comparison::AtLeast => value >= *than,
                    Comparison::More => value > *than,
                }
            }
        }
    }
}

/// `value>10` and the like.
fn compare(word: &str) -> Option<Term> {
    let at = word.find(['<', '>', '='])?;
    let (field, rest) = word.split_at(at);
    let field = match field {
        "weight" => Field::Weight,
        "bulk" => Field::Bulk,
        "value" => Field::Value,
        "count" => Field::Count,
        _ => return None,
    };
    let signs = [
        ("<=", Comparison::AtMost),
        (">=", Comparison::AtLeast),
        ("<", Comparison::Less),
        (">", Comparison::More),
        ("=", Comparison::Is),
    ];
    let (number, comparison) = signs
        .iter()
        .find_map(|&(sign, comparison)| Some((rest.strip_prefix(sign)?, comparison)))?;
    let number: f32 = number.parse().ok()?;
    number
        .is_finite()
        .then_some(Term::Compare(field, comparison, number))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_fits() {
        let sword = Searched {
            name: "Iron sword",
            description: "A plain blade.",
            tags: &["Weapon", "metal"],
            rarity: "common",
            weight: 3.5,
            bulk: 2.0,
            value: 15.0,
            count: 1,
            favourite: false,
        };
        for (typed, fits) in [
            ("", true),
            ("   ", true),
            ("iron", true),
            ("IRON blade", true),
            ("iron axe", false),
            ("common", true),
            ("meta", true),
            ("#metal", true),
            ("#meta", false),
            ("tag:weapon", true),
            ("-#weapon", false),
            ("-axe", true),
            ("value>10", true),
            ("value>15", false),
            ("value>=15 weight<4", true),
            ("weight<=3.5", true),
            ("bulk=2", true),
            ("count>1", false),
            ("-count>1", true),
            ("*", false),
            ("-favourite", true),
            // What is no comparison is a word.
            ("value>many", false),
            ("value>", false),
            ("price>1", false),
            ("value>nan", false),
            ("value>inf", false),
            ("-", false),
            ("#", false),
        ] {
            assert_eq!(Search::parse(typed).fits(&sword), fits, "{typed:?}");
        }
        let marked = Searched {
            favourite: true,
            ..sword
        };
        assert!(Search::parse("*").fits(&marked));
    }

    proptest! {
        #[test]
        fn anything_can_be_typed(typed in ".{0,400}") {
            let search = Search::parse(&typed);
            prop_assert!(search.0.len() <= MAX_TERMS);
            search.fits(&Searched::default());
        }
    }
}
