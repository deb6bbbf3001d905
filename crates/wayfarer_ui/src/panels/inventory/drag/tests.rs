#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::{
    model::inventory::{CellsModel, CompartmentModel, ContainerModel, HolderModel, SlotModel},
    panels::inventory::tests::{item, uid},
};

const HAND: DefId = DefId(1);
const HEAD: DefId = DefId(2);

fn model() -> InventoryModel {
    let mut sword = item(10, "Sword", 1);
    sword.slots = [HAND].into();
    let mut apples = item(11, "Apple", 5);
    apples.max_stack = 10;
    let mut more_apples = item(12, "Apple", 9);
    more_apples.max_stack = 10;
    let mut full = item(13, "Apple", 10);
    full.max_stack = 10;
    let mut helmet = item(14, "Helmet", 1);
    helmet.slots = [HEAD, HAND].into();
    let mut hat = item(23, "Hat", 1);
    hat.slots = [HEAD].into();
    let mut club = item(31, "Club", 1);
    club.slots = [HAND].into();
    let mut plank = item(22, "Plank", 1);
    plank.position = ROTATED | 1;
    InventoryModel {
        holder: Some(uid(1)),
        own: HolderModel {
            compartments: vec![CompartmentModel {
                items: vec![sword, apples, more_apples, full],
                ..CompartmentModel::default()
            }],
        },
        doll: vec![SlotModel {
            id: HEAD,
            worn: Some(helmet),
            ..SlotModel::default()
        }],
        container: Some(ContainerModel {
            uid: uid(2),
            name: "Chest".into(),
            content: HolderModel {
                compartments: vec![
                    CompartmentModel {
                        items: vec![item(20, "Gem", 3), item(21, "Pearl", 1), hat],
                        ..CompartmentModel::default()
                    },
                    CompartmentModel {
                        place: Place::In(1),
                        cells: Some(CellsModel {
                            columns: 4,
                            count: 12,
                            slots: false,
                        }),
                        items: vec![plank],
                        ..CompartmentModel::default()
                    },
                ],
            },
            rights: None,
            people: Vec::new(),
        }),
        ground: vec![item(30, "Rock", 2), club],
        ..InventoryModel::default()
    }
}

fn own(compartment: u8, onto: Option<u64>) -> Target {
    Target::Own {
        compartment: Place::In(compartment),
        onto: onto.map(uid),
    }
}

#[test]
fn every_way_means_something_or_nothing() {
    let (here, chest) = (Source::Own, Source::Container(uid(2)));
    let worn = Source::Worn(HEAD);
    let in_chest = Target::Container {
        uid: uid(2),
        compartment: Place::In(0),
        onto: None,
    };
    let onto = |compartment: u8, item: Option<u64>| Target::Container {
        uid: uid(2),
        compartment: Place::In(compartment),
        onto: item.map(uid),
    };
    let cell = |of: Option<u64>, compartment: u8, position| Target::Cell {
        of: of.map(uid),
        compartment: Place::In(compartment),
        position,
    };
    let rearranged = |item, compartment: u8, at| Intent::Rearrange {
        holder: uid(2),
        item: uid(item),
        compartment: Place::In(compartment),
        at,
    };
    let transfer = |item, from, to, compartment: Option<u8>, count| Intent::Transfer {
        item: uid(item),
        from: uid(from),
        to: uid(to),
        compartment: compartment.map(Place::In),
        count,
    };
    let moved = |item, compartment: u8, before: Option<u64>| Intent::Move {
        item: uid(item),
        compartment: Place::In(compartment),
        before: before.map(uid),
    };
    let equip = |item, slot| Intent::Equip {
        item: uid(item),
        slot: Some(slot),
    };
    let fetch = |item, from: Option<u64>, slot| Intent::Fetch {
        item: uid(item),
        from: from.map(uid),
        slot,
    };
    let pick = |item, count, compartment: Option<u8>| Intent::PickUp {
        item: uid(item),
        count,
        compartment: compartment.map(Place::In),
    };
    let merge = |item, into, count| Intent::Merge {
        item: uid(item),
        into: uid(into),
        count,
    };
    let drop = |item, count| Intent::Drop {
        item: uid(item),
        count,
    };
    let split = Intent::Split {
        item: uid(11),
        count: 2,
        compartment: Some(Place::In(1)),
    };
    let unequip = Intent::Unequip {
        slot: HEAD,
        compartment: Some(Place::In(0)),
    };
    for (item, source, target, count, expected) in [
        (10, here, own(0, None), None, Some(moved(10, 0, None))),
        (10, here, own(0, Some(10)), None, None),
        (
            10,
            here,
            own(0, Some(11)),
            None,
            Some(moved(10, 0, Some(11))),
        ),
        (11, here, own(0, Some(12)), None, Some(merge(11, 12, None))),
        (
            11,
            here,
            own(0, Some(12)),
            Some(2),
            Some(merge(11, 12, Some(2))),
        ),
        (
            11,
            here,
            own(0, Some(13)),
            None,
            Some(moved(11, 0, Some(13))),
        ),
        (11, here, own(1, None), Some(2), Some(split)),
        (11, here, own(1, None), Some(5), Some(moved(11, 1, None))),
        (10, here, Target::Slot(HAND), None, Some(equip(10, HAND))),
        (10, here, Target::Slot(HEAD), None, Some(equip(10, HEAD))),
        (11, here, Target::Slot(HAND), None, None),
        (11, here, Target::Ground, Some(2), Some(drop(11, Some(2)))),
        (11, here, Target::Ground, None, Some(drop(11, None))),
        (
            11,
            here,
            in_chest,
            None,
            Some(transfer(11, 1, 2, Some(0), None)),
        ),
        (14, worn, own(0, Some(10)), None, Some(unequip)),
        (
            14,
            worn,
            Target::Slot(HAND),
            None,
            Some(Intent::Swap {
                from: HEAD,
                to: HAND,
            }),
        ),
        (14, worn, Target::Slot(HEAD), None, None),
        (14, worn, Target::Ground, None, None),
        (
            20,
            chest,
            own(0, None),
            Some(1),
            Some(transfer(20, 2, 1, Some(0), Some(1))),
        ),
        (20, chest, Target::Slot(HAND), None, None),
        (
            20,
            chest,
            in_chest,
            None,
            Some(rearranged(20, 0, Spot::End)),
        ),
        (20, chest, onto(0, Some(20)), None, None),
        (
            21,
            chest,
            onto(0, Some(20)),
            None,
            Some(rearranged(21, 0, Spot::Before(uid(20)))),
        ),
        // A thing in cells has no place before it.
        (
            21,
            chest,
            onto(1, Some(22)),
            None,
            Some(rearranged(21, 1, Spot::End)),
        ),
        (
            20,
            chest,
            cell(Some(2), 1, 5),
            None,
            Some(rearranged(20, 1, Spot::Cell(5))),
        ),
        (
            22,
            chest,
            cell(Some(2), 1, 2),
            None,
            Some(rearranged(22, 1, Spot::Cell(2 | ROTATED))),
        ),
        // From elsewhere the first free cells do.
        (
            11,
            here,
            cell(Some(2), 1, 5),
            None,
            Some(transfer(11, 1, 2, Some(1), None)),
        ),
        (
            20,
            chest,
            cell(None, 0, 5),
            None,
            Some(transfer(20, 2, 1, Some(0), None)),
        ),
        (
            30,
            Source::Ground,
            own(0, None),
            None,
            Some(pick(30, None, Some(0))),
        ),
        (30, Source::Ground, Target::Slot(HAND), Some(1), None),
        (
            23,
            chest,
            Target::Slot(HEAD),
            None,
            Some(fetch(23, Some(2), HEAD)),
        ),
        (
            31,
            Source::Ground,
            Target::Slot(HAND),
            None,
            Some(fetch(31, None, HAND)),
        ),
        (30, Source::Ground, Target::Ground, None, None),
        (99, here, own(0, None), None, None),
    ] {
        let dragged = Dragged {
            item: uid(item),
            source,
            ask: false,
        };
        let intent = resolve(&model(), dragged, target, count);
        assert_eq!(
            intent, expected,
            "{item} from {source:?} to {target:?} ×{count:?}"
        );
    }
}
