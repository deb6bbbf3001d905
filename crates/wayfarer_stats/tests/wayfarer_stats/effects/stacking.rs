//! Effects that meet themselves.

use wayfarer_stats::effects::Applied;

use super::*;

#[test]
fn stacks_add_up_to_their_limit_and_go_together() {
    let (mut app, knight, _) = effect_game();
    for (round, expected) in [(1, 10.0), (2, 20.0), (3, 30.0), (4, 30.0)] {
        let applied = give(&mut app, knight, &spec("pile")).unwrap();
        assert_eq!(matches!(applied, Applied::New(_)), round == 1);
        tick(&mut app, 10);
        assert_eq!(settled(&app, knight, "luck"), expected, "round {round}");
    }
    // Refreshed by the last application, 10 ticks ago.
    tick(&mut app, 29);
    assert_eq!(settled(&app, knight, "luck"), 30.0);
    tick(&mut app, 1);
    assert_eq!(settled(&app, knight, "luck"), 0.0);
}

#[test]
fn stacks_can_go_one_by_one() {
    let (mut app, knight, _) = effect_game();
    for _ in 0..3 {
        give(&mut app, knight, &spec("peel")).unwrap();
    }
    for expected in [3.0, 2.0, 1.0, 0.0] {
        tick(&mut app, 1);
        assert_eq!(settled(&app, knight, "luck"), expected);
        tick(&mut app, 19);
    }
    assert!(effects(&app, knight).is_empty());
}

#[test]
fn a_full_stack_may_refuse() {
    let (mut app, knight, _) = effect_game();
    give(&mut app, knight, &spec("few")).unwrap();
    give(&mut app, knight, &spec("few")).unwrap();
    let refused = give(&mut app, knight, &spec("few")).unwrap_err();
    assert_eq!(refused.code.as_str(), "effect_stack_limit");
}

#[test]
fn by_source_and_each() {
    let (mut app, knight, uid) = effect_game();
    let other = Uid::new(4_000).unwrap();
    for source in [uid, other, uid] {
        give(&mut app, knight, &spec("grudge").by(source)).unwrap();
    }
    tick(&mut app, 1);
    assert_eq!(settled(&app, knight, "luck"), 2.0, "one for each source");

    for level in [10.0, 20.0, 40.0] {
        give(&mut app, knight, &spec("arrow").level(level)).unwrap();
    }
    tick(&mut app, 1);
    assert_eq!(settled(&app, knight, "luck"), 62.0, "the oldest made room");
}

#[test]
fn what_comes_with_two_stays_until_both_are_gone() {
    let (mut app, knight, _) = effect_game();
    give(&mut app, knight, &spec("stunned")).unwrap();
    give(&mut app, knight, &spec("paralyzed")).unwrap();
    assert_eq!(
        names(&app, knight),
        ["stunned", "dazed", "paralyzed", "dazed"]
    );
    tick(&mut app, 20);
    assert_eq!(names(&app, knight), ["paralyzed", "dazed"]);
    assert!(has_tag(&app, knight, "condition.dazed"));
    tick(&mut app, 20);
    assert!(effects(&app, knight).is_empty());
    assert!(!has_tag(&app, knight, "condition"));
}
