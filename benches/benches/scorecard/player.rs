//! A player who acts at random moments and takes the time until the answer.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use bevy::prelude::*;
use wayfarer_core::{door::RequestId, prelude::*};
use wayfarer_net::prelude::PlayerKeys;

use super::{game::Actor, garbage::Dice};
use crate::Failure;

/// Time between two actions of a player in milliseconds; a random part comes on top.
/// The door takes 40 a second.
const PAUSE_MS: u64 = 30;
const RANDOM_MS: u64 = 20;

/// A client and what its player is waiting for.
pub struct Player {
    /// The client.
    pub app: App,
    /// Who it is.
    pub keys: PlayerKeys,
    /// As whom they act.
    pub actor: Actor,
    asked: HashMap<RequestId, Instant>,
    next: Instant,
    turn: u32,
    dice: Dice,
}

impl Player {
    /// A client that has not joined yet.
    pub fn new(app: App, keys: PlayerKeys, actor: Actor, seed: u64) -> Self {
        Self {
            app,
            keys,
            actor,
            asked: HashMap::new(),
            next: Instant::now(),
            turn: 0,
            dice: Dice(seed),
        }
    }

    /// Whether nothing is waited for.
    pub fn is_answered(&self) -> bool {
        self.asked.is_empty()
    }

    /// A frame of the client, with an action if it is time for one. Answers are timed from the
    /// wish to the message that the game reads.
    pub fn frame(&mut self, asking: bool, took: &mut Vec<Duration>) -> Result<(), Failure> {
        let now = Instant::now();
        if asking && now >= self.next {
            let pause = Duration::from_millis(PAUSE_MS);
            let more = Duration::from_micros(self.dice.next() % (RANDOM_MS * 1000));
            self.next = now + pause + more;
            self.turn += 1;
            let id = self.actor.ask(&mut self.app, self.turn);
            self.asked.insert(id, now);
        }
        self.app.update();
        let world = self.app.world_mut();
        for answered in world.resource_mut::<Messages<Answered>>().drain() {
            if let Err(refusal) = answered.result {
                return Err(format!("an action was refused: {refusal}").into());
            }
            if let Some(asked) = self.asked.remove(&answered.id) {
                took.push(asked.elapsed());
            }
        }
        Ok(())
    }
}
