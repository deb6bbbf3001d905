//! What players ask for, one thing after the other.

use std::collections::BTreeSet;

use bevy::prelude::*;
use wayfarer::{
    core::content::Def,
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
        content::RecipeDef,
        rules::Side,
        shop::price_of,
        trade::{Trade, TradePhase},
    },
    prelude::*,
};

use super::{Market, PLAYERS};

impl Market {
    /// One request, or something that happens to the world.
    pub(super) fn step(&mut self) {
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
                let extras = self.dice.below(3) == 0;
                self.ask(
                    me,
                    &RepairItem {
                        item,
                        station,
                        points: None,
                        extras,
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
}
