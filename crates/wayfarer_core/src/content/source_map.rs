//! The texts that are being compiled, and places in them.

use std::{fmt, ops::Range};

use serde::{Deserialize, Serialize};

use super::diagnostic::Snippet;

/// A piece of a content file, in bytes. Small and `Copy`; [`Content::place_of`] turns it into a
/// [`Place`].
///
/// [`Content::place_of`]: super::Content::place_of
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    pub(crate) file: u32,
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Span {
    /// The place of something that was not read from a content file.
    pub const NONE: Self = Self {
        file: u32::MAX,
        start: 0,
        end: 0,
    };

    pub(crate) fn new(file: u32, range: Range<usize>) -> Self {
        Self {
            file,
            start: range.start as u32,
            end: range.end as u32,
        }
    }

    /// Whether this is no place at all.
    pub fn is_none(self) -> bool {
        self.file == u32::MAX
    }

    /// Number of bytes.
    pub(crate) fn len(self) -> usize {
        self.end.saturating_sub(self.start) as usize
    }

    /// The piece `range` (bytes) of this piece, kept inside it.
    pub(crate) fn inside(self, range: Range<usize>) -> Self {
        let clamp = |at: usize| self.start.saturating_add(at.min(self.len()) as u32);
        Self {
            file: self.file,
            start: clamp(range.start),
            end: clamp(range.end.max(range.start)),
        }
    }
}

impl Default for Span {
    fn default() -> Self {
        Self::NONE
    }
}

/// Something that remembers where in the content files it was written.
pub trait Located {
    /// The piece of text, or [`Span::NONE`].
    fn span(&self) -> Span;
}

impl Located for Span {
    fn span(&self) -> Span {
        *self
    }
}

impl<T: Located + ?Sized> Located for &T {
    fn span(&self) -> Span {
        (**self).span()
    }
}

impl<T: Located + ?Sized> Located for &mut T {
    fn span(&self) -> Span {
        (**self).span()
    }
}

/// A place as people read it: `demo/items/swords.ron:12:5`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The pack and the path inside it, `/`-separated.
    pub file: String,
    /// From 1.
    pub line: u32,
    /// In characters, from 1.
    pub column: u32,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// One file as it is compiled: line endings normalised, byte order mark taken off.
#[derive(Debug)]
pub(crate) struct SourceText {
    pub(crate) pack: String,
    /// Path inside the pack.
    pub(crate) path: String,
    pub(crate) text: String,
    /// Byte offsets at which lines start.
    lines: Vec<u32>,
}

impl SourceText {
    pub(crate) fn new(pack: &str, path: &str, text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let text = if text.contains('\r') {
            text.replace("\r\n", "\n").replace('\r', "\n")
        } else {
            text.to_owned()
        };
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let lines = std::iter::once(0)
            .chain(breaks.map(|(at, _)| at as u32 + 1))
            .collect();
        Self {
            pack: pack.to_owned(),
            path: path.to_owned(),
            text,
            lines,
        }
    }

    fn name(&self) -> String {
        format!("{}/{}", self.pack, self.path)
    }

    /// Line number from 0, start of the line, and the byte offset made safe to slice at.
    fn locate(&self, at: u32) -> (usize, usize, usize) {
        let mut at = (at as usize).min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        let line = self
            .lines
            .partition_point(|start| *start as usize <= at)
            .max(1)
            - 1;
        let start = self.lines.get(line).map_or(0, |start| *start as usize);
        (line, start, at)
    }
}

/// All texts of one compilation.
#[derive(Debug, Default)]
pub(crate) struct SourceMap {
    pub(crate) files: Vec<SourceText>,
}

impl SourceMap {
    pub(crate) fn file(&self, file: u32) -> Option<&SourceText> {
        self.files.get(file as usize)
    }

    /// Name of the pack that a piece of text belongs to; empty for [`Span::NONE`].
    pub(crate) fn pack(&self, span: Span) -> &str {
        self.file(span.file).map_or("", |file| file.pack.as_str())
    }

    pub(crate) fn place(&self, span: Span) -> Option<Place> {
        let file = self.file(span.file)?;
        let (line, start, at) = file.locate(span.start);
        Some(Place {
            file: file.name(),
            line: line as u32 + 1,
            column: file.text[start..at].chars().count() as u32 + 1,
        })
    }

    pub(crate) fn snippet(&self, span: Span) -> Option<Snippet> {
        let file = self.file(span.file)?;
        let (_, start, at) = file.locate(span.start);
        let (_, _, end) = file.locate(span.end);
        let line = file.text[start..].lines().next().unwrap_or_default();
        // A piece of several lines is shown by its first.
        let end = end.clamp(at, (start + line.len()).max(at));
        Some(Snippet {
            text: line.to_owned(),
            column: file.text[start..at].chars().count() as u32 + 1,
            length: (file.text[at..end].chars().count() as u32).max(1),
        })
    }
}
