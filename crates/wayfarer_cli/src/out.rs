//! Output: text, coloured where a person looks at it.

use std::{
    fmt::Display,
    io::{self, IsTerminal, Write},
};

/// What a piece of text is, for its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Colour {
    /// Something that must be mended.
    Error,
    /// Something to look at.
    Warning,
    /// All well.
    Good,
    /// The furniture of a report: arrows, bars, line numbers.
    Frame,
    /// What matters most in a line.
    Strong,
    /// What matters least.
    Faint,
}

impl Colour {
    const fn code(self) -> &'static str {
        match self {
            Self::Error => "1;31",
            Self::Warning => "1;33",
            Self::Good => "1;32",
            Self::Frame => "1;34",
            Self::Strong => "1",
            Self::Faint => "2",
        }
    }
}

/// Where a command writes. A reader that goes away (`| head`) is no error: there is nobody left
/// to tell.
pub(crate) struct Out {
    to: Box<dyn Write>,
    colours: bool,
}

impl Out {
    /// The standard output; with colours when it is a terminal and `NO_COLOR` is not set.
    pub(crate) fn stdout() -> Self {
        let colours = io::stdout().is_terminal() && colours_wanted();
        Self::new(io::stdout(), colours)
    }

    /// The standard error, for what is wrong with the command itself.
    pub(crate) fn stderr() -> Self {
        let colours = io::stderr().is_terminal() && colours_wanted();
        Self::new(io::stderr(), colours)
    }

    fn new(to: impl Write + 'static, colours: bool) -> Self {
        Self {
            to: Box::new(to),
            colours,
        }
    }

    /// Writes a line.
    pub(crate) fn line(&mut self, text: impl Display) {
        let _ = writeln!(self.to, "{text}");
    }

    /// Writes text without ending the line, and shows it.
    pub(crate) fn prompt(&mut self, text: impl Display) {
        let _ = write!(self.to, "{text}");
        self.flush();
    }

    /// Shows what has been written.
    pub(crate) fn flush(&mut self) {
        let _ = self.to.flush();
    }

    /// The text in a colour, if there are colours.
    pub(crate) fn paint(&self, colour: Colour, text: impl Display) -> String {
        if self.colours {
            format!("\x1b[{}m{text}\x1b[0m", colour.code())
        } else {
            text.to_string()
        }
    }

    /// Writes a heading.
    pub(crate) fn heading(&mut self, text: impl Display) {
        let text = self.paint(Colour::Strong, text);
        self.line(text);
    }
}

/// <https://no-color.org>: set and not empty means no.
fn colours_wanted() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// `1 error`, `2 errors`: a count with its noun.
pub(crate) fn count(number: usize, noun: &str) -> String {
    match (number, noun.strip_suffix('y')) {
        (1, _) => format!("1 {noun}"),
        // "entity", but "key".
        (_, Some(stem)) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{number} {stem}ies"),
        _ => format!("{number} {noun}s"),
    }
}

/// Text from a file, a player or the network as one printable line: control characters would let
/// it draw on the terminal.
pub(crate) fn printable(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_have_their_noun() {
        for (number, noun, expected) in [
            (0, "error", "0 errors"),
            (1, "error", "1 error"),
            (2, "entity", "2 entities"),
            (1, "entity", "1 entity"),
            (3, "key", "3 keys"),
        ] {
            assert_eq!(count(number, noun), expected);
        }
    }

    #[test]
    fn colours_only_where_wanted() {
        let plain = Out::new(io::sink(), false);
        assert_eq!(plain.paint(Colour::Error, "x"), "x");
        let colourful = Out::new(io::sink(), true);
        assert_eq!(colourful.paint(Colour::Error, "x"), "\x1b[1;31mx\x1b[0m");
    }

    #[test]
    fn terminals_are_not_drawn_on() {
        assert_eq!(printable("a\x1b[2Jb\nc"), "a [2Jb c");
    }
}
