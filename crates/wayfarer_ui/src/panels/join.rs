//! The form for joining a game; for a game's menu and for the session panel.

use bevy_egui::egui::{self, Ui};

use crate::{
    intent::{Intent, JoinWish},
    model::session::{Connection, LanGame, SessionModel},
    texts::labels,
};

/// What was typed.
#[derive(Clone, Debug, Default)]
pub struct JoinState {
    /// `host` or `host:port`.
    pub address: String,
    /// The join code.
    pub code: String,
    /// The player's name.
    pub name: String,
    /// The host that is forgotten at a second click.
    forget: Option<String>,
}

impl JoinState {
    /// What to ask for; `None` while something is missing.
    pub fn wish(&self) -> Option<JoinWish> {
        let wish = JoinWish {
            address: self.address.trim().to_owned(),
            code: self.code.trim().to_owned(),
            name: self.name.trim().to_owned(),
        };
        (!wish.address.is_empty() && !wish.name.is_empty()).then_some(wish)
    }
}

/// Address, code and name, and the games of the local network.
pub fn join_form(
    ui: &mut Ui,
    model: &SessionModel,
    state: &mut JoinState,
    intents: &mut Vec<Intent>,
) {
    let ctx = ui.ctx().clone();
    egui::Grid::new("join").num_columns(2).show(ui, |ui| {
        for (label, text) in [
            (labels::YOUR_NAME, &mut state.name),
            (labels::ADDRESS, &mut state.address),
            (labels::JOIN_CODE, &mut state.code),
        ] {
            let label = ui.label(label.get(&ctx));
            ui.text_edit_singleline(text).labelled_by(label.id);
            ui.end_row();
        }
    });
    let connecting = matches!(model.connection, Connection::Connecting { .. });
    ui.horizontal(|ui| {
        let wish = state.wish();
        let button = egui::Button::new(labels::JOIN.get(&ctx));
        let missing = labels::JOIN_MISSING.get(&ctx);
        let clicked = ui
            .add_enabled(wish.is_some() && !connecting, button)
            .on_disabled_hover_text(missing.as_ref())
            .clicked();
        if clicked && let Some(wish) = wish {
            intents.push(Intent::Join(wish));
        }
        if let Connection::Connecting { address } = &model.connection {
            ui.spinner();
            ui.label(labels::CONNECTING.fill(&ctx, &[("address", address)]));
            if ui.button(labels::CANCEL.get(&ctx)).clicked() {
                intents.push(Intent::Leave);
            }
        }
    });
    if let Some(notice) = &model.notice {
        ui.colored_label(ui.visuals().warn_fg_color, notice);
    }
    match &model.changed_host {
        Some(address) => forget_host(ui, address, state, intents),
        None => state.forget = None,
    }
    ui.separator();
    lan(ui, model, state, intents);
}

/// Forgetting a key gives away the protection against impostors, so it asks back.
fn forget_host(ui: &mut Ui, address: &str, state: &mut JoinState, intents: &mut Vec<Intent>) {
    let asked = state.forget.as_deref() == Some(address);
    let text = labels::FORGET_HOST.get(ui.ctx());
    let text = if asked {
        labels::REALLY.fill(ui.ctx(), &[("what", &text)])
    } else {
        text.into_owned()
    };
    let hint = labels::FORGET_HOST_HINT.get(ui.ctx());
    let response = ui.button(text).on_hover_text(hint.as_ref());
    if response.clicked() {
        state.forget = (!asked).then(|| address.to_owned());
        if asked {
            intents.push(Intent::ForgetHost(address.to_owned()));
        }
    } else if asked && response.clicked_elsewhere() {
        state.forget = None;
    }
}

fn lan(ui: &mut Ui, model: &SessionModel, state: &mut JoinState, intents: &mut Vec<Intent>) {
    let ctx = ui.ctx().clone();
    let mut browsing = model.browsing;
    ui.checkbox(&mut browsing, labels::BROWSE_LAN.get(&ctx));
    if browsing != model.browsing {
        intents.push(Intent::BrowseLan(browsing));
    }
    if browsing && model.lan.is_empty() {
        ui.weak(labels::NO_LAN_GAMES.get(&ctx));
    }
    for game in &model.lan {
        ui.horizontal(|ui| lan_game(ui, game, state, intents));
    }
}

fn lan_game(ui: &mut Ui, game: &LanGame, state: &mut JoinState, intents: &mut Vec<Intent>) {
    let ctx = ui.ctx().clone();
    let (players, seats) = game.players;
    let text = format!("{} ({players}/{seats})", game.name);
    let button = ui.add_enabled(game.blocked.is_none(), egui::Button::new(text));
    let button = match &game.blocked {
        Some(reason) => button.on_disabled_hover_text(reason),
        None => button,
    };
    if button.clicked() {
        state.address.clone_from(&game.address);
        // An open game needs nothing more than a name.
        if !game.needs_code
            && let Some(wish) = state.wish()
        {
            intents.push(Intent::Join(JoinWish {
                code: String::new(),
                ..wish
            }));
        }
    }
    ui.weak(&game.address);
    if game.needs_code {
        ui.weak(labels::NEEDS_CODE.get(&ctx));
    }
    if let Some(reason) = &game.blocked {
        ui.colored_label(ui.visuals().warn_fg_color, reason);
    }
}

#[cfg(test)]
mod tests {
    use egui_kittest::{Harness, kittest::Queryable as _};

    use super::*;

    #[test]
    fn a_changed_host_is_forgotten_at_the_second_click() {
        let address = "10.0.0.2:27155".to_owned();
        let model = SessionModel {
            notice: Some("the host is not the one you visited before".into()),
            changed_host: Some(address.clone()),
            ..SessionModel::default()
        };
        type Stage = (SessionModel, JoinState, Vec<Intent>);
        let mut harness = Harness::builder().with_size([700.0, 500.0]).build_ui_state(
            |ui, (model, state, intents): &mut Stage| join_form(ui, model, state, intents),
            (model, JoinState::default(), Vec::new()),
        );
        harness.run();
        harness.get_by_label("Forget this host").click();
        harness.run();
        assert_eq!(harness.state().2, []);
        harness.get_by_label("Forget this host: really?").click();
        harness.run();
        assert_eq!(harness.state().2, [Intent::ForgetHost(address)]);

        // Other refusals have nothing to forget.
        harness.state_mut().0.changed_host = None;
        harness.run();
        assert!(harness.query_by_label("Forget this host").is_none());
    }
}
