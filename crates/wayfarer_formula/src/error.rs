//! Where a formula is wrong, why, and what the author may have meant.

use std::fmt::{self, Write as _};

/// A range of byte offsets into the formula text, `start` inclusive, `end` exclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

impl Span {
    /// A span from byte offsets. Formulas are shorter than 4 GiB by [`limit`](crate::limits), so
    /// larger offsets are clipped.
    pub(crate) fn new(start: usize, end: usize) -> Self {
        let clip = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self {
            start: clip(start),
            end: clip(end),
        }
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// The text under the span, or `""` if the span does not fit `source`.
    #[must_use]
    pub fn text(self, source: &str) -> &str {
        source
            .get(self.start as usize..self.end as usize)
            .unwrap_or_default()
    }
}

/// Why a formula was refused. [`FormulaError::render`] shows it under the formula text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormulaError {
    /// The part of the formula that is at fault.
    pub span: Span,
    /// What is wrong, in one line without a full stop.
    pub message: String,
    /// What to do about it, where that is known.
    pub help: Option<String>,
}

impl FormulaError {
    pub(crate) fn new(span: Span, message: impl Into<String>) -> Self {
        Self {
            span,
            message: message.into(),
            help: None,
        }
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The message, the line of `source` it is about with carets under the fault, and the help.
    ///
    /// ```
    /// # use wayfarer_formula::parse;
    /// let source = "floor((strength - 10) / 2";
    /// let error = parse(source).unwrap_err();
    /// assert_eq!(error.render(source), "\
    /// error: expected `)`, found the end of the formula
    ///   |
    /// 1 | floor((strength - 10) / 2
    ///   |                          ^
    ///   = help: it closes the `(` in column 6
    /// ");
    /// ```
    #[must_use]
    pub fn render(&self, source: &str) -> String {
        let start = source.floor_char_boundary(self.span.start as usize);
        let end = source
            .floor_char_boundary(self.span.end as usize)
            .max(start);
        let (before, after) = source.split_at(start);
        let number = before.matches('\n').count() + 1;
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line_end = after
            .find('\n')
            .map_or(source.len(), |newline| start + newline);
        // One column per character keeps the carets aligned where the line holds tabs.
        let line: String = source
            .get(line_start..line_end)
            .unwrap_or_default()
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        let count = |from: usize, to: usize| source.get(from..to).map_or(0, |s| s.chars().count());
        let indent = " ".repeat(count(line_start, start));
        let carets = "^".repeat(count(start, end.min(line_end)).max(1));
        let gutter = " ".repeat(number.to_string().len());
        let mut out = format!("error: {}\n", self.message);
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{gutter} |\n{number} | {line}");
        let _ = writeln!(out, "{gutter} | {indent}{carets}");
        if let Some(help) = &self.help {
            let _ = writeln!(out, "{gutter} = help: {help}");
        }
        out
    }
}

impl fmt::Display for FormulaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.help {
            Some(help) => write!(f, " ({help})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for FormulaError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carets_stand_under_characters_not_bytes() {
        let error = FormulaError::new(Span::new(4, 6), "no");
        assert_eq!(
            error.render("ä\té"),
            "error: no\n  |\n1 | ä é\n  |   ^\n",
            "é is the third character"
        );
    }

    #[test]
    fn later_lines_are_found() {
        let source = "a +\nb $ c\n+ d";
        let error = FormulaError::new(Span::new(6, 7), "no").help("yes");
        assert_eq!(
            error.render(source),
            "error: no\n  |\n2 | b $ c\n  |   ^\n  = help: yes\n"
        );
    }

    #[test]
    fn a_span_that_does_not_fit_is_clipped() {
        for span in [Span::new(1, 2), Span::new(7, 3), Span::new(90, 99)] {
            let _ = FormulaError::new(span, "no").render("ä");
            let _ = span.text("ä");
        }
    }
}
