use std::time::{Duration, Instant};

use bevy::prelude::{Commands, Query, ResMut};
use bevy_replicon::prelude::{ClientStats, ConnectedClient, ConnectedClientStats};

use super::driver::{Driver, Role};

const PAUSE: Duration = Duration::from_millis(500);

/// Round trip, loss and rates for panels, and the packet size for replicon, twice a second.
pub(crate) fn count(
    mut driver: ResMut<Driver>,
    mut connected: Query<&mut ConnectedClientStats>,
    mine: Option<ResMut<ClientStats>>,
    mut commands: Commands,
) {
    if matches!(driver.role, Role::Alone | Role::Joining(_)) {
        return;
    }
    let now = Instant::now();
    if driver
        .counted
        .is_some_and(|at| now.saturating_duration_since(at) < PAUSE)
    {
        return;
    }
    driver.counted = Some(now);
    match &mut driver.role {
        Role::Host(link) => {
            let players = u32::try_from(link.clients.len()).unwrap_or(u32::MAX);
            if let Some(advert) = &mut link.advert {
                advert.update(players, now);
            }
            for (entity, client) in &mut link.clients {
                let stats = client.pipe.statistics(now);
                if let Ok(mut shown) = connected.get_mut(*entity) {
                    **shown = stats;
                }
                // The path's packet size is found out by and by.
                let max_size = client.pipe.datagram_size();
                if max_size != client.max_size
                    && let Ok(mut entity) = commands.get_entity(*entity)
                {
                    client.max_size = max_size;
                    entity.try_insert(ConnectedClient { max_size });
                }
            }
        }
        Role::Client(link) => {
            let stats = link.pipe.statistics(now);
            if let Some(mut shown) = mine {
                *shown = stats;
            }
        }
        Role::Alone | Role::Joining(_) => {}
    }
}
