//! What a wish in numbers means in a world as it is.

use bevy::prelude::*;
use proptest::test_runner::TestCaseError;
use wayfarer::{core::ledger::UndoAction, inventory::release::release, prelude::*};

use super::{ANN, BOB, Scene, Wish};

const COUNTS: [Option<u32>; 12] = [
    None,
    None,
    None,
    None,
    Some(1),
    Some(1),
    Some(1),
    Some(2),
    Some(3),
    Some(7),
    Some(0),
    Some(u32::MAX),
];
const SLOTS: [&str; 6] = [
    "main_hand",
    "off_hand",
    "chest",
    "back",
    "ring_left",
    "ring_right",
];
const GIFTS: [&str; 7] = [
    "apple",
    "coin",
    "iron_sword",
    "rope",
    "healing_potion",
    "ring_of_strength",
    "no_such_thing",
];
const ORDERS: [SortBy; 4] = [SortBy::Name, SortBy::Weight, SortBy::Value, SortBy::Kind];

/// The one that a number means; nothing in an empty list.
fn pick<T: Copy>(all: &[T], n: u8) -> Option<T> {
    all.get(usize::from(n) % all.len().max(1)).copied()
}

fn slot(n: u8) -> DefId {
    DefId::of(&format!("core:{}", SLOTS[usize::from(n) % SLOTS.len()]))
}

impl Scene {
    pub(super) fn wish(&mut self, wish: Wish) -> Result<(), TestCaseError> {
        let [who, verb, first, second, number, place] = wish;
        // Two players, each mostly for their own character; now and then the game master.
        let (player, actor) = match who % 16 {
            0 => (PlayerId::LOCAL, self.holders[0]),
            1 => (ANN, self.holders[1]),
            n if n % 2 == 0 => (ANN, self.holders[0]),
            _ => (BOB, self.holders[1]),
        };
        let me = (player, actor);
        let master = match who % 4 {
            3 => me,
            _ => (PlayerId::LOCAL, actor),
        };
        let things = self.things(actor, who >= 192);
        let (item, other) = (
            things[usize::from(first) % things.len()],
            things[usize::from(second) % things.len()],
        );
        let holder = self.holders[usize::from(second) % self.holders.len()];
        let count = COUNTS[usize::from(number) % COUNTS.len()];
        let to = [None, Some(0), Some(1), Some(2), Some(3)][usize::from(place) % 5].map(Place::In);
        // Most requests are about something that is lying about, while there is something.
        let lying = self.lying();
        match verb % 64 {
            0..=5 => {
                let (to, before) = (Place::In(place % 4), (second % 2 == 0).then_some(other));
                self.ask(me, &MoveItem { item, to, before })
            }
            6..=9 => {
                let count = count.unwrap_or(2);
                self.ask(me, &SplitStack { item, count, to })
            }
            10..=14 => {
                let alike = self.alike(actor, item);
                let (from, into) = (item, pick(&alike, second).unwrap_or(other));
                self.ask(me, &MergeStacks { from, into, count })
            }
            15..=20 => self.ask(me, &DropItem { item, count }),
            21..=27 => match pick(&lying, first) {
                Some(item) => self.ask(me, &PickUpItem { item, count, to }),
                None => self.ask(me, &DropItem { item, count }),
            },
            28..=37 => {
                let third = self.holders[usize::from(place) % self.holders.len()];
                let (from, to) =
                    [(actor, holder), (holder, actor), (third, holder)][usize::from(place) % 3];
                // From somewhere else: something that is there.
                let there = pick(&self.held(from), first).filter(|_| from != actor);
                let item = there.unwrap_or(item);
                let compartment = (number % 4 == 3).then_some(Place::In(number % 3));
                let transfer = TransferItem {
                    from,
                    item,
                    count,
                    to,
                    compartment,
                };
                self.ask(me, &transfer)
            }
            38..=39 => self.ask(me, &OpenContainer { container: holder }),
            40..=41 => self.ask(me, &CloseContainer { container: holder }),
            42..=43 => {
                let (compartment, by) =
                    (Some(Place::In(place % 4)), ORDERS[usize::from(second) % 4]);
                self.ask(me, &SortItems { compartment, by })
            }
            44..=50 => {
                let slot = (place % 2 == 0).then(|| slot(second));
                self.ask(me, &EquipItem { item, slot })
            }
            51..=53 => {
                let (slot, compartment) = (slot(second), to);
                self.ask(me, &UnequipItem { slot, compartment })
            }
            54..=56 => {
                let (from, to) = match place % 4 {
                    0 => (slot(first), slot(second)),
                    n => (slot(4 + n % 2), slot(5 - n % 2)),
                };
                self.ask(me, &SwapSlots { from, to })
            }
            60..=61 => {
                let name = GIFTS[usize::from(first) % GIFTS.len()];
                let grant = GrantItem {
                    to: holder,
                    def: DefId::of(&format!("demo:{name}")),
                    count: count.unwrap_or(40),
                    compartment: None,
                };
                self.ask(master, &grant)
            }
            59 => self.ask(me, &DestroyItem { item, count }),
            57..=58 => {
                // What is undone by its number in this ledger has another number in a replay.
                self.only_requests = false;
                let next = self.app.world().resource::<Ledger>().next_sequence();
                let sequence = next.saturating_sub(u64::from(first % 3));
                self.ask(master, &UndoAction { sequence })
            }
            62 => {
                self.leave(holder, place % 2 == 0);
                Ok(())
            }
            _ => {
                self.app.world_mut().run_schedule(RulesTick);
                Ok(())
            }
        }
    }

    /// Somebody leaves the world with all they have: in a rule of the game's, or despawned.
    fn leave(&mut self, who: Uid, by_rule: bool) {
        self.only_requests = false;
        let world = self.app.world_mut();
        let Some(gone) = world.resource::<UidIndex>().get(who) else {
            return;
        };
        if by_rule {
            let left = world.transact("test.leave", |txn| {
                release(txn, gone)?;
                txn.despawn(gone)
            });
            left.unwrap();
        } else {
            world.despawn(gone);
        }
    }

    /// Other stacks of the same kind.
    fn alike(&self, holder: Uid, item: Uid) -> Vec<Uid> {
        let entity = self.app.world().resource::<UidIndex>().get(holder);
        let inventory = entity.and_then(|entity| self.app.world().get::<Inventory>(entity));
        let def = inventory.and_then(|all| all.get(item)).map(|item| item.def);
        let mut alike: Vec<Uid> = inventory
            .into_iter()
            .flat_map(Inventory::iter)
            .filter(|other| Some(other.def) == def && other.uid != item)
            .map(|other| other.uid)
            .collect();
        alike.sort_unstable();
        alike
    }

    fn held(&self, holder: Uid) -> Vec<Uid> {
        let entity = self.app.world().resource::<UidIndex>().get(holder);
        let inventory = entity.and_then(|entity| self.app.world().get::<Inventory>(entity));
        let mut held: Vec<Uid> =
            inventory.map_or(Vec::new(), |all| all.iter().map(|item| item.uid).collect());
        held.sort_unstable();
        held
    }

    fn lying(&mut self) -> Vec<Uid> {
        let all = self.lying.iter(self.app.world());
        let mut lying: Vec<Uid> = all.map(|lying| lying.item.uid).collect();
        lying.sort_unstable();
        lying
    }

    /// What a request may be about: one's own things, or anybody's and what does not exist.
    fn things(&mut self, actor: Uid, all: bool) -> Vec<Uid> {
        let mut things = self.held(actor);
        if all || things.is_empty() {
            things = self.lying();
            for &holder in &self.holders {
                things.extend(self.held(holder));
            }
            things.push(Uid::new(u64::MAX).unwrap());
        }
        things
    }
}
