#![allow(clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::measure::{Measure, Measures, Micro, Tally};

const BAG: DefId = DefId(1);
const DEFS: [DefId; 3] = [DefId(10), DefId(11), DefId(12)];

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
    Arc::new(DEFS.into_iter().zip(of).collect())
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
    ]
}

fn item() -> impl Strategy<Value = Item> {
    let count = prop_oneof![Just(0), 1..20u32, Just(u32::MAX)];
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
        1 => Just(ItemOp::RemoveCompartment),
        1 => any::<u32>().prop_map(|kit| ItemOp::SetKit(DefId(kit))),
    ]
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
    assert_eq!(inventory.total(), fresh.total());
    assert_eq!(inventory.worn_tally(), fresh.worn_tally());
    assert_eq!(inventory.iter().count(), inventory.len());
    for item in inventory.iter() {
        assert_eq!(inventory.get(item.uid), Some(item));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn any_ops_are_total_and_exactly_invertible(ops in proptest::collection::vec(op(), 1..40)) {
        let mut inventory = bag();
        let mut undo = Vec::new();
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
