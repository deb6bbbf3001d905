//! Loot: whose it is, and how it is shared out.

use bevy::prelude::*;
use wayfarer_core::prelude::*;
use wayfarer_inventory::{
    actions::{SetLootRights, ShareOut},
    prelude::*,
    share::share_plan,
};

use crate::{
    market::market,
    rig::{ANN, BOB, Rig},
};

struct Spoils {
    rig: Rig,
    chest: (Entity, Uid),
    ann: (Entity, Uid),
    bob: (Entity, Uid),
}

fn spoils() -> Spoils {
    let mut rig = market();
    let chest = rig.spawn((Character::new("m:chest"), Container::default()));
    let (ann, bob) = (rig.hero(ANN), rig.hero(BOB));
    Spoils {
        rig,
        chest,
        ann,
        bob,
    }
}

impl Spoils {
    fn open(&mut self) {
        let container = self.chest.1;
        self.rig
            .act(ANN, self.ann.1, &OpenContainer { container })
            .unwrap();
        self.rig
            .act(BOB, self.bob.1, &OpenContainer { container })
            .unwrap();
    }

    fn share(&self) -> ShareOut {
        ShareOut {
            container: self.chest.1,
            among: vec![self.ann.1, self.bob.1],
        }
    }
}

#[test]
fn loot_is_shared_by_value() {
    let mut spoils = spoils();
    let chest = spoils.chest.0;
    for (name, count) in [
        ("axe", 1),
        ("blade", 1),
        ("herb", 3),
        ("gold", 1),
        ("rock", 4),
    ] {
        spoils.rig.get(chest, name, count);
    }
    let content = spoils.rig.app.world().resource::<ActiveContent>().0.clone();
    let plan = share_plan(spoils.rig.app.world(), &content, chest, 2).unwrap();
    // 80 | 50 + 30, and 50 of the gold each.
    let worth: Vec<u64> = plan.portions.iter().map(|p| p.worth).collect();
    assert_eq!(worth, [130, 130]);
    assert_eq!(
        spoils
            .rig
            .refused(ANN, spoils.ann.1, &spoils.share())
            .code
            .as_str(),
        "not_open"
    );
    spoils.open();
    let shared = spoils.rig.act(ANN, spoils.ann.1, &spoils.share()).unwrap();
    assert_eq!((shared.worth, shared.stayed), (vec![130, 130], 0));
    assert!(spoils.rig.bag(chest).is_empty());
    let rig = &spoils.rig;
    let (a, b) = (spoils.ann.0, spoils.bob.0);
    assert_eq!((rig.purse(a), rig.purse(b)), (50, 50));
    assert_eq!(rig.has(a, "rock") + rig.has(b, "rock"), 4);
    rig.check_worth();
}

#[test]
fn what_does_not_fit_stays() {
    let mut spoils = spoils();
    let chest = spoils.chest.0;
    for _ in 0..3 {
        spoils.rig.get(chest, "brick", 1);
    }
    spoils.rig.get(chest, "copper", 7);
    spoils.open();
    let shared = spoils.rig.act(ANN, spoils.ann.1, &spoils.share()).unwrap();
    assert_eq!(shared.stayed, 1);
    assert_eq!(spoils.rig.has(chest, "brick"), 1);
    assert_eq!(spoils.rig.has(chest, "copper"), 0);
    spoils.rig.check_worth();
}

#[test]
fn sharing_needs_everybody_there() {
    let mut spoils = spoils();
    spoils.rig.get(spoils.chest.0, "axe", 1);
    let share = spoils.share();
    let container = spoils.chest.1;
    let ann = spoils.ann;
    spoils
        .rig
        .act(ANN, ann.1, &OpenContainer { container })
        .unwrap();
    let with = |among: Vec<Uid>| ShareOut {
        among,
        ..share.clone()
    };
    for (action, code) in [
        (share.clone(), "not_there_to_share"),
        (with(vec![]), "invalid_amount"),
        (with(vec![ann.1, ann.1]), "invalid_amount"),
        (with(vec![container]), "same_place"),
        (with(vec![ann.1; 40]), "invalid_amount"),
        (
            ShareOut {
                container: ann.1,
                ..share.clone()
            },
            "not_found",
        ),
    ] {
        assert_eq!(
            spoils.rig.refused(ANN, ann.1, &action).code.as_str(),
            code,
            "{action:?}"
        );
    }
    spoils.rig.act(ANN, ann.1, &with(vec![ann.1])).unwrap();
    assert_eq!(spoils.rig.has(ann.0, "axe"), 1);
}

/// Who gets what is for the dice, and the dice are in the ledger.
#[test]
fn the_same_dice_share_alike() {
    let run = || {
        let mut spoils = spoils();
        spoils.rig.get(spoils.chest.0, "axe", 1);
        spoils.open();
        let shared = spoils.rig.act(ANN, spoils.ann.1, &spoils.share()).unwrap();
        let ledger = spoils.rig.app.world().resource::<Ledger>();
        let rolls = ledger.iter().last().unwrap().rolls.len();
        (shared, rolls)
    };
    let first = run();
    assert_eq!(first.1, 1, "one die for two");
    assert_eq!(run(), first);
}

#[test]
fn for_the_time_being_it_belongs_to_some() {
    let mut spoils = spoils();
    let (ann, bob, container) = (spoils.ann, spoils.bob, spoils.chest.1);
    spoils.rig.get(spoils.chest.0, "axe", 1);
    let rights = SetLootRights {
        container,
        among: vec![ann.1],
        seconds: 10.0,
    };
    assert_eq!(
        spoils.rig.refused(ANN, ann.1, &rights).code.as_str(),
        "not_authorised"
    );
    let open = OpenContainer { container };
    spoils.rig.act(BOB, bob.1, &open).unwrap();
    spoils.rig.act(PlayerId::LOCAL, ann.1, &rights).unwrap();
    let take = TransferItem {
        from: container,
        item: spoils.rig.stack(spoils.chest.0, "axe"),
        count: None,
        to: bob.1,
        compartment: None,
    };
    assert_eq!(
        spoils.rig.refused(BOB, bob.1, &take).code.as_str(),
        "not_your_loot"
    );
    spoils
        .rig
        .act(BOB, bob.1, &CloseContainer { container })
        .unwrap();
    assert_eq!(
        spoils.rig.refused(BOB, bob.1, &open).code.as_str(),
        "not_your_loot"
    );
    spoils.rig.act(ANN, ann.1, &open).unwrap();
    for _ in 0..10 * 20 {
        spoils.rig.tick();
    }
    spoils.rig.act(BOB, bob.1, &open).unwrap();
    spoils.rig.act(BOB, bob.1, &take).unwrap();
    for seconds in [f32::NAN, -1.0, f32::INFINITY] {
        let bad = SetLootRights {
            seconds,
            ..rights.clone()
        };
        let refusal = spoils.rig.refused(PlayerId::LOCAL, ann.1, &bad);
        assert_eq!(refusal.code.as_str(), "invalid_amount");
    }
}

/// A bag is worth what is in it, and the money in it is shared as money.
#[test]
fn a_bag_goes_to_one_with_what_is_in_it() {
    let mut spoils = spoils();
    let chest = spoils.chest.0;
    let bag = spoils.rig.get(chest, "satchel", 1);
    for (name, count) in [("axe", 1), ("gold", 1)] {
        let item = spoils.rig.get(chest, name, count);
        spoils.rig.stow(chest, item, bag);
    }
    spoils.open();
    let shared = spoils.rig.act(ANN, spoils.ann.1, &spoils.share()).unwrap();
    // 100 for the bag and the axe, 100 in money.
    assert_eq!((shared.worth, shared.stayed), (vec![100, 100], 0));
    let rig = &spoils.rig;
    let (a, b) = (spoils.ann.0, spoils.bob.0);
    assert_eq!(rig.has(a, "axe") + rig.has(b, "axe"), 1);
    assert_eq!(
        (rig.purse(a) + rig.purse(b), rig.has(chest, "satchel")),
        (100, 0)
    );
    rig.check_worth();
}
