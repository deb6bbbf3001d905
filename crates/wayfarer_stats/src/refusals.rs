//! The reasons for which this crate refuses.

use wayfarer_core::refusal::Code;

/// There is less of a resource than is needed. Arguments `what`, `need`, `have`.
pub const INSUFFICIENT: Code = Code::new("insufficient");
/// The character does not have this stat. Argument `stat`.
pub const NOT_CONFIGURED: Code = Code::new("stat_definition_not_configured");
/// The stat is not used up. Argument `stat`.
pub const NOT_A_RESOURCE: Code = Code::new("not_a_resource");
/// The content does not have this kind of relation. Argument `kind`.
pub const RELATION_NOT_CONFIGURED: Code = Code::new("relation_not_configured");
/// Nobody has a relation to themselves.
pub const RELATION_WITH_ITSELF: Code = Code::new("relation_with_itself");
/// The character knows as many others as it can. Argument `max`.
pub const TOO_MANY_RELATIONS: Code = Code::new("too_many_relations");
/// A note or code is longer than it can be kept. Argument `max`, in bytes.
pub const TEXT_TOO_LONG: Code = Code::new("text_too_long");

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
    (
        "refusal.relation_not_configured",
        "There is no relation {kind} in this game.",
    ),
    (
        "refusal.relation_with_itself",
        "A character has no relation to itself.",
    ),
    (
        "refusal.too_many_relations",
        "This character knows {max} others already.",
    ),
    (
        "refusal.text_too_long",
        "That is too long: at most {max} letters.",
    ),
];
