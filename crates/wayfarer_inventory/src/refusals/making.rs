//! Reasons of making, working, loot and of what clings to its owner.

use wayfarer_core::refusal::Code;

/// They are working on something already.
pub const BUSY: Code = Code::new("busy");
/// They are not working on anything.
pub const NOT_WORKING: Code = Code::new("not_working");
/// It needs a place of a kind. Argument `station`.
pub const STATION_MISSING: Code = Code::new("station_missing");
/// Such things are not worked on here. Arguments `station`, `item`.
pub const STATION_REFUSES: Code = Code::new("station_refuses");
/// The recipe has not been learned. Argument `recipe`.
pub const RECIPE_UNKNOWN: Code = Code::new("recipe_unknown");
/// The recipe was learned before. Argument `recipe`.
pub const ALREADY_KNOWN: Code = Code::new("already_known");
/// The skill does not reach. Arguments `stat`, `need` and `have`.
pub const SKILL_GATE: Code = Code::new("skill_gate");
/// A tool is needed. Argument `tool`.
pub const TOOL_MISSING: Code = Code::new("tool_missing");
/// There is not enough of a material. Arguments `what`, `need` and `have`.
pub const MATERIALS_MISSING: Code = Code::new("materials_missing");
/// The recipe has no use for it. Argument `item`.
pub const NOT_MATERIAL: Code = Code::new("not_material");
/// There would be enough of a material only with something that is not used up unless it is chosen:
/// a favourite, worn, bound, filled, money, part of a story, or the tool for the work. Arguments `what`
/// (the material) and `item` (the first such thing).
pub const ONLY_SPARED: Code = Code::new("only_spared");
/// A story needs it. Argument `item`.
pub const QUEST_ITEM: Code = Code::new("quest_item");
/// It is somebody's alone and not for sale. Argument `item`.
pub const BOUND: Code = Code::new("bound");
/// It is somebody else's alone. Argument `item`.
pub const BOUND_TO_OTHER: Code = Code::new("bound_to_other");
/// It has not so many charges. Arguments `item`, `need` and `have`.
pub const NO_CHARGES: Code = Code::new("no_charges");
/// Not a refusal but how work came out: it was made. Arguments `recipe` and, where it matters,
/// `score`.
pub const CRAFT_DONE: Code = Code::new("craft_done");
/// Not a refusal but how work came out: it failed. Argument `recipe`.
pub const CRAFT_FAILED: Code = Code::new("craft_failed");

/// Default texts.
pub(crate) const TEXTS: &[(&str, &str)] = &[
    ("refusal.busy", "Finish or stop what you are doing first."),
    ("refusal.not_working", "There is no work to stop."),
    (
        "refusal.station_missing",
        "This needs a place to work: {station}.",
    ),
    (
        "refusal.station_refuses",
        "{station} does not work on {item}.",
    ),
    (
        "refusal.recipe_unknown",
        "You have not learned to make {recipe}.",
    ),
    ("refusal.already_known", "You know how to make {recipe}."),
    (
        "refusal.skill_gate",
        "This needs {stat} {need}; yours is {have}.",
    ),
    ("refusal.tool_missing", "This needs a tool: {tool}."),
    (
        "refusal.materials_missing",
        "This takes {need} × {what}; you have {have}.",
    ),
    ("refusal.not_material", "{item} is not needed for this."),
    (
        "refusal.only_spared",
        "Not enough {what} without {item}, which is not used up by itself.",
    ),
    ("refusal.quest_item", "You still need {item}."),
    ("refusal.bound", "{item} is yours alone."),
    ("refusal.bound_to_other", "{item} is somebody else's alone."),
    (
        "refusal.no_charges",
        "{item} is spent: {have} of {need} charges.",
    ),
    ("refusal.craft_done", "{recipe} is done."),
    (
        "refusal.craft_failed",
        "{recipe} did not turn out; some of the material is lost.",
    ),
    ("work.inventory.crafting", "Crafting"),
];
