//! A small world with magic in it, and short words for what tests do.

use bevy::prelude::*;
use wayfarer_core::{prelude::*, refusal::Refusal};
use wayfarer_equipment::{
    content::EnchantmentDef,
    enchanting::Learned,
    ext::{AppliedEnchant, Durability, Enchants, set_ext},
    prelude::*,
};
use wayfarer_inventory::{ext::ItemExt, prelude::*};
use wayfarer_stats::{StatId, api};

pub use crate::rig::{ANN, Rig, def};

const ITEMS: &str = r#"{
    "blade": (name: "Blade", weight: 1, tags: ["weapon"], value: 100),
    "fine_blade": (name: "Fine blade", weight: 1, tags: ["weapon"], value: 100),
    "cap": (name: "Cap", weight: 1, tags: ["cloth"]),
    "band": (name: "Band", weight: 0.1, tags: ["cloth"]),
    "sash": (name: "Sash", weight: 0.1, tags: ["cloth"]),
    "riddle": (name: "Ring of riddles", weight: 0.1, value: 10, tags: ["jewel"]),
    "oath": (name: "Oath ring", weight: 0.1),
    "vow": (name: "Vow ring", weight: 0.1),
    "wand": (name: "Wand", weight: 0.1, charges: (max: 2)),
    "dust": (name: "Dust", max_stack: 100),
    "scroll": (name: "Scroll", max_stack: 10, tags: ["tells"]),
    "talker": (name: "Talking ring", tags: ["jewel", "tells"]),
    "copper": (name: "Copper", max_stack: 1000000),
    "banner": (name: "Banner", weight: 0.1),
    "quiver": (name: "Quiver", weight: 0.1, tags: ["weapon"], container: ["bag"]),
    "pebble": (name: "Pebble", weight: 0.1, max_stack: 10),
}"#;

const GEAR: &str = r#"{
    "blade": (slots: ["main"], modifiers: [(stat: "t:body.attack", flat: 4)]),
    "fine_blade": (slots: ["main"], quality: "fine", rarity: "rare", modifiers: [(stat: "t:body.attack", flat: 4)]),
    "cap": (slots: ["head"], modifiers: [(stat: "t:body.guard", flat: 1)]),
    "band": (slots: ["left", "right"]),
    "sash": (slots: ["off", "left"]),
    "talker": (slots: ["left"], hidden: (steps: 1, name: "Odd ring")),
    "riddle": (
        slots: ["left", "right"], hidden: (steps: 3, name: "Strange ring"),
        modifiers: [(stat: "t:body.guard", flat: 2)], abilities: ["blink"],
    ),
    "oath": (slots: ["left", "right"], attune: true, effects: ["glow"],
        modifiers: [(stat: "t:body.guard", flat: 3)], abilities: ["blink"]),
    "vow": (slots: ["left", "right"], attune: true, min_level: 3,
        modifiers: [(stat: "t:body.guard", flat: 1)]),
    "wand": (slots: ["main"], abilities: ["bolt", "blink"]),
    "banner": (slots: ["off"], wearer: (all: ["order"], none: ["outlaw"]), quest: "proven", min_level: 2),
}"#;

const ENCHANTMENTS: &str = r#"{
    "sharp": (
        name: "Sharpness", suffix: "of sharpness", grade: "low", school: "war", items: ["weapon"],
        cost: 100, seconds: 5, materials: [(item: "dust", count: 3)], found: 1,
        modifiers: [(stat: "t:body.attack", flat: 10), (stat: "t:body.attack", increased: 0.5)],
    ),
    "hot": (name: "Heat", grade: "low", school: "war", excludes: ["cold"], found: 1,
        modifiers: [(stat: "t:body.attack", flat: 2)], abilities: ["bolt"], lasts: Uses(2)),
    "cold": (name: "Cold", grade: "low", school: "war", modifiers: [(stat: "t:body.attack", flat: 2)]),
    "brief": (name: "Brief", grade: "low", school: "ward", lasts: Seconds(10), effects: ["glow"],
        modifiers: [(stat: "t:body.guard", flat: 40)]),
    "high": (name: "High art", grade: "high", school: "ward", min_skill: 3, min_quality: "fine",
        requires: ["sharp"], modifiers: [(stat: "t:body.guard", flat: 1)]),
}"#;

/// The rules, with the numbers that tests turn.
pub struct Numbers {
    pub learn: &'static str,
    pub edges: [&'static str; 3],
    pub least_critical: &'static str,
    pub chance: &'static str,
    pub lose: &'static str,
}

impl Default for Numbers {
    fn default() -> Self {
        Self {
            learn: "0.5 + 0.5 * progress",
            edges: ["0.2", "0.5", "0.9"],
            least_critical: "0.01",
            chance: "1",
            lose: "0.5",
        }
    }
}

fn enchant_rules(numbers: &Numbers) -> String {
    let Numbers {
        learn,
        edges: [partial, safe, destroyed],
        least_critical,
        chance,
        lose,
    } = numbers;
    format!(
        r#"{{ "default": (
            grades: [(id: "low", name: "Low"), (id: "high", name: "High")],
            schools: [(id: "war", name: "War"), (id: "ward", name: "Wards")],
            skill: "t:mind.lore / 10", keeper_skill: "skill / 10",
            mastery_every: 2, mastery_most: 3,
            learn: (
                min_skill: 1, chance: "{learn}", most: 0.95,
                partial: "{partial}", safe: "{safe}", destroyed: "{destroyed}",
                least_critical: {least_critical}, half: 0.5,
                xp: "if(grade, 50, 10)", xp_learned: 2,
                backlash: ["scar"], ruins_other: 1,
            ),
            apply: (
                station: "table", chance: "{chance}", power: "70 + 10 * mastery", spread: 5,
                least_power: 50, most_power: 100,
                cost: "base * (1 - 0.1 * (mastery - 1)) / efficiency",
                seconds: "base / efficiency",
                lose_materials: {lose}, failed_cost: 0.5, shake: 30,
            ),
            lift: (station: "table", min_skill: 1, cost: "0.1 * base", seconds: 0),
            found: (chance: 1, least_power: 30, most_power: 50),
        ) }}"#
    )
}

pub struct World {
    pub rig: Rig,
    pub hero: Entity,
    pub me: Uid,
}

impl World {
    pub fn new() -> Self {
        Self::with(&Numbers::default())
    }

    pub fn with(numbers: &Numbers) -> Self {
        let rules = enchant_rules(numbers);
        let files = files(&rules);
        let mut rig = Rig::with(&files);
        let (hero, me) = rig.hero();
        Self { rig, hero, me }
    }

    pub fn give(&mut self, name: &str) -> Uid {
        self.rig.give(self.hero, name, 1, 0)
    }

    pub fn give_many(&mut self, name: &str, count: u32) -> Uid {
        self.rig.give(self.hero, name, count, 0)
    }

    pub fn bag(&self) -> &Inventory {
        self.rig.bag(self.hero)
    }

    pub fn item(&self, uid: Uid) -> Item {
        self.bag().get(uid).unwrap().clone()
    }

    pub fn has(&self, uid: Uid) -> bool {
        self.bag().get(uid).is_some()
    }

    pub fn count(&self, name: &str) -> u32 {
        let all = self.bag().iter().filter(|item| item.def == def(name));
        all.map(|item| item.count).sum()
    }

    pub fn world(&self) -> &bevy::prelude::World {
        self.rig.app.world()
    }

    pub fn tick(&self) -> u64 {
        self.world().resource::<RulesClock>().tick
    }

    pub fn stat(&self, name: &str) -> f32 {
        api::value(self.world(), self.hero, &format!("t:{name}")).unwrap()
    }

    pub fn act<A: Action>(&mut self, action: &A) -> Result<A::Receipt, Refusal> {
        self.rig.act(self.me, action)
    }

    pub fn refused<A: Action>(&mut self, action: &A) -> String {
        self.rig.refused(self.me, action).code.to_string()
    }

    /// Puts something on and waits until its slot is free again.
    pub fn wear(&mut self, item: Uid, slot: &str) {
        self.rig.equip(self.me, item, slot).unwrap();
        self.rig.ticks(40);
    }

    pub fn take_off(&mut self, slot: &str) {
        let slot = def(slot);
        self.act(&UnequipItem {
            slot,
            compartment: None,
        })
        .unwrap();
    }

    /// A rule of the game itself.
    pub fn rule<R>(&mut self, rule: impl FnOnce(&mut Txn<'_>) -> Result<R, Refusal>) -> R {
        self.rig
            .app
            .world_mut()
            .transact("test.rule", rule)
            .unwrap()
    }

    pub fn set_stat(&mut self, name: &str, value: f32) {
        let (hero, stat) = (self.hero, StatId::of(&format!("t:{name}")));
        self.rule(|txn| api::set_base(txn, hero, stat, Some(value)));
        self.rig.ticks(1);
    }

    pub fn set_ext<T: ItemExt>(&mut self, item: Uid, value: &T) {
        let hero = self.hero;
        self.rule(|txn| set_ext(txn, hero, item, Some(value)));
    }

    /// Lays an enchantment on an item as if it had been found so.
    pub fn lay(&mut self, item: Uid, name: &str, power: u8) {
        let content = self.world().resource::<ActiveContent>().0.clone();
        let known = content.table::<EnchantmentDef>().get(def(name)).unwrap();
        let mut all = self.item(item).ext::<Enchants>().unwrap_or_default();
        let now = self.tick();
        all.0
            .push(AppliedEnchant::new(known, power, None, now, 20.0));
        self.set_ext(item, &all);
        let hero = self.hero;
        self.rule(|txn| wayfarer_equipment::total::refresh(txn, hero, item));
    }

    pub fn enchants(&self, item: Uid) -> Vec<AppliedEnchant> {
        self.item(item).ext::<Enchants>().unwrap_or_default().0
    }

    pub fn durability(&mut self, item: Uid, percent: u32) {
        let left = percent * 1000;
        self.set_ext(item, &Durability { left, max: 100_000 });
        let hero = self.hero;
        self.rule(|txn| wayfarer_equipment::total::refresh(txn, hero, item));
    }

    pub fn learn(&mut self, name: &str, applied: u32) {
        let hero = self.hero;
        self.rule(|txn| {
            txn.ensure::<EnchantLore>(hero)?;
            let mut lore = txn.get::<EnchantLore>(hero).unwrap().clone();
            let learned = Learned {
                progress: 100,
                applied,
            };
            lore.known.insert(def(name), learned);
            txn.set(hero, lore)
        });
    }

    /// Switches the feature.
    pub fn switch(&mut self, on: bool) {
        let mut features = self.rig.app.world_mut().resource_mut::<Features>();
        features.switch("equipment", on);
    }

    pub fn lore(&self) -> EnchantLore {
        let lore = self.world().get::<EnchantLore>(self.hero);
        lore.cloned().unwrap_or_default()
    }

    /// A station beside the hero.
    pub fn station(&mut self, name: &'static str) -> Uid {
        self.rig.spawn(name).1
    }

    pub fn note(&self) -> String {
        let work = self.world().get::<Work>(self.hero).unwrap();
        let note = work.last.as_ref().unwrap().note.as_ref();
        note.map_or_else(String::new, |note| note.code.to_string())
    }
}

fn files(rules: &str) -> Vec<(&str, &str, &str)> {
    vec![
        ("t", "items/magic.ron", ITEMS),
        ("t", "gear/magic.ron", GEAR),
        ("t", "enchantments/a.ron", ENCHANTMENTS),
        ("core", "enchant_rules/a.ron", rules),
        (
            "core",
            "equip_rules/a.ron",
            r#"{ "default": (
                cooldown: 2.0, level: "t:mind.level", attunements: "1 + floor(t:mind.lore / 50)",
                attune_seconds: 1, combat: "fighting",
            ) }"#,
        ),
        (
            "core",
            "identification_rules/a.ron",
            r#"{ "default": (
                steps: [
                    (name: "Use", shows: [Name, Stats], at_level: 3),
                    (name: "Magic", shows: [Enchantments], at_level: 6),
                    (name: "Secrets", shows: [Abilities, Lore]),
                ],
                study: (skill: "t:mind.lore", chance: "skill / 100", seconds: 2),
                stations: (kind: "sage", price: "10 * step + level - tier", reach: "tier"),
                helpers: [(tag: "tells", steps: 2)],
            ) }"#,
        ),
        (
            "core",
            "name_rules/a.ron",
            r#"{ "default": (enchanted: [(1, "magical"), (2, "enchanted")], most_letters: 12, letters: "'") }"#,
        ),
        (
            "core",
            "conditions/a.ron",
            r#"{ "default": (
                bands: [(from: 10, name: "Sound"), (from: 0, name: "Broken", penalty: 1)],
                gates: (equip: 10, use: 5, enchant: 50, set: 30),
            ) }"#,
        ),
        (
            "t",
            "qualities/a.ron",
            r#"{ "plain": (name: "Plain", order: 0),
                "fine": (name: "Fine", order: 1, prefix: "fine", enchant_slots: 1) }"#,
        ),
        (
            "t",
            "rarities/a.ron",
            r#"{ "common": (name: "Common", order: 0, enchant_slots: 1, max_effects: 1),
                "rare": (name: "Rare", order: 1, enchant_slots: 1, max_effects: 2) }"#,
        ),
        (
            "t",
            "gear_sets/a.ron",
            r#"{
                "trio": (name: "The trio", items: ["cap", "band", "sash"], tiers: [
                    (pieces: 2, modifiers: [(stat: "t:body.guard", flat: 5)]),
                    (pieces: 3, modifiers: [(stat: "t:body.guard", flat: 10)], effects: ["glow"]),
                ]),
                "cloth": (name: "Cloth", tags: ["cloth"], doubles: true, tiers: [
                    (pieces: 3, modifiers: [(stat: "t:body.melee", flat: 1)]),
                ]),
            }"#,
        ),
        (
            "t",
            "item_abilities/a.ron",
            r#"{
                "bolt": (name: "Bolt", effects: ["core:scar"], target: Other, charges: 0, cooldown: 5,
                    costs: [(stat: "t:mind.breath", amount: "10 + t:mind.level")]),
                "blink": (name: "Blink", effects: ["glow"], cooldown: 3, carried: true),
                "rage": (name: "Rage", effects: ["glow"], when: InCombat),
                "rest": (name: "Rest", effects: ["glow"], when: OutOfCombat, target: Anyone),
                "look": (name: "Look", effects: ["insight"], charges: 1, carried: true),
                "spark": (name: "Spark", effects: ["core:scar"], target: Anyone, charges: 1),
            }"#,
        ),
        (
            "t",
            "gear/tools.ron",
            r#"{ "shield_of_moods": (slots: ["off"], abilities: ["rage", "rest"]),
                "sparkler": (slots: ["off"], abilities: ["spark"]),
                "lens": (slots: ["off"], abilities: ["look"]) }"#,
        ),
        (
            "t",
            "items/tools.ron",
            r#"{ "shield_of_moods": (name: "Shield of moods", weight: 1),
                "sparkler": (name: "Sparkler", charges: (max: 2)),
                "lens": (name: "Lens", charges: (max: 2)) }"#,
        ),
        (
            "core",
            "effects/a.ron",
            r#"{ "flash": (name: "Flash", on_apply: [Add(stat: "t:body.guard", amount: 1)]),
                "scar": (name: "Scar", lasts: Seconds("60"),
                modifiers: [(stat: "t:body.guard", flat: "-1 * effect.level")]) }"#,
        ),
        (
            "core",
            "tags/a.ron",
            r#"{ "fighting": (name: "Fighting") }"#,
        ),
        (
            "t",
            "effects/a.ron",
            r#"{
                "glow": (name: "Glow", lasts: Forever, modifiers: [(stat: "t:mind.shine", flat: "effect.level")]),
                "insight": (name: "Insight", on_apply: [Do(step: "equipment.identify", amount: "effect.level")]),
                "anger": (name: "Anger", lasts: Forever, grants: ["core:fighting"]),
                "knighted": (name: "Knighted", lasts: Forever, grants: ["order"]),
                "banished": (name: "Banished", lasts: Forever, grants: ["outlaw"]),
                "proved": (name: "Proved", lasts: Forever, grants: ["proven"]),
            }"#,
        ),
        (
            "t",
            "tags/a.ron",
            r#"{ "order": (name: "Of the order"),
                "outlaw": (name: "Outlaw"), "proven": (name: "Has proved it") }"#,
        ),
        (
            "t",
            "stats/magic.ron",
            r#"{ "mind": (name: "Mind", stats: {
                "lore": (name: "Lore", min: 0, max: 100, default: 20),
                "level": (name: "Level", min: 0, default: 1),
                "shine": (name: "Shine", min: 0, default: 0),
                "breath": (name: "Breath", resource: (max: "30")),
            }) }"#,
        ),
        (
            "t",
            "sheets/a.ron",
            r#"{ "hero": (sets: ["body", "mind"]), "guard": (sets: ["body", "mind"]) }"#,
        ),
        (
            "t",
            "currencies/a.ron",
            r#"{ "money": (name: "Money", coins: [(item: "copper", worth: 1, short: "cp")]) }"#,
        ),
        (
            "t",
            "characters/magic.ron",
            r#"{ "table": (name: "Table"), "mage": (name: "Mage"), "sage": (name: "Sage"), "sage2": (name: "Sage 2"),
                "jeweller": (name: "Jeweller") }"#,
        ),
        (
            "t",
            "stations/a.ron",
            r#"{
                "table": (name: "Table", kinds: ["table"]),
                "mage": (name: "Mage", kinds: ["table"], skill: 50, efficiency: 2, fee: "1 + price"),
                "sage": (name: "Sage", kinds: ["sage"], tier: 1),
                "sage2": (name: "Sage 2", kinds: ["sage"], tier: 3),
                "jeweller": (name: "Jeweller", kinds: ["sage", "table"], tier: 3, takes: ["gem"]),
            }"#,
        ),
    ]
}
