//! At random: trades, purchases, payments, exchanges and leaving in between. Money and things are
//! conserved whatever is asked.

use bevy::prelude::*;
use proptest::prelude::*;
use wayfarer_core::{prelude::*, refusal::Refusal};
use wayfarer_inventory::{
    actions::{AcceptTrade, AnswerTrade, AskTrade, CancelTrade, OfferTrade, ShareOut},
    currency::Money,
    prelude::*,
    release::release,
    rules::Side,
    trade::{OpenTrades, Trade},
};

use crate::{
    market::{m, market},
    rig::{ANN, BOB, Rig},
};

#[derive(Clone, Debug)]
enum Wish {
    Ask,
    Answer(bool),
    Offer(Vec<(u8, u32)>, u64),
    Accept,
    Cancel,
    Buy(u8, u32, bool),
    Sell(u8, u32, bool),
    Exchange(u8, u32, u8),
    Tidy,
    Share,
    Drop(u8, u32),
    Walk(bool),
    Absent(bool),
    Leave,
    Tick,
}

fn wish() -> impl Strategy<Value = Wish> {
    let n = any::<u8>;
    let count = || 0..8u32;
    prop_oneof![
        4 => Just(Wish::Ask),
        4 => prop::bool::weighted(0.9).prop_map(Wish::Answer),
        6 => (prop::collection::vec((n(), 1..5u32), 0..3), 0..150u64)
            .prop_map(|(items, money)| Wish::Offer(items, money)),
        16 => Just(Wish::Accept),
        1 => Just(Wish::Cancel),
        6 => (n(), count(), prop::bool::weighted(0.9)).prop_map(|(a, b, c)| Wish::Buy(a, b, c)),
        6 => (n(), count(), prop::bool::weighted(0.9)).prop_map(|(a, b, c)| Wish::Sell(a, b, c)),
        3 => (n(), 0..120u32, n()).prop_map(|(a, b, c)| Wish::Exchange(a, b, c)),
        2 => Just(Wish::Tidy),
        1 => Just(Wish::Share),
        2 => (n(), count()).prop_map(|(a, b)| Wish::Drop(a, b)),
        1 => any::<bool>().prop_map(Wish::Walk),
        1 => any::<bool>().prop_map(Wish::Absent),
        1 => Just(Wish::Leave),
        4 => Just(Wish::Tick),
    ]
}

struct Scene {
    rig: Rig,
    shop: (Entity, Uid),
    chest: (Entity, Uid),
    ann: (Entity, Uid),
    bob: (Entity, Uid),
}

impl Scene {
    fn new() -> Self {
        let mut rig = market();
        let shop = rig.merchant();
        let chest = rig.spawn((Character::new("m:chest"), Container::default()));
        for (name, count) in [("axe", 1), ("herb", 7), ("copper", 61), ("gold", 3)] {
            rig.get(chest.0, name, count);
        }
        let ann = rig.hero(ANN);
        let bob = rig.hero(BOB);
        let mut scene = Self {
            rig,
            shop,
            chest,
            ann,
            bob,
        };
        scene.fit_out(scene.ann);
        scene.arrive(BOB, scene.bob);
        scene.arrive(ANN, scene.ann);
        scene
    }

    fn fit_out(&mut self, who: (Entity, Uid)) {
        for (name, count) in [
            ("gold", 2),
            ("silver", 5),
            ("copper", 30),
            ("herb", 9),
            ("blade", 1),
        ] {
            self.rig.get(who.0, name, count);
        }
    }

    fn arrive(&mut self, player: PlayerId, who: (Entity, Uid)) {
        if player == BOB {
            self.fit_out(who);
        }
        for container in [self.shop.1, self.chest.1] {
            let _ = self.rig.act(player, who.1, &OpenContainer { container });
        }
    }

    fn item(&self, holder: Entity, n: u8) -> Uid {
        let all: Vec<Uid> = self.rig.bag(holder).iter().map(|item| item.uid).collect();
        let nobody = Uid::new(u64::MAX).unwrap();
        all.get(usize::from(n) % (all.len() + 1))
            .copied()
            .unwrap_or(nobody)
    }

    fn trade(&self) -> Option<(Uid, &Trade)> {
        let world = self.rig.app.world();
        let uid = world.resource::<OpenTrades>().iter().next()?;
        let entity = world.resource::<UidIndex>().get(uid)?;
        Some((uid, world.get(entity)?))
    }

    fn ask(&mut self, ann: bool, wish: &Wish) -> Result<(), Refusal> {
        let (player, me, other) = if ann {
            (ANN, self.ann, self.bob)
        } else {
            (BOB, self.bob, self.ann)
        };
        let nobody = Uid::new(u64::MAX).unwrap();
        let trade = self.trade().map_or(nobody, |(uid, _)| uid);
        match wish {
            Wish::Ask => self
                .rig
                .act(player, me.1, &AskTrade { with: other.1 })
                .map(drop),
            Wish::Answer(yes) => self
                .rig
                .act(player, me.1, &AnswerTrade { trade, yes: *yes }),
            Wish::Offer(items, money) => {
                let items = items
                    .iter()
                    .map(|&(n, count)| (self.item(me.0, n), count))
                    .collect();
                self.rig.act(
                    player,
                    me.1,
                    &OfferTrade {
                        trade,
                        items,
                        money: *money,
                    },
                )
            }
            Wish::Accept => {
                let Some((_, known)) = self.trade() else {
                    return Ok(());
                };
                let (phase, revision) = (known.phase, known.revision);
                self.rig
                    .act(
                        player,
                        me.1,
                        &AcceptTrade {
                            trade,
                            phase,
                            revision,
                        },
                    )
                    .map(drop)
            }
            Wish::Cancel => self.rig.act(player, me.1, &CancelTrade { trade }),
            &Wish::Buy(n, count, honest) => {
                let item = self.item(self.shop.0, n);
                let price = self.rig.price(self.shop.0, me.0, item, Side::Buy, count);
                let price = price.map_or(3, |price| price.total) - u64::from(!honest);
                let shop = self.shop.1;
                self.rig
                    .act(
                        player,
                        me.1,
                        &BuyItem {
                            shop,
                            item,
                            count,
                            price,
                        },
                    )
                    .map(drop)
            }
            &Wish::Sell(n, count, honest) => {
                let item = self.item(me.0, n);
                let price = self.rig.price(self.shop.0, me.0, item, Side::Sell, count);
                let price = price.map_or(3, |price| price.total) + u64::from(!honest);
                let shop = self.shop.1;
                self.rig
                    .act(
                        player,
                        me.1,
                        &SellItem {
                            shop,
                            item,
                            count,
                            price,
                        },
                    )
                    .map(drop)
            }
            &Wish::Exchange(from, count, into) => {
                let coins = ["gold", "silver", "copper", "blade"].map(m);
                let (from, into) = (coins[usize::from(from) % 4], coins[usize::from(into) % 4]);
                self.rig
                    .act(player, me.1, &ExchangeCoins { from, count, into })
                    .map(drop)
            }
            Wish::Tidy => self.rig.act(player, me.1, &TidyPurse),
            Wish::Share => {
                let (container, among) = (self.chest.1, vec![me.1, other.1]);
                self.rig
                    .act(player, me.1, &ShareOut { container, among })
                    .map(drop)
            }
            &Wish::Drop(n, count) => {
                let (item, count) = (self.item(me.0, n), Some(count));
                self.rig
                    .act(player, me.1, &DropItem { item, count })
                    .map(drop)
            }
            &Wish::Walk(far) => {
                let at = Position::ground(if far { 50.0 } else { 0.0 }, 0.0);
                self.rig.app.world_mut().entity_mut(me.0).insert(at);
                Ok(())
            }
            &Wish::Absent(gone) => {
                let mut players = self.rig.app.world_mut().resource_mut::<Players>();
                if gone {
                    players.depart(player);
                } else {
                    players.arrive(player, "Somebody", Role::Player);
                }
                Ok(())
            }
            Wish::Leave => {
                let gone = self.bob.0;
                let left = self.rig.app.world_mut().transact("test.leave", |txn| {
                    release(txn, gone)?;
                    txn.despawn(gone)
                });
                self.bob = self.rig.hero(BOB);
                self.arrive(BOB, self.bob);
                left
            }
            Wish::Tick => {
                self.rig.tick();
                Ok(())
            }
        }
    }

    /// What all coins are worth, wherever they are.
    fn worth(&self) -> u64 {
        let content = self.rig.app.world().resource::<ActiveContent>().0.clone();
        let money = Money::of(&content).unwrap();
        let found = wayfarer_inventory::audit::audit(self.rig.app.world());
        let coins = money.coins().iter();
        coins
            .map(|coin| found.counts.get(&coin.item).copied().unwrap_or(0) * coin.worth)
            .sum()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_dealt_worth_and_things_are_conserved(
        wishes in prop::collection::vec((any::<bool>(), wish()), 150..200)
    ) {
        let mut scene = Scene::new();
        let mut done = 0;
        for (ann, wish) in &wishes {
            let (before, worth) = (scene.rig.hash(), scene.worth());
            match scene.ask(*ann, wish) {
                Ok(()) => done += 1,
                Err(refusal) => prop_assert_eq!(
                    scene.rig.hash(), before, "{:?} was refused ({}) and changed something", wish, refusal
                ),
            }
            // Only those who come and go, and new goods in the shop, change what there is.
            if !matches!(wish, Wish::Leave | Wish::Tick) {
                prop_assert_eq!(scene.worth(), worth, "{:?}", wish);
            }
            let found = wayfarer_inventory::audit::audit(scene.rig.app.world());
            prop_assert!(found.twice.is_empty(), "{:?} copied {:?}", wish, found.twice);
        }
        prop_assert!(done > 20, "most wishes make sense: {done}");
        scene.rig.check_worth();
    }
}
