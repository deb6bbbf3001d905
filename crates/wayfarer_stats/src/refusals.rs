//! The reasons for which this crate refuses.

use wayfarer_core::refusal::Code;

/// There is less of a resource than is needed. Arguments `what`, `need`, `have`.
pub const INSUFFICIENT: Code = Code::new("insufficient");
/// The character does not have this stat. Argument `stat`.
pub const NOT_CONFIGURED: Code = Code::new("stat_definition_not_configured");
/// The stat is not used up. Argument `stat`.
pub const NOT_A_RESOURCE: Code = Code::new("not_a_resource");
/// There is no such effect in the content. Argument `effect`.
pub const UNKNOWN_EFFECT: Code = Code::new("unknown_effect");
/// The character does not have this effect (any more). Argument `effect`.
pub const NO_SUCH_EFFECT: Code = Code::new("no_such_effect");
/// The target is immune. Arguments `effect`, `by`.
pub const EFFECT_IMMUNE: Code = Code::new("effect_immune");
/// The target lacks what the effect requires. Arguments `effect`, `tag`.
pub const EFFECT_REQUIRES: Code = Code::new("effect_requires");
/// Something about the target is in the way: a condition, a cooldown. Arguments `effect`, `tag`.
pub const EFFECT_BLOCKED: Code = Code::new("effect_blocked");
/// There are as many stacks as there can be. Argument `effect`.
pub const STACK_LIMIT: Code = Code::new("effect_stack_limit");
/// The target has too many effects. Argument `max`.
pub const TOO_MANY_EFFECTS: Code = Code::new("too_many_effects");
/// One stat of the target has too many modifiers, or all together. Argument `max`.
pub const TOO_MANY_MODIFIERS: Code = Code::new("too_many_modifiers");
/// The effect cannot be ended at will. Argument `effect`.
pub const NOT_DISMISSABLE: Code = Code::new("effect_not_dismissable");
/// Nothing of the sort is to be had there. Argument `effect`.
pub const NOT_OFFERED: Code = Code::new("effect_not_offered");
/// The content says nothing of days and nights.
pub const NO_CALENDAR: Code = Code::new("no_calendar");

/// No pack says how damage is dealt. No arguments.
pub const DAMAGE_NOT_CONFIGURED: Code = Code::new("damage_not_configured");
/// There is no such type of damage. Argument `type`.
pub const UNKNOWN_DAMAGE_TYPE: Code = Code::new("unknown_damage_type");
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
        "refusal.unknown_effect",
        "There is no such effect ({effect}).",
    ),
    (
        "refusal.no_such_effect",
        "This effect is over already ({effect}).",
    ),
    ("refusal.effect_immune", "Immune to {effect} ({by})."),
    (
        "refusal.effect_requires",
        "{effect} works only on what is: {tag}.",
    ),
    (
        "refusal.effect_blocked",
        "{effect} is not possible now: {tag}.",
    ),
    (
        "refusal.effect_stack_limit",
        "There cannot be more of {effect}.",
    ),
    (
        "refusal.too_many_effects",
        "Too many effects on one character (at most {max}).",
    ),
    (
        "refusal.too_many_modifiers",
        "Too many modifiers on one stat (at most {max}).",
    ),
    (
        "refusal.effect_not_dismissable",
        "{effect} cannot be ended at will.",
    ),
    (
        "refusal.effect_not_offered",
        "There is no {effect} to be had here.",
    ),
    (
        "refusal.no_calendar",
        "Nobody knows when the sun rises here: the content has no calendar.",
    ),
    (
        "refusal.damage_not_configured",
        "This game has no rules for damage.",
    ),
    (
        "refusal.unknown_damage_type",
        "There is no damage of the type {type}.",
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
