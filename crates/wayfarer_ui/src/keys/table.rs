use bevy::prelude::KeyCode;
use bevy_egui::egui::Key;

macro_rules! keys {
    ($($code:ident $key:ident),* $(,)?) => {
        const TABLE: &[(KeyCode, Key)] = &[$((KeyCode::$code, Key::$key)),*];
    };
}

keys! {
    ArrowDown ArrowDown, ArrowLeft ArrowLeft, ArrowRight ArrowRight, ArrowUp ArrowUp,
    Escape Escape, Tab Tab, Backspace Backspace, Enter Enter, Space Space,
    Insert Insert, Delete Delete, Home Home, End End, PageUp PageUp, PageDown PageDown,
    Comma Comma, Period Period, Semicolon Semicolon, Backslash Backslash, Slash Slash,
    BracketLeft OpenBracket, BracketRight CloseBracket, Backquote Backtick, Quote Quote,
    Minus Minus, Equal Equals, NumpadAdd Plus,
    Digit0 Num0, Digit1 Num1, Digit2 Num2, Digit3 Num3, Digit4 Num4,
    Digit5 Num5, Digit6 Num6, Digit7 Num7, Digit8 Num8, Digit9 Num9,
    KeyA A, KeyB B, KeyC C, KeyD D, KeyE E, KeyF F, KeyG G, KeyH H, KeyI I, KeyJ J, KeyK K,
    KeyL L, KeyM M, KeyN N, KeyO O, KeyP P, KeyQ Q, KeyR R, KeyS S, KeyT T, KeyU U, KeyV V,
    KeyW W, KeyX X, KeyY Y, KeyZ Z,
    F1 F1, F2 F2, F3 F3, F4 F4, F5 F5, F6 F6, F7 F7, F8 F8, F9 F9, F10 F10, F11 F11, F12 F12,
    F13 F13, F14 F14, F15 F15, F16 F16, F17 F17, F18 F18, F19 F19, F20 F20,
}

/// Bevy's name of a key that egui saw pressed.
pub fn key_code_of(key: Key) -> Option<KeyCode> {
    TABLE.iter().find(|row| row.1 == key).map(|row| row.0)
}

/// egui's name of one of Bevy's keys, for display.
pub fn key_of(code: KeyCode) -> Option<Key> {
    TABLE.iter().find(|row| row.0 == code).map(|row| row.1)
}
