#![allow(clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::measure::{Measure, Measures, Micro, PocketShare, Tally};

const BAG: DefId = DefId(1);
const DEFS: [DefId; 3] = [DefId(10), DefId(11), DefId(12)];
/// What of the weight and the bulk in the two pockets of the second kind counts outside.
const SHARES: [PocketShare; 2] = [
    PocketShare {
        weight: 333_333,
        bulk: 500_000,
    },
    PocketShare {
        weight: 1_000_000,
        bulk: 0,
    },
];

fn uid(n: u64) -> Uid {
    Uid::new(n).unwrap()
}

fn measures() -> Arc<Measures> {
    let one = |weight, bulk, max_stack| Measure {
        weight: Micro::from_f32(weight),
        bulk: Micro::from_f32(bulk),
        max_stack,
    };
    let of = [one(0.1, 1.0, 10), one(3.5, 2.0, 1), one(85.0, 25.0, 1000)];
    let mut measures: Measures = DEFS.into_iter().zip(of).collect();
    measures.set_pockets(DEFS[1], SHARES);
    Arc::new(measures)
}

fn bag() -> Inventory {
    let mut bag = Inventory::new(BAG, [BAG, DefId(2)]);
    bag.attach(measures());
    bag
}

fn bytes(inventory: &Inventory) -> Vec<u8> {
    postcard::to_stdvec(inventory).unwrap()
}

fn place() -> impl Strategy<Value = Place> {
    prop_oneof![
        (0..4u8).prop_map(Place::In),
        (0..3u32).prop_map(|slot| Place::Worn(DefId(slot))),
        Just(Place::Overflow),
        (1..12u64, 0..3u8).prop_map(|(n, pocket)| inside(n, pocket)),
        (1..12u64, 0..3u8).prop_map(|(n, pocket)| inside(n, pocket)),
    ]
}

fn inside(n: u64, pocket: u8) -> Place {
    let bag = uid(n);
    Place::Inside { bag, pocket }
}

fn item() -> impl Strategy<Value = Item> {
    let count = prop_oneof![1 => Just(0), 6 => Just(1), 3 => 1..20u32, 1 => Just(u32::MAX)];
    (1..12u64, 0..4usize, count, place(), any::<u32>()).prop_map(|(n, def, count, place, order)| {
        let def = DEFS.get(def).copied().unwrap_or(DefId(99));
        Item::new(uid(n), def, count).at(place, order)
    })
}

fn op() -> impl Strategy<Value = ItemOp> {
    let n = || (1..12u64).prop_map(uid);
    let count = prop_oneof![Just(0), 1..20u32, Just(u32::MAX)];
    let order = (n(), any::<u32>());
    prop_oneof![
        4 => item().prop_map(ItemOp::Insert),
        2 => n().prop_map(ItemOp::Remove),
        2 => (n(), count).prop_map(|(uid, count)| ItemOp::SetCount { uid, count }),
        3 => (n(), place(), any::<u32>())
            .prop_map(|(uid, place, order)| ItemOp::Move { uid, place, order }),
        1 => (n(), 0..3u32, proptest::option::of(any::<[u8; 2]>())).prop_map(|(uid, kind, bytes)| {
            let bytes = bytes.map(|bytes| ByteBuf::from(bytes.to_vec()));
            ItemOp::SetExt { uid, kind: DefId(kind), bytes }
        }),
        1 => proptest::collection::vec(order, 0..4).prop_map(ItemOp::Reorder),
        1 => any::<u32>().prop_map(|def| ItemOp::AddCompartment(DefId(def))),
        2 => proptest::collection::vec(item(), 0..5).prop_map(ItemOp::InsertMany),
        2 => proptest::collection::vec(n(), 0..5).prop_map(ItemOp::RemoveMany),
        1 => Just(ItemOp::RemoveCompartment),
        1 => any::<u32>().prop_map(|kit| ItemOp::SetKit(DefId(kit))),
    ]
}

/// What an item comes to, counted from the inside out.
fn counted(inventory: &Inventory, item: &Item) -> Tally {
    let mut gross = Tally::default();
    gross.add(inventory.measures().get(item.def), item.count, 1);
    for pocket in 0..=2 {
        let mut sum = Tally::default();
        for inner in inventory.at(Place::Inside {
            bag: item.uid,
            pocket,
        }) {
            sum.add_tally(counted(inventory, inner));
        }
        gross.add_tally(sum.share(inventory.measures().pocket(item.def, pocket)));
    }
    gross
}

fn height(inventory: &Inventory, uid: Uid) -> u8 {
    let inside = inventory.inside(uid);
    inside
        .map(|inner| 1 + height(inventory, inner.uid))
        .max()
        .unwrap_or(0)
}

/// Totals and lookups against counting everything again.
fn check_index(inventory: &Inventory) {
    let mut fresh = inventory.clone();
    fresh.attach(measures());
    for index in 0..4 {
        assert_eq!(inventory.tally(index), fresh.tally(index));
        let now: Vec<_> = inventory.in_compartment(index).map(|i| i.uid).collect();
        let counted: Vec<_> = fresh.in_compartment(index).map(|i| i.uid).collect();
        assert_eq!(now, counted);
        for def in DEFS {
            let now: Vec<_> = inventory.open_stacks(def, index).map(|i| i.uid).collect();
            let counted: Vec<_> = fresh.open_stacks(def, index).map(|i| i.uid).collect();
            assert_eq!(now, counted);
        }
    }
    let mut total = Tally::default();
    for item in inventory.iter() {
        assert_eq!(inventory.gross(item), counted(inventory, item), "{item:?}");
        assert_eq!(inventory.height(item.uid), height(inventory, item.uid));
        assert_eq!(
            inventory.is_filled(item.uid),
            height(inventory, item.uid) > 0
        );
        assert_eq!(inventory.contents(item.uid), fresh.contents(item.uid));
        for pocket in 0..3 {
            let place = Place::Inside {
                bag: item.uid,
                pocket,
            };
            assert_eq!(inventory.tally(place), fresh.tally(place));
        }
        if item.place.bag().is_none() {
            total.add_tally(counted(inventory, item));
        }
    }
    assert_eq!(inventory.total(), total);
    assert_eq!(inventory.total(), fresh.total());
    assert_eq!(inventory.worn_tally(), fresh.worn_tally());
    assert_eq!(inventory.iter().count(), inventory.len());
    for item in inventory.iter() {
        assert_eq!(inventory.get(item.uid), Some(item));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn any_ops_are_total_and_exactly_invertible(ops in proptest::collection::vec(op(), 1..40), depth in 0..9_u64) {
        let mut inventory = bag();
        let mut undo = Vec::new();
        let ops: Vec<ItemOp> = [ItemOp::InsertMany(chain(depth))].into_iter().chain(ops).collect();
        for op in &ops {
            let before = bytes(&inventory);
            match inventory.apply(op) {
                Ok(inverse) => {
                    // There and back again at once …
                    let mut back = inventory.clone();
                    let redo = back.apply(&inverse).unwrap();
                    prop_assert_eq!(&bytes(&back), &before);
                    back.apply(&redo).unwrap();
                    prop_assert_eq!(bytes(&back), bytes(&inventory));
                    undo.push((before, inverse));
                }
                Err(_) => prop_assert_eq!(bytes(&inventory), before, "a refused op changed something"),
            }
        }
        check_index(&inventory);
        let decoded: Inventory = postcard::from_bytes(&bytes(&inventory)).unwrap();
        prop_assert_eq!(&decoded, &inventory);
        // … and all the way.
        for (before, inverse) in undo.into_iter().rev() {
            inventory.apply(&inverse).unwrap();
            prop_assert_eq!(bytes(&inventory), before);
        }
        check_index(&inventory);
        prop_assert_eq!(inventory.total(), Tally::default());
    }

    #[test]
    fn any_bytes_decode_or_are_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(inventory) = postcard::from_bytes::<Inventory>(&bytes) {
            prop_assert_eq!(inventory.iter().count(), inventory.len());
        }
        let _ = postcard::from_bytes::<ItemOp>(&bytes);
    }
}

#[test]
fn nonsense_is_refused() {
    let mut bag = bag();
    let here = Item::new(uid(1), DEFS[0], 5);
    let worn = Item::new(uid(2), DEFS[1], 1).at(Place::Worn(DefId(7)), 0);
    bag.apply(&ItemOp::Insert(here.clone())).unwrap();
    bag.apply(&ItemOp::Insert(worn.clone())).unwrap();
    for (op, why) in [
        (ItemOp::Insert(here.clone()), "a uid twice"),
        (ItemOp::Insert(Item::new(uid(3), DEFS[0], 0)), "nothing"),
        (
            ItemOp::Insert(Item::new(uid(3), DEFS[0], 1).at(Place::In(2), 0)),
            "a compartment that is not there",
        ),
        (
            ItemOp::Insert(Item::new(uid(3), DEFS[0], 1).at(worn.place, 9)),
            "a slot that is taken",
        ),
        (
            ItemOp::Move {
                uid: uid(1),
                place: worn.place,
                order: 0,
            },
            "moving into a slot that is taken",
        ),
        (ItemOp::Remove(uid(9)), "what is not there"),
        (
            ItemOp::SetCount {
                uid: uid(1),
                count: 0,
            },
            "a count of 0",
        ),
        (
            ItemOp::SetCount {
                uid: uid(9),
                count: 1,
            },
            "what is not there",
        ),
        (
            ItemOp::Reorder(vec![(uid(1), 1), (uid(1), 2)]),
            "a uid twice",
        ),
        (
            ItemOp::Reorder(vec![(uid(1), 1), (uid(9), 2)]),
            "what is not there",
        ),
    ] {
        assert!(bag.apply(&op).is_err(), "{why}");
    }
    let mut empty = Inventory::new(BAG, []);
    assert!(empty.apply(&ItemOp::RemoveCompartment).is_err());
    let mut full = Inventory::new(BAG, std::iter::repeat_n(BAG, 300));
    assert_eq!(full.compartments().len(), 255);
    assert!(full.apply(&ItemOp::AddCompartment(BAG)).is_err());
    bag.apply(&ItemOp::Move {
        uid: uid(1),
        place: Place::In(1),
        order: 3,
    })
    .unwrap();
    assert!(
        bag.apply(&ItemOp::RemoveCompartment).is_err(),
        "nothing is lost with a compartment"
    );
}

/// A chain of bags, each in the one before, with the first in a compartment.
fn chain(length: u64) -> Vec<Item> {
    (1..=length)
        .map(|n| {
            let place = if n == 1 {
                Place::In(0)
            } else {
                inside(n - 1, 0)
            };
            Item::new(uid(n), DEFS[1], 1).at(place, 0)
        })
        .collect()
}

#[test]
fn a_bag_is_never_inside_itself_and_never_too_deep() {
    let mut bag = bag();
    // Eight filled bags, and the last thing is no bag.
    bag.apply(&ItemOp::InsertMany(chain(9))).unwrap();
    assert_eq!((bag.height(uid(1)), bag.depth(inside(8, 0))), (8, 8));
    let put = |n, place| ItemOp::Move {
        uid: uid(n),
        place,
        order: 0,
    };
    for (op, why) in [
        (
            ItemOp::Insert(Item::new(uid(20), DEFS[0], 1).at(inside(9, 0), 0)),
            "nine deep",
        ),
        (put(1, inside(1, 0)), "in itself"),
        (put(1, inside(9, 0)), "in what is in it"),
        (put(4, inside(6, 1)), "in what is in it"),
        (ItemOp::Remove(uid(3)), "not empty"),
        (ItemOp::RemoveMany(vec![uid(3), uid(4)]), "not all of it"),
        (ItemOp::RemoveMany(vec![uid(9), uid(8)]), "bags come first"),
        (ItemOp::RemoveMany(vec![uid(9), uid(9)]), "twice"),
        (
            ItemOp::SetCount {
                uid: uid(2),
                count: 2,
            },
            "a stack of full bags",
        ),
        (
            ItemOp::InsertMany(vec![
                Item::new(uid(30), DEFS[1], 1),
                Item::new(uid(31), DEFS[0], 1).at(inside(32, 0), 0),
            ]),
            "a bag that is not there, and nothing of the rest",
        ),
        (
            ItemOp::Insert(Item::new(uid(33), DEFS[0], 1).at(inside(33, 0), 0)),
            "in itself",
        ),
    ] {
        let before = bytes(&bag);
        assert!(bag.apply(&op).is_err(), "{why}");
        assert_eq!(bytes(&bag), before, "{why}");
    }
    // Into another pocket of the same bag, out of it, and all of it away.
    bag.apply(&put(9, inside(8, 1))).unwrap();
    bag.apply(&put(5, Place::In(1))).unwrap();
    assert_eq!((bag.height(uid(1)), bag.height(uid(5))), (3, 4));
    check_index(&bag);
    bag.apply(&ItemOp::RemoveMany((1..=9).map(uid).collect()))
        .unwrap();
    assert_eq!(bag.total(), Tally::default());
}

#[test]
fn damaged_inventories_are_refused() {
    #[derive(serde::Serialize)]
    struct Raw(u32, DefId, Vec<DefId>, Vec<Item>);
    let a = Item::new(uid(1), DEFS[0], 1);
    let worn = |n| Item::new(uid(n), DEFS[0], 1).at(Place::Worn(DefId(7)), 0);
    for (items, ok) in [
        (vec![a.clone()], true),
        (vec![a.clone(), a.clone()], false),
        (vec![a.part(uid(2), 1), a.clone()], false),
        (vec![a.part(uid(1), 0)], false),
        (vec![a.clone().at(Place::In(1), 0)], false),
        (vec![worn(1), worn(2)], false),
        (chain(9), true),
        (chain(10), false),
        (vec![a.clone().at(inside(1, 0), 0)], false),
        (vec![a.clone().at(inside(2, 0), 0)], false),
        (
            vec![
                a.clone().at(inside(2, 0), 0),
                a.part(uid(2), 1).at(inside(1, 0), 0),
            ],
            false,
        ),
        (vec![a.clone().at(inside(2, 0), 0), a.part(uid(2), 1)], true),
        (
            vec![a.clone().at(inside(2, 0), 0), a.part(uid(2), 2)],
            false,
        ),
        (vec![a.clone().at(Place::Overflow, 0)], true),
    ] {
        let raw = Raw(3, BAG, vec![BAG], items);
        let bytes = postcard::to_stdvec(&raw).unwrap();
        assert_eq!(
            postcard::from_bytes::<Inventory>(&bytes).is_ok(),
            ok,
            "{:?}",
            raw.3
        );
    }
}

/// A move deep inside costs no more with 27 400 things around it.
#[test]
fn a_deep_bag_stays_quick() {
    let mut bag = bag();
    bag.apply(&ItemOp::InsertMany(chain(3))).unwrap();
    let start = std::time::Instant::now();
    for n in 4..27_400 {
        let item = Item::new(uid(n), DEFS[(n % 3) as usize], 1).at(inside(3, 0), n as u32);
        bag.apply(&ItemOp::Insert(item)).unwrap();
    }
    let fill = start.elapsed();
    assert!(fill < std::time::Duration::from_secs(6), "{fill:?}");
    let start = std::time::Instant::now();
    for n in 4..10_000_u64 {
        let op = ItemOp::Move {
            uid: uid(n),
            place: inside(3, (n % 2) as u8),
            order: 7,
        };
        bag.apply(&op).unwrap();
    }
    let each = start.elapsed() / 10_000;
    // The bar is 1 µs in a release build; this one catches a search over all items.
    assert!(
        each < std::time::Duration::from_micros(90),
        "{each:?} a move"
    );
    check_index(&bag);
}

/// Time grows with the number of items, not with its square, and a move does not depend on it.
#[test]
fn a_big_container_stays_quick() {
    let fill = |count: u64| {
        let mut bag = bag();
        let start = std::time::Instant::now();
        for n in 1..=count {
            let item = Item::new(uid(n), DEFS[(n % 3) as usize], 1).at(Place::In(0), n as u32);
            bag.apply(&ItemOp::Insert(item)).unwrap();
        }
        (bag, start.elapsed())
    };
    let (_, small) = fill(2_740);
    let (mut big, large) = fill(27_400);
    // Ten times the items; a quadratic fill would take a hundred times as long.
    assert!(
        large < small * 40 + std::time::Duration::from_millis(50),
        "{small:?} {large:?}"
    );

    let start = std::time::Instant::now();
    for n in 1..=10_000_u64 {
        let place = Place::In((n % 2) as u8);
        let op = ItemOp::Move {
            uid: uid(n),
            place,
            order: 7,
        };
        big.apply(&op).unwrap();
    }
    let each = start.elapsed() / 10_000;
    // The bar is 1 µs in a release build; this one catches a search over all items.
    assert!(
        each < std::time::Duration::from_micros(60),
        "{each:?} a move"
    );
}
