use std::sync::Arc;

use bevy_replicon::prelude::{Channel, RepliconChannels};

use crate::session::SessionLimits;

/// Largest unreliable message in bytes: many of them may be half received at the same time.
const MAX_UNRELIABLE: usize = 4 << 20;

/// How messages of one channel travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lane {
    /// Lost messages are not sent again.
    pub unreliable: bool,
    /// Largest message in bytes.
    pub max: usize,
}

/// The lanes of both directions, indexed by replicon's channel ids.
#[derive(Clone, Debug)]
pub(crate) struct Lanes {
    pub to_host: Arc<[Lane]>,
    pub to_client: Arc<[Lane]>,
}

impl Lanes {
    pub(crate) fn new(channels: &RepliconChannels, limits: &SessionLimits) -> Self {
        let lane = |channel: &Channel, max: usize| {
            let unreliable = *channel == Channel::Unreliable;
            let max = if unreliable {
                max.min(MAX_UNRELIABLE)
            } else {
                max
            };
            Lane { unreliable, max }
        };
        let to_host = channels.client_channels().iter().enumerate();
        Self {
            to_host: to_host
                .map(|(index, channel)| match index {
                    // Replicon's acknowledgements grow with what the host sent since the last
                    // frame: a client that stalled for a second needs more than an action does.
                    0 => lane(channel, limits.client_acks),
                    _ => lane(channel, limits.client_message),
                })
                .collect(),
            to_client: channels
                .server_channels()
                .iter()
                .map(|channel| lane(channel, limits.host_message))
                .collect(),
        }
    }

    /// Numbers of lanes (to host, to client), compared in the hello.
    pub(crate) fn counts(&self) -> (u32, u32) {
        let count = |lanes: &[Lane]| u32::try_from(lanes.len()).unwrap_or(u32::MAX);
        (count(&self.to_host), count(&self.to_client))
    }
}
