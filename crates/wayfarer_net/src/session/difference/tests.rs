use super::*;
use crate::session::hello::FileInfo;

fn plugin(name: &str, version: &str, hash: u64) -> PluginInfo {
    PluginInfo {
        name: name.into(),
        version: version.into(),
        hash,
    }
}

fn pack(name: &str, hash: u64, files: &[(&str, u64)]) -> PackInfo {
    let file = |(path, hash): &(&str, u64)| FileInfo {
        path: (*path).into(),
        hash: *hash,
    };
    PackInfo {
        name: name.into(),
        hash,
        files: files.iter().map(file).collect(),
    }
}

#[test]
fn plugins_are_compared_by_hash_and_explained_by_version() {
    let host = [
        plugin("a", "1.0", 1),
        plugin("magic", "0.2", 2),
        plugin("c", "1", 3),
        plugin("d", "1", 4),
    ];
    let here = [
        plugin("d", "2", 9),
        plugin("extra", "3", 3),
        plugin("c", "1", 8),
        plugin("a", "1.1", 1),
    ];
    let difference = ProtocolDifference::between(&host, &here);
    assert_eq!(
        difference.to_string(),
        "host has magic 0.2, you do not: install it; \
         you have extra 3, host does not: remove it; \
         c 1 was built differently: install the host's build; \
         host has d 1, you have 2: install 1"
    );
    assert!(ProtocolDifference::between(&host, &host).is_empty());
}

#[test]
fn packs_name_the_files() {
    let host = [
        pack("core", 1, &[]),
        pack(
            "demo",
            2,
            &[
                ("items/swords.ron", 1),
                ("a.ron", 1),
                ("b.ron", 1),
                ("same.ron", 1),
            ],
        ),
        pack("new", 5, &[]),
    ];
    let here = [
        pack("core", 1, &[("whatever", 1)]),
        pack(
            "demo",
            3,
            &[
                ("items/swords.ron", 2),
                ("a.ron", 2),
                ("c.ron", 1),
                ("same.ron", 1),
            ],
        ),
        pack("old", 5, &[]),
    ];
    let difference = ContentDifference::between(&host, &here);
    assert_eq!(
        difference.to_string(),
        "pack demo differs: 4 files (items/swords.ron, a.ron, b.ron, …); \
         host uses pack new, you do not: install it; \
         you use pack old, host does not: switch it off"
    );
    assert!(ContentDifference::between(&host, &host).is_empty());
}

#[test]
fn a_cut_list_claims_no_more_than_it_knows() {
    let host = [pack("demo", 2, &[("a.ron", 1)])];
    let here = [pack("demo", 3, &[("a.ron", 2), ("z.ron", 2)])];
    let cut = PackDifference::of_files(&host[0], Some(&here[0]), true);
    assert_eq!(
        cut.to_string(),
        "pack demo differs: at least 1 file (a.ron, …)"
    );
    for none in [
        PackDifference::of_files(&pack("demo", 2, &[]), Some(&here[0]), false),
        PackDifference::of_files(&host[0], None, false),
    ] {
        assert_eq!(
            none.to_string(),
            "pack demo differs: get the host's copy of it"
        );
    }
}
