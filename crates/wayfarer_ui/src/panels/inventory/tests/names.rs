//! Names of one's own, histories, and what can not be done with a thing.

use wayfarer_equipment::prelude::RenameItem;

use super::*;
use crate::{
    intent::Ask,
    model::{inventory::NamingModel, item::Refusals},
};

/// The dialog for the sword.
fn asked() -> Harness<'static, Stage> {
    let mut stage = stage();
    stage.model.naming = NamingModel {
        most: 8,
        letters: "'".into(),
        refusal: None,
    };
    let mut harness = play(stage);
    harness.get_by_label("Iron sword").click_secondary();
    harness.run();
    harness.get_by_label("Rename …").click();
    harness.run();
    harness.get_by_label("What shall “Iron sword” be called?");
    harness
}

fn named(name: Option<&str>) -> Intent {
    let action = RenameItem {
        item: uid(10),
        name: name.map(str::to_owned),
    };
    Ask::of(&action).about(Subject::Item(uid(10))).into()
}

fn typed(harness: &mut Harness<'static, Stage>, name: &str) {
    harness.state_mut().state.rename.as_mut().unwrap().name = name.into();
    harness.run();
}

#[test]
fn a_thing_gets_a_name() {
    let mut harness = asked();
    typed(&mut harness, "  Old   Bo'b ");
    harness.get_by_label("OK").click();
    harness.run();
    assert_eq!(harness.state().intents, [named(Some("Old Bo'b"))]);
    assert_eq!(harness.state().state.rename, None, "the question is over");
}

#[test]
fn an_empty_name_is_the_usual_one() {
    let mut harness = asked();
    harness.get_by_label("Leave it empty to give it its usual name again.");
    typed(&mut harness, " ");
    harness.get_by_label("OK").click();
    harness.run();
    assert_eq!(harness.state().intents, [named(None)]);
}

#[test]
fn a_name_that_can_not_be_says_why() {
    let mut harness = asked();
    for (name, letters, why) in [
        (
            "Widowmaker",
            "10 of 8 letters",
            "A name has at most 8 letters.",
        ),
        ("A\nB", "3 of 8 letters", "“\n” cannot be part of a name."),
        ("A{B", "3 of 8 letters", "“{” cannot be part of a name."),
    ] {
        typed(&mut harness, name);
        harness.get_by_label(letters);
        harness.get_by_label(why);
        harness.get_by_label("OK").click();
        harness.run();
        assert_eq!(harness.state().intents, [], "{name}");
    }
}

/// The host has the last word; the dialog stays until it has said yes.
#[test]
fn a_refused_name_can_be_changed() {
    let mut harness = asked();
    typed(&mut harness, "Bob");
    harness.get_by_label("OK").click();
    harness.step();
    let subject = Subject::Item(uid(10));
    harness.state_mut().model.feedback.pending.push(subject);
    harness.run_steps(3);
    assert_eq!(harness.state().intents, [named(Some("Bob"))]);
    harness.get_by_label("OK").click();
    harness.run_steps(3);
    assert_eq!(harness.state().intents.len(), 1, "one at a time");
    harness.state_mut().model.feedback.pending.clear();
    harness.state_mut().model.feedback.flashes.push(Flash {
        subject,
        text: "Not that name.".into(),
        age: Duration::ZERO,
    });
    harness.run();
    harness.get_by_label("Not that name.");
    assert!(harness.state().state.rename.is_some());
    harness.get_by_label("Cancel").click();
    harness.run();
    assert_eq!(harness.state().state.rename, None);
    assert_eq!(harness.state().intents.len(), 1);
}

#[test]
fn without_the_feature_nothing_is_named() {
    let mut stage = stage();
    stage.model.naming.refusal = Some("Equipment is switched off.".into());
    stage.state.selected = Some(uid(10));
    let mut harness = play(stage);
    let button = harness.get_by_label("Rename …");
    assert!(button.accesskit_node().is_disabled());
    button.hover();
    harness.run_steps(60);
    harness.get_by_label("Equipment is switched off.");
}

#[test]
fn single_things_have_a_history_and_stacks_have_none() {
    let mut stage = stage();
    stage.model.history_key = "H".into();
    let mut harness = play(stage);
    harness.get_by_label("Iron sword").hover();
    harness.run_steps(60);
    harness.get_by_label("H: what it has been through");
    assert_eq!(harness.state().state.pointed_at(), Some(uid(10)));
    // The tooltip has its name as well.
    let mut swords = harness.get_all_by_label("Iron sword");
    swords.next().unwrap().click_secondary();
    drop(swords);
    harness.run();
    harness.get_by_label("History").click();
    harness.run();
    assert_eq!(harness.state().intents, [Intent::ShowHistory(uid(10))]);
    harness.get_by_label("Apple ×5").click_secondary();
    harness.run();
    let button = harness.get_by_label("History");
    assert!(button.accesskit_node().is_disabled());
}

/// What is known here is not asked for: the button is grey and says why.
#[test]
fn what_can_not_be_done_is_grey() {
    let mut stage = stage();
    stage.model.container = Some(chest());
    for item in &mut stage.model.own.compartments[0].items {
        item.usable = true;
    }
    let details = ItemDetails {
        refusals: Refusals {
            using: Some("Not now.".into()),
            drop: Some("It is bound to you.".into()),
            put: Some("There is no room for it.".into()),
            take: None,
        },
        ..ItemDetails::default()
    };
    let gems = ItemDetails {
        refusals: Refusals {
            take: Some("Too heavy.".into()),
            ..Refusals::default()
        },
        ..ItemDetails::default()
    };
    stage.model.details = vec![(uid(11), details.into()), (uid(20), gems.into())];
    stage.state.selected = Some(uid(11));
    let mut harness = play(stage);
    for (label, why) in [
        ("Use", "Not now."),
        ("Drop", "It is bound to you."),
        ("Drop some …", "It is bound to you."),
        ("Put into Chest", "There is no room for it."),
    ] {
        let button = harness.get_by_label(label);
        assert!(button.accesskit_node().is_disabled(), "{label}");
        button.hover();
        harness.run_steps(60);
        assert!(harness.query_by_label(why).is_some(), "{label}: {why}");
    }
    harness.state_mut().state.selected = Some(uid(20));
    harness.run();
    assert!(harness.get_by_label("Take").accesskit_node().is_disabled());
    let some = harness.get_by_label("Take some …");
    assert!(!some.accesskit_node().is_disabled(), "some may fit");
}
