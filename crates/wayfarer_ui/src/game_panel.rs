//! Panels that plugins and games bring along: one type each, registered with one line.

use std::{any::TypeId, collections::BTreeMap};

use bevy::prelude::*;
use bevy_egui::egui::{self, Ui};
use wayfarer_core::{
    action::Action,
    id::{Identity, Uid, UidIndex},
};

use crate::{
    answers::Answers,
    build::{Key, KeyMaker, now},
    intent::Intent,
    model::{Feedback, item::Now},
    open::{Panel, PanelsOpen},
    texts::Label,
};

/// A panel. The type itself is what it remembers: the search as typed, the line that is chosen.
///
/// It is split as all panels are: `model` reads the world and is called only when something that
/// `depends` names has changed; `show` draws the model and says what the player wants. Neither
/// changes the world.
pub trait GamePanel: Default + Send + Sync + 'static {
    /// Its name, for [`Panel::Game`]; no two panels share one.
    const NAME: &'static str;
    /// Its title.
    const TITLE: Label;
    /// Its first size in points.
    const SIZE: [f32; 2] = [640.0, 480.0];
    /// What it shows.
    type Model: Default + Send + Sync + 'static;

    /// Names everything that the model is built from, what the panel remembers included.
    fn depends(&self, scene: &PanelScene<'_>, key: &mut KeyMaker<'_>);

    /// Reads the world.
    fn model(&self, scene: &PanelScene<'_>) -> Self::Model;

    /// Draws.
    fn show(&mut self, ui: &mut Ui, model: &Self::Model, intents: &mut Vec<Intent>);

    /// Whether it should be open although nobody asked for it (somebody offers a trade). It opens
    /// when this becomes true and closes when it becomes false again.
    fn is_called(_scene: &PanelScene<'_>) -> bool {
        false
    }

    /// As [`PanelsOpen`] and [`Intent::Open`] know it.
    fn panel() -> Panel {
        Panel::Game(Self::NAME)
    }
}

/// What a panel reads from.
pub struct PanelScene<'w> {
    /// Everything.
    pub world: &'w World,
    /// The character of the player.
    pub local: Option<Entity>,
}

impl<'w> PanelScene<'w> {
    /// Whom or what the player deals with, if it is in the world.
    pub fn visited(&self) -> Option<(Uid, Entity)> {
        let uid = self.world.get_resource::<Visiting>()?.0?;
        let entity = self.world.get_resource::<UidIndex>()?.get(uid)?;
        Some((uid, entity))
    }

    /// The uid of the player's character.
    pub fn local_uid(&self) -> Option<Uid> {
        self.local
            .and_then(|entity| self.world.get::<Identity>(entity))
            .map(|identity| identity.0)
    }

    /// The moment. It passes all the time: show what remains, and `depends` on seconds at most.
    pub fn now(&self) -> Now {
        now(self.world)
    }

    /// What is on its way, and what was refused a moment ago.
    pub fn feedback(&self) -> Feedback {
        let answers = self.world.get_resource::<Answers>();
        answers.map_or_else(Feedback::default, |answers| answers.feedback().clone())
    }

    /// The receipt of the last `A` that a panel asked for.
    pub fn receipt<A: Action>(&self) -> Option<A::Receipt> {
        self.world.get_resource::<Answers>()?.receipt::<A>()
    }
}

/// Whom or what the player deals with: a merchant, a forge. Panels that need somebody show this one.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Visiting(pub Option<Uid>);

/// The registered panels.
#[derive(Resource, Default)]
pub struct GamePanels {
    all: BTreeMap<&'static str, Box<dyn AnyPanel>>,
}

impl GamePanels {
    /// The names, in order.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.all.keys().copied()
    }

    /// The title of a panel.
    pub fn title(&self, name: &str) -> Option<Label> {
        self.all.get(name).map(|panel| panel.title())
    }

    /// What a panel remembers; for tests and for games that choose something in it.
    pub fn state<P: GamePanel>(&mut self) -> Option<&mut P> {
        let held = self.all.get_mut(P::NAME)?.as_any();
        held.downcast_mut::<Held<P>>().map(|held| &mut held.panel)
    }

    /// Draws a panel as a window.
    pub(crate) fn window(&mut self, ctx: &egui::Context, name: &str, intents: &mut Vec<Intent>) {
        let Some(panel) = self.all.get_mut(name) else {
            return;
        };
        let mut open = true;
        let this = panel.panel();
        egui::Window::new(panel.title().get(ctx))
            .id(egui::Id::new(("wayfarer panel", this)))
            .open(&mut open)
            .default_size(panel.size())
            .show(ctx, |ui| panel.show(ui, intents));
        if !open {
            intents.push(Intent::Close(this));
        }
    }
}

/// Registration of panels.
pub trait GamePanelAppExt {
    /// Adds a panel. Repeating it is harmless; another type under the same name is reported and
    /// left out.
    fn register_panel<P: GamePanel>(&mut self) -> &mut Self;
}

impl GamePanelAppExt for App {
    fn register_panel<P: GamePanel>(&mut self) -> &mut Self {
        self.init_resource::<GamePanels>();
        let all = &mut self.world_mut().resource_mut::<GamePanels>().all;
        let known = all
            .entry(P::NAME)
            .or_insert_with(|| Box::new(Held::<P>::default()));
        if known.type_of() != TypeId::of::<P>() {
            tracing::error!(
                "two panels are called `{}`; the second is left out",
                P::NAME
            );
        }
        self
    }
}

/// Brings the open panels up to date, and opens those that are called for.
pub(crate) fn rebuild(world: &mut World, local: Option<Entity>, open: &PanelsOpen) {
    let mut changes = Vec::new();
    world.resource_scope(|world, mut panels: Mut<GamePanels>| {
        let scene = PanelScene {
            world: &*world,
            local,
        };
        // Looking marks nothing as changed: only models that are built do.
        for (&name, panel) in &mut panels.bypass_change_detection().all {
            let was_open = open.is_open(Panel::Game(name));
            let change = panel.called(&scene);
            changes.extend(change.map(|wanted| (name, wanted)));
            if was_open || change == Some(true) {
                panel.rebuild(&scene);
            }
        }
    });
    if changes.is_empty() {
        return;
    }
    let mut open = world.resource_mut::<PanelsOpen>();
    for (name, wanted) in changes {
        let panel = Panel::Game(name);
        match wanted {
            true => open.open(panel),
            false => open.close(panel),
        }
    }
}

/// A panel whose type is forgotten.
trait AnyPanel: Send + Sync {
    fn title(&self) -> Label;
    fn panel(&self) -> Panel;
    fn size(&self) -> [f32; 2];
    fn type_of(&self) -> TypeId;
    fn as_any(&mut self) -> &mut dyn std::any::Any;
    fn called(&mut self, scene: &PanelScene<'_>) -> Option<bool>;
    fn rebuild(&mut self, scene: &PanelScene<'_>);
    fn show(&mut self, ui: &mut Ui, intents: &mut Vec<Intent>);
}

struct Held<P: GamePanel> {
    panel: P,
    model: P::Model,
    key: Option<Key>,
    called: bool,
}

impl<P: GamePanel> Default for Held<P> {
    fn default() -> Self {
        Self {
            panel: P::default(),
            model: P::Model::default(),
            key: None,
            called: false,
        }
    }
}

impl<P: GamePanel> AnyPanel for Held<P> {
    fn title(&self) -> Label {
        P::TITLE
    }

    fn panel(&self) -> Panel {
        P::panel()
    }

    fn size(&self) -> [f32; 2] {
        P::SIZE
    }

    fn type_of(&self) -> TypeId {
        TypeId::of::<P>()
    }

    fn as_any(&mut self) -> &mut dyn std::any::Any {
        self
    }

    /// Whether it should open or close now, when that has changed.
    fn called(&mut self, scene: &PanelScene<'_>) -> Option<bool> {
        let called = P::is_called(scene);
        let changed = called != self.called;
        self.called = called;
        changed.then_some(called)
    }

    fn rebuild(&mut self, scene: &PanelScene<'_>) {
        let mut key = KeyMaker::new(scene.world);
        key.also(scene.local)
            .also(scene.visited())
            .also(scene.feedback().signature());
        self.panel.depends(scene, &mut key);
        let key = Some(key.done());
        if self.key != key {
            self.model = self.panel.model(scene);
            self.key = key;
        }
    }

    fn show(&mut self, ui: &mut Ui, intents: &mut Vec<Intent>) {
        self.panel.show(ui, &self.model, intents);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Greeter {
        times: u32,
    }

    impl GamePanel for Greeter {
        const NAME: &'static str = "greeter";
        const TITLE: Label = crate::texts::labels::OK;
        type Model = String;

        fn depends(&self, _: &PanelScene<'_>, key: &mut KeyMaker<'_>) {
            key.also(self.times);
        }

        fn model(&self, scene: &PanelScene<'_>) -> String {
            let who = scene.local_uid();
            format!("{} {}", self.times, who.is_some())
        }

        fn show(&mut self, ui: &mut Ui, model: &String, _: &mut Vec<Intent>) {
            ui.label(model);
        }

        fn is_called(scene: &PanelScene<'_>) -> bool {
            scene.visited().is_some()
        }
    }

    fn app() -> App {
        let mut app = App::new();
        app.init_resource::<PanelsOpen>()
            .init_resource::<Visiting>()
            .init_resource::<UidIndex>()
            .register_panel::<Greeter>()
            .register_panel::<Greeter>();
        app
    }

    fn rebuilt(app: &mut App) -> (String, bool) {
        let open = app.world().resource::<PanelsOpen>().clone();
        rebuild(app.world_mut(), None, &open);
        let is_open = app
            .world()
            .resource::<PanelsOpen>()
            .is_open(Greeter::panel());
        let mut panels = app.world_mut().resource_mut::<GamePanels>();
        let held = panels.all.get_mut("greeter").map(|panel| panel.as_any());
        let held = held.and_then(|any| any.downcast_ref::<Held<Greeter>>());
        let model = held.map(|held| held.model.clone());
        (model.unwrap_or_default(), is_open)
    }

    #[test]
    fn a_model_is_built_when_it_is_shown_and_has_changed() {
        let mut app = app();
        assert_eq!(rebuilt(&mut app), (String::new(), false));
        let mut open = app.world_mut().resource_mut::<PanelsOpen>();
        open.open(Greeter::panel());
        assert_eq!(rebuilt(&mut app), ("0 false".into(), true));
        let mut panels = app.world_mut().resource_mut::<GamePanels>();
        if let Some(greeter) = panels.state::<Greeter>() {
            greeter.times = 3;
        }
        assert_eq!(rebuilt(&mut app), ("3 false".into(), true));
    }

    #[test]
    fn it_opens_when_it_is_called_and_can_be_closed_meanwhile() {
        let mut app = app();
        let uid = Uid::MIN;
        app.world_mut().spawn(Identity(uid));
        app.world_mut().resource_mut::<Visiting>().0 = Some(uid);
        assert!(rebuilt(&mut app).1);
        let mut open = app.world_mut().resource_mut::<PanelsOpen>();
        open.close(Greeter::panel());
        assert!(!rebuilt(&mut app).1, "who closed it does not want it back");
        app.world_mut().resource_mut::<Visiting>().0 = None;
        rebuilt(&mut app);
        app.world_mut().resource_mut::<Visiting>().0 = Some(uid);
        assert!(rebuilt(&mut app).1);
    }
}
