//! At random: whatever is put on, taken off, moved and dropped in whatever order, stats are those
//! of what is worn and nothing is lost.

use proptest::prelude::*;
use wayfarer_core::prelude::*;
use wayfarer_equipment::prelude::*;
use wayfarer_inventory::{audit::audit, prelude::*};

use crate::rig::{Rig, def};

#[derive(Clone, Debug)]
enum Wish {
    Equip(u8, Option<u8>),
    Unequip(u8, Option<u8>),
    Swap(u8, u8),
    Move(u8, u8),
    Drop(u8),
    PickUp(u8),
    Wait(u8),
}

fn wish() -> impl Strategy<Value = Wish> {
    let n = any::<u8>;
    prop_oneof![
        6 => (n(), proptest::option::of(n())).prop_map(|(a, b)| Wish::Equip(a, b)),
        3 => (n(), proptest::option::of(0..3u8)).prop_map(|(a, b)| Wish::Unequip(a, b)),
        2 => (n(), n()).prop_map(|(a, b)| Wish::Swap(a, b)),
        2 => (n(), 0..3u8).prop_map(|(a, b)| Wish::Move(a, b)),
        2 => n().prop_map(Wish::Drop),
        3 => n().prop_map(Wish::PickUp),
        3 => (0..60u8).prop_map(Wish::Wait),
    ]
}

const SLOTS: [&str; 6] = ["main", "off", "head", "left", "right", "nowhere"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_worn_is_what_counts(wishes in proptest::collection::vec(wish(), 60..120)) {
        let mut rig = Rig::new();
        let (hero, me) = rig.hero();
        let mut things = Vec::new();
        for (name, count) in [("sword", 1), ("sword", 1), ("axe", 1), ("shield", 1), ("torch", 3), ("ring", 1), ("ring", 1)] {
            things.push(rig.give(hero, name, count, 0));
        }
        let great = rig.give(hero, "helm", 1, 1);
        things.push(great);
        let counts = audit(rig.app.world()).counts;
        let bare = (1.0_f32, 0.0_f32, 5.0_f32);
        let mut done = 0;
        for wish in wishes {
            let thing = |n: u8, rig: &Rig| -> Uid {
                let all: Vec<Uid> = rig.bag(hero).iter().map(|i| i.uid).chain(things.iter().copied()).collect();
                all[usize::from(n) % all.len()]
            };
            let slot = |n: u8| def(SLOTS[usize::from(n) % SLOTS.len()]);
            let before = rig.hash();
            let result = match wish {
                Wish::Equip(item, at) => {
                    let item = thing(item, &rig);
                    let slot = at.map(slot);
                    let checked = check_equip(rig.app.world(), hero, item, slot);
                    let done = rig.act(me, &EquipItem { item, slot }).map(drop);
                    prop_assert_eq!(&checked, &done);
                    done
                }
                Wish::Unequip(at, compartment) => {
                    rig.act(me, &UnequipItem { slot: slot(at), compartment: compartment.map(Place::In) })
                }
                Wish::Swap(a, b) => rig.act(me, &SwapSlots { from: slot(a), to: slot(b) }),
                Wish::Move(item, to) => {
                    let item = thing(item, &rig);
                    rig.act(me, &MoveItem { item, to: Place::In(to), before: None })
                }
                Wish::Drop(item) => {
                    let item = thing(item, &rig);
                    rig.act(me, &DropItem { item, count: None }).map(drop)
                }
                Wish::PickUp(item) => {
                    let item = thing(item, &rig);
                    rig.act(me, &PickUpItem { item, count: None, to: None }).map(drop)
                }
                Wish::Wait(ticks) => {
                    rig.ticks(u32::from(ticks));
                    Ok(())
                }
            };
            match result {
                Ok(()) => done += 1,
                Err(refusal) => prop_assert_eq!(rig.hash(), before, "refused ({}) and changed something", refusal),
            }
            rig.check(hero);
            prop_assert_eq!(&audit(rig.app.world()).counts, &counts);
        }
        prop_assert!(done > 5);
        // Bare again, to the bit.
        rig.ticks(200);
        let bag = rig.give_crate(hero);
        for name in SLOTS {
            let _ = rig.act(me, &UnequipItem { slot: def(name), compartment: Some(Place::In(bag)) });
        }
        prop_assert_eq!(rig.bag(hero).worn().count(), 0);
        let now = (rig.stat(hero, "attack"), rig.stat(hero, "guard"), rig.stat(hero, "melee"));
        prop_assert_eq!(now, bare);
    }
}

impl Rig {
    /// A compartment with room for everything.
    fn give_crate(&mut self, hero: bevy::prelude::Entity) -> u8 {
        self.app
            .world_mut()
            .transact("test.crate", |txn| {
                txn.op::<Inventory>(
                    hero,
                    wayfarer_inventory::ItemOp::AddCompartment(def("crate")),
                )
            })
            .unwrap();
        u8::try_from(self.bag(hero).compartments().len() - 1).unwrap()
    }
}
