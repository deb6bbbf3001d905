//! The reasons for which this crate refuses.

use wayfarer_core::refusal::Code;

/// There is less of a resource than is needed. Arguments `what`, `need`, `have`.
pub const INSUFFICIENT: Code = Code::new("insufficient");
/// The character does not have this stat. Argument `stat`.
pub const NOT_CONFIGURED: Code = Code::new("stat_definition_not_configured");
/// The stat is not used up. Argument `stat`.
pub const NOT_A_RESOURCE: Code = Code::new("not_a_resource");

pub(crate) const TEXTS: &[(&str, &str)] = &[
    (
        "refusal.insufficient",
        "Not enough {what}: {need} needed, {have} left.",
    ),
    (
        "refusal.stat_definition_not_configured",
        "This character has no {stat}.",
    ),
    (
        "refusal.not_a_resource",
        "{stat} is nothing that can be used up.",
    ),
];
