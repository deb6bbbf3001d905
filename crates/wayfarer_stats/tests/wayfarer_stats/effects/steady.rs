//! What does not happen does not allocate either.

use bevy::ecs::schedule::SingleThreadedExecutor;
use wayfarer_stats::{
    effects::Until,
    prelude::*,
    relations::{self, Reason},
    rules::resource::Now,
    values::StatWriter,
};

use super::*;

/// A knight with effects and a bond, who stands near a fire that warms.
fn steady_game() -> (App, Entity) {
    let pack = effect_pack();
    let ties = r#"{ "ties": (name: "Ties", stats: { "trust": (name: "Trust") }) }"#;
    pack.set("t", "stats/ties.ron", ties);
    let bonds =
        r#"{ "bond": (name: "Bond", set: "ties", decay: { "trust": (per_hour: 3600) }, log: 3) }"#;
    pack.set("t", "relations/all.ron", bonds);
    let (mut app, knight, _) = game_with(pack);
    app.edit_schedule(RulesTick, |schedule| {
        schedule.set_executor(SingleThreadedExecutor::new());
    });
    let world = app.world_mut();
    world.entity_mut(knight).insert(Position::default());
    let fire = world.spawn((Character::new("t:fire"), Position::default()));
    let fire = fire.id();
    tick(&mut app, 10);
    let world = app.world_mut();
    let other = world.get::<Identity>(fire).unwrap().0;
    let done = world.transact("test.steady", |txn| {
        for name in ["strong", "grudge"] {
            let spec = spec(name).until(Until::Tick(100_000));
            apply_effect(txn, knight, &spec)?;
        }
        let (bond, trust) = (Bond::of(other, "t:bond"), StatId::of("t:ties.trust"));
        relations::set(txn, knight, bond, trust, Some(50.0), &Reason::code("met"))
    });
    done.unwrap();
    tick(&mut app, 100);
    (app, knight)
}

#[test]
fn ticks_in_which_nothing_happens_allocate_nothing() {
    let (mut app, knight) = steady_game();
    let effects = app.world().get::<ActiveEffects>(knight).unwrap();
    assert_eq!(effects.len(), 3, "two of its own, and warmth");
    let counted = allocation_counter::measure(|| tick(&mut app, 100));
    assert_eq!(counted.count_total, 0, "{counted:?}");
}

#[test]
fn a_change_by_a_writer_allocates_nothing() {
    let (mut app, knight) = steady_game();
    let world = app.world_mut();
    let mut query = world.query::<(&mut StatInputs, &mut StatValues)>();
    let (mut inputs, mut values) = query.get_mut(world, knight).unwrap();
    let strength = stat("strength");
    let mut change = |value: f32| {
        let mut writer = StatWriter::new(&mut inputs, &mut values, Now::STORED);
        writer.set_base(strength, Some(value)).unwrap()
    };
    // The first one makes room for the row.
    change(10.0);
    let mut changed = 0;
    let counted = allocation_counter::measure(|| {
        for n in 0..100_u16 {
            changed += u32::from(change(11.0 + f32::from(n % 2)));
        }
    });
    assert_eq!(changed, 100);
    assert_eq!(counted.count_total, 0, "{counted:?}");
}
