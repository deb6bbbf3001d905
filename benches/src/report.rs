//! The whole scorecard: printed and written.

use std::{fmt, fs, io, path::Path};

use serde_json::json;

use crate::table::{Bar, Row};

/// All rows.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// In the order in which they were measured.
    pub rows: Vec<Row>,
}

impl Report {
    /// Adds rows.
    pub fn extend(&mut self, rows: impl IntoIterator<Item = Row>) {
        self.rows.extend(rows);
    }

    /// How many rows do not reach their bar.
    pub fn short(&self) -> usize {
        self.rows.iter().filter(|row| !row.is_ok()).count()
    }

    /// The rows as JSON: a list of objects.
    pub fn to_json(&self) -> serde_json::Value {
        let rows = self.rows.iter().map(|row| {
            let (kind, bar) = match row.bar {
                Bar::AtMost(most) => ("at_most", most),
                Bar::TimesFaster(factor) => ("times_faster", factor),
            };
            json!({
                "what": row.what,
                "unit": row.unit,
                "ours": row.ours,
                "peer": row.peer.map(|(name, figure)| json!({ "name": name, "figure": figure })),
                "ratio": row.ratio(),
                "bar": { "kind": kind, "figure": bar },
                "verdict": row.verdict(),
            })
        });
        rows.collect()
    }

    /// Writes [`to_json`](Self::to_json) to a file.
    ///
    /// # Errors
    /// The file or its folder cannot be written.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, format!("{:#}\n", self.to_json()))
    }
}

const HEADS: [&str; 6] = ["what", "ours", "peer", "ratio", "bar", ""];

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<[String; 6]> = std::iter::once(HEADS.map(str::to_owned))
            .chain(self.rows.iter().map(cells))
            .collect();
        let width = |column: usize| {
            let lengths = lines.iter().map(|line| line[column].chars().count());
            lengths.max().unwrap_or(0)
        };
        let widths: [usize; 6] = std::array::from_fn(width);
        for line in &lines {
            let [what, ours, peer, ratio, bar, verdict] = line;
            let [a, b, c, d, e, _] = widths;
            let text =
                format!("{what:<a$}  {ours:>b$}  {peer:>c$}  {ratio:>d$}  {bar:>e$}  {verdict}");
            writeln!(f, "{}", text.trim_end())?;
        }
        Ok(())
    }
}

fn cells(row: &Row) -> [String; 6] {
    let peer = row.peer.map(|(name, figure)| {
        let figure = number(figure, row.unit);
        format!("{figure} {name}")
    });
    let bar = match row.bar {
        Bar::AtMost(most) => format!("<= {}", number(most, row.unit)),
        Bar::TimesFaster(factor) => format!(">= {factor}x"),
    };
    let ratio = row.ratio().map(|ratio| format!("{ratio:.2}x"));
    [
        row.what.clone(),
        number(row.ours, row.unit),
        peer.unwrap_or_else(|| "-".to_owned()),
        ratio.unwrap_or_else(|| "-".to_owned()),
        bar,
        row.verdict().to_owned(),
    ]
}

fn number(figure: f64, unit: &str) -> String {
    let digits = match figure.abs() {
        size if size >= 100.0 || size == size.trunc() => 0,
        size if size >= 10.0 => 1,
        _ => 2,
    };
    format!("{figure:.digits$} {unit}").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report() -> Report {
        let mut report = Report::default();
        report.extend([
            Row::at_most("one", 103.4, "ns", 150.0).beside("hand-written", 30.0),
            Row::at_most("two \"quoted\"", 3.0, "", 2.5),
        ]);
        report
    }

    #[test]
    fn the_verdict_is_the_last_word() {
        let text = report().to_string();
        let last: Vec<&str> = text
            .lines()
            .filter_map(|line| line.split_whitespace().last())
            .collect();
        assert_eq!(last, ["bar", "ok", "short"], "{text}");
        assert!(text.contains("103 ns") && text.contains("0.29x"), "{text}");
        assert_eq!(report().short(), 1);
    }

    #[test]
    fn json_says_the_same() {
        let json = report().to_json();
        assert_eq!(json[0]["verdict"], "ok");
        assert_eq!(json[0]["peer"]["name"], "hand-written");
        assert_eq!(json[1]["what"], "two \"quoted\"");
        assert_eq!(json[1]["ratio"], serde_json::Value::Null);
        assert_eq!(json[1]["bar"]["figure"], 2.5);
    }
}
