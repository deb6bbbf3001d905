//! Steps that other plugins add.

use wayfarer_core::{refusal::Code, state::state_hash, txn::Txn};
use wayfarer_stats::{
    StatsPlugin, api,
    effects::{EffectStepAppExt, StepCall, preview_effect},
};

use super::*;

const EFFECTS: &str = r#"{
    "chime": (name: "Chime", on_apply: [
        Add(stat: "t:body.luck", amount: 1),
        Do(step: "test.ring", amount: "1d6 + effect.level"),
    ]),
    "plain": (name: "Plain", on_apply: [Do(step: "test.ring")]),
    "lucky": (name: "Lucky", on_apply: [Do(step: "test.ring", amount: "if(d100 <= 95, 2, 0)")]),
    "elsewhere": (name: "Elsewhere", on_apply: [Do(step: "equipment.identify", amount: 2)]),
    "absent": (name: "Absent", on_apply: [Do(step: "test.absent")]),
    "toll": (name: "Toll", lasts: Forever, every: (seconds: 1, steps: [Do(step: "test.ring", amount: -1)])),
}"#;

/// Puts so much into health; refuses what is negative.
fn ring(txn: &mut Txn<'_>, call: &StepCall) -> Result<(), Refusal> {
    if call.amount < 0.0 {
        return Err(Code::INVALID_AMOUNT.into());
    }
    api::set_base(txn, call.target, stat("strength"), Some(call.amount))
}

fn app(effects: &str) -> App {
    let pack = effect_pack();
    pack.set("t", "effects/all.ron", effects);
    pack.set("t", "sheets/all.ron", r#"{ "knight": (sets: ["body"]) }"#);
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, StatsPlugin))
        .register_effect_step("test.ring", ring)
        .ignore_effect_step("test.ring")
        .ignore_effect_step("test.absent")
        .insert_resource(ClockMode::Manual { hz: 20.0 })
        .add_pack_source(pack);
    app
}

fn game() -> (App, Entity) {
    let mut app = app(EFFECTS);
    app.load_content_now().unwrap();
    let knight = app
        .world_mut()
        .spawn((Character::new("t:knight"), Owner(PLAYER)))
        .id();
    tick(&mut app, 1);
    (app, knight)
}

#[test]
fn another_plugin_does_its_step() {
    let (mut app, knight) = game();
    let luck = value(&app, knight, "luck");
    give(&mut app, knight, &spec("chime").level(10.0)).unwrap();
    tick(&mut app, 1);
    assert_eq!(settled(&app, knight, "luck"), luck + 1.0);
    let rung = settled(&app, knight, "strength");
    assert!((11.0..=16.0).contains(&rung), "{rung}");
    let rolls = app.world().resource::<Ledger>().iter().last().unwrap();
    assert_eq!(
        rolls.rolls[0].value as f32 + 10.0,
        rung,
        "the dice are kept"
    );
    give(&mut app, knight, &spec("plain")).unwrap();
    tick(&mut app, 1);
    assert_eq!(settled(&app, knight, "strength"), 1.0, "1 if left out");
}

#[test]
fn a_step_that_refuses_takes_all_of_it_back() {
    let (mut app, knight) = game();
    let before = state_hash(app.world());
    let refused = give(&mut app, knight, &spec("chime").level(-100.0));
    assert_eq!(refused.unwrap_err().code, Code::INVALID_AMOUNT);
    assert_eq!(state_hash(app.world()), before);
    give(&mut app, knight, &spec("toll")).unwrap();
    assert_eq!(names(&app, knight), ["toll"]);
    tick(&mut app, 21);
    assert!(names(&app, knight).is_empty(), "it ends by being refused");
}

#[test]
fn what_is_absent_does_nothing() {
    let (mut app, knight) = game();
    for name in ["elsewhere", "absent"] {
        let before = state_hash(app.world());
        give(&mut app, knight, &spec(name)).unwrap();
        assert_eq!(state_hash(app.world()), before, "{name}");
        let preview = preview_effect(app.world(), knight, &spec(name)).unwrap();
        assert_eq!(preview.steps, [], "{name}");
    }
}

#[test]
fn previews_tell_the_exact_average() {
    let (app, knight) = game();
    for (spec, amount) in [
        (spec("chime").level(2.0), 5.5),
        (spec("plain"), 1.0),
        (spec("lucky"), 1.9),
    ] {
        let preview = preview_effect(app.world(), knight, &spec).unwrap();
        let steps: Vec<_> = preview.steps.iter().map(|s| (s.name, s.amount)).collect();
        assert_eq!(steps, [("test.ring", amount)]);
    }
}

#[test]
fn an_unknown_step_is_told_with_place_and_remedy() {
    for (step, help) in [
        ("test.rign", "did you mean `test.ring`?"),
        (
            "whistle",
            "there are: equipment.identify, test.absent, test.ring",
        ),
    ] {
        let effects = format!("{{ \"x\": (name: \"X\", on_apply: [Do(step: \"{step}\")]) }}");
        let errors = app(&effects).load_content_now().unwrap_err();
        let told = errors[0].to_string();
        assert_eq!(errors.len(), 1, "{told}");
        for part in ["error[unknown-step]", step, help, "effects/all.ron"] {
            assert!(told.contains(part), "{part} in {told}");
        }
    }
}
