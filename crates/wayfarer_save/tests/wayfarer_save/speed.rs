//! Figures, with bounds loose enough for a busy machine.

use std::time::{Duration, Instant};

use wayfarer_save::store::*;

use crate::common::*;

fn percentile(times: &mut [Duration], percent: usize) -> Duration {
    times.sort();
    times[(times.len() - 1) * percent / 100]
}

#[test]
fn saving_changes_is_quick() {
    let dir = tempfile::tempdir().unwrap();
    let writer = writer(dir.path());
    let name = slot("auto");
    // A thousand characters of 4 KB, ten of which change from save to save.
    let world = |salt: u8| -> Vec<Record> { (0..1000).map(|n| record(n, &[salt; 4096])).collect() };
    let (mut done, mut handed, mut fulls) = (Vec::new(), Vec::new(), Vec::new());
    for n in 0..200u64 {
        let is_full = writer.needs_full(&name);
        let batch = if is_full {
            full("", world(n as u8))
        } else {
            let changed = (0..10).map(|k| record((n * 7 + k) % 1000, &[n as u8; 4096]));
            dirty("", changed.collect(), vec![])
        };
        let started = Instant::now();
        writer.save(&name, batch);
        handed.push(started.elapsed());
        let Some(SaveReport::Saved { full, .. }) = writer.wait_report(PATIENCE) else {
            panic!("not saved");
        };
        assert_eq!(full, is_full);
        if full { &mut fulls } else { &mut done }.push(started.elapsed());
    }
    let started = Instant::now();
    assert_eq!(load(&writer, "auto").records.len(), 1000);
    let loading = started.elapsed();
    let p95 = percentile(&mut done, 95);
    println!(
        "40 KB of changes: median {:?}, p95 {p95:?}; handing over p95 {:?}; 4 MB checkpoint: median {:?}; load {loading:?}",
        percentile(&mut done, 50),
        percentile(&mut handed, 95),
        percentile(&mut fulls, 50),
    );
    assert!(p95 < Duration::from_millis(50), "p95 {p95:?}");
}
