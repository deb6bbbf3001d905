//! A player's own settings (key bindings, names, window layout), beside the saves.

use std::{collections::BTreeMap, time::Duration};

use bevy::prelude::*;

use crate::{
    plugin::SaveWriter,
    store::{Record, RecordKey, SaveBatch, SaveMeta, SlotName, Which},
};

/// Texts by name. Changes are stored by themselves.
#[derive(Resource, Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    texts: BTreeMap<String, String>,
}

impl Settings {
    /// The text stored under a name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.texts.get(name).map(String::as_str)
    }

    /// Stores a text under a name.
    pub fn set(&mut self, name: impl Into<String>, text: impl Into<String>) {
        self.texts.insert(name.into(), text.into());
    }
}

const SLOT: &str = "settings";

/// Reads the settings before the game starts; they are small.
pub(crate) fn load(writer: &SaveWriter) -> Settings {
    let mut settings = Settings::default();
    let Ok(slot) = SlotName::new(SLOT) else {
        return settings;
    };
    // Settings that cannot be read are no reason to keep the player from playing.
    if let Ok(Ok(loaded)) = writer
        .0
        .load(&slot, Which::Newest)
        .wait(Duration::from_secs(3))
    {
        for record in loaded.records {
            if let Ok(text) = String::from_utf8(record.bytes) {
                settings.texts.insert(record.key.name, text);
            }
        }
    }
    settings
}

pub(crate) fn store(settings: Res<Settings>, writer: Option<Res<SaveWriter>>) {
    let (Some(writer), Ok(slot)) = (writer, SlotName::new(SLOT)) else {
        return;
    };
    let records = settings
        .texts
        .iter()
        .map(|(name, text)| Record::new(RecordKey::world(name), text.clone().into_bytes()))
        .collect();
    let meta = SaveMeta::labelled("settings");
    writer.0.save(&slot, SaveBatch::Full { meta, records });
}
