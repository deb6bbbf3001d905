//! QUIC and TLS settings of both ends.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket},
    sync::Arc,
    time::Duration,
};

use quinn::{
    ClientConfig, Endpoint, EndpointConfig, IdleTimeout, ServerConfig, TokioRuntime,
    TransportConfig, VarInt,
    congestion::CubicConfig,
    crypto::rustls::{QuicClientConfig, QuicServerConfig},
};
use rustls::crypto::{CryptoProvider, ring};

use super::{channels::Lanes, verifier::PinnedHost};
use crate::{identity::HostKey, session::SessionLimits};

/// What both ends must say in TLS; changes only when the hello itself changes its form.
pub(crate) const ALPN: &[u8] = b"wayfarer/1";

/// The name in TLS. Hosts are known by key, so it is the same for all and tells observers nothing.
pub(crate) const SERVER_NAME: &str = "wayfarer";

/// Streams beside the lanes: large unreliable messages and the goodbye.
const EXTRA_STREAMS: u32 = 40;

pub(crate) fn provider() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}

/// A listening endpoint. Must be called in the runtime.
pub(crate) fn listen(
    socket: UdpSocket,
    key: &HostKey,
    lanes: &Lanes,
    limits: &SessionLimits,
) -> Result<Endpoint, String> {
    let (certificate, secret) = key.certificate().map_err(text)?;
    let mut tls = rustls::ServerConfig::builder_with_provider(provider())
        .with_protocol_versions(&[&rustls::version::TLS13])
        .map_err(text)?
        .with_no_client_auth()
        .with_single_cert(vec![certificate], secret)
        .map_err(text)?;
    tls.alpn_protocols = vec![ALPN.to_vec()];
    tls.send_tls13_tickets = 0;

    let mut transport = transport(limits);
    transport
        .max_concurrent_bidi_streams(VarInt::from_u32(1))
        .max_concurrent_uni_streams(VarInt::from_u32(
            lanes.counts().0.saturating_add(EXTRA_STREAMS),
        ))
        // Clients send little: what a hostile one can make us hold must be little as well.
        .stream_receive_window(VarInt::from_u32(96 << 10))
        .receive_window(VarInt::from_u32(256 << 10))
        .datagram_receive_buffer_size(Some(64 << 10))
        .datagram_send_buffer_size(1 << 20)
        .send_window(4 << 20)
        .congestion_controller_factory(Arc::new(first_window()));

    let crypto = QuicServerConfig::try_from(tls).map_err(text)?;
    let mut config = ServerConfig::with_crypto(Arc::new(crypto));
    config
        .transport_config(Arc::new(transport))
        .max_incoming(256)
        .incoming_buffer_size(16 << 10)
        .incoming_buffer_size_total(1 << 20);
    let runtime = Arc::new(TokioRuntime);
    Endpoint::new(EndpointConfig::default(), Some(config), socket, runtime).map_err(text)
}

/// An endpoint that can reach `address`. Must be called in the runtime.
pub(crate) fn dial_from(address: SocketAddr) -> io::Result<Endpoint> {
    let any: IpAddr = match address {
        SocketAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
        SocketAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
    };
    let socket = UdpSocket::bind((any, 0))?;
    let runtime = Arc::new(TokioRuntime);
    Endpoint::new(EndpointConfig::default(), None, socket, runtime)
}

/// The settings of one who joins.
pub(crate) fn client_config(
    verifier: Arc<PinnedHost>,
    lanes: &Lanes,
    limits: &SessionLimits,
) -> Result<ClientConfig, String> {
    let mut tls = rustls::ClientConfig::builder_with_provider(provider())
        .with_protocol_versions(&[&rustls::version::TLS13])
        .map_err(text)?
        .dangerous()
        .with_custom_certificate_verifier(verifier)
        .with_no_client_auth();
    tls.alpn_protocols = vec![ALPN.to_vec()];
    tls.resumption = rustls::client::Resumption::disabled();

    let mut transport = transport(limits);
    transport
        .max_concurrent_bidi_streams(VarInt::from_u32(0))
        .max_concurrent_uni_streams(VarInt::from_u32(
            lanes.counts().1.saturating_add(EXTRA_STREAMS),
        ))
        .stream_receive_window(VarInt::from_u32(4 << 20))
        .receive_window(VarInt::from_u32(16 << 20))
        .datagram_receive_buffer_size(Some(2 << 20))
        .datagram_send_buffer_size(256 << 10)
        .send_window(1 << 20);

    let crypto = QuicClientConfig::try_from(tls).map_err(text)?;
    let mut config = ClientConfig::new(Arc::new(crypto));
    config.transport_config(Arc::new(transport));
    Ok(config)
}

fn transport(limits: &SessionLimits) -> TransportConfig {
    let mut transport = TransportConfig::default();
    // A silence beyond what QUIC can express means "never", which is not on offer.
    let silence = limits
        .silence
        .clamp(Duration::from_millis(100), Duration::from_secs(600));
    let silence = IdleTimeout::try_from(silence).unwrap_or(VarInt::from_u32(5000).into());
    transport
        .max_idle_timeout(Some(silence))
        .keep_alive_interval(Some(limits.keep_alive()))
        // The default of 333 ms makes the first lost packet cost a second.
        .initial_rtt(Duration::from_millis(100))
        // Radio links reorder. Taking a late packet for a lost one halves the speed again and
        // again: 1 000 characters over a link with 10 % loss and 0 to 40 ms delay took 4.2 s with
        // the defaults of 3 packets and 9/8 round trips, and 2.2 s with these.
        .packet_threshold(16)
        .time_threshold(2.0);
    transport
}

/// A joiner's world should come in a few round trips: 96 KiB to begin with, which loss then cuts
/// back as usual (1.5 s where the line above says 2.2 s).
fn first_window() -> CubicConfig {
    let mut cubic = CubicConfig::default();
    cubic.initial_window(96 << 10);
    cubic
}

fn text(error: impl ToString) -> String {
    error.to_string()
}
