//! Remembered answers: a repeated request gets the same answer and is never applied twice.

use std::collections::VecDeque;

use bevy::{platform::collections::HashMap, prelude::*};

use super::{Answer, RequestId};
use crate::id::PlayerId;

/// Answers kept per connection.
const KEPT: usize = 128;
/// Connections kept per player: today's and the ones before it.
const LIVES: usize = 3;

#[derive(Debug)]
struct Life {
    nonce: u32,
    highest: u32,
    answers: VecDeque<Answer>,
}

/// The answers that the host still knows.
#[derive(Resource, Default, Debug)]
pub struct AnswerMemory {
    of: HashMap<PlayerId, VecDeque<Life>>,
}

/// What memory says of a request id.
#[derive(Debug, PartialEq)]
pub(crate) enum Known {
    /// Never seen: decide it.
    New,
    /// Decided before; this was the answer.
    Answered(Answer),
    /// Decided before, and the answer is forgotten. It must not be applied again.
    Forgotten,
}

impl AnswerMemory {
    pub(crate) fn look_up(&self, player: PlayerId, id: RequestId) -> Known {
        let Some(life) = self
            .of
            .get(&player)
            .and_then(|lives| lives.iter().find(|life| life.nonce == id.nonce))
        else {
            return Known::New;
        };
        if let Some(answer) = life.answers.iter().rev().find(|a| a.id == id) {
            return Known::Answered(answer.clone());
        }
        // A connection's requests arrive in order, so a lower number was decided before.
        if id.sequence <= life.highest {
            Known::Forgotten
        } else {
            Known::New
        }
    }

    pub(crate) fn remember(&mut self, player: PlayerId, answer: Answer) {
        let lives = self.of.entry(player).or_default();
        if !lives.iter().any(|life| life.nonce == answer.id.nonce) {
            if lives.len() == LIVES {
                lives.pop_front();
            }
            lives.push_back(Life {
                nonce: answer.id.nonce,
                highest: 0,
                answers: VecDeque::new(),
            });
        }
        let Some(life) = lives.iter_mut().find(|l| l.nonce == answer.id.nonce) else {
            return;
        };
        life.highest = life.highest.max(answer.id.sequence);
        if life.answers.len() == KEPT {
            life.answers.pop_front();
        }
        life.answers.push_back(answer);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::door::Receipt;

    #[test]
    fn nothing_is_ever_new_twice() {
        let mut memory = AnswerMemory::default();
        let player = PlayerId(3);
        let id = |sequence| RequestId { nonce: 9, sequence };
        for sequence in 1..=300 {
            assert_eq!(memory.look_up(player, id(sequence)), Known::New);
            memory.remember(
                player,
                Answer {
                    id: id(sequence),
                    result: Ok(Receipt::default()),
                },
            );
        }
        assert!(matches!(
            memory.look_up(player, id(300)),
            Known::Answered(_)
        ));
        assert_eq!(memory.look_up(player, id(1)), Known::Forgotten);
        let other_life = RequestId {
            nonce: 10,
            sequence: 1,
        };
        assert_eq!(memory.look_up(player, other_life), Known::New);
    }
}
