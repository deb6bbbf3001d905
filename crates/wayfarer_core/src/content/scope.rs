//! Which piece of which file is being deserialised on this thread.
//!
//! Serde gives a `Deserialize` impl no context. Strings that borrow from the source text are found
//! by their address, which costs nothing and works at any depth; the pack of the file completes
//! short references.

use std::{cell::RefCell, sync::Arc};

use super::source_map::{SourceMap, Span};

/// A reference that was read, to be checked once all names are known.
#[derive(Clone, Debug)]
pub(crate) struct RefUse {
    pub(crate) kind: &'static str,
    pub(crate) name: Arc<str>,
    pub(crate) span: Span,
}

struct Scope {
    sources: Arc<SourceMap>,
    /// The value being read.
    value: Span,
    refs: Vec<RefUse>,
    /// An error inside a value that was parsed apart; serde would lose its place.
    inner_error: Option<(Span, ron::Error)>,
}

thread_local! {
    static SCOPE: RefCell<Option<Scope>> = const { RefCell::new(None) };
}

/// Ends the scope, also when a panic unwinds through a `Deserialize` impl.
pub(crate) struct ScopeGuard(());

impl Drop for ScopeGuard {
    fn drop(&mut self) {
        SCOPE.with_borrow_mut(|scope| *scope = None);
    }
}

/// From here on, texts of `sources` are being read on this thread.
pub(crate) fn enter(sources: &Arc<SourceMap>) -> ScopeGuard {
    SCOPE.with_borrow_mut(|scope| {
        *scope = Some(Scope {
            sources: Arc::clone(sources),
            value: Span::NONE,
            refs: Vec::new(),
            inner_error: None,
        });
    });
    ScopeGuard(())
}

/// The value that is read next.
pub(crate) fn set_value(span: Span) {
    SCOPE.with_borrow_mut(|scope| {
        if let Some(scope) = scope {
            scope.value = span;
            scope.inner_error = None;
        }
    });
}

/// Keeps the exact place of an error that is about to be wrapped in another.
pub(crate) fn keep_error(span: Span, code: ron::Error) {
    SCOPE.with_borrow_mut(|scope| {
        if let Some(scope) = scope {
            scope.inner_error.get_or_insert((span, code));
        }
    });
}

/// The error kept last.
pub(crate) fn take_error() -> Option<(Span, ron::Error)> {
    SCOPE.with_borrow_mut(|scope| scope.as_mut()?.inner_error.take())
}

/// Where `text` stands: exactly, if it borrows from the file, else the value it is a part of.
pub(crate) fn locate(text: &str) -> Span {
    SCOPE.with_borrow(|scope| {
        let Some(scope) = scope else {
            return Span::NONE;
        };
        let exact = scope.sources.file(scope.value.file).and_then(|file| {
            let start = text
                .as_ptr()
                .addr()
                .checked_sub(file.text.as_ptr().addr())?;
            let end = start + text.len();
            (end <= file.text.len()).then(|| Span::new(scope.value.file, start..end))
        });
        exact.unwrap_or(scope.value)
    })
}

/// The value being read.
pub(crate) fn value() -> Span {
    SCOPE.with_borrow(|scope| scope.as_ref().map_or(Span::NONE, |scope| scope.value))
}

/// `name` with the pack of the file in front, unless it has one. `None` if no file is being read
/// and the name has no pack.
pub(crate) fn qualify(name: &str) -> Option<Arc<str>> {
    if name.contains(':') {
        return Some(Arc::from(name));
    }
    SCOPE.with_borrow(|scope| {
        let scope = scope.as_ref()?;
        let pack = scope.sources.pack(scope.value);
        Some(Arc::from(format!("{pack}:{name}")))
    })
}

/// Remembers a reference; no effect outside content.
pub(crate) fn record(kind: &'static str, name: &Arc<str>, span: Span) {
    SCOPE.with_borrow_mut(|scope| {
        if let Some(scope) = scope {
            scope.refs.push(RefUse {
                kind,
                name: Arc::clone(name),
                span,
            });
        }
    });
}

/// Number of references remembered.
pub(crate) fn refs_len() -> usize {
    SCOPE.with_borrow(|scope| scope.as_ref().map_or(0, |scope| scope.refs.len()))
}

/// Forgets references after the first `len`: what they stood in could not be read.
pub(crate) fn truncate_refs(len: usize) {
    SCOPE.with_borrow_mut(|scope| {
        if let Some(scope) = scope {
            scope.refs.truncate(len);
        }
    });
}

/// Takes the references read so far.
pub(crate) fn take_refs() -> Vec<RefUse> {
    SCOPE.with_borrow_mut(|scope| {
        scope
            .as_mut()
            .map(|scope| std::mem::take(&mut scope.refs))
            .unwrap_or_default()
    })
}
