//! Keys and mouse: walking, looking round.

use bevy::{input::mouse::MouseWheel, prelude::*};
use bevy_egui::input::{
    EguiWantsInput, egui_wants_any_keyboard_input, egui_wants_any_pointer_input,
};
use wayfarer::prelude::*;

use crate::{
    scene::camera::CameraRig,
    walk::Walk,
    window::{Stage, bridge::Me},
};

pub fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        (
            steer.run_if(in_state(Stage::Playing)),
            turn_camera
                .run_if(in_state(Stage::Playing))
                .run_if(not(egui_wants_any_keyboard_input)),
            zoom.run_if(not(egui_wants_any_pointer_input)),
        ),
    );
}

/// A wish is sent when it changes, and again now and then while it lasts: one that was refused
/// (paused, too many requests) must not leave somebody walking for ever.
#[derive(Default)]
struct LastWish {
    wish: (i8, i8),
    since: f32,
}

const REPEAT_SECONDS: f32 = 0.5;

fn steer(
    time: Res<Time<Real>>,
    keys: Res<ButtonInput<KeyCode>>,
    typing: Option<Res<EguiWantsInput>>,
    me: Res<Me>,
    rig: Query<&CameraRig>,
    mut outbox: ResMut<Outbox>,
    mut last: Local<LastWish>,
) {
    let (Some(uid), Some(rig)) = (me.uid, rig.iter().next()) else {
        return;
    };
    let mut wish = Vec2::ZERO;
    if !typing.is_some_and(|egui| egui.wants_any_keyboard_input()) {
        for (key, other, direction) in [
            (KeyCode::KeyW, KeyCode::ArrowUp, Vec2::Y),
            (KeyCode::KeyS, KeyCode::ArrowDown, Vec2::NEG_Y),
            (KeyCode::KeyA, KeyCode::ArrowLeft, Vec2::NEG_X),
            (KeyCode::KeyD, KeyCode::ArrowRight, Vec2::X),
        ] {
            if keys.pressed(key) || keys.pressed(other) {
                wish += direction;
            }
        }
    }
    let heading = rig.heading(wish) * 100.0;
    let wish = (heading.x.round() as i8, heading.z.round() as i8);
    last.since += time.delta_secs();
    let moving = wish != (0, 0);
    if wish != last.wish || (moving && last.since > REPEAT_SECONDS) {
        outbox.send(
            Some(uid),
            &Walk {
                x: wish.0,
                z: wish.1,
            },
        );
        *last = LastWish { wish, since: 0.0 };
    }
}

fn turn_camera(keys: Res<ButtonInput<KeyCode>>, mut rigs: Query<&mut CameraRig>) {
    let mut eighths = 0.0;
    if keys.just_pressed(KeyCode::KeyQ) {
        eighths += 1.0;
    }
    if keys.just_pressed(KeyCode::KeyR) {
        eighths -= 1.0;
    }
    if eighths != 0.0 {
        for mut rig in &mut rigs {
            rig.turn(eighths);
        }
    }
}

fn zoom(mut wheel: MessageReader<MouseWheel>, mut rigs: Query<&mut CameraRig>) {
    let notches: f32 = wheel.read().map(|w| w.y.clamp(-3.0, 3.0)).sum();
    if notches != 0.0 {
        for mut rig in &mut rigs {
            rig.zoom_by(notches);
        }
    }
}
