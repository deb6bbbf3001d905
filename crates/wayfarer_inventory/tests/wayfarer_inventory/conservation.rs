//! Promise 2 and 3, at random: several players do anything to several inventories and the ground.

use bevy::prelude::*;
use proptest::prelude::*;
use wayfarer_core::{prelude::*, refusal::Refusal};
use wayfarer_inventory::{prelude::*, release::release};

use crate::rig::{ANN, BOB, Rig, def};

/// What is asked for; numbers are taken modulo what there is.
#[derive(Clone, Debug)]
enum Wish {
    Move(u8, u8, Option<u8>),
    Split(u8, u32, Option<u8>),
    Merge(u8, u8, Option<u32>),
    Drop(u8, Option<u32>),
    PickUp(u8, Option<u32>, Option<u8>),
    Transfer(u8, u8, Option<u32>, u8, Option<u8>),
    Open(u8),
    Close(u8),
    Sort(u8, u8),
    Grant(u8, u8, u32),
    Destroy(u8, Option<u32>),
    TakeAll(u8),
    PutMatching(u8),
    StackAll,
    Mark(u8, bool),
    Leave,
    Tick,
}

fn wish() -> impl Strategy<Value = Wish> {
    let count =
        || prop_oneof![3 => Just(None), 6 => (0..12u32).prop_map(Some), 1 => Just(Some(u32::MAX))];
    let place = || prop_oneof![2 => Just(None), 3 => (0..8u8).prop_map(Some)];
    let n = any::<u8>;
    prop_oneof![
        9 => (n(), 0..10u8, proptest::option::of(n())).prop_map(|(a, b, c)| Wish::Move(a, b, c)),
        4 => (n(), 0..12u32, place()).prop_map(|(a, b, c)| Wish::Split(a, b, c)),
        5 => (n(), n(), count()).prop_map(|(a, b, c)| Wish::Merge(a, b, c)),
        5 => (n(), count()).prop_map(|(a, b)| Wish::Drop(a, b)),
        6 => (n(), count(), place()).prop_map(|(a, b, c)| Wish::PickUp(a, b, c)),
        8 => (n(), n(), count(), n(), place()).prop_map(|(a, b, c, d, e)| Wish::Transfer(a, b, c, d, e)),
        2 => n().prop_map(Wish::Open),
        1 => n().prop_map(Wish::Close),
        1 => (0..4u8, 0..4u8).prop_map(|(a, b)| Wish::Sort(a, b)),
        3 => (n(), n(), 0..40u32).prop_map(|(a, b, c)| Wish::Grant(a, b, c)),
        1 => (n(), count()).prop_map(|(a, b)| Wish::Destroy(a, b)),
        1 => n().prop_map(Wish::TakeAll),
        1 => n().prop_map(Wish::PutMatching),
        1 => Just(Wish::StackAll),
        1 => (n(), any::<bool>()).prop_map(|(a, b)| Wish::Mark(a, b)),
        1 => Just(Wish::Leave),
        1 => Just(Wish::Tick),
    ]
}

struct Scene {
    rig: Rig,
    holders: Vec<(Entity, Uid)>,
}

impl Scene {
    fn new() -> Self {
        let mut rig = Rig::new();
        let mut holders = vec![rig.hero(ANN), rig.hero(BOB), rig.chest(1.0), rig.chest(2.0)];
        for (i, name) in [
            "sack", "satchel", "sack", "sack", "sword", "potion", "coin", "rock", "potion", "anvil",
        ]
        .iter()
        .enumerate()
        {
            let (holder, _) = holders[i % holders.len()];
            let kind = MovementKind::Spawned;
            let given = rig.app.world_mut().transact("test.begin", |txn| {
                wayfarer_inventory::actions::create(txn, holder, kind, def(name), 1, None)
            });
            given.unwrap();
        }
        // Somebody who comes and goes.
        holders.push(rig.hero(BOB));
        Self { rig, holders }
    }

    /// An item anywhere.
    fn item(&mut self, n: u8) -> Uid {
        let world = self.rig.app.world_mut();
        let mut all: Vec<Uid> = Vec::new();
        let mut inventories = world.query::<&Inventory>();
        for inventory in inventories.iter(world) {
            all.extend(inventory.iter().map(|item| item.uid));
        }
        let mut lying = world.query::<&WorldItem>();
        all.extend(lying.iter(world).map(|lying| lying.item.uid));
        all.sort_unstable();
        let n = usize::from(n);
        all.get(n % (all.len() + 1))
            .copied()
            .unwrap_or(Uid::new(u64::MAX).unwrap())
    }

    /// Somebody with an inventory; now and then a bag that lies on the ground.
    fn holder(&mut self, n: u8) -> Uid {
        let world = self.rig.app.world_mut();
        let mut bags = world.query_filtered::<&Identity, With<WorldItem>>();
        let mut lying: Vec<Uid> = bags.iter(world).map(|uid| uid.0).collect();
        lying.sort_unstable();
        match lying.get(usize::from(n) % 4) {
            Some(&bag) if n >= 160 => bag,
            _ => self.holders[usize::from(n) % self.holders.len()].1,
        }
    }

    /// A compartment, or a pocket of some bag of somebody.
    fn place(&mut self, n: u8) -> Place {
        if n < 4 {
            return Place::In(n);
        }
        let world = self.rig.app.world_mut();
        let mut inventories = world.query::<&Inventory>();
        let mut bags: Vec<Uid> = Vec::new();
        for inventory in inventories.iter(world) {
            let all = inventory.iter();
            let found = all.filter(|item| [def("sack"), def("satchel")].contains(&item.def));
            bags.extend(found.map(|item| item.uid));
        }
        bags.sort_unstable();
        match bags.get(usize::from(n) % 7) {
            Some(&bag) => Place::Inside { bag, pocket: n % 2 },
            None => Place::Overflow,
        }
    }

    fn ask(&mut self, player: PlayerId, me: Uid, wish: &Wish) -> Result<(), Refusal> {
        match *wish {
            Wish::Move(item, to, before) => {
                let before = before.map(|n| self.item(n));
                let (item, to) = (self.item(item), self.place(to));
                self.rig.act(player, me, &MoveItem { item, to, before })
            }
            Wish::Split(item, count, to) => {
                let to = to.map(|n| self.place(n));
                let item = self.item(item);
                self.rig
                    .act(player, me, &SplitStack { item, count, to })
                    .map(drop)
            }
            Wish::Merge(from, into, count) => {
                let (from, into) = (self.item(from), self.item(into));
                self.rig
                    .act(player, me, &MergeStacks { from, into, count })
                    .map(drop)
            }
            Wish::Drop(item, count) => {
                let item = self.item(item);
                self.rig
                    .act(player, me, &DropItem { item, count })
                    .map(drop)
            }
            Wish::PickUp(item, count, to) => {
                let to = to.map(|n| self.place(n));
                let item = self.item(item);
                self.rig
                    .act(player, me, &PickUpItem { item, count, to })
                    .map(drop)
            }
            Wish::Transfer(from, item, count, to, compartment) => {
                let (from, to) = (self.holder(from), self.holder(to));
                let item = self.item(item);
                let action = TransferItem {
                    from,
                    item,
                    count,
                    to,
                    compartment: compartment.map(|n| self.place(n)),
                };
                self.rig.act(player, me, &action).map(drop)
            }
            Wish::Open(n) => {
                let container = self.holder(n);
                self.rig.act(player, me, &OpenContainer { container })
            }
            Wish::Close(n) => {
                let container = self.holder(n);
                self.rig.act(player, me, &CloseContainer { container })
            }
            Wish::Sort(compartment, by) => {
                let kinds = [SortBy::Name, SortBy::Weight, SortBy::Value, SortBy::Kind];
                let by = kinds[usize::from(by) % 4];
                let compartment = Some(Place::In(compartment));
                self.rig.act(player, me, &SortItems { compartment, by })
            }
            Wish::Grant(to, what, count) => {
                let to = self.holder(to);
                let names = [
                    "sword", "potion", "coin", "rock", "feather", "unknown", "sack", "satchel",
                ];
                let def = def(names[usize::from(what) % names.len()]);
                let action = GrantItem {
                    to,
                    def,
                    count,
                    compartment: None,
                };
                self.rig.act(PlayerId::LOCAL, me, &action)
            }
            Wish::Destroy(item, count) => {
                let item = self.item(item);
                self.rig.act(player, me, &DestroyItem { item, count })
            }
            Wish::TakeAll(from) => {
                let from = self.holder(from);
                self.rig.act(player, me, &TakeAll { from }).map(drop)
            }
            Wish::PutMatching(to) => {
                let to = self.holder(to);
                self.rig.act(player, me, &PutMatching { to }).map(drop)
            }
            Wish::StackAll => {
                let all = StackAll { compartment: None };
                self.rig.act(player, me, &all).map(drop)
            }
            Wish::Mark(item, favourite) => {
                let item = self.item(item);
                self.rig.act(player, me, &MarkItem { item, favourite })
            }
            Wish::Leave => {
                let (gone, _) = self.holders.pop().unwrap();
                let left = self.rig.app.world_mut().transact("test.leave", |txn| {
                    release(txn, gone)?;
                    txn.despawn(gone)
                });
                self.holders.push(self.rig.hero(BOB));
                left
            }
            Wish::Tick => {
                self.rig.tick();
                Ok(())
            }
        }
    }
}

proptest! {
    // 64 scenes of about 200 wishes: some 12 000 requests.
    #![proptest_config(ProptestConfig { cases: 64, max_shrink_iters: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_asked_nothing_is_lost_or_copied(
        wishes in proptest::collection::vec((any::<bool>(), wish()), 180..220)
    ) {
        let mut scene = Scene::new();
        let mut done = 0;
        for (who, wish) in &wishes {
            let (player, me) = if *who { (ANN, scene.holders[0].1) } else { (BOB, scene.holders[1].1) };
            let before = scene.rig.hash();
            match scene.ask(player, me, wish) {
                Ok(()) => done += 1,
                Err(refusal) => prop_assert_eq!(
                    scene.rig.hash(), before, "{:?} was refused ({}) and changed something", wish, refusal
                ),
            }
            let found = wayfarer_inventory::audit::audit(scene.rig.app.world());
            prop_assert!(found.twice.is_empty(), "{:?} copied {:?}", wish, found.twice);
        }
        prop_assert!(done > 10, "most wishes make sense");
        scene.rig.check_conserved();
        // What came of it can be saved and read again.
        let world = scene.rig.app.world_mut();
        for inventory in world.query::<&Inventory>().iter(world) {
            let bytes = postcard::to_stdvec(inventory).unwrap();
            let read: Inventory = postcard::from_bytes(&bytes).unwrap();
            prop_assert_eq!(&read, inventory);
        }
    }
}
