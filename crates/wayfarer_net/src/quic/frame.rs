//! Numbers of variable length and length-prefixed frames on QUIC streams.

use bytes::{BufMut, Bytes, BytesMut};
use quinn::RecvStream;
use thiserror::Error;

/// What the first byte of a one-way stream says.
pub(super) mod kind {
    /// Frames of one reliable channel.
    pub(in super::super) const LANE: u8 = 0;
    /// One message of an unreliable channel.
    pub(in super::super) const SINGLE: u8 = 1;
    /// Why the connection ends.
    pub(in super::super) const GOODBYE: u8 = 2;
}

/// Why a frame could not be read.
#[derive(Debug, Error)]
pub(crate) enum FrameError {
    /// The length exceeds what the lane allows.
    #[error("a message of {len} bytes where {max} are allowed")]
    TooLarge { len: usize, max: usize },
    /// The stream ended inside a frame.
    #[error("a stream that ends inside a message")]
    Truncated,
    /// A number of more than 4 bytes.
    #[error("a malformed length")]
    BadNumber,
    /// The stream or the connection is gone.
    #[error(transparent)]
    Read(#[from] quinn::ReadError),
}

/// Appends a number below 2²⁸ in 1 to 4 bytes (7 bits each, lowest first).
pub(crate) fn put_varint(out: &mut BytesMut, number: usize) {
    let mut rest = number & 0x0fff_ffff;
    while rest > 0x7f {
        out.put_u8((rest & 0x7f) as u8 | 0x80);
        rest >>= 7;
    }
    out.put_u8(rest as u8);
}

/// The number at the start of `bytes` and its length; `None` when it is cut or too long.
pub(crate) fn split_varint(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut number = 0;
    for (index, byte) in bytes.iter().take(4).enumerate() {
        number |= usize::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            return Some((number, index + 1));
        }
    }
    None
}

/// Reads numbers and byte strings from a stream, holding back what was read ahead.
#[derive(Debug)]
pub(crate) struct FrameReader {
    stream: RecvStream,
    ahead: BytesMut,
}

impl FrameReader {
    pub(crate) fn new(stream: RecvStream) -> Self {
        Self {
            stream,
            ahead: BytesMut::new(),
        }
    }

    /// The next number; `None` at the stream's end.
    pub(crate) async fn number(&mut self) -> Result<Option<usize>, FrameError> {
        loop {
            if let Some((number, length)) = split_varint(&self.ahead) {
                let _ = self.ahead.split_to(length);
                return Ok(Some(number));
            }
            if self.ahead.len() >= 4 {
                return Err(FrameError::BadNumber);
            }
            if !self.read_more(16 << 10).await? {
                return if self.ahead.is_empty() {
                    Ok(None)
                } else {
                    Err(FrameError::Truncated)
                };
            }
        }
    }

    /// The next `length` bytes. Memory grows with what arrives, not with what was announced.
    pub(crate) async fn bytes(&mut self, length: usize) -> Result<Bytes, FrameError> {
        while self.ahead.len() < length {
            if !self.read_more(64 << 10).await? {
                return Err(FrameError::Truncated);
            }
        }
        // A short message must not keep the large buffer alive that it was read from.
        if length <= 4096 {
            let message = Bytes::copy_from_slice(&self.ahead[..length]);
            let _ = self.ahead.split_to(length);
            return Ok(message);
        }
        Ok(self.ahead.split_to(length).freeze())
    }

    /// A number and as many bytes; `None` at the stream's end.
    pub(crate) async fn frame(&mut self, max: usize) -> Result<Option<Bytes>, FrameError> {
        let Some(len) = self.number().await? else {
            return Ok(None);
        };
        if len > max {
            return Err(FrameError::TooLarge { len, max });
        }
        self.bytes(len).await.map(Some)
    }

    /// Everything up to the stream's end.
    pub(crate) async fn rest(&mut self, max: usize) -> Result<Bytes, FrameError> {
        while self.ahead.len() <= max {
            if !self.read_more(64 << 10).await? {
                return Ok(std::mem::take(&mut self.ahead).freeze());
            }
        }
        let len = self.ahead.len();
        Err(FrameError::TooLarge { len, max })
    }

    async fn read_more(&mut self, at_most: usize) -> Result<bool, FrameError> {
        let chunk = self.stream.read_chunk(at_most, true).await?;
        if let Some(chunk) = &chunk {
            self.ahead.extend_from_slice(&chunk.bytes);
        }
        Ok(chunk.is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_round_trip() {
        for number in [0, 1, 127, 128, 300, 16_383, 16_384, 16 << 20, (1 << 28) - 1] {
            let mut bytes = BytesMut::new();
            put_varint(&mut bytes, number);
            let length = bytes.len();
            assert_eq!(split_varint(&bytes), Some((number, length)));
            for cut in 0..length {
                assert_eq!(split_varint(&bytes[..cut]), None);
            }
        }
        assert_eq!(split_varint(&[0x80, 0x80, 0x80, 0x80, 0]), None, "too long");
    }
}
