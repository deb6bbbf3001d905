//! Every text of the panels, under one key each, so that a game can translate or reword it.
//!
//! Panels have no world to look a text up in: they ask a [`Label`], which reads what the game set
//! (handed to egui by the plugin) and falls back to the text in [`labels`].

use std::{borrow::Cow, collections::HashMap, sync::Arc};

use bevy_egui::egui;
use wayfarer_core::text::Texts;

pub mod labels;

/// One text of the panels: its key in [`Texts`] and what it says in English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label {
    /// Key in the table of texts, such as `ui.inventory.sort`.
    pub key: &'static str,
    /// What is shown unless the game says otherwise.
    pub text: &'static str,
}

impl Label {
    /// The text as the game wants it.
    pub fn get(self, ctx: &egui::Context) -> Cow<'static, str> {
        let reworded: Option<Reworded> = ctx.data(|data| data.get_temp(egui::Id::NULL));
        match reworded.and_then(|table| table.0.get(self.key).cloned()) {
            Some(text) => Cow::Owned(text),
            None => Cow::Borrowed(self.text),
        }
    }

    /// The text from the table of a world, for builders of models.
    pub fn of(self, texts: &Texts) -> &str {
        let text = texts.get(self.key);
        if text == self.key { self.text } else { text }
    }

    /// The text with `{name}` placeholders filled. A name that is not given stays as it is.
    pub fn fill(self, ctx: &egui::Context, args: &[(&str, &dyn std::fmt::Display)]) -> String {
        let mut text = self.get(ctx).into_owned();
        for (name, value) in args {
            text = text.replace(&format!("{{{name}}}"), &value.to_string());
        }
        text
    }
}

/// The key that uses what is near, as it is written on it.
#[derive(Clone)]
struct UseKey(String);

/// Tells the panels which key uses what is near.
pub fn install_use_key(ctx: &egui::Context, key: &str) {
    ctx.data_mut(|data| {
        let known = data.get_temp_mut_or_insert_with(egui::Id::NULL, || UseKey(String::new()));
        if known.0 != key {
            key.clone_into(&mut known.0);
        }
    });
}

/// The key that uses what is near; the one that it is at first unless somebody says otherwise.
pub(crate) fn use_key(ctx: &egui::Context) -> String {
    let known: Option<UseKey> = ctx.data(|data| data.get_temp(egui::Id::NULL));
    let known = known.map(|key| key.0).filter(|key| !key.is_empty());
    known.unwrap_or_else(|| "E".to_owned())
}

/// The texts that the game words differently.
#[derive(Clone)]
struct Reworded(Arc<HashMap<&'static str, String>>);

/// Hands the game's own wording to egui. Call it when [`Texts`] has changed.
pub fn install(ctx: &egui::Context, texts: &Texts) {
    let reworded: HashMap<_, _> = labels::ALL
        .iter()
        .filter_map(|label| {
            let text = texts.get(label.key);
            // A key without an entry is its own text; then the built-in one is meant.
            (text != label.text && text != label.key).then(|| (label.key, text.to_owned()))
        })
        .collect();
    ctx.data_mut(|data| {
        if reworded.is_empty() {
            data.remove::<Reworded>(egui::Id::NULL);
        } else {
            data.insert_temp(egui::Id::NULL, Reworded(Arc::new(reworded)));
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_game_can_reword_everything() {
        let ctx = egui::Context::default();
        assert_eq!(labels::SEARCH.get(&ctx), labels::SEARCH.text);
        let mut texts = Texts::default();
        texts.set("ui.search", "Suche");
        install(&ctx, &texts);
        assert_eq!(labels::SEARCH.get(&ctx), "Suche");
        assert_eq!(labels::EQUIP.get(&ctx), "Equip", "the others stay");
        install(&ctx, &Texts::default());
        assert_eq!(labels::SEARCH.get(&ctx), labels::SEARCH.text);
    }

    #[test]
    fn the_key_that_uses_what_is_near_can_be_another() {
        let ctx = egui::Context::default();
        assert_eq!(use_key(&ctx), "E");
        install_use_key(&ctx, "F");
        assert_eq!(use_key(&ctx), "F");
        install_use_key(&ctx, "");
        assert_eq!(use_key(&ctx), "E", "none at all is no help");
    }

    #[test]
    fn placeholders_are_filled() {
        let ctx = egui::Context::default();
        let text = labels::OF.fill(&ctx, &[("value", &3), ("max", &4.5)]);
        assert_eq!(text, "3 of 4.5");
    }

    #[test]
    fn the_fonts_know_every_sign() {
        let ctx = egui::Context::default();
        let _ = ctx.run_ui(egui::RawInput::default(), |_| {});
        let signs = "∞×−…✔⏷⏵·–➡ℹ★⚠✖";
        let all = labels::ALL.iter().map(|label| label.text);
        ctx.fonts_mut(|fonts| {
            let font = egui::FontId::proportional(14.0);
            for text in all.chain([signs]) {
                for sign in text.chars() {
                    assert!(fonts.has_glyph(&font, sign), "{sign} in {text}");
                }
            }
        });
    }

    #[test]
    fn keys_are_unique_and_say_something() {
        let mut keys: Vec<_> = labels::ALL.iter().map(|label| label.key).collect();
        keys.sort_unstable();
        let all = keys.len();
        keys.dedup();
        assert_eq!(keys.len(), all);
        for label in labels::ALL {
            assert!(label.key.starts_with("ui."), "{}", label.key);
            assert!(!label.text.trim().is_empty(), "{}", label.key);
        }
    }
}
