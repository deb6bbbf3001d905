//! Games that host and join, and what their players do.

use bevy::{prelude::*, state::app::StatesPlugin};
use wayfarer_core::{content::MemorySource, door::RequestId, prelude::*};
use wayfarer_equipment::EquipmentPlugin;
use wayfarer_inventory::prelude::*;

use super::{heroes::load, pack::whole_pack};
use crate::Failure;

/// A game with every rules plugin and this network plugin, its content loaded. Its clock moves by
/// hand.
pub fn game(net: impl Plugin) -> Result<App, Failure> {
    game_of(whole_pack(), net)
}

/// The same with other content.
pub fn game_of(pack: MemorySource, net: impl Plugin) -> Result<App, Failure> {
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, StatesPlugin, EquipmentPlugin, net))
        .add_pack_source(pack);
    load(&mut app)?;
    app.finish();
    app.cleanup();
    Ok(app)
}

/// Somebody's character, and one thing that it has.
#[derive(Clone, Copy, Debug)]
pub struct Actor {
    /// The character.
    pub uid: Uid,
    /// The thing.
    pub item: Uid,
}

impl Actor {
    /// A new character of this player, ready to act.
    pub fn spawn(host: &mut App, owner: PlayerId) -> Result<Self, Failure> {
        let hero = (Character::new("b:hero"), Owner(owner), Position::default());
        let entity = host.world_mut().spawn(hero).id();
        host.world_mut().run_schedule(RulesTick);
        Self::of(host.world(), entity)
    }

    /// A character that was given its things already.
    pub fn of(world: &World, entity: Entity) -> Result<Self, Failure> {
        let uid = world.get::<Identity>(entity).ok_or("no uid")?.0;
        let inventory = world.get::<Inventory>(entity).ok_or("no inventory")?;
        let item = inventory.iter().next().ok_or("nothing to move")?.uid;
        Ok(Self { uid, item })
    }

    /// Asks for the thing to be moved: to one compartment in even turns, to the other in odd ones.
    pub fn ask(self, client: &mut App, turn: u32) -> RequestId {
        let action = MoveItem {
            item: self.item,
            to: u8::from(turn.is_multiple_of(2)).into(),
            before: None,
        };
        let mut outbox = client.world_mut().resource_mut::<Outbox>();
        outbox.send(Some(self.uid), &action)
    }
}
