//! Wayfarer's egui panels: character sheet, inventory, inspector, action log, content errors, session
