//! Saves on disk: profiles, slots, generations, and the thread that writes them.
//!
//! It stores [`Record`]s (a key and bytes) and knows nothing of a game or of Bevy.
//!
//! # What holds
//! - **One owner.** [`Profile`] locks its folder; a second game gets an error that says so.
//! - **All or nothing.** A [`SaveBatch`] is on disk whole or not at all, whatever happens.
//! - **Two generations.** A full checkpoint goes to the file that does *not* hold the newest
//!   generation, under another name until it is complete. Changes are added to the newest file.
//! - **Nothing is trusted unchecked.** Each value and each record has a checksum. A load changes
//!   no save file and opens no database: it searches the file's bytes for values that are
//!   intact, as opening a damaged database can end the process. What cannot be read is a
//!   [`Problem`] in the result, and the rest loads.
//! - **A failing disk does not stop the game.** The [`Writer`] keeps what could not be written,
//!   merges what comes after, tries again and says so in a [`SaveReport`].
//!
//! # What is needed from the program
//! `panic = "unwind"`, Cargo's default: `bevy_pkv` panics on files it cannot open, and the panics
//! are caught (the panic hook still prints them). Files need a native target; the web has none.
//!
//! # Files
//! | name | is |
//! |---|---|
//! | `profile.lock` | locked while a game uses the folder |
//! | `<slot>.a`, `<slot>.b` | the two generations, `bevy_pkv` (redb) files |
//! | `<slot>.new` | a checkpoint that is being written; what is left of it is ignored |
//! | `<slot>.mark` | how far the last save got, so that a lost one is noticed |
//! | `<slot>.a.damaged-<n>` | a damaged file that a newer checkpoint took the place of |
//!
//! ```
//! use std::time::Duration;
//! use wayfarer_save::store::{
//!     Profile, Record, RecordKey, SaveBatch, SaveMeta, SlotName, Which, Writer,
//! };
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! let writer = Writer::new(Profile::open(folder.path())?)?;
//! let slot = SlotName::new("auto")?;
//! let hero = Record::new(RecordKey::new(7, "stats"), vec![1, 2, 3]);
//! writer.save(
//!     &slot,
//!     SaveBatch::Full {
//!         meta: SaveMeta::labelled("Ashford, level 1"),
//!         records: vec![hero.clone()],
//!     },
//! );
//! writer.flush(Duration::from_secs(5))?;
//!
//! let loaded = writer.load(&slot, Which::Newest).wait(Duration::from_secs(5))??;
//! assert_eq!(loaded.records, [hero]);
//! # Ok(())
//! # }
//! ```

mod backend;
mod checkpoint;
mod engine;
mod envelope;
mod error;
mod files;
mod frame;
mod guard;
mod head;
mod load;
mod mark;
mod profile;
mod queue;
mod reading;
mod record;
mod report;
mod scan;
mod slot;
mod view;
mod worker;
mod writer;

pub use backend::{Backend, KeyValue, PkvBackend};
pub use error::{LoadError, Problem, StoreError};
pub use load::{Loaded, SlotInfo, Which};
pub use profile::{Profile, ProfileError};
pub use record::{Record, RecordKey, SaveBatch, SaveMeta};
pub use report::{FlushError, SaveId, SaveReport, Ticket, TicketError};
pub use slot::{MAX_SLOT_NAME, SlotName, SlotNameError};
pub use writer::{Writer, WriterConfig};
