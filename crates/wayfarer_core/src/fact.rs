//! Facts: what has happened, told after the commit only, as a message and as an entity event.

use bevy::prelude::*;

/// Something that has happened to an entity.
///
/// Readers choose: `MessageReader<F>` in a system, or `On<F>` on the entity or globally.
pub trait Fact: Message + Clone {
    /// Writes the message and triggers the event.
    fn tell(self, world: &mut World);
}

/// Implements [`Fact`] for a type that derives `Message`, `EntityEvent` and `Clone`.
#[macro_export]
macro_rules! impl_fact {
    ($($fact:ty),* $(,)?) => {
        $(impl $crate::fact::Fact for $fact {
            fn tell(self, world: &mut ::bevy::prelude::World) {
                world.write_message(self.clone());
                world.trigger(self);
            }
        })*
    };
}
