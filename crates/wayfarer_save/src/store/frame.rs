//! One record inside a chunk or a segment, with a checksum of its own, so that a damaged value
//! costs only the records the damage touches.
//!
//! ```text
//! 0   magic "wfr1"
//! 4   number of the write (u32): 0 in the checkpoint, counted from 1 in segments
//! 8   length of the name (u32)      12  length of the content (u32)
//! 16  xxh3-64 of bytes 4..16 and what follows, seeded with the file id
//! 24  owner (u64), name, content
//! ```

use xxhash_rust::xxh3::Xxh3;

use super::record::{Record, RecordKey};

const MAGIC: [u8; 4] = *b"wfr1";
const HEADER: usize = 24;

/// The most bytes a record may have.
pub(crate) const MAX_RECORD: usize = 256 * 1024 * 1024;
/// The most bytes a record's name may have.
pub(crate) const MAX_NAME: usize = 64 * 1024;

/// Size of a record as a frame.
pub(crate) fn size(record: &Record) -> usize {
    HEADER + 8 + record.key.name.len() + record.bytes.len()
}

/// Appends a record. The caller has checked the sizes.
pub(crate) fn append(out: &mut Vec<u8>, file: u64, write: u32, record: &Record) {
    let start = out.len();
    let name = record.key.name.as_bytes();
    out.extend_from_slice(&MAGIC);
    out.extend_from_slice(&write.to_le_bytes());
    out.extend_from_slice(&(name.len() as u32).to_le_bytes());
    out.extend_from_slice(&(record.bytes.len() as u32).to_le_bytes());
    out.extend_from_slice(&[0; 8]);
    out.extend_from_slice(&record.key.owner.to_le_bytes());
    out.extend_from_slice(name);
    out.extend_from_slice(&record.bytes);
    let sum = checksum(file, &out[start + 4..start + 16], &out[start + HEADER..]);
    out[start + 16..start + HEADER].copy_from_slice(&sum.to_le_bytes());
}

/// Reads the frame at the start of `bytes`; gives the record, the number of its write and its length.
pub(crate) fn read(bytes: &[u8], file: u64) -> Option<(Record, u32, usize)> {
    if bytes.get(..4)? != MAGIC {
        return None;
    }
    let u32_at = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    let (write, name, content) = (u32_at(4)?, u32_at(8)? as usize, u32_at(12)? as usize);
    if name > MAX_NAME || content > MAX_RECORD {
        return None;
    }
    let end = HEADER + 8 + name + content;
    let body = bytes.get(HEADER..end)?;
    let expected = u64::from_le_bytes(bytes.get(16..HEADER)?.try_into().ok()?);
    if checksum(file, bytes.get(4..16)?, body) != expected {
        return None;
    }
    let owner = u64::from_le_bytes(body.get(..8)?.try_into().ok()?);
    let key = RecordKey {
        owner,
        name: String::from_utf8(body.get(8..8 + name)?.to_vec()).ok()?,
    };
    let record = Record {
        key,
        bytes: body.get(8 + name..)?.to_vec(),
    };
    Some((record, write, end))
}

/// Reads frames that follow one another to the end of `bytes`.
pub(crate) fn read_all(mut bytes: &[u8], file: u64, write: u32) -> Option<Vec<Record>> {
    let mut records = Vec::new();
    while !bytes.is_empty() {
        let (record, seen, len) = read(bytes, file)?;
        if seen != write {
            return None;
        }
        records.push(record);
        bytes = bytes.get(len..)?;
    }
    Some(records)
}

/// Finds every intact frame of `file` anywhere in `bytes`.
pub(crate) fn search(bytes: &[u8], file: u64) -> Vec<(u32, Record)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = find(&bytes[at..], &MAGIC) {
        at += next;
        match read(&bytes[at..], file) {
            Some((record, write, len)) => {
                found.push((write, record));
                at += len;
            }
            None => at += 1,
        }
    }
    found
}

/// Where `magic` first occurs.
pub(crate) fn find(bytes: &[u8], magic: &[u8]) -> Option<usize> {
    let (first, rest) = magic.split_first()?;
    let mut at = 0;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| byte == first)?;
        if bytes[at + 1..].starts_with(rest) {
            return Some(at);
        }
        at += 1;
    }
}

fn checksum(seed: u64, header: &[u8], body: &[u8]) -> u64 {
    let mut hasher = Xxh3::with_seed(seed);
    hasher.update(header);
    hasher.update(body);
    hasher.digest()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn record(owner: u64) -> Record {
        Record::new(RecordKey::new(owner, "items"), vec![owner as u8; 40])
    }

    fn frames() -> Vec<u8> {
        let mut out = Vec::new();
        for owner in 0..5 {
            append(&mut out, 17, 2, &record(owner));
        }
        out
    }

    #[test]
    fn frames_read_back() {
        let out = frames();
        assert_eq!(out.len(), (0..5).map(|o| size(&record(o))).sum::<usize>());
        let records = read_all(&out, 17, 2).unwrap();
        assert_eq!(records, (0..5).map(record).collect::<Vec<_>>());
        assert!(read_all(&out, 17, 3).is_none(), "another write");
        assert!(read_all(&out, 18, 2).is_none(), "another file");
    }

    #[test]
    fn a_flipped_bit_costs_one_record() {
        let out = frames();
        for bit in 0..out.len() * 8 {
            let mut bad = out.clone();
            bad[bit / 8] ^= 1 << (bit % 8);
            assert!(read_all(&bad, 17, 2).is_none(), "bit {bit}");
            let found = search(&bad, 17);
            assert_eq!(found.len(), 4, "bit {bit}");
            assert!(found.iter().all(|(_, r)| *r == record(r.key.owner)));
        }
    }
}
