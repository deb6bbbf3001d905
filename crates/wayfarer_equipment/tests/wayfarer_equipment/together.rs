//! Several things of one wearer change at once: what they do together is looked at once, and comes
//! to the same as if it had been looked at after each of them.

use std::{collections::BTreeMap, fmt::Debug};

use bevy::prelude::*;
use proptest::prelude::*;
use wayfarer_core::{aggregate::Aggregate, prelude::*, refusal::Refusal};
use wayfarer_equipment::{
    durability::{WearCause, wear_out, wear_out_all},
    ext::{Attuned, Durability, FULL, set_ext},
    facts::{GearBroken, SetBonusChanged},
    prelude::*,
    total::{refresh, refresh_all},
};
use wayfarer_inventory::prelude::*;
use wayfarer_stats::{effects::ActiveEffects, inputs::StatInputs};

use crate::rig::{Rig, def};

/// Things and where they are worn. Three of them are one set, two another.
const THINGS: [(&str, &str); 6] = [
    ("hood", "head"),
    ("girdle", "waist"),
    ("boots", "feet"),
    ("charm", "left"),
    ("loop", "right"),
    ("sword", "main"),
];

const ITEMS: &str = r#"{
    "hood": (name: "Hood", bulk: 2), "girdle": (name: "Girdle", bulk: 2),
    "boots": (name: "Boots", bulk: 2), "charm": (name: "Charm"), "loop": (name: "Loop"),
}"#;

const GEAR: &str = r#"{
    "hood": (slots: ["head"], effects: ["zeal"], modifiers: [
        (stat: "t:body.guard", flat: 3), (stat: "t:body.melee", flat: -2),
    ]),
    "girdle": (slots: ["waist"], modifiers: [(stat: "t:body.attack", increased: 0.25)]),
    "boots": (slots: ["feet"], modifiers: [(stat: "t:body.guard", flat: 5)]),
    "charm": (slots: ["left"], attune: true, effects: ["glow"], modifiers: [
        (stat: "t:body.melee", flat: 7), (stat: "t:body.guard", flat: 1, when: "t:body.melee > 9"),
    ]),
    "loop": (slots: ["right"], effects: ["glow"], modifiers: [(stat: "t:body.melee", floor: 6)]),
}"#;

const SETS: &str = r#"{
    "regalia": (name: "Regalia", items: ["hood", "girdle", "boots"], tiers: [
        (pieces: 2, modifiers: [(stat: "t:body.attack", flat: 5)]),
        (pieces: 3, effects: ["zeal"], modifiers: [(stat: "t:body.melee", flat: 4)]),
    ]),
    "rings": (name: "Rings", items: ["charm", "loop"], tiers: [
        (pieces: 2, modifiers: [(stat: "t:body.guard", more: 1.5)]),
    ]),
}"#;

const EFFECTS: &str = r#"{
    "glow": (name: "Glow", lasts: Forever, modifiers: [(stat: "t:body.attack", flat: "effect.level")]),
    "zeal": (name: "Zeal", lasts: Forever, modifiers: [(stat: "t:body.guard", increased: "0.5")]),
}"#;

const CONDITIONS: &str = r#"{ "default": (
    bands: [(from: 60, name: "Good"), (from: 10, name: "Worn", penalty: 0.25),
        (from: 0, name: "Broken", penalty: 1)],
    gates: (equip: 10, set: 30),
) }"#;

/// Somebody who wears everything, and has an axe for which one must be strong.
struct One {
    rig: Rig,
    hero: Entity,
    me: Uid,
    things: Vec<Uid>,
    axe: Uid,
}

/// What is done in one transaction, for each thing.
#[derive(Clone, Debug)]
enum Step {
    /// So much is taken from them; things fall off.
    Wear(Vec<u32>),
    /// So much is left of those that are named, and the charm is attuned or not.
    Set(Vec<Option<u32>>, bool),
    /// What has fallen off is put on again, if it can be.
    Dress,
}

fn step() -> impl Strategy<Value = Step> {
    let count = THINGS.len();
    let amount = prop_oneof![2 => Just(0), 3 => 0..40_000_u32, 1 => Just(FULL)];
    let left = prop::option::of(prop_oneof![1..=FULL, Just(30_000_u32), Just(29_999)]);
    prop_oneof![
        4 => prop::collection::vec(amount, count).prop_map(Step::Wear),
        4 => (prop::collection::vec(left, count), any::<bool>()).prop_map(|(left, own)| Step::Set(left, own)),
        2 => Just(Step::Dress),
    ]
}

impl One {
    fn new(effects: bool) -> Self {
        let without = |text: &str| {
            let text = text.replace(r#"effects: ["zeal"],"#, "");
            text.replace(r#"effects: ["glow"],"#, "")
        };
        let (gear, sets) = if effects {
            (GEAR.to_owned(), SETS.to_owned())
        } else {
            (without(GEAR), without(SETS))
        };
        let mut rig = Rig::with(&[
            ("t", "items/together.ron", ITEMS),
            ("t", "gear/together.ron", &gear),
            ("t", "gear_sets/a.ron", &sets),
            ("t", "effects/a.ron", EFFECTS),
            (
                "t",
                "slots/together.ron",
                r#"{ "waist": (name: "Waist"), "feet": (name: "Feet") }"#,
            ),
            ("core", "conditions/a.ron", CONDITIONS),
        ]);
        let (hero, me) = rig.hero();
        let mut one = Self {
            things: Vec::new(),
            axe: rig.give(hero, "axe", 1, 0),
            rig,
            hero,
            me,
        };
        for (name, _) in THINGS {
            let thing = one.rig.give(hero, name, 1, 0);
            one.things.push(thing);
            one.dress();
        }
        // Little room: what falls off may end in the overflow.
        one.rig.give(hero, "rock", 6, 0);
        one
    }

    fn dress(&mut self) {
        for (&thing, (_, slot)) in self.things.clone().iter().zip(THINGS) {
            let _may_be_too_worn = self.rig.equip(self.me, thing, slot);
        }
        self.rig.ticks(41);
    }

    fn transact(&mut self, rule: impl FnOnce(&mut Txn<'_>) -> Result<(), Refusal>) {
        let world = self.rig.app.world_mut();
        world.transact("test.together", rule).unwrap();
    }

    /// Does a step, looking at everything after each thing or once.
    fn run(&mut self, step: &Step, once: bool) {
        let (hero, me, things) = (self.hero, self.me, self.things.clone());
        let cause = WearCause::Other;
        match step {
            Step::Dress => self.dress(),
            Step::Wear(amounts) => self.transact(|txn| {
                let amounts: Vec<(Uid, u32)> = things.into_iter().zip(amounts.clone()).collect();
                if once {
                    return wear_out_all(txn, hero, &amounts, cause);
                }
                for (thing, amount) in amounts {
                    wear_out(txn, hero, thing, amount, cause)?;
                }
                Ok(())
            }),
            Step::Set(left, own) => self.transact(|txn| {
                for (at, (&thing, left)) in things.iter().zip(left).enumerate() {
                    if let Some(left) = *left {
                        let left = Durability { left, max: FULL };
                        set_ext(txn, hero, thing, left.carried().as_ref())?;
                    }
                    if THINGS[at].0 == "charm" {
                        set_ext(txn, hero, thing, own.then_some(&Attuned(me)))?;
                    }
                    if !once {
                        refresh(txn, hero, thing)?;
                    }
                }
                if once {
                    refresh_all(txn, hero, &things)?;
                }
                Ok(())
            }),
        }
        self.rig.ticks(1);
    }

    /// The hash of all state. How many changes the stats have seen is not compared: fewer is what
    /// all this is for.
    fn hash(&mut self) -> u64 {
        let world = self.rig.app.world_mut();
        world
            .get_mut::<StatInputs>(self.hero)
            .unwrap()
            .set_revision(0);
        self.rig.hash()
    }

    /// What holds, in words: an effect by what it is, because one that comes later has another uid.
    fn state(&self) -> Vec<String> {
        let world = self.rig.app.world();
        let effects = world.get::<ActiveEffects>(self.hero);
        let effects: BTreeMap<Uid, DefId> = effects
            .into_iter()
            .flat_map(ActiveEffects::iter)
            .map(|effect| (effect.uid, effect.def))
            .collect();
        let mut all: Vec<String> = Vec::new();
        let inputs = world.get::<StatInputs>(self.hero).unwrap();
        for modifier in inputs.modifiers() {
            let mut modifier = modifier.clone();
            let effect = effects.get(&modifier.source);
            if effect.is_some() {
                modifier.source = Uid::MIN;
            }
            all.push(format!("{modifier:?} {effect:?}"));
        }
        let active = world.get::<ActiveEffects>(self.hero).into_iter();
        for effect in active.flat_map(ActiveEffects::iter) {
            let (source, parent, level) = (effect.source, effect.parent, effect.level);
            all.push(format!("{:?} {source:?} {parent:?} {level}", effect.def));
        }
        all.extend(
            self.rig
                .bag(self.hero)
                .sorted()
                .map(|item| format!("{item:?}")),
        );
        all.push(format!("{:?}", world.get::<ActiveSets>(self.hero)));
        all.push(format!("{:?}", world.get::<WornLook>(self.hero)));
        for stat in ["attack", "guard", "melee"] {
            all.push(format!("{stat} {}", self.rig.stat(self.hero, stat)));
        }
        let axe = check_equip(world, self.hero, self.axe, Some(def("main")));
        all.push(format!("{:?}", axe.map_err(|refusal| refusal.code)));
        all.sort_unstable();
        all
    }

    fn told<M: Message + Debug>(&mut self) -> Vec<String> {
        let world = self.rig.app.world_mut();
        let mut messages = world.resource_mut::<Messages<M>>();
        messages.drain().map(|m| format!("{m:?}")).collect()
    }

    /// What was told of things, and what became of each set in the end.
    fn facts(&mut self) -> Vec<Vec<String>> {
        let world = self.rig.app.world_mut();
        let mut messages = world.resource_mut::<Messages<SetBonusChanged>>();
        let mut sets: BTreeMap<DefId, (u8, u8)> = BTreeMap::new();
        for change in messages.drain() {
            let whole = sets.entry(change.set).or_insert((change.before, 0));
            whole.1 = change.after;
        }
        sets.retain(|_, (before, after)| before != after);
        vec![
            self.told::<DurabilityChanged>(),
            self.told::<GearBroken>(),
            self.told::<ItemUnequipped>(),
            self.told::<ItemEquipped>(),
            vec![format!("{sets:?}")],
        ]
    }
}

trait Sorted {
    fn sorted(&self) -> impl Iterator<Item = &Item>;
}

impl Sorted for Inventory {
    fn sorted(&self) -> impl Iterator<Item = &Item> {
        let mut all: Vec<&Item> = self.iter().collect();
        all.sort_unstable_by_key(|item| item.uid);
        all.into_iter()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn once_is_as_good_as_after_each(steps in prop::collection::vec(step(), 1..8)) {
        let (mut each, mut once) = (One::new(false), One::new(false));
        prop_assert_eq!(each.hash(), once.hash());
        for step in &steps {
            each.run(step, false);
            once.run(step, true);
            prop_assert_eq!(each.facts(), once.facts());
            prop_assert_eq!(each.state(), once.state());
            prop_assert_eq!(each.hash(), once.hash(), "{:?}", step);
        }
    }

    #[test]
    fn so_it_is_with_effects(steps in prop::collection::vec(step(), 1..8)) {
        let (mut each, mut once) = (One::new(true), One::new(true));
        for step in &steps {
            each.run(step, false);
            once.run(step, true);
            prop_assert_eq!(each.facts(), once.facts());
            prop_assert_eq!(each.state(), once.state(), "{:?}", step);
        }
    }
}

/// The tests above would not see much if little of this happened.
#[test]
fn all_of_it_happens() {
    let mut one = One::new(true);
    let effects = |one: &One| {
        let effects = one.rig.app.world().get::<ActiveEffects>(one.hero);
        effects.map_or(0, ActiveEffects::len)
    };
    let sets = |one: &One| {
        let sets = one.rig.app.world().get::<ActiveSets>(one.hero).unwrap();
        ["regalia", "rings"].map(|set| sets.tiers(def(set)))
    };
    assert_eq!((sets(&one), effects(&one)), ([2, 1], 2));
    let (before, revision) = (one.rig.stat(one.hero, "attack"), one.revision());
    // A piece is too worn to count, another breaks.
    one.run(&Step::Wear(vec![75_000, 0, FULL, 1, 1, 1]), true);
    assert_eq!((sets(&one), effects(&one)), ([0, 1], 2));
    assert!(one.rig.stat(one.hero, "attack") < before);
    assert_eq!(one.rig.worn(one.hero, "feet"), None, "it fell off");
    assert!(one.rig.worn(one.hero, "head").is_some());
    // Before and after the fall: the things, the sets, an effect that goes with one of them.
    let ops = one.revision() - revision;
    assert!(ops <= 8, "{ops} changes of the stats");
    one.run(&Step::Wear(vec![FULL; THINGS.len()]), true);
    assert_eq!((sets(&one), effects(&one)), ([0, 0], 0));
    let overflow = one.rig.bag(one.hero).at(Place::Overflow).count();
    assert!(overflow > 0, "there is no room for all of it");
}

impl One {
    fn revision(&self) -> u32 {
        let world = self.rig.app.world();
        world.get::<StatInputs>(self.hero).unwrap().revision()
    }
}
