//! The people at the table.

use bevy_egui::egui::{self, RichText, Ui};
use wayfarer_core::authority::Role;

use super::join::{JoinState, join_form};
use crate::{
    intent::Intent,
    model::{
        features::FeaturesModel,
        session::{Connection, Person, SessionModel},
    },
    texts::{Label, labels},
};

mod features;

/// What the panel remembers.
#[derive(Clone, Debug, Default)]
pub struct SessionState {
    /// The join form.
    pub join: JoinState,
    /// A step that cannot be taken back, waiting for a second click.
    pub confirm: Option<Intent>,
}

/// Who plays, over what, and what the host can do about it; the parts of the rules that a game
/// master may switch off.
pub fn session_panel(
    ui: &mut Ui,
    model: &SessionModel,
    features: &FeaturesModel,
    state: &mut SessionState,
    intents: &mut Vec<Intent>,
) {
    connection(ui, model, state, intents);
    ui.separator();
    egui::ScrollArea::vertical().show(ui, |ui| {
        egui::Grid::new("people")
            .num_columns(5)
            .striped(true)
            .show(ui, |ui| {
                for person in &model.people {
                    show(ui, model, person, state, intents);
                    ui.end_row();
                }
            });
        features::features(ui, features, intents);
    });
}

fn connection(
    ui: &mut Ui,
    model: &SessionModel,
    state: &mut SessionState,
    intents: &mut Vec<Intent>,
) {
    let ctx = ui.ctx().clone();
    match &model.connection {
        Connection::Offline => {
            ui.strong(labels::OFFLINE.get(&ctx));
            if model.can_save && ui.button(labels::SAVE_NOW.get(&ctx)).clicked() {
                intents.push(Intent::SaveNow);
            }
            ui.collapsing(labels::JOIN_A_GAME.get(&ctx), |ui| {
                join_form(ui, model, &mut state.join, intents);
            });
            return;
        }
        Connection::Connecting { .. } => {
            join_form(ui, model, &mut state.join, intents);
            return;
        }
        Connection::Hosting { address, code } => {
            ui.strong(labels::HOSTING.get(&ctx));
            copyable(ui, labels::ADDRESS, address);
            if code.is_empty() {
                ui.weak(labels::OPEN_GAME.get(&ctx));
            } else {
                copyable(ui, labels::JOIN_CODE, code);
            }
        }
        Connection::Joined { host, address } => {
            ui.strong(labels::JOINED.fill(&ctx, &[("host", host)]));
            ui.weak(address);
        }
    }
    if let Some(notice) = &model.notice {
        ui.colored_label(ui.visuals().warn_fg_color, notice);
    }
    ui.horizontal(|ui| {
        if model.can_save && ui.button(labels::SAVE_NOW.get(&ctx)).clicked() {
            intents.push(Intent::SaveNow);
        }
        confirmed(ui, labels::LEAVE, Intent::Leave, state, intents);
    });
}

fn copyable(ui: &mut Ui, label: Label, text: &str) {
    ui.horizontal(|ui| {
        let name = label.get(ui.ctx());
        ui.label(name.as_ref());
        ui.monospace(text);
        let copy = labels::COPY_WHAT.fill(ui.ctx(), &[("what", &name)]);
        if ui.button(copy).clicked() {
            ui.ctx().copy_text(text.to_owned());
        }
    });
}

fn show(
    ui: &mut Ui,
    model: &SessionModel,
    person: &Person,
    state: &mut SessionState,
    intents: &mut Vec<Intent>,
) {
    let ctx = ui.ctx().clone();
    let mut name = RichText::new(&person.name);
    if person.id == model.me {
        name = name.strong();
    }
    if !person.online {
        name = name.weak();
    }
    ui.label(name);
    ui.label(role_label(person.role).get(&ctx));
    match (person.online, person.latency_ms) {
        (false, _) => ui.weak(labels::AWAY.get(&ctx)),
        (true, Some(ms)) => ui.label(format!("{ms:.0} ms")),
        (true, None) => ui.label(labels::HERE.get(&ctx)),
    };
    ui.label(person.characters.join(", "));
    // Only the host rules over people, and nobody over the host.
    if model.my_role() < Role::Host || person.id == model.me || person.role == Role::Host {
        ui.label("");
        return;
    }
    ui.horizontal(|ui| {
        let (label, role) = match person.role {
            Role::GameMaster => (labels::MAKE_PLAYER, Role::Player),
            _ => (labels::MAKE_GM, Role::GameMaster),
        };
        if ui.button(label.get(&ctx)).clicked() {
            let player = person.id;
            intents.push(Intent::SetRole { player, role });
        }
        if person.online {
            confirmed(ui, labels::KICK, Intent::Kick(person.id), state, intents);
        }
        confirmed(ui, labels::BAN, Intent::Ban(person.id), state, intents);
    });
}

/// What a role is called.
fn role_label(role: Role) -> Label {
    match role {
        Role::Spectator => labels::ROLE_SPECTATOR,
        Role::Player => labels::ROLE_PLAYER,
        Role::GameMaster => labels::ROLE_GM,
        Role::Host => labels::ROLE_HOST,
    }
}

/// A button that asks back: the first click turns it into "Really?", the second one counts.
fn confirmed(
    ui: &mut Ui,
    label: Label,
    intent: Intent,
    state: &mut SessionState,
    intents: &mut Vec<Intent>,
) {
    let asked = state.confirm.as_ref() == Some(&intent);
    let text = label.get(ui.ctx());
    let text = if asked {
        labels::REALLY.fill(ui.ctx(), &[("what", &text)])
    } else {
        text.into_owned()
    };
    let response = ui.button(text);
    if response.clicked() {
        state.confirm = None;
        if asked {
            intents.push(intent);
        } else {
            state.confirm = Some(intent);
        }
    } else if asked && response.clicked_elsewhere() {
        state.confirm = None;
    }
}

#[cfg(test)]
mod tests {
    use egui_kittest::{Harness, kittest::Queryable as _};
    use wayfarer_core::{feature::SwitchFeature, id::PlayerId};

    use super::*;
    use crate::intent::{Ask, JoinWish};
    use crate::model::{Subject, features::FeatureRow, feedback::Flash};

    type Stage = (SessionModel, SessionState, Vec<Intent>, FeaturesModel);

    fn play(model: SessionModel) -> Harness<'static, Stage> {
        let mut harness = Harness::builder().with_size([700.0, 500.0]).build_ui_state(
            |ui, (model, state, intents, features): &mut Stage| {
                session_panel(ui, model, features, state, intents);
            },
            (model, SessionState::default(), Vec::new(), features()),
        );
        harness.run();
        harness
    }

    fn features() -> FeaturesModel {
        FeaturesModel {
            rows: vec![FeatureRow {
                feature: "equipment",
                name: "Equipment".into(),
                on: true,
            }],
            ..FeaturesModel::default()
        }
    }

    fn person(id: u64, name: &str, role: Role) -> Person {
        Person {
            id: PlayerId(id),
            name: name.into(),
            role,
            online: true,
            ..Person::default()
        }
    }

    fn hosting() -> SessionModel {
        SessionModel {
            connection: Connection::Hosting {
                address: "192.168.0.7:27155".into(),
                code: "tiger-lamp".into(),
            },
            people: vec![
                person(0, "Anna", Role::Host),
                person(1, "Ben", Role::Player),
            ],
            ..SessionModel::default()
        }
    }

    #[test]
    fn the_host_copies_the_code() {
        let mut harness = play(hosting());
        harness.get_by_label("tiger-lamp");
        harness.get_by_label("Copy Join code").click();
        // The text is handed over in one frame only.
        let copied = (0..6).any(|_| {
            harness.step();
            let commands = &harness.output().platform_output.commands;
            commands.iter().any(|command| {
                matches!(command, egui::OutputCommand::CopyText(text) if text == "tiger-lamp")
            })
        });
        assert!(copied);
    }

    #[test]
    fn kicking_asks_back() {
        let mut harness = play(hosting());
        harness.get_by_label("Kick").click();
        harness.run();
        assert_eq!(harness.state().2, []);
        harness.get_by_label("Kick: really?").click();
        harness.run();
        assert_eq!(harness.state().2, [Intent::Kick(PlayerId(1))]);
    }

    #[test]
    fn the_host_makes_game_masters() {
        let mut harness = play(hosting());
        harness.get_by_label("Make game master").click();
        harness.run();
        let wanted = Intent::SetRole {
            player: PlayerId(1),
            role: Role::GameMaster,
        };
        assert_eq!(harness.state().2, [wanted]);
    }

    #[test]
    fn a_guest_rules_over_nobody() {
        let model = SessionModel {
            me: PlayerId(1),
            connection: Connection::Joined {
                host: "Anna's game".into(),
                address: "192.168.0.7".into(),
            },
            ..hosting()
        };
        let mut harness = play(model);
        assert!(harness.query_by_label("Kick").is_none());
        harness.get_by_label("You are in Anna's game.");
        harness.get_by_label("Leave").click();
        harness.run();
        harness.get_by_label("Leave: really?").click();
        harness.run();
        assert_eq!(harness.state().2, [Intent::Leave]);
    }

    #[test]
    fn game_masters_switch_parts_of_the_rules() {
        let mut harness = play(hosting());
        assert!(
            harness.query_by_label("Equipment").is_none(),
            "not for players"
        );
        harness.state_mut().3.may_switch = true;
        harness.run();
        harness.get_by_label("Equipment").click();
        harness.run();
        let switch = |on| {
            let switch = SwitchFeature {
                feature: "equipment".into(),
                on,
            };
            let subject = Subject::Feature("equipment");
            Intent::from(Ask::of(&switch).about(subject))
        };
        assert_eq!(harness.state().2, [switch(false)]);
        harness.state_mut().3.rows[0].on = false;
        harness.run();
        harness.get_by_label("Equipment").click();
        harness.run();
        assert_eq!(harness.state().2, [switch(false), switch(true)]);
        let refused = Flash {
            subject: Subject::Feature("equipment"),
            text: "Not now.".into(),
            age: std::time::Duration::ZERO,
        };
        harness.state_mut().3.feedback.flashes.push(refused);
        harness.run();
        harness.get_by_label("Not now.");
        // While the answer is on its way nothing is asked again.
        let waiting = Subject::Feature("equipment");
        harness.state_mut().3.feedback.pending.push(waiting);
        harness.run_steps(3);
        harness.get_by_label("Equipment").click();
        harness.run_steps(3);
        assert_eq!(harness.state().2.len(), 2);
    }

    #[test]
    fn joining_needs_a_name_and_an_address() {
        let mut harness = play(SessionModel::default());
        harness.get_by_label("Join a game").click();
        harness.run();
        harness.get_by_label("Join").click();
        harness.run();
        assert_eq!(harness.state().2, []);
        let join = &mut harness.state_mut().1.join;
        join.address = " 10.0.0.2 ".into();
        join.name = "Ben".into();
        harness.run();
        harness.get_by_label("Join").click();
        harness.run();
        let wish = JoinWish {
            address: "10.0.0.2".into(),
            code: String::new(),
            name: "Ben".into(),
        };
        assert_eq!(harness.state().2, [Intent::Join(wish)]);
    }
}
