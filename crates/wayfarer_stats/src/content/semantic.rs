//! Semantic types: what the number of a stat means.

use serde::Deserialize;
use wayfarer_core::content::Definition;

/// Definition kind `semantic_types`: a meaning that stats of several packs share, so that a
/// [derivation](super::DerivationDef) can read them without knowing their names.
///
/// ```ron
/// { "positive_sentiment": (name: "Positive sentiment", description: "How much others are liked.") }
/// ```
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct SemanticTypeDef {
    /// Name shown to authors.
    pub name: String,
    /// What a high number of the type means, in a sentence.
    #[serde(default)]
    pub description: String,
}

impl Definition for SemanticTypeDef {
    const KIND: &'static str = "semantic_types";
}
