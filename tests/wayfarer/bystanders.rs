//! Effects over a real socket: what the owner sees, what strangers see, and what somebody sees who
//! comes later.

use bevy::prelude::*;
use wayfarer::{
    core::door::DoorLimits,
    net::session::SessionLimits,
    prelude::*,
    stats::{
        effects::{ActiveEffects, EffectSpec, PublicEffects, Until, apply_effect, tags_now},
        explain::explain_entity,
        values::StatValues,
    },
};

use super::{
    part::{give_characters, me},
    siege::camp::{Siege, client},
};

fn entity(app: &App, uid: Uid) -> Option<Entity> {
    app.world().resource::<UidIndex>().get(uid)
}

/// What a program knows of the effects of a character: definition, stacks, end.
fn known(app: &App, uid: Uid) -> Vec<(DefId, u16, Until)> {
    let effects = entity(app, uid).and_then(|entity| app.world().get::<ActiveEffects>(entity));
    let effects = effects.into_iter().flat_map(ActiveEffects::iter);
    effects.map(|e| (e.def, e.stacks, e.until)).collect()
}

fn sees(app: &App, uid: Uid, effect: DefId) -> bool {
    let public = entity(app, uid).and_then(|entity| app.world().get::<PublicEffects>(entity));
    public.is_some_and(|public| public.has(effect))
}

#[test]
fn the_owner_sees_all_strangers_what_shows_and_latecomers_what_lasts() {
    let mut siege = Siege::new(SessionLimits::default(), DoorLimits::default());
    let good = siege.good;
    let (prone, poisoned) = (DefId::of("srd:prone"), DefId::of("srd:poisoned"));
    let host_entity = entity(&siege.host, good).unwrap();
    let give = |siege: &mut Siege, effect: DefId, until: Until| {
        let spec = EffectSpec::new(effect).until(until);
        let given = siege
            .host
            .world_mut()
            .transact("test", |txn| apply_effect(txn, host_entity, &spec));
        given.unwrap();
    };
    // The first effects of all: the components come with them, and so do the ops.
    let end = siege.host.world().resource::<RulesClock>().tick + 100_000;
    give(&mut siege, poisoned, Until::Tick(end));
    give(&mut siege, prone, Until::Forever);
    siege.until("the owner and the stranger know", |siege| {
        known(&siege.honest, good) == known(&siege.host, good) && sees(&siege.villain, good, prone)
    });
    assert!(!known(&siege.host, good).is_empty());
    assert!(
        known(&siege.villain, good).is_empty(),
        "not the stranger's to know"
    );
    assert!(!sees(&siege.villain, good, poisoned), "it does not show");

    // The owner computes what the host does.
    let mine = entity(&siege.honest, good).unwrap();
    assert_eq!(
        tags_now(siege.honest.world(), mine),
        tags_now(siege.host.world(), host_entity)
    );
    let stats: Vec<StatId> = {
        let values = siege.host.world().get::<StatValues>(host_entity).unwrap();
        values.iter().map(|(stat, _)| stat).collect()
    };
    siege.until("the values are the same", |siege| {
        let value = |app: &App, entity| {
            let values = app.world().get::<StatValues>(entity).unwrap();
            values
                .iter()
                .map(|(s, v)| (s, v.to_bits()))
                .collect::<Vec<_>>()
        };
        value(&siege.honest, mine) == value(&siege.host, host_entity)
    });
    for stat in stats {
        let here = explain_entity(siege.honest.world(), mine, stat).unwrap();
        let there = explain_entity(siege.host.world(), host_entity, stat).unwrap();
        assert_eq!(here.lines.len(), there.lines.len(), "{here}");
    }

    // Somebody who joins now sees what lasts.
    let mut late = client(siege.address, SessionLimits::default(), "Latecomer");
    siege.until("the latecomer sees it", |siege| {
        late.update();
        give_characters(&mut siege.host);
        me(&mut late).is_some() && sees(&late, good, prone)
    });
    assert!(known(&late, good).is_empty());

    // It ends for everybody.
    let ended = siege.host.world_mut().transact("test", |txn| {
        wayfarer::stats::effects::remove_all(txn, host_entity, prone)
    });
    assert_eq!(ended, Ok(1));
    siege.until("nobody sees it any more", |siege| {
        late.update();
        !sees(&late, good, prone)
            && !sees(&siege.villain, good, prone)
            && known(&siege.honest, good) == known(&siege.host, good)
    });
}
