//! Apps full of characters.

use bevy::prelude::*;
use wayfarer_core::prelude::*;
use wayfarer_stats::prelude::*;

use super::pack::MODIFIERS;
use crate::Failure;

/// An app and its characters.
pub struct Heroes {
    /// The game.
    pub app: App,
    /// Its characters.
    pub entities: Vec<Entity>,
}

/// Loads the content of an app.
pub fn load(app: &mut App) -> Result<(), Failure> {
    app.insert_resource(ClockMode::Manual { hz: 20.0 });
    reload(app)
}

/// Reads the content of an app, again if it was read before.
pub fn reload(app: &mut App) -> Result<(), Failure> {
    let Err(errors) = app.load_content_now() else {
        return Ok(());
    };
    let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
    Err(errors.join("\n").into())
}

/// A stat of the plain set.
pub fn plain(name: &str) -> StatId {
    StatId::of(&format!("b:plain.{name}"))
}

/// A stat of the set with tiers.
pub fn full(name: &str) -> StatId {
    StatId::of(&format!("b:full.{name}"))
}

impl Heroes {
    /// Spawns `count` characters after `template` in an app whose content is loaded.
    pub fn spawn(mut app: App, template: &'static str, count: usize) -> Self {
        let entities = (0..count)
            .map(|_| app.world_mut().spawn(Character::new(template)).id())
            .collect();
        app.world_mut().run_schedule(RulesTick);
        let mut heroes = Self { app, entities };
        heroes.rest();
        heroes
    }

    /// Gives everybody ten modifiers from one source. With `conditions` four of them are
    /// conditional, one of these on the ability that changes.
    pub fn modify(&mut self, stat: fn(&str) -> StatId, conditions: bool) -> Result<(), Failure> {
        let source = Uid::new(u64::MAX - 1).ok_or("uid")?;
        let when = |index: usize| match index {
            0 => Some("a0 >= 15".to_owned()),
            3 | 5 | 7 => Some("a1 >= 5".to_owned()),
            _ => None,
        };
        let modifiers: Vec<Modifier> = MODIFIERS
            .iter()
            .enumerate()
            .map(|(index, &(name, amount))| Modifier {
                index: index as u16,
                when: conditions.then(|| when(index)).flatten(),
                ..Modifier::new(stat(name), ModifierKind::Flat, amount, source)
            })
            .collect();
        for &entity in &self.entities {
            let modifiers = modifiers.clone();
            let op = StatOp::SetModifiers { source, modifiers };
            self.app
                .world_mut()
                .transact("bench.modify", |txn| txn.op::<StatInputs>(entity, op))
                .map_err(|refusal| refusal.to_string())?;
        }
        self.app.world_mut().run_schedule(RulesTick);
        self.rest();
        Ok(())
    }

    /// Forgets messages that nobody reads, as the end of a frame does.
    pub fn rest(&mut self) {
        self.app.update();
        self.app.update();
    }

    /// The value of a stat of everybody.
    pub fn all(&self, stat: StatId) -> impl Iterator<Item = Option<f32>> {
        let world = self.app.world();
        self.entities
            .iter()
            .map(move |&entity| world.get::<StatValues>(entity)?.get(stat))
    }
}
