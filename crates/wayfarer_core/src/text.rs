//! One table for everything that is shown to a player, so that a game can translate it.

use std::{borrow::Cow, fmt::Write as _};

use bevy::{platform::collections::HashMap, prelude::*};

use crate::{content::Content, refusal::Refusal};

/// Texts by key. Refusals use `refusal.<code>`, with `{argument}` placeholders.
#[derive(Resource, Default, Debug)]
pub struct Texts {
    table: HashMap<Cow<'static, str>, Cow<'static, str>>,
}

impl Texts {
    /// Sets a text, replacing the one before.
    pub fn set(
        &mut self,
        key: impl Into<Cow<'static, str>>,
        text: impl Into<Cow<'static, str>>,
    ) -> &mut Self {
        self.table.insert(key.into(), text.into());
        self
    }

    /// The text of a key, or the key itself: a missing text is visible, not blank.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.table.get(key).map_or(key, AsRef::as_ref)
    }

    /// A refusal as a sentence. Definitions are shown by the names in `content`.
    pub fn refusal(&self, refusal: &Refusal, content: &Content) -> String {
        let key = format!("refusal.{}", refusal.code);
        let Some(template) = self.table.get(key.as_str()) else {
            return refusal.to_string();
        };
        let mut out = String::with_capacity(template.len() + 16);
        let mut rest: &str = template;
        while let Some(open) = rest.find('{') {
            out.push_str(&rest[..open]);
            let after = &rest[open + 1..];
            let Some(close) = after.find('}') else {
                rest = &rest[open..];
                break;
            };
            let name = &after[..close];
            match refusal.arg(name) {
                Some(crate::refusal::Arg::Def(id)) => {
                    out.push_str(content.name_of(*id).unwrap_or("something unknown"));
                }
                Some(value) => {
                    // Writing to a string cannot fail.
                    let _ = write!(out, "{value}");
                }
                None => out.push('?'),
            }
            rest = &after[close + 1..];
        }
        out.push_str(rest);
        out
    }
}

/// Registration of default texts.
pub trait TextAppExt {
    /// Adds default texts; those that a game has set already stay.
    fn register_texts(&mut self, texts: &[(&'static str, &'static str)]) -> &mut Self;
}

impl TextAppExt for App {
    fn register_texts(&mut self, texts: &[(&'static str, &'static str)]) -> &mut Self {
        self.init_resource::<Texts>();
        let mut table = self.world_mut().resource_mut::<Texts>();
        for &(key, text) in texts {
            table.table.entry(key.into()).or_insert(text.into());
        }
        self
    }
}

/// Texts of the refusals that the door itself gives.
pub(crate) const CORE_TEXTS: &[(&str, &str)] = &[
    ("refusal.not_found", "There is no {what} here any more."),
    ("refusal.not_owner", "That is not yours to command."),
    ("refusal.not_authorised", "Only a {needed} may do that."),
    ("refusal.feature_disabled", "This is switched off here."),
    (
        "refusal.unknown_action",
        "The host does not know the action {action}.",
    ),
    ("refusal.malformed", "The request could not be read."),
    (
        "refusal.too_large",
        "The request is too large: {bytes} of {max} bytes.",
    ),
    (
        "refusal.rate_limited",
        "Too many requests at once; wait a moment.",
    ),
    (
        "refusal.conflict",
        "Someone else changed this meanwhile; look again.",
    ),
    (
        "refusal.too_old",
        "This request came too late and was not repeated.",
    ),
    (
        "refusal.invalid_amount",
        "{amount} is not a possible amount here.",
    ),
    ("refusal.out_of_reach", "Too far away."),
    (
        "refusal.template_unavailable",
        "The definition {what} is missing or broken.",
    ),
    (
        "refusal.state_corrupt",
        "Something is wrong with the stored state: {detail}.",
    ),
    ("refusal.paused", "The game is paused."),
    ("refusal.no_authority", "There is no connection to a host."),
    ("refusal.no_actor", "Nobody was named to do this."),
    ("refusal.cannot_undo", "This can not be undone any more."),
];
