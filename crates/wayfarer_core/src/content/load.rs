//! Reading sources and compiling them, in a task or at once.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use bevy::{platform::time::Instant, prelude::*, tasks::AsyncComputeTaskPool};

use super::{
    compile::{compile, panicked},
    diagnostic::{Diagnostic, tidy},
    lookup::Content,
    plugin::{
        ActiveContent, ContentFailed, ContentLoaded, ContentReport, ContentSources, ContentState,
        ReloadContent,
    },
    registry::ContentRegistry,
    source::{PackSource, SourceFile},
};

/// At most this many findings of one load go to the log; all are in [`ContentReport`].
const MAX_LOGGED: usize = 20;

/// What a load came to.
struct Outcome {
    result: Result<Content, Vec<Diagnostic>>,
    took: Duration,
}

/// Where a task leaves its outcome.
type Slot = Arc<Mutex<Option<Outcome>>>;

/// The load that is wanted or under way.
#[derive(Resource)]
pub(crate) struct ContentLoader {
    requested: bool,
    /// The running load was started by a change on disk, which may be no change at all.
    only_if_changed: bool,
    in_flight: Option<Slot>,
    #[cfg(feature = "watch")]
    pub(crate) watch: super::watch::Watch,
}

impl Default for ContentLoader {
    fn default() -> Self {
        Self {
            requested: true,
            only_if_changed: false,
            in_flight: None,
            #[cfg(feature = "watch")]
            watch: super::watch::Watch::default(),
        }
    }
}

impl ContentLoader {
    fn changed_on_disk(&self) -> bool {
        #[cfg(feature = "watch")]
        return self.watch.changed();
        #[cfg(not(feature = "watch"))]
        false
    }

    fn take_changed_on_disk(&self) -> bool {
        #[cfg(feature = "watch")]
        return self.watch.take_changed();
        #[cfg(not(feature = "watch"))]
        false
    }
}

/// Run condition: nothing is read or locked unless a load is wanted or under way.
pub(crate) fn has_work(loader: Res<ContentLoader>, asked: Res<Messages<ReloadContent>>) -> bool {
    loader.requested || loader.in_flight.is_some() || !asked.is_empty() || loader.changed_on_disk()
}

/// Starts loads and applies their outcomes.
pub(crate) fn drive(world: &mut World) {
    let asked = world
        .resource_mut::<Messages<ReloadContent>>()
        .drain()
        .count()
        > 0;
    world.resource_mut::<ContentLoader>().requested |= asked;
    start(world);
    // A pool without threads has run the task already.
    let mut loader = world.resource_mut::<ContentLoader>();
    let outcome = loader
        .in_flight
        .as_ref()
        .and_then(|slot| slot.lock().unwrap_or_else(PoisonError::into_inner).take());
    if let Some(outcome) = outcome {
        loader.in_flight = None;
        let only_if_changed = loader.only_if_changed;
        apply(world, outcome, only_if_changed);
    }
}

/// Starts a load if one is wanted and none is running.
fn start(world: &mut World) {
    let mut loader = world.resource_mut::<ContentLoader>();
    if loader.in_flight.is_some() {
        return;
    }
    let changed = loader.take_changed_on_disk();
    if !loader.requested && !changed {
        return;
    }
    let only_if_changed = !loader.requested;
    loader.only_if_changed = only_if_changed;
    loader.requested = false;
    let (registry, sources) = parts(world);
    #[cfg(feature = "watch")]
    world.resource_mut::<ContentLoader>().watch.follow(&sources);
    match AsyncComputeTaskPool::try_get() {
        Some(pool) => {
            let slot = Slot::default();
            world.resource_mut::<ContentLoader>().in_flight = Some(Arc::clone(&slot));
            pool.spawn(async move {
                let outcome = load(&registry, &sources);
                *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(outcome);
            })
            .detach();
        }
        // No task pool in this app: better late for one frame than never.
        None => apply(world, load(&registry, &sources), only_if_changed),
    }
}

type Parts = (ContentRegistry, Vec<Arc<dyn PackSource>>);

fn parts(world: &mut World) -> Parts {
    let registry = world.get_resource_or_init::<ContentRegistry>().clone();
    let sources = world.get_resource_or_init::<ContentSources>().0.clone();
    (registry, sources)
}

/// Loads the content at once, on this thread, and makes it active: for tests, tools, and games
/// that show a loading screen of their own. A load under way is forgotten.
///
/// # Errors
/// What is wrong with the content; the old content stays active.
pub fn load_now(world: &mut World) -> Result<Arc<Content>, Vec<Diagnostic>> {
    let mut loader = world.get_resource_or_init::<ContentLoader>();
    loader.requested = false;
    loader.in_flight = None;
    let (registry, sources) = parts(world);
    let outcome = load(&registry, &sources);
    let errors = outcome.result.as_ref().err().cloned();
    apply(world, outcome, false);
    match errors {
        Some(errors) => Err(errors),
        None => Ok(Arc::clone(&world.get_resource_or_init::<ActiveContent>().0)),
    }
}

fn load(registry: &ContentRegistry, sources: &[Arc<dyn PackSource>]) -> Outcome {
    let start = Instant::now();
    let run = AssertUnwindSafe(|| compile(registry, &read_sources(sources)?));
    let result = catch_unwind(run)
        .unwrap_or_else(|panic| Err(vec![panicked("loading the content", &panic)]));
    Outcome {
        result,
        took: start.elapsed(),
    }
}

/// The files of several sources. A pack that several sources have is taken whole from the last of
/// them, so a folder can stand in for a pack that is embedded in the program.
///
/// # Errors
/// Everything that cannot be read, from all sources.
pub fn read_sources(sources: &[Arc<dyn PackSource>]) -> Result<Vec<SourceFile>, Vec<Diagnostic>> {
    let mut files: Vec<SourceFile> = Vec::new();
    let mut errors = Vec::new();
    for source in sources {
        match source.read() {
            Ok(read) => {
                files.retain(|file| !read.iter().any(|new| new.pack == file.pack));
                files.extend(read);
            }
            Err(found) => errors.extend(found),
        }
    }
    if errors.is_empty() {
        Ok(files)
    } else {
        tidy(&mut errors);
        Err(errors)
    }
}

/// Makes new content active, or reports why not.
fn apply(world: &mut World, outcome: Outcome, only_if_changed: bool) {
    let mut report = world.get_resource_or_init::<ContentReport>();
    report.last_load = outcome.took;
    match outcome.result {
        Err(errors) => {
            log(&errors);
            let count = errors.iter().filter(|d| d.is_error()).count();
            report.diagnostics = errors;
            let mut state = world.get_resource_or_init::<ContentState>();
            if *state != ContentState::Ready {
                *state = ContentState::Failed;
            }
            let first = *state == ContentState::Failed;
            world.write_message(ContentFailed {
                errors: count,
                content_active: !first,
            });
        }
        Ok(content) => {
            log(&content.warnings);
            report.diagnostics.clear();
            report.warnings.clone_from(&content.warnings);
            let ready = world.get_resource::<ContentState>() == Some(&ContentState::Ready);
            let active = world.get_resource_or_init::<ActiveContent>();
            if only_if_changed && ready && active.0.hash() == content.hash() {
                return;
            }
            swap(world, Arc::new(content));
        }
    }
}

fn swap(world: &mut World, new: Arc<Content>) {
    let mut active = world.get_resource_or_init::<ActiveContent>();
    let old = std::mem::replace(&mut active.0, Arc::clone(&new));
    world.insert_resource(ContentState::Ready);
    let mut report = world.get_resource_or_init::<ContentReport>();
    report.revision += 1;
    let revision = report.revision;
    let swaps = world
        .get_resource_or_init::<ContentRegistry>()
        .swaps
        .clone();
    for swap in swaps {
        swap(world, &old, &new);
    }
    world.write_message(ContentLoaded { revision });
}

fn log(found: &[Diagnostic]) {
    for diagnostic in found.iter().take(MAX_LOGGED) {
        if diagnostic.is_error() {
            tracing::error!("{diagnostic}");
        } else {
            tracing::warn!("{diagnostic}");
        }
    }
    if found.len() > MAX_LOGGED {
        tracing::error!("{} more findings in the content", found.len() - MAX_LOGGED);
    }
}
