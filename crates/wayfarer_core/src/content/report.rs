//! How checks of the whole content say what they found.

use std::{ops::Range, sync::Arc};

use super::{
    diagnostic::Diagnostic,
    source_map::{Located, SourceMap, Span},
    text::Text,
};

/// Collects the findings of one check or derived value.
#[derive(Debug)]
pub struct Report {
    sources: Arc<SourceMap>,
    found: Vec<Diagnostic>,
}

impl Report {
    pub(crate) fn new(sources: &Arc<SourceMap>) -> Self {
        Self {
            sources: Arc::clone(sources),
            found: Vec::new(),
        }
    }

    pub(crate) fn into_found(self) -> Vec<Diagnostic> {
        self.found
    }

    /// Reports an error at a [`Def`](super::Def), [`Ref`](super::Ref), [`Text`],
    /// [`Spanned`](super::Spanned) or [`Span`].
    pub fn error(
        &mut self,
        at: impl Located,
        code: &'static str,
        message: impl Into<String>,
        help: Option<String>,
    ) {
        self.place(Diagnostic::error(code, message).with_help(help), at.span());
    }

    /// Reports an error in the bytes `range` of a text, such as a formula.
    pub fn error_in(
        &mut self,
        text: &Text,
        range: Range<usize>,
        code: &'static str,
        message: impl Into<String>,
        help: Option<String>,
    ) {
        let diagnostic = Diagnostic::error(code, message).with_help(help);
        self.place(diagnostic, text.span_of(range));
    }

    /// Reports a warning.
    pub fn warn(
        &mut self,
        at: impl Located,
        code: &'static str,
        message: impl Into<String>,
        help: Option<String>,
    ) {
        self.place(
            Diagnostic::warning(code, message).with_help(help),
            at.span(),
        );
    }

    /// Reports a finding with notes of its own, placed at `at`.
    pub fn push(&mut self, at: impl Located, diagnostic: Diagnostic) {
        self.place(diagnostic, at.span());
    }

    /// Whether an error has been reported.
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(Diagnostic::is_error)
    }

    fn place(&mut self, diagnostic: Diagnostic, span: Span) {
        self.found.push(diagnostic.at(&self.sources, span));
    }
}
