//! People who leave and come back, things that wear out, worlds that are loaded.

use bevy::prelude::*;
use wayfarer::{
    core::state::{restore_world, snapshot_world},
    prelude::*,
};

use super::{Market, PLAYERS, player};
use crate::whole::rig::ticks;

impl Market {
    /// In the middle of whatever they were doing.
    pub(super) fn leave_and_come_back(&mut self) {
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
    pub(super) fn wear_out(&mut self, who: Uid) {
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
    pub(super) fn load(&mut self) {
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
