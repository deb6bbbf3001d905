//! Content in a Bevy app: loading in the background, swapping between two ticks.

use std::{sync::Arc, time::Duration};

use bevy::prelude::*;

use super::{
    definition::Definition,
    diagnostic::Diagnostic,
    load::{ContentLoader, drive, has_work, load_now},
    lookup::Content,
    registry::ContentRegistry,
    report::Report,
    source::PackSource,
};

/// Loads the packs of [`ContentSources`] and keeps [`ActiveContent`].
///
/// Loading starts with the first update. Adding the plugin again adds its sources and nothing
/// else.
#[derive(Default)]
pub struct ContentPlugin {
    /// Where packs come from; more can be pushed to [`ContentSources`].
    pub sources: Vec<Arc<dyn PackSource>>,
}

impl ContentPlugin {
    /// Adds a source.
    #[must_use]
    pub fn with(mut self, source: impl PackSource + 'static) -> Self {
        self.sources.push(Arc::new(source));
        self
    }
}

impl Plugin for ContentPlugin {
    fn build(&self, app: &mut App) {
        let world = app.world_mut();
        let mut sources = world.get_resource_or_init::<ContentSources>();
        for source in &self.sources {
            sources.push(Arc::clone(source));
        }
        if world.contains_resource::<Installed>() {
            return;
        }
        world.insert_resource(Installed);
        app.init_resource::<ContentLoader>()
            .init_resource::<ContentRegistry>()
            .init_resource::<ActiveContent>()
            .init_resource::<ContentReport>()
            .init_resource::<ContentState>()
            .add_message::<ReloadContent>()
            .add_message::<ContentLoaded>()
            .add_message::<ContentFailed>()
            .add_systems(
                PreUpdate,
                drive.run_if(has_work).in_set(ContentSystems::Swap),
            );
    }

    fn is_unique(&self) -> bool {
        false
    }
}

/// The plugin has been added.
#[derive(Resource)]
struct Installed;

/// Where the content systems run.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ContentSystems {
    /// In `PreUpdate`, before the rules: new content becomes active. The only moment at which
    /// [`ActiveContent`] changes.
    Swap,
}

/// Where packs come from. A pack that several sources have is taken from the last of them.
#[derive(Resource, Clone, Default)]
pub struct ContentSources(pub(crate) Vec<Arc<dyn PackSource>>);

impl ContentSources {
    /// Adds a source; the next load reads it. No effect if this very source is there.
    pub fn push(&mut self, source: Arc<dyn PackSource>) {
        if !self.0.iter().any(|known| Arc::ptr_eq(known, &source)) {
            self.0.push(source);
        }
    }

    /// The sources in order.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<dyn PackSource>> {
        self.0.iter()
    }
}

/// Whether there are rules to play by.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ContentState {
    /// The first load is not done.
    #[default]
    Loading,
    /// [`ActiveContent`] is complete. Stays so during later loads and when they fail.
    Ready,
    /// The first load failed: there is no content, and nothing should start. A later load can
    /// still lead to `Ready`.
    Failed,
}

/// The rules in force. Always there; empty until [`ContentState::Ready`].
#[derive(Resource, Clone, Debug, Default, Deref)]
pub struct ActiveContent(pub Arc<Content>);

/// What the last load found.
#[derive(Resource, Clone, Debug, Default)]
pub struct ContentReport {
    /// Why the last load failed, all of it; empty if it did not.
    pub diagnostics: Vec<Diagnostic>,
    /// Warnings of the active content.
    pub warnings: Vec<Diagnostic>,
    /// How often content has become active; 0 before the first time.
    pub revision: u32,
    /// How long the last load took, wall-clock.
    pub last_load: Duration,
}

/// Wish: read all sources again. The new content becomes active if it has no errors.
#[derive(Message, Clone, Copy, Debug, Default)]
pub struct ReloadContent;

/// Fact: new content has become active.
#[derive(Message, Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContentLoaded {
    /// [`ContentReport::revision`].
    pub revision: u32,
}

/// Fact: a load failed; [`ContentReport::diagnostics`] says why.
#[derive(Message, Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContentFailed {
    /// Number of errors.
    pub errors: usize,
    /// Whether older content is active and stays so.
    pub content_active: bool,
}

/// Registering content from a plugin. Works before and after [`ContentPlugin`] is added.
pub trait ContentAppExt {
    /// [`ContentRegistry::register`].
    fn register_definition<D: Definition>(&mut self) -> &mut Self;

    /// [`ContentRegistry::check`].
    fn register_content_check(
        &mut self,
        name: &'static str,
        check: impl Fn(&Content, &mut Report) + Send + Sync + 'static,
    ) -> &mut Self;

    /// [`ContentRegistry::derive`].
    fn register_content_derive<T: Send + Sync + 'static>(
        &mut self,
        name: &'static str,
        derive: impl Fn(&Content, &mut Report) -> Option<T> + Send + Sync + 'static,
    ) -> &mut Self;

    /// [`ContentRegistry::on_swap`].
    fn on_content_swap(&mut self, swap: fn(&mut World, &Content, &Content)) -> &mut Self;

    /// [`ContentSources::push`].
    fn add_pack_source(&mut self, source: impl PackSource + 'static) -> &mut Self;

    /// [`load_now`].
    ///
    /// # Errors
    /// What is wrong with the content.
    fn load_content_now(&mut self) -> Result<Arc<Content>, Vec<Diagnostic>>;
}

impl ContentAppExt for App {
    fn register_definition<D: Definition>(&mut self) -> &mut Self {
        registry(self).register::<D>();
        self
    }

    fn register_content_check(
        &mut self,
        name: &'static str,
        check: impl Fn(&Content, &mut Report) + Send + Sync + 'static,
    ) -> &mut Self {
        registry(self).check(name, check);
        self
    }

    fn register_content_derive<T: Send + Sync + 'static>(
        &mut self,
        name: &'static str,
        derive: impl Fn(&Content, &mut Report) -> Option<T> + Send + Sync + 'static,
    ) -> &mut Self {
        registry(self).derive(name, derive);
        self
    }

    fn on_content_swap(&mut self, swap: fn(&mut World, &Content, &Content)) -> &mut Self {
        registry(self).on_swap(swap);
        self
    }

    fn add_pack_source(&mut self, source: impl PackSource + 'static) -> &mut Self {
        let mut sources = self.world_mut().get_resource_or_init::<ContentSources>();
        sources.push(Arc::new(source));
        self
    }

    fn load_content_now(&mut self) -> Result<Arc<Content>, Vec<Diagnostic>> {
        load_now(self.world_mut())
    }
}

fn registry(app: &mut App) -> Mut<'_, ContentRegistry> {
    app.world_mut().get_resource_or_init::<ContentRegistry>()
}
