//! Encumbrance: the table of the domain, in a real app with stats.

use bevy::prelude::Entity;
use wayfarer_core::prelude::*;
use wayfarer_inventory::{ItemOp, load::Load, prelude::*, view::View};
use wayfarer_stats::{StatId, api, inputs::StatInputs};

use crate::rig::{ANN, Rig, def};

fn close(a: f32, b: f32) -> bool {
    (a - b).abs() < 1e-5
}

/// Puts something in whatever the limits say, as a kit or a shrinking limit does.
fn force(rig: &mut Rig, hero: Entity, name: &str, count: u32) {
    rig.app
        .world_mut()
        .transact("test.force", |txn| {
            let uid = txn.mint();
            txn.record(MovementKind::Spawned, uid, def(name), count);
            txn.op::<Inventory>(hero, ItemOp::Insert(Item::new(uid, def(name), count)))
        })
        .unwrap();
}

fn load_of(rig: &Rig, hero: Entity) -> Load {
    *rig.app.world().get::<Load>(hero).unwrap()
}

fn speed(rig: &Rig, hero: Entity) -> f32 {
    api::value(rig.app.world(), hero, "t:body.speed").unwrap()
}

#[test]
fn the_table() {
    for (things, share, factor, warn) in [
        (&[][..], 0.0, 1.0, false),
        (&[("rock", 148)], 0.74, 1.0, false),
        (&[("rock", 150)], 0.75, 1.0, true),
        (&[("rock", 160)], 0.8, 1.0, true),
        (
            &[("anvil", 1), ("rock", 3), ("coin", 50)],
            0.8675,
            0.83125,
            true,
        ),
        (&[("rock", 200)], 1.0, 0.5, true),
        (&[("anvil", 2), ("sword", 1)], 1.735, 0.288_184, true),
    ] {
        let mut rig = Rig::new();
        let (hero, _) = rig.hero(ANN);
        for &(name, count) in things {
            force(&mut rig, hero, name, count);
        }
        rig.tick();
        let load = load_of(&rig, hero);
        assert!(close(load.share, share), "{things:?}: share {}", load.share);
        assert!(
            close(load.factor, factor),
            "{things:?}: factor {}",
            load.factor
        );
        assert_eq!(load.warn, warn, "{things:?}");
        let stealth = api::value(rig.app.world(), hero, "t:body.stealth").unwrap();
        let less = match share {
            s if s <= 0.75 => 0.0,
            s if s <= 1.0 => 1.0,
            s if s <= 1.25 => 3.0,
            _ => 5.0,
        };
        assert_eq!(stealth, 20.0 - less, "{things:?}: and the second change");
        assert_eq!(load.max_weight, Some(100.0));
        assert_eq!(load.max_bulk, 60.0);
        assert!(
            close(speed(&rig, hero), 10.0 * factor),
            "{things:?}: in the same tick"
        );
        rig.check_conserved();
    }
}

#[test]
fn the_modifier_is_replaced_only_when_the_factor_changes() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero(ANN);
    let anvil = rig.give(hero, "anvil", 1, 0);
    let rocks = rig.give(hero, "rock", 8, 0);
    rig.tick();
    let revision = |rig: &Rig| rig.app.world().get::<StatInputs>(hero).unwrap().revision();
    use wayfarer_core::aggregate::Aggregate;
    let before = revision(&rig);
    rig.act(
        ANN,
        me,
        &MoveItem {
            item: rocks,
            to: Place::In(1),
            before: None,
        },
    )
    .unwrap();
    rig.tick();
    assert_eq!(
        revision(&rig),
        before,
        "nothing about the weight has changed"
    );
    let slow = speed(&rig, hero);
    rig.act(
        ANN,
        me,
        &DropItem {
            item: anvil,
            count: None,
        },
    )
    .unwrap();
    rig.tick();
    assert_eq!(speed(&rig, hero), 10.0, "to the bit as before");
    assert!(slow < 10.0);
    assert_eq!(
        rig.app
            .world()
            .get::<StatInputs>(hero)
            .unwrap()
            .modifiers()
            .len(),
        0
    );
}

#[test]
fn the_limit_follows_from_stats() {
    let mut rig = Rig::new();
    let (strong, me) = rig.spawn((Character::new("t:strong"), Owner(ANN)));
    assert_eq!(load_of(&rig, strong).max_weight, Some(100.0));
    assert_eq!(rig.count(strong, "rock"), 25);
    assert_eq!(rig.bag(strong).len(), 4, "stacks of ten, and a potion");
    let strength = StatId::of("t:body.strength");
    rig.app
        .world_mut()
        .transact("test.weaken", |txn| {
            api::set_base(txn, strong, strength, Some(1.0))
        })
        .unwrap();
    rig.tick();
    let load = load_of(&rig, strong);
    assert_eq!(load.max_weight, Some(10.0));
    assert!(load.share > 1.0 && load.factor < 0.5);
    assert!(speed(&rig, strong) < 5.0);
    // Nothing is lost when room or strength shrinks: things stay and can only leave.
    assert_eq!(rig.count(strong, "rock"), 25);
    let rock = rig.bag(strong).iter().next().unwrap().uid;
    let dropped = rig
        .act(
            ANN,
            me,
            &DropItem {
                item: rock,
                count: None,
            },
        )
        .unwrap();
    let again = PickUpItem {
        item: dropped,
        count: None,
        to: None,
    };
    assert_eq!(rig.refused(ANN, me, &again).code.as_str(), "exceeds_weight");
    rig.check_conserved();
}

#[test]
fn nothing_happens_when_nothing_changes() {
    let mut rig = Rig::new();
    let (hero, _) = rig.hero(ANN);
    rig.give(hero, "anvil", 1, 0);
    rig.tick();
    let told = |rig: &Rig| {
        let messages = rig
            .app
            .world()
            .resource::<bevy::prelude::Messages<LoadChanged>>();
        messages.len()
    };
    let before = (rig.hash(), told(&rig));
    for _ in 0..5 {
        rig.tick();
    }
    assert_eq!((rig.hash(), told(&rig)), before);
}

#[test]
fn a_kit_that_forgets_the_load_lifts_it() {
    let mut rig = Rig::new();
    let (hero, _) = rig.hero(ANN);
    rig.give(hero, "anvil", 1, 0);
    rig.tick();
    assert!(speed(&rig, hero) < 10.0);
    let patch = r#"{ "t:hero": (replace: true, compartments: ["t:backpack"]) }"#;
    rig.pack.set(
        "patch",
        "pack.ron",
        r#"(name: "patch", version: "1", depends: ["t"])"#,
    );
    rig.pack.set("patch", "kits/a.ron", patch);
    rig.app.load_content_now().unwrap();
    rig.tick();
    assert_eq!(speed(&rig, hero), 10.0);
    assert!(rig.app.world().get::<Load>(hero).is_none());
}

#[test]
fn a_client_derives_the_same_load_from_what_it_receives() {
    let mut host = Rig::new();
    let (hero, _) = host.spawn((Character::new("t:strong"), Owner(ANN)));
    host.give(hero, "sword", 3, 0);
    host.tick();
    let sent = |host: &Rig| -> (Inventory, StatInputs) {
        let world = host.app.world();
        let bytes = |value: Result<Vec<u8>, _>| -> Vec<u8> { value.unwrap() };
        let bag = bytes(postcard::to_stdvec(host.bag(hero)));
        let stats = bytes(postcard::to_stdvec(world.get::<StatInputs>(hero).unwrap()));
        (
            postcard::from_bytes(&bag).unwrap(),
            postcard::from_bytes(&stats).unwrap(),
        )
    };
    let mut client = Rig::new();
    client.app.insert_resource(Authority::Client);
    let twin = client
        .app
        .world_mut()
        .spawn((Identity(host.uid(hero)), sent(&host)))
        .id();
    client.tick();
    assert_eq!(load_of(&client, twin), load_of(&host, hero));
    let revision = |rig: &Rig, entity| {
        use wayfarer_core::aggregate::Aggregate;
        rig.app
            .world()
            .get::<StatInputs>(entity)
            .unwrap()
            .revision()
    };
    assert_eq!(
        revision(&client, twin),
        revision(&host, hero),
        "a client writes nothing"
    );

    // A snapshot laid over the old value comes without totals; they are counted.
    host.give(hero, "potion", 5, 0);
    host.tick();
    *client.app.world_mut().get_mut::<Inventory>(twin).unwrap() = sent(&host).0;
    client.tick();
    assert_eq!(load_of(&client, twin), load_of(&host, hero));
    assert_eq!(client.bag(twin).total(), host.bag(hero).total());
}

/// A mule is fully loaded with 10 kg and takes up to 12.5; what it has can still be moved about.
#[test]
fn nothing_is_taken_beyond_the_hard_limit() {
    let mut rig = Rig::new();
    let (mule, me) = rig.spawn((Character::new("t:mule"), Owner(ANN)));
    let (_, there) = rig.chest(0.0);
    let swords: Vec<Uid> = (0..3).map(|_| rig.give(mule, "sword", 1, 0)).collect();
    rig.tick();
    assert_eq!(load_of(&rig, mule).max_weight, Some(10.0));
    assert!(load_of(&rig, mule).share > 1.0);
    let grant = |count| GrantItem {
        to: me,
        def: def("rock"),
        count,
        compartment: None,
    };
    let world = rig.app.world_mut();
    world.act(PlayerId::LOCAL, None, &grant(4)).unwrap();
    let refusal = world.act(PlayerId::LOCAL, None, &grant(1)).unwrap_err();
    assert_eq!(refusal.code.as_str(), "exceeds_weight");
    assert_eq!(refusal.arg("max").unwrap().to_string(), "12.5");
    // Sorting, splitting and moving are no intake; nor is what came in whatever the limits are.
    force(&mut rig, mule, "anvil", 1);
    let sack = {
        let world = rig.app.world_mut();
        world.transact("test.sack", |txn| {
            let uid = txn.mint();
            txn.record(MovementKind::Spawned, uid, def("sack"), 1);
            txn.op::<Inventory>(mule, ItemOp::Insert(Item::new(uid, def("sack"), 1)))?;
            Ok(uid)
        })
    };
    let into = MoveItem {
        item: swords[0],
        to: Place::Inside {
            bag: sack.unwrap(),
            pocket: 0,
        },
        before: None,
    };
    rig.act(ANN, me, &into).unwrap();
    rig.act(ANN, me, &OpenContainer { container: there })
        .unwrap();
    rig.check_conserved();
}

#[test]
fn what_follows_from_stats_that_a_client_is_not_told_is_no_limit() {
    let mut rig = Rig::new();
    let (hero, _) = rig.spawn((Character::new("t:strong"), Owner(ANN)));
    let limit = |rig: &Rig| {
        let world = rig.app.world();
        let content = world.resource::<ActiveContent>().0.clone();
        View::of(world, &content, hero).unwrap().weight_limit()
    };
    assert_eq!(limit(&rig), Some(100.0));
    rig.app.world_mut().insert_resource(Authority::Client);
    assert_eq!(limit(&rig), Some(100.0), "one's own stats are known");
    rig.app.world_mut().entity_mut(hero).remove::<StatInputs>();
    assert_eq!(limit(&rig), None, "the host will say");
    rig.app.world_mut().insert_resource(Authority::Host);
    assert_eq!(limit(&rig), Some(0.0), "who has none can carry nothing");
}
