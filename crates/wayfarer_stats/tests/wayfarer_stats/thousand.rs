//! A thousand random characters of the packs that are shipped: host and client compute the same
//! values, the same tags and the same explanations, and every explanation adds up.

use bevy::prelude::*;
use wayfarer_core::{content::ActiveContent, id::UidMint, prelude::*};
use wayfarer_stats::{
    content::{SheetDef, StatSetDef},
    effects::{ActiveEffects, EffectDef, EffectSpec, apply_effect, tags_now},
    index::StatIndex,
    prelude::*,
};

use crate::packs::shipped;

const CHARACTERS: u64 = 1_000;

/// A small generator of its own: the same thousand on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }

    fn number(&mut self) -> f32 {
        (self.next() % 20_001) as f32 / 100.0 - 50.0
    }
}

/// Gives somebody a random past. What is refused is refused.
fn live(app: &mut App, entity: Entity, others: &[Uid], random: &mut Random) {
    let content = app.world().resource::<ActiveContent>().0.clone();
    let effects: Vec<DefId> = content
        .table::<EffectDef>()
        .iter()
        .map(wayfarer_core::content::Def::id)
        .collect();
    let stats: Vec<StatId> = content
        .derived::<StatIndex>()
        .unwrap()
        .iter()
        .map(|entry| entry.id)
        .collect();
    for _ in 0..random.below(8) {
        let stat = stats[random.below(stats.len())];
        let value = Some(random.number());
        let _ = app
            .world_mut()
            .transact("test", |txn| match random.below(3) {
                0 => wayfarer_stats::api::set_base(txn, entity, stat, value),
                1 => wayfarer_stats::api::set_runtime(txn, entity, stat, value),
                _ => wayfarer_stats::api::drain(txn, entity, stat, 7.5).map(drop),
            });
    }
    for _ in 0..random.below(6) {
        let spec = EffectSpec::new(effects[random.below(effects.len())])
            .level(random.number())
            .by(others[random.below(others.len())]);
        let _ = app
            .world_mut()
            .transact("test", |txn| apply_effect(txn, entity, &spec));
    }
}

#[test]
fn host_and_client_agree_on_a_thousand_characters() {
    let mut host = shipped();
    let content = host.world().resource::<ActiveContent>().0.clone();
    let sheets: Vec<String> = content
        .table::<SheetDef>()
        .iter()
        .map(|sheet| sheet.name().to_owned())
        .collect();
    let sets: Vec<DefId> = content
        .table::<StatSetDef>()
        .iter()
        .map(wayfarer_core::content::Def::id)
        .collect();
    let mut random = Random(0x5eed);
    let mut others = Vec::new();
    let mut all = Vec::new();
    for _ in 0..CHARACTERS {
        let sheet = DefId::of(&sheets[random.below(sheets.len())]);
        let some = (0..1 + random.below(6)).map(|_| sets[random.below(sets.len())]);
        let inputs = StatInputs::new(Some(sheet), some);
        let uid = host.world_mut().resource_mut::<UidMint>().mint();
        all.push(host.world_mut().spawn((Identity(uid), inputs)).id());
        others.push(uid);
    }
    host.world_mut().run_schedule(RulesTick);
    for &entity in &all {
        live(&mut host, entity, &others, &mut random);
    }
    // What comes back by itself is looked at once a second.
    while {
        host.world_mut().run_schedule(RulesTick);
        !host
            .world()
            .resource::<RulesClock>()
            .tick
            .is_multiple_of(20)
    } {}

    let mut client = shipped();
    client.insert_resource(Authority::Client);
    *client.world_mut().resource_mut::<RulesClock>() = *host.world().resource::<RulesClock>();
    let mut active = 0;
    for &entity in &all {
        let world = host.world();
        // As replication brings them.
        let bytes = postcard::to_stdvec(world.get::<StatInputs>(entity).unwrap()).unwrap();
        let inputs: StatInputs = postcard::from_bytes(&bytes).unwrap();
        let mut copy = client.world_mut().spawn(inputs);
        if let Some(effects) = world.get::<ActiveEffects>(entity) {
            let bytes = postcard::to_stdvec(effects).unwrap();
            active += effects.len();
            copy.insert(postcard::from_bytes::<ActiveEffects>(&bytes).unwrap());
        }
        let copy = copy.id();
        client.update();
        let (host, client) = (host.world(), client.world());
        assert_eq!(tags_now(host, entity), tags_now(client, copy));
        let here = client.get::<StatValues>(copy).unwrap();
        let there = host.get::<StatValues>(entity).unwrap();
        assert_eq!(here.iter().count(), there.iter().count());
        for ((stat, here), (same, there)) in here.iter().zip(there.iter()) {
            assert_eq!(stat, same);
            assert_eq!(here.to_bits(), there.to_bits(), "{stat}");
            let why = explain_entity(client, copy, stat).unwrap();
            assert_eq!(Some(&why), explain_entity(host, entity, stat).as_ref());
            let last = why.lines.last().unwrap();
            let counted = why.lines.iter().rev().find(|line| line.counted.counts());
            assert!(
                last.running.to_bits() == why.value.to_bits()
                    || counted.is_some_and(|line| line.running.to_bits() == why.value.to_bits()),
                "the explanation does not add up: {why}"
            );
        }
    }
    assert!(active > 500, "too few effects to prove anything: {active}");
}
