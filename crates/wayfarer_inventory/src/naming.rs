//! What a single item is called: its definition's name, and what other crates make of it.
//!
//! Quality, enchantments and players add to a name by [namers](ItemNamerAppExt); panels ask
//! [`display_name`] and need to know none of them.

use std::collections::BTreeMap;

use bevy::prelude::*;
use wayfarer_core::content::{ActiveContent, Content};

use crate::{content::ItemDef, item::Item};

/// A name that is being put together. Words stand before and after the thing itself, by order;
/// a name of its own replaces all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ItemName {
    thing: String,
    own: Option<String>,
    before: Vec<(i32, String)>,
    after: Vec<(i32, String)>,
    keep_case: bool,
}

impl ItemName {
    /// The name of a thing with nothing to add.
    pub fn new(thing: impl Into<String>) -> Self {
        Self {
            thing: thing.into(),
            ..Self::default()
        }
    }

    /// Calls the thing itself something else: what cannot be recognised is a "strange ring".
    pub fn call(&mut self, thing: impl Into<String>) {
        self.thing = thing.into();
    }

    /// A name of its own. It stands alone; the last namer that gives one wins.
    pub fn own(&mut self, name: impl Into<String>) {
        self.own = Some(name.into());
    }

    /// A word before the thing; the lower the order, the further in front. Empty words are nothing.
    pub fn before(&mut self, order: i32, word: impl Into<String>) {
        Self::add(&mut self.before, order, word.into());
    }

    /// Words after the thing; the higher the order, the further behind. Empty words are nothing.
    pub fn after(&mut self, order: i32, words: impl Into<String>) {
        Self::add(&mut self.after, order, words.into());
    }

    /// Keeps upper and lower case as they are written, instead of writing one large letter at the
    /// beginning.
    pub fn keep_case(&mut self) {
        self.keep_case = true;
    }

    fn add(list: &mut Vec<(i32, String)>, order: i32, word: String) {
        if !word.trim().is_empty() {
            list.push((order, word));
            list.sort_by_key(|&(order, _)| order);
        }
    }

    /// The whole name.
    pub fn text(&self) -> String {
        if let Some(own) = &self.own {
            return own.clone();
        }
        let words = |list: &[(i32, String)]| -> Vec<String> {
            list.iter()
                .map(|(_, word)| word.trim().to_owned())
                .collect()
        };
        let mut all = words(&self.before);
        let thing = self.thing.trim();
        // "Fine Iron sword" would read like a company.
        all.push(if all.is_empty() || self.keep_case {
            thing.to_owned()
        } else {
            small(thing)
        });
        all.extend(words(&self.after));
        let text = all.join(" ");
        if self.keep_case { text } else { large(&text) }
    }
}

/// The first letter small, unless the word is all large ones.
fn small(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), second) if !second.is_some_and(char::is_uppercase) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => text.to_owned(),
    }
}

fn large(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// What somebody adds to the name of an item. Pure: host and client must say the same.
pub type ItemNamer = fn(&Content, &Item, &mut ItemName);

/// All namers, asked in the order of their names.
#[derive(Resource, Default, Clone)]
pub struct ItemNamers {
    list: BTreeMap<&'static str, ItemNamer>,
}

impl ItemNamers {
    /// The name of an item; its id when the packs do not have it (any more).
    pub fn name(&self, content: &Content, item: &Item) -> String {
        let def = content.table::<ItemDef>().get(item.def);
        let mut name = match def {
            Some(def) => ItemName::new(def.name.as_str()),
            None => ItemName::new(item.def.to_string()),
        };
        for namer in self.list.values() {
            namer(content, item, &mut name);
        }
        name.text()
    }
}

/// Registration of namers.
pub trait ItemNamerAppExt {
    /// Has `namer` asked for the name of every item. A name that is there already is replaced.
    ///
    /// ```
    /// # use bevy::prelude::*;
    /// # use wayfarer_inventory::prelude::*;
    /// let mut app = App::new();
    /// app.register_item_namer("game.stacks", |_, item, name| {
    ///     if item.count > 1 {
    ///         name.before(0, format!("{} pieces of", item.count));
    ///     }
    /// });
    /// ```
    fn register_item_namer(&mut self, name: &'static str, namer: ItemNamer) -> &mut Self;
}

impl ItemNamerAppExt for App {
    fn register_item_namer(&mut self, name: &'static str, namer: ItemNamer) -> &mut Self {
        self.init_resource::<ItemNamers>();
        let mut namers = self.world_mut().resource_mut::<ItemNamers>();
        namers.list.insert(name, namer);
        self
    }
}

/// A tag as players read it: `core:master_tools` is "master tools".
pub fn tag_words(tag: &str) -> String {
    let word = tag.rsplit(':').next().unwrap_or(tag);
    word.replace(['_', '.'], " ")
}

/// What an item is called, on host and client alike.
pub fn display_name(world: &World, item: &Item) -> String {
    let Some(content) = world.get_resource::<ActiveContent>() else {
        return item.def.to_string();
    };
    match world.get_resource::<ItemNamers>() {
        Some(namers) => namers.name(&content.0, item),
        None => ItemNamers::default().name(&content.0, item),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_in_order() {
        let mut name = ItemName::new("Iron sword");
        assert_eq!(name.text(), "Iron sword");
        name.before(2, "enchanted");
        name.before(1, "masterly");
        name.before(3, " ");
        name.after(1, "of embers");
        assert_eq!(name.text(), "Masterly enchanted iron sword of embers");
        name.call("Strange blade");
        assert_eq!(name.text(), "Masterly enchanted strange blade of embers");
        name.own("Widow");
        assert_eq!(name.text(), "Widow");
    }

    #[test]
    fn tags_are_words() {
        for (tag, words) in [
            ("metal", "metal"),
            ("master_tools", "master tools"),
            ("core:guild.smith", "guild smith"),
            ("", ""),
        ] {
            assert_eq!(tag_words(tag), words, "{tag}");
        }
    }

    #[test]
    fn case_is_left_alone_where_it_matters() {
        let mut name = ItemName::new("HMS Mug");
        name.before(0, "fine");
        assert_eq!(name.text(), "Fine HMS Mug");
        let mut name = ItemName::new("Ärmel");
        name.before(0, "ölige");
        assert_eq!(name.text(), "Ölige ärmel");
        name.keep_case();
        assert_eq!(name.text(), "ölige Ärmel");
        assert_eq!(ItemName::new("").text(), "");
    }
}
