use bevy::prelude::*;
use wayfarer_core::content::{ActiveContent, ContentReport, ContentState, Diagnostic};

use crate::model::content::{ContentHealth, ContentModel, Finding};

/// What is wrong with the content, and whether there is any to play by.
pub fn content_model(world: &World) -> ContentModel {
    let (Some(report), Some(state)) = (
        world.get_resource::<ContentReport>(),
        world.get_resource::<ContentState>(),
    ) else {
        return ContentModel::default();
    };
    let failed = !report.diagnostics.is_empty();
    let packs = world.get_resource::<ActiveContent>();
    ContentModel {
        state: match state {
            ContentState::Loading => ContentHealth::Loading,
            ContentState::Failed => ContentHealth::Failed,
            ContentState::Ready if failed => ContentHealth::OldActive,
            ContentState::Ready => ContentHealth::Good,
        },
        revision: report.revision,
        load_ms: report.last_load.as_secs_f32() * 1000.0,
        findings: report
            .diagnostics
            .iter()
            .chain(&report.warnings)
            .map(finding)
            .collect(),
        packs: packs
            .iter()
            .flat_map(|content| content.packs())
            .map(|pack| (pack.name.clone(), pack.version.clone()))
            .collect(),
    }
}

fn finding(diagnostic: &Diagnostic) -> Finding {
    let snippet = diagnostic.snippet.as_ref().map(|snippet| {
        let before = snippet.column.saturating_sub(1) as usize;
        // Tabs are as wide as the font says; spaces stand under what they should.
        let spaces = |c: char| if c == '\t' { "    " } else { " " };
        let indent: String = snippet.text.chars().take(before).map(spaces).collect();
        let line = snippet.text.replace('\t', "    ");
        let carets = "^".repeat(snippet.length.max(1) as usize);
        format!("{line}\n{indent}{carets}")
    });
    Finding {
        error: diagnostic.is_error(),
        code: diagnostic.code.to_owned(),
        message: diagnostic.message.clone(),
        place: diagnostic
            .place
            .as_ref()
            .map_or_else(String::new, ToString::to_string),
        snippet: snippet.unwrap_or_default(),
        help: diagnostic.help.clone(),
        notes: diagnostic.notes.clone(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use wayfarer_core::{
        CorePlugin,
        content::{ContentAppExt, MemorySource},
    };

    use super::*;

    #[test]
    fn old_content_stays_and_the_error_has_a_place() {
        let pack = MemorySource::new();
        pack.set("demo", "pack.ron", r#"(name: "demo", version: "0.1.0")"#);
        pack.set("demo", "characters/a.ron", r#"{ "hero": (name: "Hero") }"#);
        let mut app = App::new();
        app.add_plugins((MinimalPlugins, CorePlugin))
            .add_pack_source(pack.clone());
        assert_eq!(content_model(app.world()).state, ContentHealth::Loading);
        app.load_content_now().unwrap();
        let good = content_model(app.world());
        assert_eq!(good.state, ContentHealth::Good);
        assert_eq!(good.packs, [("demo".to_owned(), "0.1.0".to_owned())]);

        pack.set(
            "demo",
            "characters/a.ron",
            "{\n\t\"hero\": (nmae: \"Hero\") }",
        );
        app.load_content_now().unwrap_err();
        let bad = content_model(app.world());
        assert_eq!(bad.state, ContentHealth::OldActive);
        assert_eq!(bad.revision, good.revision);
        let finding = &bad.findings[0];
        assert!(
            finding.error && finding.place.contains("a.ron:2:"),
            "{finding:?}"
        );
        let (line, carets) = finding.snippet.split_once('\n').unwrap();
        let at = carets.find('^').unwrap();
        assert!(line[at..].starts_with("nmae"), "{}", finding.snippet);
    }
}
