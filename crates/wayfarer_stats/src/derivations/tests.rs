#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use std::sync::Arc;

use wayfarer_core::{content::Content, id::DefId};

use crate::{
    StatId,
    explain::{Explanation, explain},
    inputs::StatInputs,
    layout::Layout,
    rules::resource::Now,
    test_content::{compile, show},
    values::StatValues,
};

mod composition;
mod labels;
mod mistakes;
mod numbers;
mod properties;
mod worlds;

/// Two sets to read from, one to derive into.
const STATS: &str = r#"{
    "bond": (name: "Bond", stats: {
        "liking": (name: "Liking", default: 60, semantic: "positive"),
        "esteem": (name: "Esteem", default: 30, semantic: "positive", weight: 3),
        "grudge": (name: "Grudge", default: 20, semantic: "negative"),
    }),
    "kin": (name: "Kin", stats: {
        "love": (name: "Love", default: 90, semantic: "positive"),
    }),
    "mood": (name: "Mood", stats: {
        "valence": (name: "Valence", default: 40, semantic: "mood"),
        "arousal": (name: "Arousal"),
    }),
    "talk": (name: "Talk", stats: { "warmth": (name: "Warmth", default: 10) }),
}"#;

const TYPES: &str = r#"{
    "positive": (name: "P"), "negative": (name: "N"), "mood": (name: "M"), "nobody": (name: "X"),
}"#;

/// A pack with the stats above and these derivations and worlds.
fn content(derivations: &str, worlds: &str) -> Arc<Content> {
    content_of(STATS, derivations, worlds)
}

fn content_of(stats: &str, derivations: &str, worlds: &str) -> Arc<Content> {
    let files = [
        ("stats/a.ron", stats),
        ("semantic_types/a.ron", TYPES),
        ("derivations/a.ron", &format!("{{ {derivations} }}")),
        ("worlds/a.ron", &format!("{{ {worlds} }}")),
    ];
    compile(&files).unwrap_or_else(|errors| panic!("{}", show(&errors)))
}

/// A derivation into `mood`.
fn mood(name: &str, priority: i32, needs: &str, values: &str) -> String {
    format!(
        r#""{name}": (name: "{name}", priority: {priority}, into: "mood", needs: [{needs}],
            values: {{ {values} }}),"#
    )
}

/// A character with some of the sets.
struct Someone {
    inputs: StatInputs,
    layout: Arc<Layout>,
}

impl Someone {
    fn new(content: &Arc<Content>, sets: &[&str], world: Option<&str>) -> Self {
        let id = |name: &&str| DefId::of(&format!("t:{name}"));
        let mut inputs = StatInputs::new(None, sets.iter().map(id));
        inputs.world = world.as_ref().map(id);
        let layout = Layout::compile(content, &inputs);
        Self { inputs, layout }
    }

    fn values(&self) -> StatValues {
        StatValues::new(&self.layout, &self.inputs, Now::STORED)
    }

    fn value(&self, name: &str) -> f32 {
        self.values().get(stat(name)).unwrap()
    }

    fn why(&self, name: &str) -> Explanation {
        let content = self.layout.shape().content();
        explain(&self.inputs, &self.layout, content, stat(name)).unwrap()
    }
}

fn stat(name: &str) -> StatId {
    StatId::of(&format!("t:{name}"))
}
