//! What single things are called: quality before, the word for much enchanted things, the suffix of
//! the strongest enchantment behind; a given name instead of all of it.

use serde::{Deserialize, Serialize};
use wayfarer_core::{action::Action, content::Content, id::Uid, refusal::Refusal, txn::Txn};
use wayfarer_inventory::{Item, facts::ItemsChanged, naming::ItemName, view::View};

use crate::{
    FEATURE,
    content::{EnchantmentDef, GearDef, NameRulesDef},
    ext::{Enchants, GivenName, is_known, quality_of, set_ext},
    facts::ItemRenamed,
    refusals::{NAME_EMPTY, NAME_LETTER, NAME_TOO_LONG},
    rules::{
        identify::Aspect,
        names::{BadName, checked_name, word_for},
    },
};

/// Where the words stand.
const QUALITY: i32 = 10;
const ENCHANTED: i32 = 20;

/// The namer of this crate.
pub(crate) fn name(content: &Content, item: &Item, name: &mut ItemName) {
    if let Some(GivenName(own)) = item.ext::<GivenName>() {
        name.own(own);
        return;
    }
    let rules = NameRulesDef::in_force(content);
    if rules.is_some_and(|rules| rules.keep_case) {
        name.keep_case();
    }
    if !is_known(content, item, Aspect::Name) {
        let gear = content.table::<GearDef>().get(item.def);
        if let Some(hidden) = gear.and_then(|gear| gear.hidden.as_ref()) {
            name.call(hidden.name.as_str());
        }
        return;
    }
    if let Some(quality) = quality_of(content, item) {
        name.before(QUALITY, quality.prefix.as_str());
        name.after(QUALITY, quality.suffix.as_str());
    }
    let Some(rules) = rules else {
        return;
    };
    if !is_known(content, item, Aspect::Enchantments) {
        return;
    }
    // Tick 0: what is over counts until it is taken off, so that names need no clock.
    let all = Enchants::of(item, 0).0;
    name.before(
        ENCHANTED,
        word_for(all.len(), &rules.enchanted).unwrap_or_default(),
    );
    let strongest = all
        .iter()
        .max_by_key(|enchant| (enchant.power, std::cmp::Reverse(enchant.def)));
    let def = strongest.and_then(|enchant| content.table::<EnchantmentDef>().get(enchant.def));
    if let Some(def) = def {
        name.after(ENCHANTED, def.suffix.as_str());
    }
}

/// `equipment.rename`: gives a thing of the actor's own a name, or takes it away again. Refused with
/// `name_empty`, `name_too_long`, `name_letter`, `not_found`, `template_unavailable`.
#[derive(Serialize, Deserialize, Debug, Clone, PartialEq, Eq)]
pub struct RenameItem {
    /// The item.
    pub item: Uid,
    /// Its name; nothing to take it away.
    pub name: Option<String>,
}

/// What holds where no pack says anything.
const MOST_LETTERS: usize = 32;

/// How a name would be kept.
///
/// # Errors
/// `name_empty`, `name_too_long`, `name_letter`.
pub fn check_name(content: &Content, name: &str) -> Result<String, Refusal> {
    let rules = NameRulesDef::in_force(content);
    let most = rules.map_or(MOST_LETTERS, |rules| rules.most_letters);
    let letters = rules.map_or("", |rules| rules.letters.as_str());
    checked_name(name, most, letters).map_err(|bad| match bad {
        BadName::Empty => NAME_EMPTY.into(),
        BadName::TooLong => Refusal::new(NAME_TOO_LONG).with("max", most),
        BadName::Letter(letter) => {
            // What cannot be seen is named by its number.
            let shown =
                if letter.is_control() || !letter.is_ascii_graphic() && !letter.is_alphabetic() {
                    format!("U+{:04X}", u32::from(letter))
                } else {
                    letter.to_string()
                };
            Refusal::new(NAME_LETTER).with("letter", shown)
        }
    })
}

impl Action for RenameItem {
    const NAME: &'static str = "equipment.rename";
    type Receipt = ();
    const FEATURE: Option<&'static str> = Some(FEATURE);

    fn apply(&self, txn: &mut Txn<'_>) -> Result<(), Refusal> {
        let entity = txn.actor()?;
        let content = txn.content();
        let view = View::of_txn(txn, &content, entity)?;
        let item = view.item(self.item)?;
        view.def(item)?;
        let name = self.name.as_deref();
        let name = name.map(|name| check_name(&content, name)).transpose()?;
        set_ext(txn, entity, self.item, name.map(GivenName).as_ref())?;
        txn.emit(ItemRenamed {
            entity,
            item: self.item,
        });
        txn.emit(ItemsChanged { entity });
        Ok(())
    }
}
