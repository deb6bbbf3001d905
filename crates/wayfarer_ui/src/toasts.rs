//! Short messages on the screen.

use std::time::Duration;

use bevy::prelude::*;

use crate::{
    model::hud::{Toast, ToastKind},
    panels::hud::TOAST,
};

/// Most messages at once; older ones make room.
const SHOWN: usize = 6;

/// The short messages on the screen. A game pushes its own facts here.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct Toasts {
    list: Vec<Toast>,
}

impl Toasts {
    /// Shows a message for a while. Saying the same again counts it instead.
    pub fn push(&mut self, kind: ToastKind, text: impl Into<String>) {
        let text = text.into();
        let same = self
            .list
            .iter_mut()
            .find(|toast| toast.kind == kind && toast.text == text);
        if let Some(toast) = same {
            toast.times += 1;
            toast.age = Duration::ZERO;
            return;
        }
        if self.list.len() >= SHOWN {
            self.list.remove(0);
        }
        self.list.push(Toast {
            text,
            kind,
            age: Duration::ZERO,
            times: 1,
        });
    }

    /// The messages, the latest last.
    pub fn list(&self) -> &[Toast] {
        &self.list
    }

    fn grow_older(&mut self, by: Duration) {
        for toast in &mut self.list {
            toast.age += by;
        }
        self.list.retain(|toast| toast.age < TOAST);
    }
}

/// Messages grow old in real time: they are for the player, not for the rules.
pub(crate) fn age(time: Option<Res<Time<Real>>>, mut toasts: ResMut<Toasts>) {
    if toasts.list.is_empty() {
        return;
    }
    toasts.grow_older(time.map_or(Duration::ZERO, |time| time.delta()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repetitions_are_counted_and_old_ones_go() {
        let mut toasts = Toasts::default();
        toasts.push(ToastKind::Refusal, "no");
        toasts.grow_older(Duration::from_secs(3));
        toasts.push(ToastKind::Refusal, "no");
        toasts.push(ToastKind::Fact, "no");
        assert_eq!(toasts.list().len(), 2);
        assert_eq!(toasts.list()[0].times, 2);
        toasts.grow_older(Duration::from_secs(4));
        assert_eq!(toasts.list().len(), 2, "said again, so young again");
        toasts.grow_older(Duration::from_secs(4));
        assert_eq!(toasts.list(), []);
        for n in 0..20 {
            toasts.push(ToastKind::Fact, n.to_string());
        }
        assert_eq!(toasts.list().len(), SHOWN);
    }
}
