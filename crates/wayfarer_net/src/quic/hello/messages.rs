//! The form of the hello on the wire.

use bytes::{BufMut, Bytes, BytesMut};
use quinn::{ReadError, SendStream, WriteError};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{
    quic::frame::{FrameError, FrameReader, put_varint},
    session::{
        ContentDifference, FileInfo, HelloInfo, JoinRefusal, PackDifference, PackInfo, PluginInfo,
        ProtocolDifference, clean_line,
    },
};

/// Largest message of the hello in bytes.
pub(crate) const MAX_HELLO: usize = 64 << 10;

/// Bytes of file lists in a refusal; beyond it they are cut.
const MAX_FILE_LISTS: usize = 48 << 10;

const MAGIC: &[u8; 4] = b"WAYF";

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Opening {
    pub key: [u8; 32],
    pub signature: Vec<u8>,
    pub pake: Option<Vec<u8>>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Introduction {
    pub proof: Option<Vec<u8>>,
    pub name: String,
    pub plugins: Vec<PluginInfo>,
    pub packs: Vec<(String, u64)>,
    pub lanes: (u32, u32),
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Reply {
    Challenge {
        pake: Option<Vec<u8>>,
    },
    Welcome {
        proof: Option<Vec<u8>>,
        host_name: String,
    },
    Refused(Refusal),
}

/// [`JoinRefusal`] as the host says it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum Refusal {
    WireVersion {
        host: u16,
        you: u16,
    },
    Protocol(ProtocolDifference),
    Content {
        /// Both have them, with other files: the host's.
        differ: Vec<PackInfo>,
        /// Only the host has them.
        missing: Vec<String>,
        /// Only the client has them.
        unknown: Vec<String>,
        /// Packs of `differ` whose file list did not fit.
        cut: Vec<String>,
    },
    CodeNeeded,
    WrongCode {
        tries_left: u32,
    },
    TooManyTries {
        retry_in_s: u32,
    },
    Full {
        max: u32,
    },
    Banned {
        reason: String,
    },
    BadProof,
    HostClosing {
        reason: String,
    },
    BadHello {
        what: String,
    },
}

impl Refusal {
    /// For a client with other content: what differs, with the host's files.
    pub(crate) fn content(host: &[PackInfo], theirs: &[(String, u64)]) -> Self {
        let (mut room, mut cut) = (MAX_FILE_LISTS, Vec::new());
        let (mut differ, mut missing) = (Vec::new(), Vec::new());
        for pack in host {
            match theirs.iter().find(|(name, _)| *name == pack.name) {
                None => missing.push(clean_line(&pack.name, 64)),
                Some((_, hash)) if *hash == pack.hash => {}
                Some(_) => {
                    let cost = |file: &FileInfo| file.path.len() + 16;
                    let fit = pack.files.iter().take_while(|file| {
                        let left = room.checked_sub(cost(file));
                        room = left.unwrap_or(0);
                        left.is_some()
                    });
                    let files: Vec<_> = fit.cloned().collect();
                    if files.len() < pack.files.len() {
                        cut.push(pack.name.clone());
                    }
                    differ.push(PackInfo {
                        name: pack.name.clone(),
                        hash: pack.hash,
                        files,
                    });
                }
            }
        }
        let is_ours = |name: &str| host.iter().any(|pack| pack.name == name);
        let unknown = theirs
            .iter()
            .filter(|(name, _)| !is_ours(name))
            .map(|(name, _)| clean_line(name, 64))
            .take(50)
            .collect();
        missing.truncate(50);
        differ.truncate(50);
        cut.truncate(50);
        Self::Content {
            differ,
            missing,
            unknown,
            cut,
        }
    }

    /// As the one who joins reads it; texts of the host are made harmless.
    pub(crate) fn explain(self, mine: &HelloInfo) -> JoinRefusal {
        match self {
            Self::WireVersion { host, you } => JoinRefusal::WireVersion { host, you },
            Self::Protocol(difference) => JoinRefusal::Protocol(difference.cleaned()),
            Self::Content {
                differ,
                missing,
                unknown,
                cut,
            } => {
                let mut packs: Vec<_> = differ
                    .iter()
                    .map(|there| {
                        let here = mine.packs.iter().find(|pack| pack.name == there.name);
                        let more = cut.contains(&there.name);
                        PackDifference::of_files(there, here, more)
                    })
                    .collect();
                packs.extend(missing.iter().map(|pack| PackDifference::MissingHere {
                    pack: clean_line(pack, 64),
                }));
                packs.extend(unknown.iter().map(|pack| PackDifference::MissingThere {
                    pack: clean_line(pack, 64),
                }));
                JoinRefusal::Content(ContentDifference { packs })
            }
            Self::CodeNeeded => JoinRefusal::CodeNeeded,
            Self::WrongCode { tries_left } => JoinRefusal::WrongCode { tries_left },
            Self::TooManyTries { retry_in_s } => JoinRefusal::TooManyTries { retry_in_s },
            Self::Full { max } => JoinRefusal::Full { max },
            Self::Banned { reason } => JoinRefusal::Banned {
                reason: clean_line(&reason, 200),
            },
            Self::BadProof => JoinRefusal::BadProof,
            Self::HostClosing { reason } => JoinRefusal::HostClosing {
                reason: clean_line(&reason, 200),
            },
            Self::BadHello { what } => JoinRefusal::BadHello {
                what: clean_line(&what, 200),
            },
        }
    }
}

/// Why a message of the hello could not be read.
#[derive(Debug)]
pub(crate) enum HelloError {
    /// The other side speaks another version.
    OtherVersion(u16),
    /// It makes no sense.
    Malformed(&'static str),
    /// The connection broke.
    Lost(String),
}

impl From<WriteError> for HelloError {
    fn from(error: WriteError) -> Self {
        Self::Lost(error.to_string())
    }
}

/// Writes one message.
pub(crate) async fn write<T: Serialize>(
    stream: &mut SendStream,
    wire: u16,
    message: &T,
) -> Result<(), HelloError> {
    let body = postcard::to_stdvec(message).map_err(|_| HelloError::Malformed("unwritable"))?;
    let length = MAGIC.len() + 2 + body.len();
    if length > MAX_HELLO {
        return Err(HelloError::Malformed("a hello above 64 KiB"));
    }
    let mut frame = BytesMut::with_capacity(length + 4);
    put_varint(&mut frame, length);
    frame.put_slice(MAGIC);
    frame.put_u16_le(wire);
    frame.put_slice(&body);
    stream.write_chunk(frame.freeze()).await?;
    Ok(())
}

/// Reads one message.
pub(crate) async fn read<T: DeserializeOwned>(
    reader: &mut FrameReader,
    wire: u16,
) -> Result<T, HelloError> {
    let frame = reader.frame(MAX_HELLO).await.map_err(|error| match error {
        FrameError::Read(ReadError::ConnectionLost(error)) => HelloError::Lost(error.to_string()),
        FrameError::Read(error) => HelloError::Lost(error.to_string()),
        FrameError::TooLarge { .. } => HelloError::Malformed("a hello above 64 KiB"),
        FrameError::Truncated | FrameError::BadNumber => HelloError::Malformed("a broken hello"),
    })?;
    let Some(frame) = frame else {
        return Err(HelloError::Lost("the stream ended".into()));
    };
    decode(&frame, wire)
}

fn decode<T: DeserializeOwned>(frame: &Bytes, wire: u16) -> Result<T, HelloError> {
    let Some((version, body)) = frame
        .strip_prefix(MAGIC.as_slice())
        .and_then(|rest| rest.split_first_chunk::<2>())
    else {
        return Err(HelloError::Malformed("no hello of this game"));
    };
    let version = u16::from_le_bytes(*version);
    if version != wire {
        return Err(HelloError::OtherVersion(version));
    }
    postcard::from_bytes(body).map_err(|_| HelloError::Malformed("an unreadable hello"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests;
