//! An explanation as a table with running totals.

use wayfarer_stats::explain::{Counted, Explanation, Line, LineOp, LineSource};

use crate::{
    number::short,
    out::{Colour, Out, printable},
};

/// The texts of one line.
struct Row {
    amount: String,
    label: String,
    running: String,
    place: String,
    not_counted: String,
}

impl Row {
    fn of(line: &Line) -> Self {
        let label = match &line.source {
            LineSource::Formula(formula) => format!("{}: {formula}", line.label),
            _ => line.label.clone(),
        };
        Self {
            amount: amount(line),
            label: printable(&label),
            running: if line.counted.counts() {
                short(line.running)
            } else {
                "-".to_owned()
            },
            place: line.place.clone().unwrap_or_default(),
            not_counted: printable(&why_not(&line.counted)),
        }
    }
}

/// Prints the value, the lines and what a formula read.
pub(crate) fn print(why: &Explanation, full_name: &str, out: &mut Out) {
    let unit = if why.unit.is_empty() {
        String::new()
    } else {
        format!(" {}", why.unit)
    };
    let value = out.paint(
        Colour::Strong,
        format!("{} {}{unit}", why.name, short(why.value)),
    );
    out.line(format!("{value}  {full_name}"));
    for (what, text) in [("tier", &why.tier), ("level", &why.level)] {
        if let Some(text) = text {
            out.line(format!("{what}: {text}"));
        }
    }
    out.line("");
    let rows: Vec<Row> = why.lines.iter().map(Row::of).collect();
    print_rows(&rows, out);
    if !why.reads.is_empty() {
        let reads: Vec<String> = why
            .reads
            .iter()
            .map(|(name, value)| format!("{name} {}", short(*value)))
            .collect();
        out.line("");
        out.line(format!("reads: {}", reads.join(", ")));
    }
}

fn print_rows(rows: &[Row], out: &mut Out) {
    let width = |text: fn(&Row) -> &str, heading: &str| {
        let widths = rows.iter().map(|row| text(row).chars().count());
        widths.max().unwrap_or(0).max(heading.len())
    };
    let amount = width(|row| &row.amount, "amount");
    let label = width(|row| &row.label, "source");
    let running = width(|row| &row.running, "total");
    let heading = format!(
        "  {:<amount$}  {:<label$}  {:>running$}  where",
        "amount", "source", "total"
    );
    let heading = out.paint(Colour::Faint, heading);
    out.line(heading);
    for row in rows {
        let line = format!(
            "  {:<amount$}  {:<label$}  {:>running$}  {}",
            row.amount, row.label, row.running, row.place
        );
        if row.not_counted.is_empty() {
            out.line(line.trim_end());
        } else {
            let why = format!("{}  ({})", line.trim_end(), row.not_counted);
            let why = if row.running == "-" {
                out.paint(Colour::Faint, why)
            } else {
                why
            };
            out.line(why);
        }
    }
}

fn amount(line: &Line) -> String {
    let amount = line.amount;
    let signed = |amount: f32| {
        let text = short(amount);
        if text.starts_with('-') {
            text
        } else {
            format!("+{text}")
        }
    };
    match line.op {
        LineOp::Set => format!("= {}", short(amount)),
        LineOp::Add => signed(amount),
        LineOp::Increase => format!("{} %", signed(amount * 100.0)),
        LineOp::Multiply => format!("x {}", short(amount)),
        LineOp::AtLeast => format!(">= {}", short(amount)),
        LineOp::AtMost => format!("<= {}", short(amount)),
    }
}

fn why_not(counted: &Counted) -> String {
    match counted {
        Counted::Yes => String::new(),
        Counted::LostTo(winner) => format!("does not count: {winner} does"),
        Counted::ConditionFalse(when) => format!("does not count: only when {when}"),
        Counted::Suppressed => "does not count: suppressed".to_owned(),
        Counted::NoEffect => "no effect: the total was beyond it already".to_owned(),
        Counted::NotForResources => "does not count: what is used up takes no modifiers".to_owned(),
    }
}
