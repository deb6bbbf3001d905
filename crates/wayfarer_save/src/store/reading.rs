//! Reading one of the two files of a slot without changing it.

use std::fs;
use std::io;
use std::path::Path;

use super::error::{Problem, StoreError};
use super::files::Side;
use super::head::Head;
use super::scan::TooNew;
use super::slot::SlotName;
use super::view::{FileView, NoView};

/// What one file gave.
pub(crate) struct Reading {
    pub(crate) side: Side,
    /// Its size on disk in bytes.
    pub(crate) bytes: u64,
    pub(crate) view: Option<FileView>,
    /// Set when a newer version wrote it.
    pub(crate) too_new: Option<TooNew>,
    /// The content was there to be looked at, and there is nothing in it.
    pub(crate) rubbish: bool,
    pub(crate) problem: Option<Problem>,
}

impl Reading {
    /// Whether the file holds a whole generation.
    pub(crate) fn is_complete(&self) -> bool {
        self.too_new.is_some() || (self.problem.is_none() && self.view.is_some())
    }

    /// Whether the checkpoint and every segment of `head` are in it.
    pub(crate) fn holds(&self, head: &Head) -> bool {
        self.view.as_ref().is_some_and(|view| {
            view.head.file == head.file && view.age() >= (head.generation, head.sequence())
        })
    }

    /// Orders files by age.
    pub(crate) fn age(&self) -> (u64, u32) {
        match (&self.view, self.too_new) {
            (Some(view), _) => view.age(),
            (None, Some(too_new)) => (too_new.generation, u32::MAX),
            (None, None) => (0, 0),
        }
    }
}

/// Reads the file of `side`. Gives none when there is no such file.
pub(crate) fn read(dir: &Path, slot: &SlotName, side: Side) -> Option<Reading> {
    let file = side.file(slot);
    let path = dir.join(&file);
    let mut reading = Reading {
        side,
        bytes: 0,
        view: None,
        too_new: None,
        rubbish: false,
        problem: None,
    };
    let unreadable = |what: String| {
        Some(Problem::FileUnreadable {
            file: file.clone(),
            what,
        })
    };
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
        Err(error) => {
            reading.problem = unreadable(StoreError::from_io(&path, &error).to_string());
            return Some(reading);
        }
    };
    reading.bytes = bytes.len() as u64;
    match FileView::read(&bytes) {
        Ok(view) => {
            if !view.damage.is_empty() {
                reading.problem = Some(Problem::FileDamaged {
                    file,
                    what: view.damage.join(", "),
                });
            }
            reading.view = Some(view);
        }
        Err(NoView::TooNew(too_new)) => {
            reading.too_new = Some(too_new);
            reading.problem = Some(Problem::FileTooNew {
                file,
                format: too_new.format,
            });
        }
        Err(NoView::Nothing) => {
            reading.rubbish = true;
            reading.problem = unreadable(if bytes.is_empty() {
                "it is empty".into()
            } else {
                "it holds no complete save".into()
            });
        }
    }
    Some(reading)
}
