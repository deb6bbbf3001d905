use std::time::Duration;

use bevy::{
    app::AppExit,
    prelude::{MessageReader, ResMut},
};

use super::driver::Driver;

/// Longest wait at the end of the program: long enough for one round trip, too short to annoy.
const WAIT: Duration = Duration::from_millis(300);

/// Quitting is not the same as crashing: the others are told.
pub(crate) fn say_goodbye(mut exits: MessageReader<AppExit>, mut driver: ResMut<Driver>) {
    if exits.read().count() > 0 {
        driver.shut_down(WAIT);
    }
}
