//! The peer: the same sheet in `bevy_gauge`.

use bevy::{ecs::system::SystemState, prelude::*};
use bevy_gauge::prelude::*;

use super::pack::{MODIFIERS, stats};
use crate::Failure;

/// A world of `bevy_gauge`.
pub struct Gauge {
    app: App,
    state: SystemState<AttributesMut<'static, 'static>>,
    sheet: ModifierSet,
    entities: Vec<Entity>,
}

impl Gauge {
    /// A world without anybody.
    pub fn new() -> Self {
        let mut app = App::new();
        app.add_plugins((MinimalPlugins, AttributesPlugin));
        let mut sheet = ModifierSet::new();
        for (name, formula) in stats() {
            match formula {
                Some(formula) => sheet.add_expr(&name, &formula),
                None => sheet.add(&name, 10.0),
            }
        }
        // Its simplest form of a modifier: a flat amount on the stat itself.
        for (name, amount) in MODIFIERS {
            sheet.add(name, amount);
        }
        let state = SystemState::new(app.world_mut());
        Self {
            app,
            state,
            sheet,
            entities: Vec::new(),
        }
    }

    /// Spawns characters with the whole sheet.
    pub fn spawn(&mut self, count: usize) -> Result<(), Failure> {
        let world = self.app.world_mut();
        let new: Vec<Entity> = (0..count)
            .map(|_| world.spawn(Attributes::new()).id())
            .collect();
        let mut attributes = self
            .state
            .get_mut(world)
            .map_err(|_| "bevy_gauge has no world")?;
        for &entity in &new {
            self.sheet.apply_all(entity, &mut attributes);
        }
        self.entities.extend(new);
        Ok(())
    }

    /// Despawns everybody.
    pub fn clear(&mut self) {
        for entity in self.entities.drain(..) {
            self.app.world_mut().despawn(entity);
        }
    }

    /// Changes the ability `a0` of everybody.
    pub fn change(&mut self, value: impl Fn(usize) -> f32) -> Result<(), Failure> {
        let world = self.app.world_mut();
        let mut attributes = self
            .state
            .get_mut(world)
            .map_err(|_| "bevy_gauge has no world")?;
        for (n, &entity) in self.entities.iter().enumerate() {
            attributes.set_base(entity, "a0", value(n));
        }
        Ok(())
    }

    /// Everybody gets modifiers on one stat one after the other, and loses them again.
    pub fn come_and_go(&mut self, stat: &str, many: u64) -> Result<(), Failure> {
        let world = self.app.world_mut();
        let mut attributes = self
            .state
            .get_mut(world)
            .map_err(|_| "bevy_gauge has no world")?;
        for &entity in &self.entities {
            for _ in 0..many {
                attributes.add_modifier(entity, stat, 1.0);
            }
            for _ in 0..many {
                attributes.remove_modifier(entity, stat, &Modifier::Flat(1.0));
            }
        }
        Ok(())
    }

    /// The value of `r0` of everybody.
    pub fn r0(&self) -> impl Iterator<Item = Option<f32>> {
        let world = self.app.world();
        self.entities
            .iter()
            .map(|&entity| Some(world.get::<Attributes>(entity)?.value("r0")))
    }
}
