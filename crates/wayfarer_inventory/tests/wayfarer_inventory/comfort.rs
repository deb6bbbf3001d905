//! Searching, sorting, marking, and many things at once.

use wayfarer_core::prelude::*;
use wayfarer_inventory::{
    content::ItemDef, prelude::*, ranking::ItemRankingAppExt, refusals, rules::Search, search::find,
};

use crate::rig::{ANN, BOB, Rig, def};

#[test]
fn searching() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero(ANN);
    let sack = rig.give(hero, "sack", 1, 0);
    let potion = rig.give(hero, "potion", 3, 0);
    let sword = rig.give(
        hero,
        "sword",
        1,
        Place::Inside {
            bag: sack,
            pocket: 0,
        },
    );
    rig.act(
        ANN,
        me,
        &MarkItem {
            item: sword,
            favourite: true,
        },
    )
    .unwrap();
    let content = rig.app.world().resource::<ActiveContent>().0.clone();
    let view = View::of(rig.app.world(), &content, hero).unwrap();
    for (typed, found) in [
        ("", vec![sack, potion, sword]),
        ("sword", vec![sword]),
        ("#bag", vec![sack]),
        ("weight>3", vec![sack, sword]),
        ("count>=3", vec![potion]),
        ("*", vec![sword]),
        ("-* -#bag", vec![potion]),
        ("dragon", vec![]),
    ] {
        assert_eq!(find(&view, &Search::parse(typed)), found, "{typed:?}");
    }
}

#[test]
fn sorting_by_more() {
    let mut rig = Rig::with(|app| {
        app.rank_items(|content, item| {
            let def = content.table::<ItemDef>().get(item.def);
            def.map_or(0, |def| i32::from(def.has_tag("weapon")))
        });
    });
    let (hero, me) = rig.hero(ANN);
    let potion = rig.give(hero, "potion", 1, 0);
    let sword = rig.give(hero, "sword", 1, 0);
    let rock = rig.give(hero, "rock", 5, 0);
    let other = rig.give(hero, "sword", 1, 1);
    let belt = rig.give(hero, "potion", 1, 1);
    for (by, order) in [
        (SortBy::Bulk, [rock, sword, potion]),
        (SortBy::Newest, [rock, sword, potion]),
        (SortBy::Rarity, [sword, potion, rock]),
        (SortBy::Name, [potion, rock, sword]),
    ] {
        rig.act(
            ANN,
            me,
            &SortItems {
                compartment: None,
                by,
            },
        )
        .unwrap();
        let now: Vec<Uid> = rig.bag(hero).at(0).map(|item| item.uid).collect();
        assert_eq!(now, order, "{by:?}");
        let first = rig.bag(hero).at(1).next().unwrap().uid;
        let expected = if matches!(by, SortBy::Newest | SortBy::Name) {
            belt
        } else {
            other
        };
        assert_eq!(first, expected, "{by:?}: every compartment is sorted");
    }
}

#[test]
fn stacking_all() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero(ANN);
    let rocks = rig.give(hero, "rock", 10, 0);
    for _ in 0..3 {
        let split = SplitStack {
            item: rocks,
            count: 2,
            to: None,
        };
        rig.act(ANN, me, &split).unwrap();
    }
    rig.give(hero, "rock", 4, 1);
    let stack = StackAll { compartment: None };
    assert_eq!(rig.act(ANN, me, &stack).unwrap(), 3);
    assert_eq!(
        rig.bag(hero).get(rocks).unwrap().count,
        10,
        "into the first"
    );
    assert_eq!(
        rig.bag(hero).len(),
        2,
        "what is in the belt stays in the belt"
    );
    assert_eq!(rig.act(ANN, me, &stack).unwrap(), 0);
    let nowhere = StackAll {
        compartment: Some(Place::In(99)),
    };
    assert_eq!(rig.refused(ANN, me, &nowhere).code, Code::NOT_FOUND);
    rig.check_conserved();
}

#[test]
fn favourites_are_not_thrown_away() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero(ANN);
    let (_, bob) = rig.hero(BOB);
    let sack = rig.give(hero, "sack", 1, 0);
    let sword = rig.give(
        hero,
        "sword",
        1,
        Place::Inside {
            bag: sack,
            pocket: 0,
        },
    );
    let mark = |favourite| MarkItem {
        item: sword,
        favourite,
    };
    assert_eq!(rig.refused(BOB, bob, &mark(true)).code, Code::NOT_FOUND);
    rig.act(ANN, me, &mark(true)).unwrap();
    for item in [sword, sack] {
        let refusal = rig.refused(ANN, me, &DestroyItem { item, count: None });
        assert_eq!(
            refusal.code,
            refusals::FAVOURITE,
            "not even with the bag it is in"
        );
        assert_eq!(refusal.arg("item").unwrap().to_string(), "Sword");
    }
    // Marks are state: they are saved, and they can be taken back.
    let bytes = postcard::to_stdvec(rig.app.world().get::<Marks>(hero).unwrap()).unwrap();
    let marks: Marks = postcard::from_bytes(&bytes).unwrap();
    assert!(marks.is_favourite(sword));
    rig.act(ANN, me, &mark(false)).unwrap();
    rig.act(
        ANN,
        me,
        &DestroyItem {
            item: sack,
            count: None,
        },
    )
    .unwrap();
    rig.check_conserved();
}

#[test]
fn the_hotbar_finds_the_next_of_its_kind() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero(ANN);
    let first = rig.give(hero, "potion", 1, 0);
    let second = rig.give(hero, "potion", 1, 1);
    let set = |slot, item| SetHotbar { slot, item };
    rig.act(ANN, me, &set(3, Some(first))).unwrap();
    let at_hand = |rig: &Rig| {
        let marks = rig.app.world().get::<Marks>(hero).unwrap();
        marks.at_hand(rig.bag(hero), 3)
    };
    assert_eq!(at_hand(&rig), Some(first));
    rig.act(
        ANN,
        me,
        &UseItem {
            item: first,
            target: None,
        },
    )
    .unwrap();
    assert_eq!(at_hand(&rig), Some(second));
    rig.act(
        ANN,
        me,
        &UseItem {
            item: second,
            target: None,
        },
    )
    .unwrap();
    assert_eq!(at_hand(&rig), None);
    let third = rig.give(hero, "potion", 1, 1);
    assert_eq!(at_hand(&rig), Some(third), "the slot waits for more");
    rig.act(ANN, me, &set(3, None)).unwrap();
    assert_eq!(at_hand(&rig), None);
    assert_eq!(rig.refused(ANN, me, &set(10, None)).code, Code::NOT_FOUND);
    let foreign = Uid::new(12345).unwrap();
    assert_eq!(
        rig.refused(ANN, me, &set(0, Some(foreign))).code,
        Code::NOT_FOUND
    );
}

#[test]
fn taking_all_takes_what_fits() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero(ANN);
    let (chest, there) = rig.chest(0.0);
    let coins = rig.give(chest, "coin", 1000, 0);
    let anvils = [
        rig.give(chest, "anvil", 1, 0),
        rig.give(chest, "anvil", 1, 0),
    ];
    let sack = rig.give(chest, "sack", 1, 0);
    let rocks = rig.give(
        chest,
        "rock",
        10,
        Place::Inside {
            bag: sack,
            pocket: 0,
        },
    );
    let take = TakeAll { from: there };
    assert_eq!(rig.refused(ANN, me, &take).code, refusals::NOT_OPEN);
    rig.act(ANN, me, &OpenContainer { container: there })
        .unwrap();
    let taken = rig.act(ANN, me, &take).unwrap();
    assert_eq!(
        taken.moved, 3,
        "coins, an anvil, and the sack with its rocks"
    );
    assert_eq!(taken.stayed.len(), 1);
    assert_eq!(taken.stayed[0].0, anvils[1]);
    assert_eq!(taken.stayed[0].1.code, refusals::EXCEEDS_WEIGHT);
    assert_eq!(
        rig.place(hero, rocks),
        Place::Inside {
            bag: sack,
            pocket: 0
        }
    );
    assert!(rig.bag(hero).get(coins).is_some());
    rig.check_conserved();
    // A part of a stack, when not all of it fits.
    let more = rig.give(chest, "rock", 10, 0);
    let taken = rig.act(ANN, me, &take).unwrap();
    assert_eq!((taken.moved, taken.stayed.len()), (1, 2));
    let left = rig.bag(chest).get(more).unwrap().count;
    assert!(left > 0 && left < 10, "{left} stayed");
    let weight = rig.bag(hero).total().weight.to_f32();
    assert!(weight <= 100.0 && weight + 0.5 > 100.0, "{weight}");
    assert_eq!(rig.refused(ANN, me, &take).code, refusals::EXCEEDS_WEIGHT);
    rig.check_conserved();
    let (_, empty) = rig.chest(0.5);
    rig.act(ANN, me, &OpenContainer { container: empty })
        .unwrap();
    assert_eq!(
        rig.refused(ANN, me, &TakeAll { from: empty }).code,
        refusals::NOTHING_THERE
    );
    assert_eq!(
        rig.refused(ANN, me, &TakeAll { from: me }).code,
        refusals::SAME_PLACE
    );
}

#[test]
fn putting_what_matches() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero(ANN);
    let (chest, there) = rig.chest(0.0);
    rig.give(chest, "rock", 1, 0);
    rig.give(chest, "sword", 1, 0);
    rig.give(hero, "rock", 5, 0);
    let worn = rig.give(hero, "sword", 1, 0);
    rig.wear(hero, worn, "hand");
    let dear = rig.give(hero, "sword", 1, 0);
    rig.give(hero, "sword", 1, 0);
    rig.give(hero, "potion", 2, 0);
    rig.act(
        ANN,
        me,
        &MarkItem {
            item: dear,
            favourite: true,
        },
    )
    .unwrap();
    let put = PutMatching { to: there };
    assert_eq!(rig.refused(ANN, me, &put).code, refusals::NOT_OPEN);
    rig.act(ANN, me, &OpenContainer { container: there })
        .unwrap();
    let done = rig.act(ANN, me, &put).unwrap();
    assert_eq!((done.moved, done.stayed.len()), (2, 0));
    assert_eq!(
        (rig.count(chest, "rock"), rig.count(chest, "sword")),
        (6, 2)
    );
    assert_eq!(
        (rig.count(hero, "sword"), rig.count(hero, "potion")),
        (2, 2)
    );
    assert!(rig.bag(hero).worn_in(def("hand")).is_some());
    rig.check_conserved();
}
