use proptest::prelude::*;

use super::*;

fn pack(name: &str, hash: u64, files: usize) -> PackInfo {
    let file = |index| FileInfo {
        path: format!("{name}/a/rather/long/path/of/a/file/{index}.ron"),
        hash: index,
    };
    PackInfo {
        name: name.into(),
        hash,
        files: (0..files as u64).map(file).collect(),
    }
}

#[test]
fn a_content_refusal_fits_whatever_the_packs_are() {
    let host = [
        pack("core", 1, 5000),
        pack("demo", 2, 5000),
        pack("same", 3, 5000),
    ];
    let theirs = [("core".into(), 9), ("demo".into(), 9), ("same".into(), 3)];
    let refusal = Refusal::content(&host, &theirs);
    let bytes = postcard::to_stdvec(&Reply::Refused(refusal.clone())).unwrap();
    assert!(bytes.len() < MAX_HELLO - 100, "{}", bytes.len());
    let Refusal::Content { differ, cut, .. } = &refusal else {
        panic!("content expected");
    };
    assert_eq!(*cut, ["core", "demo"]);
    assert_eq!(differ.len(), 2, "equal packs need no files");

    let mine = HelloInfo {
        packs: vec![
            pack("core", 9, 5),
            pack("demo", 9, 5000),
            pack("same", 3, 1),
        ],
        ..HelloInfo::default()
    };
    let text = refusal.explain(&mine).to_string();
    assert!(text.contains("pack core differs: at least"), "{text}");
    assert!(
        text.contains("pack demo differs: get the host's copy"),
        "{text}"
    );
    assert!(!text.contains("same"), "{text}");
}

#[test]
fn hostile_refusals_are_one_short_line() {
    let evil = "\u{202e}x\n".repeat(10_000);
    for refusal in [
        Refusal::Banned {
            reason: evil.clone(),
        },
        Refusal::BadHello { what: evil.clone() },
        Refusal::HostClosing {
            reason: evil.clone(),
        },
        Refusal::Protocol(ProtocolDifference {
            missing_here: vec![
                PluginInfo {
                    name: evil.clone(),
                    version: evil.clone(),
                    hash: 0
                };
                500
            ],
            ..ProtocolDifference::default()
        }),
        Refusal::Content {
            differ: vec![pack(&evil, 1, 1); 3],
            missing: vec![evil.clone(); 100],
            unknown: vec![evil.clone(); 100],
            cut: vec![evil.clone()],
        },
    ] {
        let text = refusal.explain(&HelloInfo::default()).to_string();
        assert!(text.chars().count() < 2000, "{}", text.len());
        assert!(!text.contains(['\n', '\u{202e}']), "{text}");
    }
}

proptest! {
    #[test]
    fn garbage_is_refused_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = decode::<Opening>(&bytes.clone().into(), 1);
        let mut framed = b"WAYF\x01\x00".to_vec();
        framed.extend_from_slice(&bytes);
        let framed = Bytes::from(framed);
        let _ = decode::<Introduction>(&framed, 1);
        let _ = decode::<Reply>(&framed, 1);
        prop_assert!(matches!(
            decode::<Opening>(&framed, 2),
            Err(HelloError::OtherVersion(1))
        ));
    }
}
