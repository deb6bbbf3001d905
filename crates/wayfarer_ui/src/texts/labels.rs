//! The texts themselves, in English. The key of each is `ui.` and the name in small letters, with
//! a dot after the first word.

use super::Label;

macro_rules! labels {
    ($($name:ident $key:literal $text:literal,)*) => {
        $(
            #[doc = concat!("“", $text, "”")]
            pub const $name: Label = Label { key: $key, text: $text };
        )*
        /// Every label.
        pub const ALL: &[Label] = &[$($name),*];
        /// Key and text of every label, for
        /// [`register_texts`](wayfarer_core::text::TextAppExt::register_texts).
        pub const TEXTS: &[(&str, &str)] = &[$(($key, $text)),*];
    };
}

labels! {
    // Everywhere.
    SEARCH "ui.search" "Search",
    CANCEL "ui.cancel" "Cancel",
    CLOSE "ui.close" "Close",
    COPY "ui.copy" "Copy",
    COPY_WHAT "ui.copy_what" "Copy {what}",
    OK "ui.ok" "OK",
    OF "ui.of" "{value} of {max}",
    REALLY "ui.really" "{what}: really?",
    NOTHING_FOUND "ui.nothing_found" "Nothing found.",
    AND_MORE "ui.and_more" "… and {count} more.",
    NO_CHARACTER "ui.no_character" "There is no character here yet.",
    VALUE "ui.value" "Value",

    // Titles of the panels, and what the keys do.
    TITLE_SHEET "ui.title.sheet" "Character",
    TITLE_INVENTORY "ui.title.inventory" "Inventory",
    TITLE_INSPECTOR "ui.title.inspector" "Stat inspector",
    TITLE_LOG "ui.title.log" "Action log",
    TITLE_CONTENT "ui.title.content" "Content",
    TITLE_SESSION "ui.title.session" "People",
    TITLE_KEYS "ui.title.keys" "Keys",
    ACTION_SHEET "ui.action.sheet" "Character sheet",
    ACTION_INVENTORY "ui.action.inventory" "Inventory",
    ACTION_INSPECTOR "ui.action.inspector" "Stat inspector",
    ACTION_LOG "ui.action.log" "Action log",
    ACTION_CONTENT "ui.action.content" "Content errors",
    ACTION_SESSION "ui.action.session" "People",
    ACTION_KEYS "ui.action.keys" "Keys",
    ACTION_INTERACT "ui.action.interact" "Use what is near",
    ACTION_CLOSE "ui.action.close" "Close",

    // Keys.
    KEYS_HELP "ui.keys.help" "Click a key, then press the new one.",
    KEY_HOVER "ui.keys.hover" "Click to change, right-click to remove",
    KEY_TAKEN "ui.keys.taken" "{key} means “{action}” so far.",
    KEY_CONFLICT "ui.keys.conflict" "also: {action}",
    TAKE_OVER "ui.keys.take_over" "Take it over",
    PRESS_A_KEY "ui.keys.press" "Press a key …",
    RESET_KEYS "ui.keys.reset" "All keys as at first",

    // Character sheet and stat inspector.
    SET_LEVEL "ui.sheet.set_level" "{set} – {level}",
    PER_SECOND "ui.sheet.per_second" " ({rate}/s)",
    BREAKDOWN_SOURCE "ui.breakdown.source" "Source",
    BREAKDOWN_STEP "ui.breakdown.step" "Step",
    BREAKDOWN_AMOUNT "ui.breakdown.amount" "Amount",
    BREAKDOWN_SO_FAR "ui.breakdown.so_far" "So far",
    STEP_SET "ui.breakdown.set" "is",
    STEP_ADD "ui.breakdown.add" "add",
    STEP_INCREASE "ui.breakdown.increase" "increase",
    STEP_MULTIPLY "ui.breakdown.multiply" "multiply",
    STEP_AT_LEAST "ui.breakdown.at_least" "at least",
    STEP_AT_MOST "ui.breakdown.at_most" "at most",
    LOST_TO "ui.sheet.lost_to" "does not count: {winner} does",
    ONLY_WHEN "ui.sheet.only_when" "does not count: only when {when}",
    NOT_FOR_RESOURCES "ui.sheet.not_for_resources" "does not count for what is used up",
    SUPPRESSED "ui.sheet.suppressed" "suppressed for now",
    STAT "ui.inspector.stat" "Stat",
    LAYER_TEMPLATE "ui.inspector.template" "Template",
    LAYER_WORLD "ui.inspector.world" "World",
    LAYER_BASE "ui.inspector.base" "Base",
    LAYER_RUNTIME "ui.inspector.runtime" "Runtime",
    LAYER_MODIFIERS "ui.inspector.modifiers" "Modifiers",
    NEW_VALUE "ui.inspector.new_value" "New value",
    SET_BASE "ui.inspector.set_base" "Set base",
    SET_RUNTIME "ui.inspector.set_runtime" "Set runtime",
    CLEAR_BASE "ui.inspector.clear_base" "Clear base",
    CLEAR_RUNTIME "ui.inspector.clear_runtime" "Clear runtime",

    // Inventory.
    BULK "ui.inventory.bulk" "Bulk",
    WEIGHT "ui.inventory.weight" "Weight",
    STACKS "ui.inventory.stacks" "Stacks",
    GROUND "ui.inventory.ground" "On the ground",
    LOAD "ui.inventory.load" "Load (kg)",
    LOAD_WARN "ui.inventory.load_warn" "A little more will slow you down.",
    LOAD_SLOWS "ui.inventory.load_slows" "Overloaded: {speed} % speed",
    DOLL_HELP "ui.inventory.doll_help" "Drag items here to put them on.",
    EQUIP "ui.inventory.equip" "Equip",
    EQUIP_IN "ui.inventory.equip_in" "Equip: {slot}",
    TAKE_OFF "ui.inventory.take_off" "Take off",
    USE "ui.inventory.use" "Use",
    WHEN_USED "ui.inventory.when_used" "When used",
    DROP "ui.inventory.drop" "Drop",
    DROP_SOME "ui.inventory.drop_some" "Drop some …",
    SPLIT "ui.inventory.split" "Split …",
    PUT_INTO "ui.inventory.put_into" "Put into {name}",
    TAKE "ui.inventory.take" "Take",
    TAKE_SOME "ui.inventory.take_some" "Take some …",
    TAKE_ALL "ui.inventory.take_all" "Take all",
    PICK_UP "ui.inventory.pick_up" "Pick up",
    INSPECT "ui.inventory.inspect" "Inspect",
    OPEN_CONTAINER "ui.inventory.open" "Open {name}",
    HOW_MANY "ui.inventory.how_many" "{name}: how many?",
    SORT "ui.inventory.sort" "Sort",
    BY_NAME "ui.inventory.by_name" "By name",
    BY_WEIGHT "ui.inventory.by_weight" "By weight",
    BY_VALUE "ui.inventory.by_value" "By value",
    BY_KIND "ui.inventory.by_kind" "By kind",
    READY_IN "ui.inventory.ready_in" "Ready in {seconds} s",
    WEIGHT_AND_BULK "ui.inventory.weight_and_bulk" "{weight} kg, bulk {bulk}",
    DURABILITY "ui.inventory.durability" "Condition: {percent} %",
    WORTH "ui.inventory.worth" "Worth {value}",
    RARITY "ui.inventory.rarity" "Rarity",
    TAGS "ui.inventory.tags" "Kind",
    WORN_IN "ui.inventory.worn_in" "Worn",
    REQUIRES "ui.inventory.requires" "Needs",
    REPLACES "ui.inventory.replaces" "Takes the place of: {names}",

    // Action log.
    LOG_OWN "ui.log.own" "Only your own requests; the host has the whole log.",
    REFUSED_ONLY "ui.log.refused_only" "Refused only",
    UNDO "ui.log.undo" "Undo",
    ROLLS "ui.log.rolls" "Dice: {rolls}",
    METRICS "ui.log.metrics" "{received} requests: {applied} done, {refused} refused, {repeated} repeated, {limited} over the limit, {malformed} unreadable",
    METRICS_ACTION "ui.log.metrics_action" "Action",
    METRICS_COUNT "ui.log.metrics_count" "Count",
    METRICS_REFUSED "ui.log.metrics_refused" "Refused",
    METRICS_MEAN "ui.log.metrics_mean" "Mean",
    METRICS_SLOWEST "ui.log.metrics_slowest" "Slowest",

    // Content.
    RELOAD "ui.content.reload" "Reload",
    ERRORS_ONLY "ui.content.errors_only" "Errors only",
    HELP "ui.content.help" "Help: {help}",
    CONTENT_LOADING "ui.content.loading" "Content is being loaded …",
    CONTENT_GOOD "ui.content.good" "Content is fine (revision {revision}, {ms} ms).",
    CONTENT_OLD "ui.content.old" "Content failed: old content still active (revision {revision}).",
    CONTENT_FAILED "ui.content.failed" "Content failed, and there is none to play by.",

    // Session.
    OFFLINE "ui.session.offline" "You play alone.",
    HOSTING "ui.session.hosting" "You host this game.",
    JOINED "ui.session.joined" "You are in {host}.",
    CONNECTING "ui.session.connecting" "Connecting to {address} …",
    OPEN_GAME "ui.session.open_game" "Everybody who knows the address may join.",
    ADDRESS "ui.session.address" "Address",
    JOIN_CODE "ui.session.join_code" "Join code",
    YOUR_NAME "ui.session.your_name" "Your name",
    JOIN "ui.session.join" "Join",
    JOIN_A_GAME "ui.session.join_a_game" "Join a game",
    JOIN_MISSING "ui.session.join_missing" "A name and an address are needed.",
    BROWSE_LAN "ui.session.browse_lan" "Show games on the local network",
    NO_LAN_GAMES "ui.session.no_lan_games" "None found so far.",
    NEEDS_CODE "ui.session.needs_code" "code needed",
    FORGET_HOST "ui.session.forget_host" "Forget this host",
    FORGET_HOST_HINT "ui.session.forget_host_hint" "Only if you know why its key changed: a new installation, or another computer at this address.",
    LEAVE "ui.session.leave" "Leave",
    KICK "ui.session.kick" "Kick",
    BAN "ui.session.ban" "Ban",
    MAKE_GM "ui.session.make_gm" "Make game master",
    MAKE_PLAYER "ui.session.make_player" "Make player",
    SAVE_NOW "ui.session.save_now" "Save now",
    AWAY "ui.session.away" "away",
    HERE "ui.session.here" "here",
    ROLE_SPECTATOR "ui.session.role_spectator" "Spectator",
    ROLE_PLAYER "ui.session.role_player" "Player",
    ROLE_GM "ui.session.role_gm" "Game master",
    ROLE_HOST "ui.session.role_host" "Host",

    // HUD.
    DONE_PICKED_UP "ui.hud.picked_up" "{name}: picked up",
    DONE_USED "ui.hud.used" "{name}: used",
    DONE_DROPPED "ui.hud.dropped" "{name}: dropped",
    DONE_EQUIPPED "ui.hud.equipped" "{name}: put on",
    LOAD_NEAR "ui.hud.load_near" "Load {percent} %",
    LOAD_SLOW "ui.hud.load_slow" "Overloaded ({percent} %): {speed} % speed",
}
