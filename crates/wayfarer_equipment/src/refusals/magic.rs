//! The reasons of enchanting, identifying, attuning, abilities and names.

use wayfarer_core::refusal::Code;

/// The wearer's level is too low. Arguments `need`, `have`.
pub const LEVEL_GATE: Code = Code::new("level_gate");
/// The wearer is not who may wear it. Argument `tag`.
pub const CLASS_GATE: Code = Code::new("class_gate");
/// The wearer has not done what it asks for. Argument `tag`.
pub const QUEST_GATE: Code = Code::new("quest_gate");
/// There is no such enchantment, or nothing says how to enchant. Argument `what`.
pub const UNKNOWN_ENCHANTMENT: Code = Code::new("unknown_enchantment");
/// This enchantment is not on this item. Argument `enchantment`.
pub const NOT_ENCHANTED: Code = Code::new("not_enchanted");
/// It has to be found out first what the thing is.
pub const UNIDENTIFIED: Code = Code::new("unidentified");
/// The actor is not skilled enough. Arguments `need`, `have`.
pub const ENCHANT_SKILL: Code = Code::new("enchant_skill");
/// The actor has not learned the enchantment. Argument `enchantment`.
pub const NOT_LEARNED: Code = Code::new("not_learned");
/// Another enchantment must be known first. Argument `enchantment`.
pub const ENCHANT_PREREQUISITE: Code = Code::new("enchant_prerequisite");
/// Such things do not take it. Argument `enchantment`.
pub const NOT_ENCHANTABLE: Code = Code::new("not_enchantable");
/// A stack is enchanted piece by piece.
pub const ONE_AT_A_TIME: Code = Code::new("one_at_a_time");
/// The thing is not made well enough. Argument `need`.
pub const QUALITY_TOO_LOW: Code = Code::new("quality_too_low");
/// It can not be on the same thing as another. Argument `other`.
pub const ENCHANT_EXCLUSIVE: Code = Code::new("enchant_exclusive");
/// It is on the thing as often as it may be. Argument `max`.
pub const ENCHANT_LIMIT: Code = Code::new("enchant_limit");
/// The thing takes no more enchantments. Argument `max`.
pub const NO_ENCHANT_SLOT: Code = Code::new("no_enchant_slot");
/// Materials are missing. Arguments `item`, `need`, `have`.
pub const MISSING_MATERIALS: Code = Code::new("missing_materials");
/// There is nobody here who would do it.
pub const NO_KEEPER: Code = Code::new("no_keeper");
/// There is nothing (more) to find out about it.
pub const FULLY_KNOWN: Code = Code::new("fully_known");
/// There is nothing about that is not known.
pub const NOTHING_UNKNOWN: Code = Code::new("nothing_unknown");
/// It can not be found out in this way.
pub const CANNOT_IDENTIFY: Code = Code::new("cannot_identify");
/// This station can not find out more about it. Argument `reach`.
pub const BEYOND_STATION: Code = Code::new("beyond_station");
/// It needs no attuning.
pub const NOT_ATTUNABLE: Code = Code::new("not_attunable");
/// The actor is attuned to it already.
pub const ALREADY_ATTUNED: Code = Code::new("already_attuned");
/// The actor is not attuned to it.
pub const NOT_ATTUNED: Code = Code::new("not_attuned");
/// The actor is attuned to as many things as they can. Argument `max`.
pub const ATTUNEMENT_FULL: Code = Code::new("attunement_full");
/// The thing can not do that. Argument `ability`.
pub const NO_SUCH_ABILITY: Code = Code::new("no_such_ability");
/// The thing must be worn for it.
pub const NOT_WORN: Code = Code::new("not_worn");
/// It can not do that again yet. Argument `remaining`, in seconds.
pub const ABILITY_COOLDOWN: Code = Code::new("ability_cooldown");
/// Only in combat.
pub const ONLY_IN_COMBAT: Code = Code::new("only_in_combat");
/// Not in combat.
pub const NOT_IN_COMBAT: Code = Code::new("not_in_combat");
/// It is not used on such a target.
pub const WRONG_TARGET: Code = Code::new("wrong_target");
/// A name of nothing.
pub const NAME_EMPTY: Code = Code::new("name_empty");
/// A name that is too long. Argument `max`.
pub const NAME_TOO_LONG: Code = Code::new("name_too_long");
/// A letter that may not be in a name. Argument `letter`.
pub const NAME_LETTER: Code = Code::new("name_letter");

/// Default texts.
pub(crate) const MAGIC_TEXTS: &[(&str, &str)] = &[
    (
        "refusal.level_gate",
        "Level {need} is needed; yours is {have}.",
    ),
    ("refusal.class_gate", "Not for everybody: {tag}."),
    (
        "refusal.quest_gate",
        "Something has to be done first: {tag}.",
    ),
    (
        "refusal.unknown_enchantment",
        "There is no such enchantment.",
    ),
    ("refusal.not_enchanted", "{enchantment} is not on it."),
    ("refusal.unidentified", "Find out first what it is."),
    (
        "refusal.enchant_skill",
        "You lack the skill: {need} is needed, yours is {have}.",
    ),
    ("refusal.not_learned", "You have not learned {enchantment}."),
    ("refusal.enchant_prerequisite", "Learn {enchantment} first."),
    ("refusal.not_enchantable", "It does not take {enchantment}."),
    ("refusal.one_at_a_time", "Take a single piece for that."),
    (
        "refusal.quality_too_low",
        "It is not made well enough: {need} is needed.",
    ),
    (
        "refusal.enchant_exclusive",
        "It does not go together with {other}.",
    ),
    (
        "refusal.enchant_limit",
        "It is on it already, {max} times at most.",
    ),
    (
        "refusal.no_enchant_slot",
        "It takes no more than {max} enchantments.",
    ),
    (
        "refusal.missing_materials",
        "{item}: {need} are needed, you have {have}.",
    ),
    ("refusal.no_keeper", "There is nobody here who would do it."),
    ("refusal.fully_known", "You know all about it."),
    (
        "refusal.nothing_unknown",
        "There is nothing here that holds a secret.",
    ),
    (
        "refusal.cannot_identify",
        "It cannot be found out that way.",
    ),
    ("refusal.beyond_station", "Nobody here knows more about it."),
    ("refusal.not_attunable", "It works for everybody."),
    ("refusal.already_attuned", "You are attuned to it."),
    ("refusal.not_attuned", "You are not attuned to it."),
    (
        "refusal.attunement_full",
        "You can be attuned to {max} things.",
    ),
    ("refusal.no_such_ability", "It cannot do that."),
    ("refusal.not_worn", "Put it on first."),
    ("refusal.ability_cooldown", "Not yet: {remaining} s."),
    ("refusal.only_in_combat", "Only in combat."),
    ("refusal.not_in_combat", "Not in combat."),
    ("refusal.wrong_target", "Not on this one."),
    ("refusal.name_empty", "That is no name."),
    ("refusal.name_too_long", "At most {max} letters."),
    ("refusal.name_letter", "{letter} cannot be part of a name."),
    ("work.equipment.enchant", "Enchanting"),
    ("work.equipment.disenchant", "Taking apart"),
    (
        "work.equipment.remove_enchantment",
        "Lifting an enchantment",
    ),
    ("work.equipment.identify", "Studying"),
    ("work.equipment.attune", "Attuning"),
    (
        "refusal.enchant_done",
        "{enchantment} sits, with a power of {power}.",
    ),
    ("refusal.enchant_failed", "{enchantment} would not hold."),
    (
        "refusal.enchant_failed_materials",
        "{enchantment} would not hold, and the materials are gone.",
    ),
    (
        "refusal.sacrifice_learned",
        "You have learned {enchantment}.",
    ),
    (
        "refusal.sacrifice_known",
        "You understand {enchantment} no better than before.",
    ),
    (
        "refusal.sacrifice_partial",
        "You understand {progress} % of {enchantment}.",
    ),
    ("refusal.sacrifice_safe", "Nothing learned, nothing broken."),
    (
        "refusal.sacrifice_destroyed",
        "It fell apart, and you learned nothing.",
    ),
    ("refusal.sacrifice_critical", "It went off in your hands."),
    ("refusal.identified", "You know more about it now."),
    ("refusal.identify_failed", "It keeps its secret."),
];
