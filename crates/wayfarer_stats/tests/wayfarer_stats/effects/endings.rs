//! Ends that nothing can prevent, and what must not be left behind.

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
