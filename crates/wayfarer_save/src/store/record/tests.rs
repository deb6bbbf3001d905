use proptest::prelude::*;

use super::*;

type State = BTreeMap<RecordKey, Vec<u8>>;

/// The obvious meaning of a batch, to hold merging against.
fn apply(mut state: State, batch: &SaveBatch) -> State {
    match batch {
        SaveBatch::Full { records, .. } => by_key(records.clone()),
        SaveBatch::Dirty {
            records, removed, ..
        } => {
            for key in removed {
                state.remove(key);
            }
            state.extend(by_key(records.clone()));
            state
        }
    }
}

fn records() -> impl Strategy<Value = Vec<Record>> {
    prop::collection::vec(
        (0u64..6, any::<u8>())
            .prop_map(|(owner, byte)| Record::new(RecordKey::new(owner, "r"), vec![byte])),
        0..6,
    )
}

fn batches() -> impl Strategy<Value = SaveBatch> {
    let removed = prop::collection::vec((0u64..6).prop_map(|o| RecordKey::new(o, "r")), 0..4);
    (any::<bool>(), records(), removed).prop_map(|(full, records, removed)| {
        let meta = SaveMeta::default();
        if full {
            SaveBatch::Full { meta, records }
        } else {
            SaveBatch::Dirty {
                meta,
                records,
                removed,
            }
        }
    })
}

proptest! {
    #[test]
    fn merging_is_applying_in_turn(start in records(), first in batches(), second in batches(), third in batches()) {
        let start = by_key(start);
        let in_turn = [&first, &second, &third]
            .into_iter()
            .fold(start.clone(), apply);
        let merged = first.merge(second).merge(third);
        prop_assert_eq!(apply(start, &merged), in_turn);
    }
}

#[test]
fn keys_read_well() {
    assert_eq!(RecordKey::world("clock").to_string(), "clock");
    assert_eq!(
        RecordKey::new(0x2a, "stats").to_string(),
        "stats of 000000000000002a"
    );
}
