//! Commands that were written beforehand.

use std::{fs, path::Path};

use super::command::Command;
use crate::end::End;

/// A command with the text it was written as.
pub(crate) type Line = (String, Command);

/// The commands of a file, or of a text on the command line; `None` if neither was given.
pub(crate) fn load(file: Option<&Path>, text: Option<&str>) -> Result<Option<Vec<Line>>, End> {
    let (name, text) = match (file, text) {
        (Some(path), _) => {
            let shown = path.display().to_string();
            let text = fs::read_to_string(path).map_err(|error| {
                let what = format!("cannot read `{shown}`: {error}");
                End::usage(what, "name a file with one command a line")
            })?;
            (shown, text)
        }
        (None, Some(text)) => ("--exec".to_owned(), text.to_owned()),
        (None, None) => return Ok(None),
    };
    parse(&name, &text).map(Some)
}

fn parse(name: &str, text: &str) -> Result<Vec<Line>, End> {
    let mut commands = Vec::new();
    for (number, line) in text.lines().enumerate() {
        for part in split(line) {
            let command = Command::parse(part).map_err(|what| {
                let place = format!("{name}:{}", number + 1);
                End::usage(format!("{place}: {what}"), "`help` as a command lists all")
            })?;
            commands.push((part.to_owned(), command));
        }
    }
    Ok(commands)
}

/// The commands of a line. `;` separates them, except in quotes; `//`, or a `#` that is no uid,
/// begins a remark.
pub(crate) fn split(line: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut quoted) = (0, false);
    for (at, c) in line.char_indices() {
        match c {
            '"' => quoted = !quoted,
            ';' if !quoted => {
                parts.push(&line[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&line[start..]);
    let is_remark = |part: &str| {
        let uid = part
            .strip_prefix('#')
            .map(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        part.starts_with("//") || uid == Some(false)
    };
    parts
        .into_iter()
        .map(str::trim)
        .take_while(|part| !is_remark(part))
        .filter(|part| !part.is_empty())
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn lines_hold_commands_and_remarks() {
        for (line, expected) in [
            (
                "status; equip #3;; quit",
                vec!["status", "equip #3", "quit"],
            ),
            ("drop \"a;b\"; hash", vec!["drop \"a;b\"", "hash"]),
            ("# a remark; quit", vec![]),
            ("status; // quit; hash", vec!["status"]),
            ("", vec![]),
        ] {
            assert_eq!(split(line), expected, "{line}");
        }
    }

    #[test]
    fn a_mistake_is_named_with_its_line() {
        let Err(End::Usage(what, _)) = parse("test.txt", "status\nequp #1\n") else {
            panic!("a mistake was overlooked");
        };
        assert!(what.starts_with("test.txt:2: "), "{what}");
        assert_eq!(parse("x", "status\nhash; quit").unwrap().len(), 3);
    }
}
