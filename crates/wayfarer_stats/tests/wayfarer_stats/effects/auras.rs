//! Effects that reach those around.

use super::*;

#[test]
fn warmth_comes_and_goes_with_distance() {
    let (mut app, knight, _) = effect_game();
    let far = Position::ground(10.0, 0.0);
    let near = Position::ground(1.0, 0.0);
    app.world_mut().entity_mut(knight).insert(far);
    let fire = spawn(&mut app, "t:fire", Position::default());
    tick(&mut app, 10);
    assert!(effects(&app, knight).is_empty());
    app.world_mut().entity_mut(knight).insert(near);
    tick(&mut app, 6);
    assert_eq!(names(&app, knight), ["warm"]);
    assert_eq!(settled(&app, knight, "luck"), 2.0);
    assert_eq!(effects(&app, knight)[0].source, Some(uid_of(&app, fire)));
    tick(&mut app, 100);
    assert_eq!(names(&app, knight), ["warm"], "and stays");
    app.world_mut().entity_mut(knight).insert(far);
    tick(&mut app, 6);
    assert!(effects(&app, knight).is_empty());
    assert_eq!(settled(&app, knight, "luck"), 0.0);
}

#[test]
fn two_fires_warm_no_more_than_one_and_either_is_enough() {
    let (mut app, knight, _) = effect_game();
    app.world_mut()
        .entity_mut(knight)
        .insert(Position::default());
    let one = spawn(&mut app, "t:fire", Position::default());
    let _two = spawn(&mut app, "t:fire", Position::default());
    tick(&mut app, 6);
    assert_eq!(settled(&app, knight, "luck"), 2.0);
    let first = effects(&app, knight)[0].clone();
    app.world_mut().despawn(one);
    tick(&mut app, 7);
    assert_eq!(settled(&app, knight, "luck"), 2.0);
    assert_ne!(
        effects(&app, knight)[0].parent,
        first.parent,
        "the other one took over"
    );
}

#[test]
fn only_those_it_is_for() {
    let (mut app, knight, _) = effect_game();
    app.world_mut()
        .entity_mut(knight)
        .insert(Position::default());
    let ghost = spawn(&mut app, "t:ghost", Position::default());
    let fire = spawn(&mut app, "t:fire", Position::default());
    tick(&mut app, 6);
    assert_eq!(names(&app, knight), ["warm"]);
    assert!(effects(&app, ghost).is_empty());
    assert_eq!(names(&app, fire), ["hearth"], "not the bearer");
    app.world_mut().despawn(fire);
    tick(&mut app, 2);
    assert!(effects(&app, knight).is_empty(), "no fire, no warmth");
}

#[test]
fn an_aura_that_gives_something_else_takes_back_what_it_gave() {
    let pack = effect_pack();
    let (mut app, knight, _) = game_with(pack.clone());
    app.world_mut()
        .entity_mut(knight)
        .insert(Position::default());
    spawn(&mut app, "t:fire", Position::default());
    tick(&mut app, 6);
    assert_eq!(names(&app, knight), ["warm"]);
    pack.set(
        "t",
        "effects/all.ron",
        EFFECTS.replace("effect: \"warm\"", "effect: \"soaked\""),
    );
    app.load_content_now().unwrap();
    tick(&mut app, 7);
    assert_eq!(names(&app, knight), ["soaked"]);
    let start = EFFECTS.find("aura: (").unwrap();
    let end = start + EFFECTS[start..].find("))),").unwrap() + 3;
    let without = format!("{}{}", &EFFECTS[..start], &EFFECTS[end - 1..]);
    pack.set("t", "effects/all.ron", without);
    app.load_content_now().unwrap();
    tick(&mut app, 7);
    assert!(names(&app, knight).is_empty());
}
