//! The pack `srd` against the figures that the SRD 5.1 prints.

use std::sync::{Arc, OnceLock};

use wayfarer_core::{aggregate::Aggregate, content::Content, prelude::*};
use wayfarer_stats::{layout::Layout, prelude::*, rules::resource::Now};

#[path = "srd/conditions.rs"]
mod conditions;
#[path = "srd/monsters.rs"]
mod monsters;
#[path = "srd/people.rs"]
mod people;
#[path = "srd/rules.rs"]
mod rules;

/// The sets of the pack.
const SETS: [&str; 10] = [
    "srd:abilities",
    "srd:progression",
    "srd:skill_checks",
    "srd:saves",
    "srd:passives",
    "srd:defense",
    "srd:speeds",
    "srd:spellcasting",
    "srd:carrying",
    "srd:rolls",
];

/// The abilities in the order of the rules.
const ABILITIES: [&str; 6] = [
    "strength",
    "dexterity",
    "constitution",
    "intelligence",
    "wisdom",
    "charisma",
];

/// The skills with their abilities.
const SKILLS: [(&str, &str); 18] = [
    ("acrobatics", "dexterity"),
    ("animal_handling", "wisdom"),
    ("arcana", "intelligence"),
    ("athletics", "strength"),
    ("deception", "charisma"),
    ("history", "intelligence"),
    ("insight", "wisdom"),
    ("intimidation", "charisma"),
    ("investigation", "intelligence"),
    ("medicine", "wisdom"),
    ("nature", "intelligence"),
    ("perception", "wisdom"),
    ("performance", "charisma"),
    ("persuasion", "charisma"),
    ("religion", "intelligence"),
    ("sleight_of_hand", "dexterity"),
    ("stealth", "dexterity"),
    ("survival", "wisdom"),
];

/// The shipped packs, read once for all tests.
fn content() -> &'static Arc<Content> {
    static CONTENT: OnceLock<Arc<Content>> = OnceLock::new();
    CONTENT.get_or_init(|| {
        let app = crate::packs::shipped();
        Arc::clone(&app.world().resource::<ActiveContent>().0)
    })
}

/// Somebody with all sets of the pack.
struct Creature {
    inputs: StatInputs,
    layout: Arc<Layout>,
    values: StatValues,
}

impl Creature {
    fn new(template: Option<&str>, changes: &[StatOp]) -> Self {
        let sets = SETS.iter().map(|set| DefId::of(set));
        let mut inputs = StatInputs::new(template.map(DefId::of), sets);
        for op in changes {
            inputs.apply(op).unwrap();
        }
        let layout = Layout::compile(content(), &inputs);
        let values = StatValues::new(&layout, &inputs, Now::STORED);
        Self {
            inputs,
            layout,
            values,
        }
    }

    /// Somebody of whom only this is known.
    fn with(base: &[(&str, f32)]) -> Self {
        let base: Vec<StatOp> = base.iter().map(|(name, value)| set(name, *value)).collect();
        Self::new(None, &base)
    }

    fn get(&self, name: &str) -> f32 {
        let value = self.values.by_name(name);
        value.unwrap_or_else(|| panic!("there is no `{name}`"))
    }

    #[track_caller]
    fn expect(&self, who: &str, expected: &[(&str, f32)]) {
        for (name, value) in expected {
            assert_eq!(self.get(name), *value, "{who}: {name}");
        }
    }
}

fn id(name: &str) -> StatId {
    let index = content().derived::<StatIndex>().unwrap();
    let sets: Vec<DefId> = SETS.iter().map(|set| DefId::of(set)).collect();
    index.resolve_in(&sets, name).unwrap()
}

/// The permanent value of a stat, named without its set.
fn set(name: &str, value: f32) -> StatOp {
    StatOp::SetBase {
        stat: id(name),
        value: Some(value),
    }
}

/// Modifiers as a worn thing or an effect gives them.
fn modify(source: u64, changes: &[(&str, ModifierKind, f32)]) -> StatOp {
    let source = Uid::new(source).unwrap();
    let modifiers = changes
        .iter()
        .zip(0..)
        .map(|((name, kind, amount), index)| Modifier {
            index,
            ..Modifier::new(id(name), *kind, *amount, source)
        });
    StatOp::SetModifiers {
        source,
        modifiers: modifiers.collect(),
    }
}
