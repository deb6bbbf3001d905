//! What can be typed.

use std::time::Duration;

use wayfarer_core::content::did_you_mean;

/// What `help` prints.
pub(crate) const HELP: &str = "\
items, slots and compartments are named by uid (#12) or by the beginning of their name;
write names with spaces in quotes: \"iron s\"
  status                     who and where we are, and what we have
  people                     who is at the table
  stats [name]               own stats whose name begins so, or all
  hash                       hash of everything the host has shown us
  as <character>             act for another character
  equip <item> [slot]        put on
  unequip <slot>             take off
  move <item> <compartment>  put elsewhere in the bags
  split <item> <count>       part of a stack becomes one of its own
  drop <item> [count]        lay on the ground
  pick <item> [count]        take from the ground
  wait <ms>                  play on for a while
  expect refused <code>      the next request should be refused with this code
  help, quit";

/// The first words, for suggestions.
const WORDS: [&str; 16] = [
    "status", "people", "stats", "hash", "as", "equip", "unequip", "move", "split", "drop", "pick",
    "wait", "expect", "help", "quit", "exit",
];

/// A command.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Command {
    Help,
    Quit,
    Status,
    People,
    Stats(String),
    Hash,
    As(String),
    Wait(Duration),
    /// The next request should be refused with this code.
    ExpectRefused(String),
    Act(Act),
}

/// Something to ask the host for, with names as they were typed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Act {
    Equip { item: String, slot: Option<String> },
    Unequip { slot: String },
    Move { item: String, to: String },
    Split { item: String, count: u32 },
    Drop { item: String, count: Option<u32> },
    Pick { item: String, count: Option<u32> },
}

impl Command {
    /// Understands one command.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let words = words(text)?;
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let own = |text: &str| text.to_owned();
        Ok(match words.as_slice() {
            ["help"] => Self::Help,
            ["quit" | "exit"] => Self::Quit,
            ["status"] => Self::Status,
            ["people"] => Self::People,
            ["stats"] => Self::Stats(String::new()),
            ["stats", name] => Self::Stats(own(name)),
            ["hash"] => Self::Hash,
            ["as", name] => Self::As(own(name)),
            ["wait", ms] => Self::Wait(milliseconds(ms)?),
            ["expect", "refused", code] => Self::ExpectRefused(own(code)),
            ["equip", item] => Self::Act(Act::Equip {
                item: own(item),
                slot: None,
            }),
            ["equip", item, slot] => Self::Act(Act::Equip {
                item: own(item),
                slot: Some(own(slot)),
            }),
            ["unequip", slot] => Self::Act(Act::Unequip { slot: own(slot) }),
            ["move", item, to] => Self::Act(Act::Move {
                item: own(item),
                to: own(to),
            }),
            ["split", item, count] => Self::Act(Act::Split {
                item: own(item),
                count: amount(count)?,
            }),
            ["drop", item] => Self::drop(item, None),
            ["drop", item, count] => Self::drop(item, Some(amount(count)?)),
            ["pick", item] => Self::pick(item, None),
            ["pick", item, count] => Self::pick(item, Some(amount(count)?)),
            [] => return Err("nothing to do".to_owned()),
            [first, ..] => return Err(misunderstood(first)),
        })
    }

    fn drop(item: &str, count: Option<u32>) -> Self {
        let item = item.to_owned();
        Self::Act(Act::Drop { item, count })
    }

    fn pick(item: &str, count: Option<u32>) -> Self {
        let item = item.to_owned();
        Self::Act(Act::Pick { item, count })
    }
}

fn misunderstood(first: &str) -> String {
    if let Some(usage) = HELP
        .lines()
        .map(str::trim)
        .find(|line| WORDS.contains(&first) && line.split(' ').next() == Some(first))
    {
        return format!("`{first}` is written so: {usage}");
    }
    match did_you_mean(first, WORDS) {
        Some(near) => format!("there is no command `{first}`; did you mean `{near}`?"),
        None => format!("there is no command `{first}`; `help` lists them"),
    }
}

fn amount(text: &str) -> Result<u32, String> {
    let number = text.parse();
    number.map_err(|_| format!("`{text}` is no count; write a whole number"))
}

fn milliseconds(text: &str) -> Result<Duration, String> {
    match text.parse::<u64>() {
        Ok(ms) if ms <= 3_600_000 => Ok(Duration::from_millis(ms)),
        _ => Err(format!(
            "`{text}` is no time; write milliseconds, at most 3600000"
        )),
    }
}

/// Words, of which those with spaces stand in double quotes.
fn words(text: &str) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (word, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted
                .split_once('"')
                .ok_or_else(|| "a quote is not closed".to_owned())?,
            None => rest.split_once(char::is_whitespace).unwrap_or((rest, "")),
        };
        words.push(word.to_owned());
        rest = after.trim_start();
    }
    Ok(words)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn commands_are_understood() {
        let equip = |item: &str, slot: Option<&str>| {
            Command::Act(Act::Equip {
                item: item.into(),
                slot: slot.map(str::to_owned),
            })
        };
        for (text, expected) in [
            ("status", Command::Status),
            ("  wait  250 ", Command::Wait(Duration::from_millis(250))),
            ("equip #12", equip("#12", None)),
            (
                "equip \"iron sword\" main",
                equip("iron sword", Some("main")),
            ),
            (
                "expect refused exceeds_bulk",
                Command::ExpectRefused("exceeds_bulk".into()),
            ),
            (
                "drop apple 3",
                Command::Act(Act::Drop {
                    item: "apple".into(),
                    count: Some(3),
                }),
            ),
        ] {
            assert_eq!(Command::parse(text).unwrap(), expected, "{text}");
        }
    }

    #[test]
    fn mistakes_are_told_with_a_way_out() {
        for (text, part) in [
            ("equp #1", "did you mean `equip`?"),
            ("xyzzy", "`help`"),
            ("equip", "equip <item> [slot]"),
            ("split apple", "split <item> <count>"),
            ("drop apple -1", "whole number"),
            ("drop apple 99999999999", "whole number"),
            ("wait long", "milliseconds"),
            ("equip \"iron", "quote"),
            ("", "nothing"),
        ] {
            let error = Command::parse(text).unwrap_err();
            assert!(error.contains(part), "{text}: {error}");
        }
    }

    #[test]
    fn every_command_is_in_the_help() {
        for word in WORDS.iter().filter(|word| **word != "exit") {
            assert!(HELP.contains(&format!("  {word}")) || HELP.contains(&format!(", {word}")));
        }
    }
}
