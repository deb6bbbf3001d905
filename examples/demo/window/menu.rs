//! The first screen, and the one that Escape brings.

use bevy::{ecs::message::MessageCursor, prelude::*};
use bevy_egui::{EguiContexts, EguiPrimaryContextPass, egui};
use wayfarer::{
    core::content::ContentReport,
    prelude::*,
    ui::{
        intent::Intents,
        model::{SessionModel, hud::ToastKind},
        panels::{join::JoinState, join_form},
        toasts::Toasts,
    },
};

use crate::{
    session,
    window::{Options, Stage, bridge::back_to_menu},
    world::{self, InPlay},
};

/// What the first screen knows.
#[derive(Resource, Default)]
struct Menu {
    page: Page,
    join: JoinState,
    /// The saved game, if there is one: what it says of itself.
    saved: Option<String>,
    /// Whether it is known if there is one.
    listed: bool,
    /// Escape was pressed in play.
    over_game: bool,
    host_when_loaded: bool,
}

#[derive(Default, PartialEq, Eq, Clone, Copy)]
enum Page {
    #[default]
    First,
    Join,
}

/// What was chosen; done outside of drawing, where the world is at hand.
#[derive(Message, Clone, Copy, PartialEq, Eq, Debug)]
enum Choice {
    New,
    Continue,
    HostNew,
    HostContinue,
    Host,
    Back,
    Leave,
    Save,
    Quit,
}

pub fn plugin(app: &mut App) {
    app.init_resource::<Menu>()
        .add_message::<Choice>()
        .add_systems(OnEnter(Stage::Menu), look_for_saves)
        .add_systems(
            Update,
            (
                read_saves,
                begin_from_command_line.run_if(in_state(Stage::Menu)),
                begin_when_loaded,
                escape.run_if(in_state(Stage::Playing)),
                choose.run_if(on_message::<Choice>),
            )
                .chain(),
        )
        .add_systems(EguiPrimaryContextPass, draw);
}

fn look_for_saves(mut list: MessageWriter<ListSaves>, mut menu: ResMut<Menu>) {
    list.write(ListSaves);
    menu.page = Page::First;
    menu.over_game = false;
}

fn read_saves(mut lists: MessageReader<SavesListed>, mut menu: ResMut<Menu>) {
    if let Some(list) = lists.read().last() {
        menu.saved = world::saved_in(list).map(|slot| slot.meta.label.clone());
        menu.listed = true;
    }
}

/// `--host` and `--join` skip the first screen. Hosting goes on with the saved game: it is the one
/// that would be written over.
fn begin_from_command_line(world: &mut World) {
    let menu = world.resource::<Menu>();
    let (listed, saved) = (menu.listed, menu.saved.is_some());
    if *world.resource::<ContentState>() != ContentState::Ready || !listed {
        return;
    }
    let mut options = world.resource_mut::<Options>();
    let host = std::mem::take(&mut options.0.host);
    let join = options.0.join.take();
    let args = options.0.clone();
    if host && saved && !args.new {
        world.write_message(Choice::HostContinue);
    } else if host {
        start(world, true);
    } else if let Some(address) = join
        && let Err(why) = session::join(world, &args, &address, args.code.as_deref())
    {
        notice(world, why);
    }
}

fn notice(world: &mut World, text: String) {
    world
        .resource_mut::<Toasts>()
        .push(ToastKind::Warning, text);
}

fn start(world: &mut World, hosted: bool) {
    world::new_game(world);
    world::save(world);
    world
        .resource_mut::<NextState<Stage>>()
        .as_mut()
        .set_if_neq(Stage::Playing);
    if hosted {
        host(world);
    }
}

fn host(world: &mut World) {
    let args = world.resource::<Options>().0.clone();
    if let Err(why) = session::host(world, &args) {
        notice(world, why);
    }
}

fn begin_when_loaded(world: &mut World, mut heard: Local<MessageCursor<GameLoaded>>) {
    // With a cursor of its own: saves are read at another time of the frame.
    let loaded = heard
        .read(world.resource::<Messages<GameLoaded>>())
        .any(|loaded| loaded.slot == world::SLOT);
    if !loaded || *world.resource::<State<Stage>>() != Stage::Menu {
        return;
    }
    world.insert_resource(InPlay(true));
    world
        .resource_mut::<NextState<Stage>>()
        .as_mut()
        .set_if_neq(Stage::Playing);
    if std::mem::take(&mut world.resource_mut::<Menu>().host_when_loaded) {
        host(world);
    }
}

/// Escape closes panels first; with none open it brings the menu.
fn escape(
    keys: Res<ButtonInput<KeyCode>>,
    panels: Res<wayfarer::ui::open::PanelsOpen>,
    mut was_open: Local<bool>,
    mut menu: ResMut<Menu>,
) {
    let open = panels.iter().next().is_some();
    if keys.just_pressed(KeyCode::Escape) && !open && !*was_open {
        menu.over_game = !menu.over_game;
    }
    *was_open = open;
}

fn choose(world: &mut World) {
    let choices: Vec<Choice> = world.resource_mut::<Messages<Choice>>().drain().collect();
    for choice in choices {
        let load = |world: &mut World, hosted: bool| {
            world.resource_mut::<Menu>().host_when_loaded = hosted;
            world::load(world);
        };
        match choice {
            Choice::New => start(world, false),
            Choice::HostNew => start(world, true),
            Choice::Continue => load(world, false),
            Choice::HostContinue => load(world, true),
            Choice::Host => host(world),
            Choice::Back => world.resource_mut::<Menu>().over_game = false,
            Choice::Save => {
                world::save(world);
                world.resource_mut::<Menu>().over_game = false;
            }
            Choice::Leave => {
                back_to_menu(world);
                world
                    .resource_mut::<NextState<Stage>>()
                    .as_mut()
                    .set_if_neq(Stage::Menu);
            }
            Choice::Quit => {
                world.write_message(AppExit::Success);
            }
        }
    }
}

fn draw(
    mut contexts: EguiContexts,
    stage: Res<State<Stage>>,
    content: Res<ContentState>,
    report: Res<ContentReport>,
    session: Res<SessionModel>,
    mut menu: ResMut<Menu>,
    mut intents: ResMut<Intents>,
    mut choices: MessageWriter<Choice>,
) -> Result {
    let first = *stage.get() == Stage::Menu;
    if !first && !menu.over_game {
        return Ok(());
    }
    let ctx = contexts.ctx_mut()?;
    egui::Window::new("menu")
        .title_bar(false)
        .resizable(false)
        .collapsible(false)
        .anchor(egui::Align2::CENTER_CENTER, [0.0, 0.0])
        .default_width(320.0)
        .show(ctx, |ui| {
            ui.set_width(320.0);
            ui.vertical_centered(|ui| {
                ui.add_space(6.0);
                ui.label(egui::RichText::new("Wayfarer").size(38.0).strong());
                ui.label(egui::RichText::new("a clearing, and what you make of it").weak());
                ui.add_space(10.0);
            });
            if let Some(notice) = &session.notice {
                ui.label(egui::RichText::new(notice).color(ui.visuals().warn_fg_color));
                ui.add_space(6.0);
            }
            match (*content, menu.page) {
                (ContentState::Loading, _) => {
                    ui.vertical_centered(|ui| ui.label("Reading the packs …"));
                }
                (ContentState::Failed, _) => failed(ui, &report),
                (ContentState::Ready, _) if !first => in_game(ui, &session, &mut choices),
                (ContentState::Ready, Page::First) => {
                    front(ui, &mut menu, &mut choices);
                }
                (ContentState::Ready, Page::Join) => {
                    join_form(ui, &session, &mut menu.join, &mut intents.0);
                    ui.add_space(8.0);
                    if button(ui, "Back") {
                        menu.page = Page::First;
                    }
                }
            }
            ui.add_space(6.0);
        });
    Ok(())
}

fn button(ui: &mut egui::Ui, text: &str) -> bool {
    let size = egui::vec2(ui.available_width(), 34.0);
    let clicked = ui.add_sized(size, egui::Button::new(text)).clicked();
    ui.add_space(2.0);
    clicked
}

fn front(ui: &mut egui::Ui, menu: &mut Menu, choices: &mut MessageWriter<Choice>) {
    if menu.saved.is_some() {
        if button(ui, "Continue") {
            choices.write(Choice::Continue);
        }
        if button(ui, "Continue as host") {
            choices.write(Choice::HostContinue);
        }
        ui.add_space(6.0);
    }
    if button(ui, "New game alone") {
        choices.write(Choice::New);
    }
    if button(ui, "New game as host") {
        choices.write(Choice::HostNew);
    }
    if button(ui, "Join a game") {
        menu.page = Page::Join;
    }
    ui.add_space(6.0);
    if button(ui, "Quit") {
        choices.write(Choice::Quit);
    }
}

fn in_game(ui: &mut egui::Ui, session: &SessionModel, choices: &mut MessageWriter<Choice>) {
    if button(ui, "Back to the clearing") {
        choices.write(Choice::Back);
    }
    if session.can_save && button(ui, "Save") {
        choices.write(Choice::Save);
    }
    let offline = session.connection == wayfarer::ui::model::session::Connection::Offline;
    if offline && button(ui, "Let others join") {
        choices.write(Choice::Host);
        choices.write(Choice::Back);
    }
    let leave = match session.connection {
        wayfarer::ui::model::session::Connection::Joined { .. } => "Leave this game",
        _ => "Save and go to the first screen",
    };
    if button(ui, leave) {
        choices.write(Choice::Leave);
    }
}

fn failed(ui: &mut egui::Ui, report: &ContentReport) {
    ui.label(
        egui::RichText::new(format!(
            "The packs have {} errors, so there is nothing to play by yet. \
             Mend the files; they are read again by themselves.",
            report.diagnostics.len()
        ))
        .color(ui.visuals().error_fg_color),
    );
    egui::ScrollArea::vertical()
        .max_height(360.0)
        .show(ui, |ui| {
            for diagnostic in &report.diagnostics {
                ui.label(
                    egui::RichText::new(diagnostic.to_string())
                        .monospace()
                        .size(12.0),
                );
                ui.add_space(4.0);
            }
        });
}
