//! A hundred thousand requests by eight players among eight holders of things: everything that can
//! be done with items and money, with people who leave and come back and worlds that are loaded in
//! between. At every hundredth request all things and coins of the world are counted.

use std::collections::{BTreeMap, BTreeSet};

use bevy::prelude::*;
use wayfarer::{
    core::content::Def,
    core::state::{WorldRecord, restore_world, snapshot_world},
    equipment::{
        content::EnchantmentDef,
        identifying::{IdentifyBy, IdentifyItem},
        repair::RepairItem,
    },
    inventory::{
        actions::{
            AcceptTrade, AnswerTrade, AskTrade, BuyItem, CancelTrade, ExchangeCoins, OfferTrade,
            SellItem, ShareOut, StopWork, TidyPurse,
        },
        audit::audit,
        content::RecipeDef,
        rules::Side,
        shop::price_of,
        trade::{Trade, TradePhase},
    },
    prelude::*,
};

use super::rig::{self, BY_HAND, seat, ticks};
use crate::garbage::Dice;

const REQUESTS: u64 = 100_000;
/// Each plays its part of the requests in a world of its own.
const THREADS: u64 = 2;
const PLAYERS: u64 = 8;
/// Chests, and those who live off the clearing: eight holders beside the players.
const HOLDERS: [(&str, f32); 8] = [
    ("demo:oak_chest", -1.0),
    ("demo:oak_chest", -0.5),
    ("demo:iron_chest", 0.5),
    ("demo:iron_chest", 1.0),
    ("demo:merchant", 0.2),
    ("demo:merchant", -0.2),
    ("demo:smith", 0.3),
    ("demo:enchanter", -0.3),
];

/// What there should be.
type Counts = BTreeMap<DefId, i64>;

struct Market {
    app: App,
    dice: Dice,
    /// Player and character.
    people: Vec<(PlayerId, Uid)>,
    chests: Vec<Uid>,
    merchants: Vec<Uid>,
    smith: Uid,
    enchanter: Uid,
    expected: Counts,
    /// Worth of each coin.
    worths: BTreeMap<DefId, i64>,
    /// Worth that changing money made or lost; always 0.
    changed: i64,
    read: u64,
    checkpoint: Option<(WorldRecord, Counts)>,
    done: BTreeMap<&'static str, (u32, u32)>,
    loads: u32,
    leaves: u32,
}

fn player(n: u64) -> PlayerId {
    PlayerId((n + 1) << 32)
}

impl Market {
    fn new(seed: u64) -> Self {
        let mut app = rig::game(BY_HAND);
        let people = (0..PLAYERS)
            .map(|n| {
                let template = ["demo:knight", "demo:ranger"][n as usize % 2];
                (player(n), seat(&mut app, player(n), template))
            })
            .collect();
        let mut holders = Vec::new();
        for (template, x) in HOLDERS {
            let mut holder = app
                .world_mut()
                .spawn((Character::new(template), Position::ground(x, 0.0)));
            if template.ends_with("chest") {
                holder.insert(Container::default());
            }
            let holder = holder.id();
            ticks(&mut app, 1);
            holders.push(app.world().get::<Identity>(holder).unwrap().0);
        }
        let coin = |name| DefId::of(name);
        let counts = audit(app.world()).counts;
        let mut market = Self {
            dice: Dice(seed),
            people,
            chests: holders[..4].to_vec(),
            merchants: holders[4..6].to_vec(),
            smith: holders[6],
            enchanter: holders[7],
            expected: counts.iter().map(|(&def, &n)| (def, n as i64)).collect(),
            worths: [(coin("demo:coin"), 1), (coin("demo:platinum_coin"), 10)].into(),
            changed: 0,
            read: app.world().resource::<Ledger>().next_sequence(),
            checkpoint: None,
            done: BTreeMap::new(),
            loads: 0,
            leaves: 0,
            app,
        };
        for n in 0..market.people.len() {
            market.gift(n);
        }
        market
    }

    /// Something to deal with.
    fn gift(&mut self, n: usize) {
        let (_, to) = self.people[n % self.people.len()];
        for (name, count) in [
            ("coin", 120),
            ("platinum_coin", 20),
            ("iron_ore", 6),
            ("iron_ingot", 4),
            ("oak_plank", 3),
            ("apple", 5),
            ("ember_dust", 2),
            ("whetstone_dust", 2),
            ("tarnished_ring", 1),
            ("dagger", 1),
        ] {
            let def = DefId::of(&format!("demo:{name}"));
            let compartment = None;
            let grant = GrantItem {
                to,
                def,
                count,
                compartment,
            };
            self.ask((PlayerId::LOCAL, to), &grant);
        }
    }

    fn ask<A: Action>(&mut self, (player, actor): (PlayerId, Uid), action: &A) -> bool {
        let world = self.app.world_mut();
        let answer = world.act(player, Some(actor), action);
        let tally = self.done.entry(A::NAME).or_default();
        match &answer {
            Ok(_) => tally.0 += 1,
            Err(_) => tally.1 += 1,
        }
        self.read_ledger();
        answer.is_ok()
    }

    /// Adds up what the ledger says came and went.
    fn read_ledger(&mut self) {
        let ledger = self.app.world().resource::<Ledger>();
        for entry in ledger.iter().rev() {
            if entry.sequence < self.read {
                break;
            }
            for movement in &entry.movements {
                let signed = movement.kind.sign() * i64::from(movement.count);
                *self.expected.entry(movement.def).or_default() += signed;
                if matches!(
                    movement.kind,
                    MovementKind::ChangedAway | MovementKind::ChangedInto
                ) {
                    self.changed += signed * self.worths[&movement.def];
                }
            }
        }
        self.read = ledger.next_sequence();
    }

    fn check(&mut self, after: &str) {
        let found = audit(self.app.world());
        assert!(found.twice.is_empty(), "{after}: twice: {:?}", found.twice);
        let found: Counts = found.counts.iter().map(|(&d, &n)| (d, n as i64)).collect();
        let mut expected = self.expected.clone();
        expected.retain(|_, count| *count != 0);
        assert_eq!(found, expected, "{after}: the ledger says otherwise");
        assert_eq!(self.changed, 0, "{after}: changing money changed its worth");
    }

    fn entity(&self, uid: Uid) -> Option<Entity> {
        self.app.world().resource::<UidIndex>().get(uid)
    }

    fn held(&self, holder: Uid) -> Vec<(Uid, DefId, u32)> {
        let inventory = self.entity(holder);
        let inventory = inventory.and_then(|entity| self.app.world().get::<Inventory>(entity));
        let mut held: Vec<_> = inventory
            .into_iter()
            .flat_map(Inventory::iter)
            .map(|item| (item.uid, item.def, item.count))
            .collect();
        held.sort_unstable();
        held
    }

    fn lying(&mut self) -> Vec<Uid> {
        let mut lying = self.app.world_mut().query::<&WorldItem>();
        let mut lying: Vec<Uid> = lying.iter(self.app.world()).map(|l| l.item.uid).collect();
        lying.sort_unstable();
        lying
    }

    fn pick<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        let at = self.dice.below(all.len() as u64) as usize;
        all.get(at).copied()
    }

    fn count(&mut self) -> Option<u32> {
        let counts = [
            None,
            None,
            Some(1),
            Some(1),
            Some(2),
            Some(5),
            Some(0),
            Some(u32::MAX),
        ];
        self.pick(&counts).flatten()
    }

    /// One request, or something that happens to the world.
    fn step(&mut self) {
        let me = self.people[self.dice.below(PLAYERS) as usize];
        let other = self.people[self.dice.below(PLAYERS) as usize].1;
        let (_, actor) = me;
        let held = self.held(actor);
        let item = self.pick(&held).map(|(uid, ..)| uid);
        let item = item.unwrap_or(Uid::new(u64::MAX).unwrap());
        let count = self.count();
        let chests = self.chests.clone();
        let chest = self.pick(&chests).unwrap();
        let compartment = None;
        match self.dice.below(100) {
            0..=5 => {
                let to = Place::In(self.dice.below(4) as u8);
                self.ask(
                    me,
                    &MoveItem {
                        item,
                        to,
                        before: None,
                    },
                );
            }
            6..=8 => {
                let count = count.unwrap_or(1);
                self.ask(
                    me,
                    &SplitStack {
                        item,
                        count,
                        to: None,
                    },
                );
            }
            9..=11 => {
                let def = held
                    .iter()
                    .find(|known| known.0 == item)
                    .map(|known| known.1);
                let alike: Vec<_> = held.iter().filter(|k| Some(k.1) == def).collect();
                if let Some((into, ..)) = self.pick(&alike) {
                    let (from, into) = (item, *into);
                    self.ask(me, &MergeStacks { from, into, count });
                }
            }
            12..=15 => {
                self.ask(me, &DropItem { item, count });
            }
            16..=21 => {
                let lying = self.lying();
                if let Some(item) = self.pick(&lying) {
                    self.ask(
                        me,
                        &PickUpItem {
                            item,
                            count,
                            to: None,
                        },
                    );
                }
            }
            22..=25 => {
                self.ask(me, &OpenContainer { container: chest });
            }
            26..=31 => {
                let (from, to) = (actor, chest);
                self.ask(
                    me,
                    &TransferItem {
                        from,
                        item,
                        count,
                        to,
                        compartment,
                    },
                );
            }
            32..=37 => {
                let there = self.held(chest);
                if let Some((item, ..)) = self.pick(&there) {
                    let (from, to) = (chest, actor);
                    self.ask(
                        me,
                        &TransferItem {
                            from,
                            item,
                            count,
                            to,
                            compartment,
                        },
                    );
                }
            }
            38..=39 => {
                self.ask(me, &TakeAll { from: chest });
            }
            40 => {
                self.ask(me, &PutMatching { to: chest });
            }
            41 => {
                let among = self.people.iter().take(3).map(|person| person.1).collect();
                self.ask(
                    me,
                    &ShareOut {
                        container: chest,
                        among,
                    },
                );
            }
            42..=45 => {
                self.ask(me, &EquipItem { item, slot: None });
            }
            46..=47 => {
                let slot = DefId::of(["core:main_hand", "core:chest"][self.dice.below(2) as usize]);
                self.ask(me, &UnequipItem { slot, compartment });
            }
            48..=51 => {
                self.ask(me, &UseItem { item, target: None });
            }
            52 => {
                self.ask(me, &DestroyItem { item, count });
            }
            53..=61 => self.shop(me, item, count),
            62..=64 => {
                let coins = [DefId::of("demo:coin"), DefId::of("demo:platinum_coin")];
                let (from, into) = (self.pick(&coins).unwrap(), self.pick(&coins).unwrap());
                let count = self.dice.below(25) as u32;
                self.ask(me, &ExchangeCoins { from, count, into });
            }
            65 => {
                self.ask(me, &TidyPurse);
            }
            66..=81 => self.trade(me, other),
            82..=86 => self.craft(me),
            87..=88 => {
                let station = Some(self.smith);
                self.ask(
                    me,
                    &RepairItem {
                        item,
                        station,
                        points: None,
                        extras: self.dice.below(3) == 0,
                    },
                );
            }
            89..=91 => self.magic(me, item),
            92 if self.dice.below(4) == 0 => {
                self.ask(me, &StopWork);
            }
            92..=95 => {
                // Long enough for most work to be done.
                for _ in 0..30 {
                    self.app.world_mut().run_schedule(RulesTick);
                }
            }
            96 => {
                let n = self.dice.below(PLAYERS) as usize;
                self.gift(n);
            }
            97 => self.leave_and_come_back(),
            98 => self.wear_out(actor),
            _ => self.load(),
        }
        self.read_ledger();
    }

    fn shop(&mut self, me: (PlayerId, Uid), item: Uid, count: Option<u32>) {
        let merchants = self.merchants.clone();
        let shop = self.pick(&merchants).unwrap();
        let buys = self.dice.below(2) == 0;
        let goods = self.held(shop);
        let item = match self.pick(&goods) {
            Some((uid, ..)) if buys => uid,
            _ => item,
        };
        let side = if buys { Side::Buy } else { Side::Sell };
        self.ask(me, &OpenContainer { container: shop });
        let (Some(at), Some(customer)) = (self.entity(shop), self.entity(me.1)) else {
            return;
        };
        let count = count.unwrap_or(1);
        let world = self.app.world();
        let content = &world.resource::<ActiveContent>().0;
        let price = price_of(world, content, at, customer, item, side, count);
        let price = price.map_or(1, |price| price.total);
        match side {
            Side::Buy => self.ask(
                me,
                &BuyItem {
                    shop,
                    item,
                    count,
                    price,
                },
            ),
            Side::Sell => self.ask(
                me,
                &SellItem {
                    shop,
                    item,
                    count,
                    price,
                },
            ),
        };
    }

    /// The next step of the trade that somebody is in; a new one if there is none.
    fn trade(&mut self, me: (PlayerId, Uid), with: Uid) {
        let mut all = self.app.world_mut().query::<(&Identity, &Trade)>();
        let mine = all
            .iter(self.app.world())
            .find(|(_, trade)| trade.side_of(me.1).is_some())
            .map(|(identity, trade)| (identity.0, trade.clone()));
        let Some((trade, now)) = mine else {
            self.ask(me, &AskTrade { with });
            return;
        };
        let asked = now.phase == TradePhase::Asked;
        match self.dice.below(12) {
            n if asked && n > 2 => {
                // Whoever was asked; the asker is refused now and then.
                let whom = now.sides[usize::from(n > 3)].who;
                let whom = self.people.iter().find(|person| person.1 == whom);
                let Some(&whom) = whom else { return };
                self.ask(whom, &AnswerTrade { trade, yes: true });
            }
            0..=5 => {
                let held = self.held(me.1);
                let items = (0..self.dice.below(3))
                    .filter_map(|_| self.pick(&held))
                    .map(|(uid, _, count)| (uid, count))
                    .collect::<BTreeSet<_>>();
                let items = items.into_iter().collect();
                let money = self.dice.below(30);
                self.ask(
                    me,
                    &OfferTrade {
                        trade,
                        items,
                        money,
                    },
                );
            }
            6 => {
                self.ask(me, &CancelTrade { trade });
            }
            _ => {
                // Both, as two who have talked about it.
                let (phase, revision) = (now.phase, now.revision);
                self.ask(
                    me,
                    &AcceptTrade {
                        trade,
                        phase,
                        revision,
                    },
                );
                let partner = now.sides.iter().find(|side| side.who != me.1).unwrap().who;
                let partner = self.people.iter().find(|person| person.1 == partner);
                let Some(&partner) = partner else { return };
                let Some(entity) = self.entity(trade) else {
                    return;
                };
                let Some(now) = self.app.world().get::<Trade>(entity).cloned() else {
                    return;
                };
                let (phase, revision) = (now.phase, now.revision);
                self.ask(
                    partner,
                    &AcceptTrade {
                        trade,
                        phase,
                        revision,
                    },
                );
            }
        }
    }

    fn craft(&mut self, me: (PlayerId, Uid)) {
        let content = self.app.world().resource::<ActiveContent>().0.clone();
        let recipes: Vec<DefId> = content.table::<RecipeDef>().iter().map(Def::id).collect();
        let recipe = self.pick(&recipes).unwrap();
        let (station, times, pick) = (Some(self.smith), 1, Vec::new());
        self.ask(
            me,
            &CraftItem {
                recipe,
                times,
                station,
                pick,
            },
        );
    }

    fn magic(&mut self, me: (PlayerId, Uid), item: Uid) {
        let content = self.app.world().resource::<ActiveContent>().0.clone();
        let all: Vec<DefId> = content
            .table::<EnchantmentDef>()
            .iter()
            .map(Def::id)
            .collect();
        let enchantment = self.pick(&all).unwrap();
        let station = Some(self.enchanter);
        match self.dice.below(5) {
            0..=1 => {
                let keeper = true;
                self.ask(
                    me,
                    &EnchantItem {
                        item,
                        enchantment,
                        station,
                        keeper,
                    },
                );
            }
            2 => {
                self.ask(
                    me,
                    &DisenchantItem {
                        item,
                        enchantment,
                        station,
                    },
                );
            }
            3 => {
                self.ask(
                    me,
                    &RemoveEnchantment {
                        item,
                        enchantment,
                        station,
                    },
                );
            }
            _ => {
                let by = IdentifyBy::Station(self.enchanter);
                self.ask(me, &IdentifyItem { item, by });
            }
        }
    }

    /// In the middle of whatever they were doing.
    fn leave_and_come_back(&mut self) {
        let n = self.dice.below(PLAYERS);
        let world = self.app.world_mut();
        world.resource_mut::<Players>().depart(player(n));
        ticks(&mut self.app, 3);
        let world = self.app.world_mut();
        let mut players = world.resource_mut::<Players>();
        players.arrive(player(n), "somebody", Role::Player);
        ticks(&mut self.app, 1);
        self.leaves += 1;
    }

    /// What somebody wears is used until something of it is nothing.
    fn wear_out(&mut self, who: Uid) {
        let Some(entity) = self.entity(who) else {
            return;
        };
        let worn: Vec<Uid> = self
            .app
            .world()
            .get::<Inventory>(entity)
            .into_iter()
            .flat_map(Inventory::worn)
            .map(|item| item.uid)
            .collect();
        for item in worn {
            for _ in 0..20 {
                let used = UseOfGear {
                    critical: true,
                    ..default()
                };
                let world = self.app.world_mut();
                // What has fallen off meanwhile is not used any more.
                let _ = world.transact("test.wear", |txn| use_gear(txn, entity, item, &used));
            }
        }
    }

    /// The world is saved, or goes back to what was saved last.
    fn load(&mut self) {
        self.read_ledger();
        if let Some((record, counts)) = self.checkpoint.take() {
            restore_world(self.app.world_mut(), &record);
            self.expected = counts;
            self.read = self.app.world().resource::<Ledger>().next_sequence();
            self.loads += 1;
            ticks(&mut self.app, 1);
            self.read_ledger();
            self.check("after loading");
        } else {
            let record = snapshot_world(self.app.world());
            self.checkpoint = Some((record, self.expected.clone()));
        }
    }
}

/// Plays so many requests; what was done and refused, by action.
fn play(seed: u64, requests: u64) -> Market {
    let mut market = Market::new(seed);
    let mut asked = 0;
    let mut next_check = 100;
    while asked < requests {
        market.step();
        asked = market.done.values().map(|(a, b)| u64::from(a + b)).sum();
        if asked >= next_check {
            market.check(&format!("after {asked} requests"));
            next_check = asked + 100;
        }
    }
    market.check("at the end");
    market
}

#[test]
fn a_hundred_thousand_requests_balance_to_the_coin() {
    let mut all = BTreeMap::<&str, (u32, u32)>::new();
    let (mut loads, mut leaves) = (0, 0);
    std::thread::scope(|scope| {
        let parts: Vec<_> = (0..THREADS)
            .map(|n| {
                scope.spawn(move || {
                    let market = play(20_261_121 + n, REQUESTS / THREADS);
                    (market.done, market.loads, market.leaves)
                })
            })
            .collect();
        for part in parts {
            let (done, loaded, left) = match part.join() {
                Ok(part) => part,
                Err(panic) => std::panic::resume_unwind(panic),
            };
            (loads, leaves) = (loads + loaded, leaves + left);
            for (name, (yes, no)) in done {
                let sum = all.entry(name).or_default();
                *sum = (sum.0 + yes, sum.1 + no);
            }
        }
    });
    println!("{loads} loads, {leaves} who left and came back: {all:?}");
    assert!(loads > 100 && leaves > 100);
    // What needs luck, skill and a state of affairs is seldom done in a crowd.
    const SELDOM: [&str; 4] = [
        "equipment.disenchant",
        "equipment.remove_enchantment",
        "equipment.repair",
        "inventory.share_out",
    ];
    for (name, (done, _)) in &all {
        let least = if SELDOM.contains(name) { 0 } else { 20 };
        assert!(*done >= least, "{name}: only {done} were done");
    }
}
