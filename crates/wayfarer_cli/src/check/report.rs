//! Diagnostics as compilers print them.

use wayfarer_core::content::{Diagnostic, Severity};

use crate::out::{Colour, Out, printable};

/// Prints a diagnostic and an empty line after it.
pub(crate) fn report(diagnostic: &Diagnostic, out: &mut Out) {
    let colour = match diagnostic.severity {
        Severity::Error => Colour::Error,
        Severity::Warning => Colour::Warning,
    };
    let text = diagnostic.render();
    for (number, line) in text.lines().enumerate() {
        // Tabs stay, as the caret stands under them.
        let line = line
            .split('\t')
            .map(printable)
            .collect::<Vec<_>>()
            .join("\t");
        let line = if number == 0 {
            heading(&line, colour, out)
        } else {
            body(&line, colour, out)
        };
        out.line(line);
    }
    out.line("");
}

/// `error[code]: message`.
fn heading(line: &str, colour: Colour, out: &Out) -> String {
    match line.split_once(": ") {
        Some((what, message)) => format!(
            "{}{}",
            out.paint(colour, what),
            out.paint(Colour::Strong, format!(": {message}"))
        ),
        None => line.to_owned(),
    }
}

/// A line of the frame: ` --> place`, `12 | text`, `   |   ^^^`, `   = help: …`.
fn body(line: &str, colour: Colour, out: &Out) -> String {
    let margin = line.trim_start_matches(|c: char| c == ' ' || c.is_ascii_digit());
    let mark = ["-->", "|", "="]
        .iter()
        .find(|mark| margin.starts_with(**mark));
    let frame = mark.map(|mark| line.len() - margin.len() + mark.len());
    let Some((frame, rest)) = frame.and_then(|at| line.split_at_checked(at)) else {
        return line.to_owned();
    };
    let is_caret = !rest.trim().is_empty() && rest.trim().chars().all(|c| c == '^');
    let rest = if is_caret {
        out.paint(colour, rest)
    } else {
        rest.to_owned()
    };
    format!("{}{rest}", out.paint(Colour::Frame, frame))
}
