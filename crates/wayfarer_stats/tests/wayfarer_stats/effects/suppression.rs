//! Effects that do nothing for now.

use wayfarer_stats::{
    effects::{WhySuppressed, why_suppressed},
    explain::Counted,
};

use super::*;

#[test]
fn suppressed_and_back_to_the_exact_value() {
    let (mut app, knight, _) = effect_game();
    give(&mut app, knight, &spec("strong")).unwrap();
    tick(&mut app, 1);
    give(&mut app, knight, &spec("antimagic")).unwrap();
    tick(&mut app, 1);
    assert_eq!(settled(&app, knight, "strength"), 14.0);
    let why = wayfarer_stats::explain::explain_entity(app.world(), knight, stat("strength"));
    let line = why
        .unwrap()
        .lines
        .into_iter()
        .find(|line| line.label == "Strong")
        .unwrap();
    assert_eq!(line.counted, Counted::Suppressed);
    let [strong, antimagic] = effects(&app, knight).try_into().unwrap();
    let why = why_suppressed(app.world(), knight, strong.uid);
    let expected = WhySuppressed::By {
        effect: antimagic.uid,
        name: "Antimagic".to_owned(),
    };
    assert_eq!(why, Some(expected));
    assert_eq!(why_suppressed(app.world(), knight, antimagic.uid), None);
    // The antimagic ends after one second, the strength after two, counted on all the while.
    tick(&mut app, 20);
    assert_eq!(settled(&app, knight, "strength"), 18.0);
    tick(&mut app, 20);
    assert_eq!(settled(&app, knight, "strength"), 14.0);
}

#[test]
fn periods_that_fall_while_suppressed_are_lost() {
    let (mut app, knight, _) = effect_game();
    give(&mut app, knight, &spec("burning")).unwrap();
    tick(&mut app, 10);
    give(&mut app, knight, &spec("soaked")).unwrap();
    let burning = effects(&app, knight)[0].uid;
    let why = why_suppressed(app.world(), knight, burning);
    assert_eq!(why, Some(WhySuppressed::Blocked("Wet".to_owned())));
    tick(&mut app, 15);
    assert_eq!(value(&app, knight, "health"), 22.0, "wet at 20");
    tick(&mut app, 17);
    assert!(value(&app, knight, "health") < 21.0, "dry at 40");
}

#[test]
fn immunity_refuses_what_comes_and_stills_what_is_there() {
    let (mut app, knight, _) = effect_game();
    give(&mut app, knight, &spec("venom")).unwrap();
    give(&mut app, knight, &spec("ward")).unwrap();
    tick(&mut app, 1);
    assert_eq!(settled(&app, knight, "strength"), 14.0, "stilled");
    let refused = give(&mut app, knight, &spec("venom")).unwrap_err();
    assert_eq!(refused.code.as_str(), "effect_immune");
    // The ward itself is magic.
    give(&mut app, knight, &spec("antimagic")).unwrap();
    tick(&mut app, 1);
    assert_eq!(
        settled(&app, knight, "strength"),
        11.0,
        "the ward does nothing now"
    );
    tick(&mut app, 20);
    assert_eq!(settled(&app, knight, "strength"), 14.0);
}

#[test]
fn nature() {
    let (mut app, _, _) = effect_game();
    let ghost = spawn(&mut app, "t:ghost", Position::default());
    assert!(has_tag(&app, ghost, "undead"));
    let refused = give(&mut app, ghost, &spec("venom")).unwrap_err();
    assert_eq!(refused.code.as_str(), "effect_requires");
    let refused = give(&mut app, ghost, &spec("frozen")).unwrap_err();
    assert_eq!(refused.code.as_str(), "effect_immune");
}

#[test]
fn one_effect_drives_out_another() {
    let (mut app, knight, _) = effect_game();
    give(&mut app, knight, &spec("frozen")).unwrap();
    tick(&mut app, 1);
    assert_eq!(settled(&app, knight, "strength"), 5.0);
    assert!(has_tag(&app, knight, "condition"));
    give(&mut app, knight, &spec("burning")).unwrap();
    tick(&mut app, 1);
    assert_eq!(names(&app, knight), ["burning"]);
    assert_eq!(settled(&app, knight, "strength"), 14.0);
    assert!(!has_tag(&app, knight, "condition"));
}
