use bevy::prelude::*;

use super::KeyBindings;

/// Where the keys are kept between runs: two functions of the game's, a file or a database behind
/// them. Insert it before the app starts.
///
/// ```
/// # use std::sync::{Arc, Mutex};
/// # use wayfarer_ui::keys::KeyStore;
/// let file = Arc::new(Mutex::new(None::<String>));
/// let (read, write) = (file.clone(), file);
/// let store = KeyStore::new(
///     move || read.lock().ok()?.clone(),
///     move |text| {
///         if let Ok(mut file) = write.lock() {
///             *file = Some(text.to_owned());
///         }
///     },
/// );
/// # drop(store);
/// ```
#[derive(Resource)]
pub struct KeyStore {
    load: Box<dyn Fn() -> Option<String> + Send + Sync>,
    save: Box<dyn Fn(&str) + Send + Sync>,
}

impl KeyStore {
    /// `load` gives the text that was kept, `None` if there is none; `save` keeps a new one.
    pub fn new(
        load: impl Fn() -> Option<String> + Send + Sync + 'static,
        save: impl Fn(&str) + Send + Sync + 'static,
    ) -> Self {
        Self {
            load: Box::new(load),
            save: Box::new(save),
        }
    }

    pub(crate) fn save(&self, bindings: &KeyBindings) {
        (self.save)(&bindings.to_ron());
    }
}

/// Takes the keys that were kept. A damaged text is reported and left alone: the first change of
/// a key replaces it.
pub(crate) fn load_bindings(store: Option<Res<KeyStore>>, mut bindings: ResMut<KeyBindings>) {
    let Some(text) = store.and_then(|store| (store.load)()) else {
        return;
    };
    match KeyBindings::from_ron(&text) {
        Ok(stored) => *bindings = stored,
        Err(error) => tracing::warn!("{error}"),
    }
}
