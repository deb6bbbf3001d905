//! Ends that nothing can prevent, and what must not be left behind.

use wayfarer_core::{
    ledger::UndoAction,
    state::{restore_world, snapshot_world},
};
use wayfarer_stats::effects::AuraMembers;

use super::*;

const MORE: &str = r#"{
    "debt": (name: "Debt", tags: ["magic"], lasts: Seconds("1"),
        on_end: [Add(stat: "t:body.luck", amount: 1), Spend(stat: "t:body.health", amount: 500)]),
    "flash": (name: "Flash", tags: ["fire"], lasts: Forever,
        on_apply: [Remove("fire")], with: ["dazed"]),
    "stun_and_cure": (name: "Stun", tags: ["poison"], lasts: Forever, with: ["antidote"]),
    "antidote": (name: "Antidote", lasts: Forever, removes: ["poison"]),
    "sparks": (name: "Sparks", lasts: Seconds("3"), during: (none: ["wet"]),
        on_apply: [Add(stat: "t:body.luck", amount: 1)],
        every: (seconds: 1, first: true, steps: [Add(stat: "t:body.luck", amount: 10)])),
    "swell": (name: "Swell", lasts: Forever,
        modifiers: [(stat: "t:body.strength", flat: "floor(t:body.strength / 2)")]),
}"#;

fn more() -> (App, Entity, Uid) {
    let pack = effect_pack();
    pack.set("t", "effects/more.ron", MORE);
    game_with(pack)
}

#[test]
fn an_end_is_never_refused() {
    let (mut app, knight, _) = more();
    give(&mut app, knight, &spec("debt")).unwrap();
    give(&mut app, knight, &spec("strong")).unwrap();
    tick(&mut app, 20);
    assert_eq!(names(&app, knight), ["strong"]);
    assert_eq!(value(&app, knight, "luck"), 0.0, "all of it or nothing");
    tick(&mut app, 20);
    assert!(
        effects(&app, knight).is_empty(),
        "time goes on for the others"
    );

    give(&mut app, knight, &spec("debt")).unwrap();
    let remove = |txn: &mut Txn<'_>| {
        wayfarer_stats::effects::remove_tagged(txn, knight, DefId::of("t:magic"))
    };
    assert_eq!(app.world_mut().transact("test", remove), Ok(1));
    assert!(effects(&app, knight).is_empty());
}

#[test]
fn loading_does_not_end_what_hangs_on_effects_of_the_world_before() {
    let (mut app, knight, uid) = more();
    give(&mut app, knight, &spec("paralyzed")).unwrap();
    tick(&mut app, 1);
    let record = snapshot_world(app.world_mut());
    restore_world(app.world_mut(), &record);
    tick(&mut app, 2);
    let knight = app.world().resource::<UidIndex>().get(uid).unwrap();
    assert_eq!(names(&app, knight), ["paralyzed", "dazed"]);
}

#[test]
fn what_ends_itself_leaves_nothing_behind() {
    let (mut app, knight, _) = more();
    for name in ["flash", "stun_and_cure"] {
        assert_eq!(give(&mut app, knight, &spec(name)), Ok(Applied::Instant));
        assert!(effects(&app, knight).is_empty(), "{name}");
    }
}

#[test]
fn what_is_suppressed_from_the_beginning_does_nothing() {
    let (mut app, knight, _) = more();
    give(&mut app, knight, &spec("soaked")).unwrap();
    give(&mut app, knight, &spec("sparks")).unwrap();
    assert_eq!(value(&app, knight, "luck"), 0.0);
    tick(&mut app, 40);
    assert_eq!(
        value(&app, knight, "luck"),
        20.0,
        "dry from the first second"
    );
}

#[test]
fn an_effect_is_not_counted_in_its_own_amount() {
    let (mut app, knight, _) = more();
    for _ in 0..3 {
        give(&mut app, knight, &spec("swell")).unwrap();
        tick(&mut app, 1);
        assert_eq!(value(&app, knight, "strength"), 21.0);
    }
    app.load_content_now().unwrap();
    tick(&mut app, 1);
    assert_eq!(
        value(&app, knight, "strength"),
        21.0,
        "nor when content is loaded again"
    );
}

#[test]
fn an_aura_that_is_undone_ends_everywhere() {
    let (mut app, knight, uid) = more();
    app.world_mut()
        .entity_mut(knight)
        .insert(Position::default());
    let other = spawn(&mut app, "t:knight", Position::default());
    app.world_mut().act(GM, None, &ask(uid, "hearth")).unwrap();
    let sequence = app
        .world()
        .resource::<Ledger>()
        .iter()
        .last()
        .unwrap()
        .sequence;
    tick(&mut app, 6);
    assert_eq!(names(&app, other), ["warm"]);
    app.world_mut()
        .act(GM, None, &UndoAction { sequence })
        .unwrap();
    assert!(effects(&app, knight).is_empty());
    tick(&mut app, 6);
    assert!(effects(&app, other).is_empty());
}

#[derive(Resource)]
struct Circle(Vec<Entity>);

#[test]
fn the_game_says_who_is_around_without_positions() {
    let (mut app, knight, _) = more();
    let other = app.world_mut().spawn(Character::new("t:knight")).id();
    app.insert_resource(Circle(Vec::new()))
        .insert_resource(AuraMembers(|world, _, _| {
            world.resource::<Circle>().0.clone()
        }));
    give(&mut app, knight, &spec("hearth")).unwrap();
    tick(&mut app, 12);
    assert!(effects(&app, other).is_empty());
    app.insert_resource(Circle(vec![other]));
    tick(&mut app, 6);
    assert_eq!(names(&app, other), ["warm"]);
    app.insert_resource(Circle(Vec::new()));
    tick(&mut app, 6);
    assert!(effects(&app, other).is_empty());
}
