//! Effects that look at whoever caused them.

use super::*;

#[test]
fn a_snapshot_stays_and_a_live_one_follows() {
    let (mut app, knight, _) = effect_game();
    let lord = spawn(&mut app, "t:knight", Position::default());
    let lord_uid = uid_of(&app, lord);
    give(&mut app, knight, &spec("oath").by(lord_uid)).unwrap();
    tick(&mut app, 1);
    assert_eq!(settled(&app, knight, "luck"), 14.0);
    give(&mut app, knight, &spec("pact").by(lord_uid)).unwrap();
    tick(&mut app, 1);
    assert_eq!(settled(&app, knight, "luck"), 28.0);
    let set = patch(
        lord_uid,
        "strength",
        wayfarer_stats::prelude::PatchLayer::Base,
        wayfarer_stats::prelude::PatchChange::Set(20.0),
    );
    app.world_mut().act(GM, None, &set).unwrap();
    tick(&mut app, 2);
    assert_eq!(settled(&app, knight, "luck"), 34.0, "14 and 20");

    app.world_mut().despawn(lord);
    tick(&mut app, 2);
    assert_eq!(
        names(&app, knight),
        ["oath"],
        "a pact ends with its lord, an oath does not"
    );
    assert_eq!(settled(&app, knight, "luck"), 14.0);
}

#[test]
fn a_source_that_is_nobody_counts_as_the_default() {
    let (mut app, knight, _) = effect_game();
    give(&mut app, knight, &spec("oath")).unwrap();
    tick(&mut app, 1);
    assert_eq!(settled(&app, knight, "luck"), 10.0);
}
