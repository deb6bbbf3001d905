//! What is wrong with the content, where, and what to do about it.

use std::fmt;

use super::source_map::{Place, SourceMap, Span};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The content cannot be used.
    Error,
    /// The content can be used; the author should look at it.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// The line to show under a message, and the part of it to mark.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Snippet {
    /// The whole line, without its end.
    pub text: String,
    /// First marked character, from 1.
    pub column: u32,
    /// Number of marked characters, at least 1.
    pub length: u32,
}

/// One finding about the content. Its `Display` is the whole report in the form that compilers
/// use: message, place, line with a caret, and help.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// Stable name of the problem, such as `unknown-field`.
    pub code: &'static str,
    /// What is wrong, in one line.
    pub message: String,
    /// Where; `None` if it concerns no file.
    pub place: Option<Place>,
    /// The line at that place.
    pub snippet: Option<Snippet>,
    /// What to do, such as "did you mean `weight`?".
    pub help: Option<String>,
    /// Further facts, such as where the other definition is.
    pub notes: Vec<String>,
}

impl Diagnostic {
    /// An error that concerns no file (yet).
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            code,
            message: message.into(),
            place: None,
            snippet: None,
            help: None,
            notes: Vec::new(),
        }
    }

    /// A warning that concerns no file (yet).
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(code, message)
        }
    }

    /// Adds the place, without a line to show.
    #[must_use]
    pub fn with_place(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Adds what to do.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<Option<String>>) -> Self {
        self.help = help.into();
        self
    }

    /// Adds a further fact.
    #[must_use]
    pub fn with_note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    pub(crate) fn at(mut self, sources: &SourceMap, span: Span) -> Self {
        self.place = sources.place(span);
        self.snippet = sources.snippet(span);
        self
    }

    /// Whether this is an error.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// The whole report as text, without colours, several lines.
    pub fn render(&self) -> String {
        self.to_string()
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}]: {}", self.severity, self.code, self.message)?;
        let line = self.place.as_ref().map_or(0, |place| place.line);
        let number = line.to_string();
        let margin = " ".repeat(number.len());
        if let Some(place) = &self.place {
            write!(f, "\n{margin}--> {place}")?;
        }
        if let Some(snippet) = &self.snippet {
            let before = snippet.column.saturating_sub(1) as usize;
            // Tabs stay tabs, so that the caret stands under its character.
            let indent: String = snippet
                .text
                .chars()
                .take(before)
                .map(|c| if c == '\t' { '\t' } else { ' ' })
                .collect();
            let caret = "^".repeat(snippet.length.max(1) as usize);
            write!(f, "\n{margin} |\n{number} | {}", snippet.text)?;
            write!(f, "\n{margin} | {indent}{caret}")?;
        }
        if let Some(help) = &self.help {
            write!(f, "\n{margin} = help: {help}")?;
        }
        for note in &self.notes {
            write!(f, "\n{margin} = note: {note}")?;
        }
        Ok(())
    }
}

/// Puts findings in reading order and drops repetitions: errors first, then by place. A mistake in
/// an entry that ten others extend is one mistake.
pub(crate) fn tidy(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| {
        let key = |d: &Diagnostic| (d.severity, d.place.clone(), d.code, d.message.clone());
        key(a).cmp(&key(b))
    });
    diagnostics.dedup_by(|a, b| {
        a.place == b.place && a.code == b.code && a.message == b.message && a.place.is_some()
    });
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::super::source_map::SourceText;
    use super::*;

    #[test]
    fn report_looks_like_a_compiler_s() {
        let text = "{\n\t\"sword\": (wieght: 3),\n}\n";
        let sources = SourceMap {
            files: vec![SourceText::new("demo", "items/a.ron", text)],
        };
        let at = text.find("wieght").unwrap();
        let report = Diagnostic::error("unknown-field", "unknown field `wieght`")
            .at(&sources, Span::new(0, at..at + 6))
            .with_help("did you mean `weight`?".to_owned())
            .with_note("in `demo:sword`")
            .render();
        let expected = "error[unknown-field]: unknown field `wieght`\n \
            --> demo/items/a.ron:2:12\n  |\n2 | \t\"sword\": (wieght: 3),\n  \
            | \t          ^^^^^^\n  = help: did you mean `weight`?\n  = note: in `demo:sword`";
        assert_eq!(report, expected);
    }

    #[test]
    fn places_count_characters_and_survive_the_end_of_the_file() {
        let text = "{ \"ä\": é }";
        let sources = SourceMap {
            files: vec![SourceText::new("demo", "a.ron", text)],
        };
        let at = text.find('é').unwrap();
        assert_eq!(sources.place(Span::new(0, at..at + 2)).unwrap().column, 8);
        let end = sources.place(Span::new(0, 999..1000)).unwrap();
        assert_eq!((end.line, end.column), (1, 11));
        assert!(sources.place(Span::NONE).is_none());
    }
}
