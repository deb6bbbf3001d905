//! How long a player waits for the answer to an action.

use std::time::Duration;

use wayfarer_benches::{
    Row,
    measure::{millis, percentile},
};

use super::{
    proxy::{Proxy, Weather},
    table::{Table, online_game},
};
use crate::{Failure, Rows};

const PLAYERS: u32 = 4;
const TIME: Duration = Duration::from_secs(10);

fn p95(weather: Weather) -> Result<Duration, Failure> {
    let mut table = Table::open(online_game()?)?;
    let proxy = Proxy::start(table.address, weather);
    table.seat(proxy.address(), PLAYERS)?;
    let mut times = table.play(TIME)?;
    if times.len() < 100 {
        return Err(format!("only {} actions", times.len()).into());
    }
    Ok(percentile(&mut times, 95.0))
}

/// All rows.
pub fn rows() -> Rows {
    let clean = p95(Weather::default())?;
    let lossy = p95(Weather {
        loss_percent: 10,
        ..Weather::default()
    })?;
    Ok(vec![
        Row::at_most(
            "action round trip over QUIC on loopback, host and 4 clients at 20 Hz in any phase: wish to answer, p95",
            millis(clean),
            "ms",
            100.0,
        )
        .beside("at 10 % loss", millis(lossy)),
    ])
}
