//! The reasons for which this crate refuses.

use wayfarer_core::refusal::Code;

/// There is less of a resource than is needed. Arguments `what`, `need`, `have`.
pub const INSUFFICIENT: Code = Code::new("insufficient");
/// The character does not have this stat. Argument `stat`.
pub const NOT_CONFIGURED: Code = Code::new("stat_definition_not_configured");
/// The stat is not used up. Argument `stat`.
pub const NOT_A_RESOURCE: Code = Code::new("not_a_resource");

/// No pack says how damage is dealt. No arguments.
pub const DAMAGE_NOT_CONFIGURED: Code = Code::new("damage_not_configured");
/// There is no such type of damage. Argument `type`.
pub const UNKNOWN_DAMAGE_TYPE: Code = Code::new("unknown_damage_type");

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
        "refusal.damage_not_configured",
        "This game has no rules for damage.",
    ),
    (
        "refusal.unknown_damage_type",
        "There is no damage of the type {type}.",
    ),
];
