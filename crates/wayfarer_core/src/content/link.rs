//! What a definition sees while it is linked.

use std::ops::Range;

use super::{
    definition::Definition,
    diagnostic::{Diagnostic, Severity},
    names::Names,
    pack::Packs,
    reference::Ref,
    scope::RefUse,
    source_map::{Located, Place, SourceMap, Span},
    text::Text,
};

/// The names of everything, and the way to report what is wrong with one entry.
pub struct LinkCtx<'a> {
    pub(crate) sources: &'a SourceMap,
    pub(crate) names: &'a Names,
    pub(crate) packs: &'a Packs,
    pub(crate) found: &'a mut Vec<Diagnostic>,
    pub(crate) entry: &'a str,
    pub(crate) span: Span,
}

impl LinkCtx<'_> {
    /// Full name of the entry being linked.
    pub fn id(&self) -> &str {
        self.entry
    }

    /// Where that entry begins.
    pub fn entry_span(&self) -> Span {
        self.span
    }

    /// Whether the reference leads somewhere; reports it if not.
    ///
    /// References that were read from a file are checked without this; it is for references made
    /// in code, and for asking.
    pub fn resolve<D: Definition>(&mut self, reference: &Ref<D>) -> bool {
        let span = Some(reference.span()).filter(|span| !span.is_none());
        let reference = RefUse {
            kind: D::KIND,
            name: reference.name().into(),
            span: span.unwrap_or(self.span),
        };
        let wrong = self.names.check(&reference, self.sources, self.packs);
        let ok = wrong.as_ref().is_none_or(|wrong| !wrong.is_error());
        self.found.extend(wrong);
        ok
    }

    /// Whether an entry with this full name exists.
    pub fn exists<D: Definition>(&self, name: &str) -> bool {
        self.names.contains(D::KIND, name)
    }

    /// Full names of all entries of a kind, sorted.
    pub fn names_of<D: Definition>(&self) -> impl Iterator<Item = &str> + Clone {
        self.names.of(D::KIND)
    }

    /// "did you mean `x`?" over the names of a kind.
    pub fn suggest<D: Definition>(&self, name: &str) -> Option<String> {
        super::did_you_mean(name, self.names.of(D::KIND))
            .map(|near| format!("did you mean `{near}`?"))
    }

    /// `name` with the pack of `at`'s file in front, unless it has one.
    pub fn qualify(&self, at: impl Located, name: &str) -> String {
        if name.contains(':') {
            return name.to_owned();
        }
        let written = Some(self.sources.pack(at.span())).filter(|pack| !pack.is_empty());
        let own = self.entry.split(':').next().unwrap_or_default();
        format!("{}:{name}", written.unwrap_or(own))
    }

    /// The place of a span in words.
    pub fn place_of(&self, at: impl Located) -> Option<Place> {
        self.sources.place(at.span())
    }

    /// Reports an error at `at`; at the entry's name if `at` has no place.
    pub fn error(
        &mut self,
        at: impl Located,
        code: &'static str,
        message: impl Into<String>,
        help: Option<String>,
    ) {
        self.report(Severity::Error, at.span(), code, message.into(), help);
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
        let span = text.span_of(range);
        self.report(Severity::Error, span, code, message.into(), help);
    }

    /// Reports a warning at `at`; at the entry's name if `at` has no place.
    pub fn warn(
        &mut self,
        at: impl Located,
        code: &'static str,
        message: impl Into<String>,
        help: Option<String>,
    ) {
        self.report(Severity::Warning, at.span(), code, message.into(), help);
    }

    fn report(
        &mut self,
        severity: Severity,
        span: Span,
        code: &'static str,
        message: String,
        help: Option<String>,
    ) {
        let span = if span.is_none() { self.span } else { span };
        let diagnostic = Diagnostic {
            severity,
            ..Diagnostic::error(code, message)
        };
        self.found
            .push(diagnostic.at(self.sources, span).with_help(help));
    }
}
