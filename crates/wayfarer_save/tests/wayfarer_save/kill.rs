//! A process that saves all the time is killed at random moments.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use wayfarer_save::store::*;

use crate::common::*;

const PROFILE: &str = "WAYFARER_SAVE_TEST_PROFILE";
const BAGS: u64 = 30;
const ITEMS: u64 = 3000;
const KILLS: usize = 200;

/// Items in bags; moving them from bag to bag changes two records at once.
struct Bags(BTreeMap<u64, u64>);

impl Bags {
    fn new() -> Self {
        Self((0..BAGS).map(|bag| (bag, ITEMS / BAGS)).collect())
    }

    fn from_records(records: &[Record]) -> (Self, u64) {
        let mut bags = BTreeMap::new();
        let mut counter = None;
        for record in records {
            let value = u64::from_le_bytes(record.bytes[..8].try_into().unwrap());
            if record.key.owner == 0 {
                assert_eq!(counter.replace(value), None);
            } else {
                // The rest of a record is made from its count, so a mixed-up one shows.
                assert!(record.bytes[8..].iter().all(|byte| *byte == value as u8));
                bags.insert(record.key.owner - 1, value);
            }
        }
        assert_eq!(bags.len() as u64, BAGS);
        assert_eq!(bags.values().sum::<u64>(), ITEMS, "items must sum up");
        (Self(bags), counter.expect("the counter"))
    }

    fn record(&self, bag: u64) -> Record {
        let count = self.0[&bag];
        let mut bytes = count.to_le_bytes().to_vec();
        bytes.resize(200 + (count as usize * 7) % 3000, count as u8);
        Record::new(RecordKey::new(bag + 1, "bag"), bytes)
    }

    fn all(&self) -> Vec<Record> {
        (0..BAGS).map(|bag| self.record(bag)).collect()
    }

    fn shuffle(&mut self, dice: &mut Dice) -> Vec<Record> {
        let from = dice.roll() % BAGS;
        let to = (from + 1 + dice.roll() % (BAGS - 1)) % BAGS;
        let moved = dice.roll() % (self.0[&from] + 1);
        *self.0.get_mut(&from).unwrap() -= moved;
        *self.0.get_mut(&to).unwrap() += moved;
        vec![self.record(from), self.record(to)]
    }
}

fn counter_record(counter: u64) -> Record {
    Record::new(RecordKey::world("counter"), counter.to_le_bytes().to_vec())
}

/// The process that gets killed; does nothing when it is run as a test.
#[test]
fn child_writer() {
    let Ok(dir) = std::env::var(PROFILE) else {
        return;
    };
    let config = WriterConfig {
        max_segments: 6,
        ..Default::default()
    };
    let profile = Profile::open(dir).unwrap();
    let writer = Writer::with_backend(profile, PkvBackend, config).unwrap();
    let name = slot("auto");
    let (mut bags, mut counter) = match try_load(&writer, "auto", Which::Newest) {
        Ok(loaded) => Bags::from_records(&loaded.records),
        Err(LoadError::NotFound { .. }) => (Bags::new(), 0),
        Err(error) => panic!("{error}"),
    };
    let mut dice = Dice(counter);
    loop {
        counter += 1;
        let mut changed = bags.shuffle(&mut dice);
        changed.push(counter_record(counter));
        let batch = if writer.needs_full(&name) {
            let mut all = bags.all();
            all.push(counter_record(counter));
            full("", all)
        } else {
            dirty("", changed, vec![])
        };
        writer.save(&name, batch);
        match writer.wait_report(PATIENCE) {
            Some(SaveReport::Saved { .. }) => {
                let mut out = std::io::stdout().lock();
                writeln!(out, "saved {counter}").unwrap();
                out.flush().unwrap();
            }
            other => panic!("{other:?}"),
        }
    }
}

/// When the child is killed.
#[derive(Debug, Clone, Copy)]
enum Moment {
    /// So long after its start: while it starts, loads, or writes its first checkpoint.
    AfterStart(Duration),
    /// So long after its first report: while it writes.
    AfterSave(Duration),
}

/// Runs the child, kills it, and gives the last counter it reported.
fn run_and_kill(dir: &Path, moment: Moment) -> Option<u64> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["kill::child_writer", "--exact", "--nocapture"])
        .env(PROFILE, dir)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap();
    let out = child.stdout.take().unwrap();
    let (sender, reports) = std::sync::mpsc::channel();
    let reader = std::thread::spawn(move || {
        let lines = BufReader::new(out).lines().map_while(Result::ok);
        for line in lines {
            if let Some((_, counter)) = line.rsplit_once("saved ") {
                sender.send(counter.parse::<u64>().unwrap()).unwrap();
            }
        }
    });
    let first = match moment {
        Moment::AfterStart(time) => {
            std::thread::sleep(time);
            None
        }
        Moment::AfterSave(time) => {
            let first = reports.recv_timeout(PATIENCE).expect("a first save");
            std::thread::sleep(time);
            Some(first)
        }
    };
    child.kill().unwrap();
    child.wait().unwrap();
    reader.join().unwrap();
    reports.iter().last().or(first)
}

#[test]
fn killing_the_process_loses_no_completed_save() {
    let dir = tempfile::tempdir().unwrap();
    let started = Instant::now();
    let mut dice = Dice(2024);
    let (mut reported, mut kills, mut newer) = (0, 0, 0);
    while kills < KILLS && started.elapsed() < Duration::from_secs(110) {
        let moment = match dice.below(4) {
            0 => Moment::AfterStart(Duration::from_millis(10 + dice.roll() % 110)),
            _ => Moment::AfterSave(Duration::from_micros(dice.roll() % 50_000)),
        };
        reported = reported.max(run_and_kill(dir.path(), moment).unwrap_or(0));
        kills += 1;
        let writer = writer(dir.path());
        match try_load(&writer, "auto", Which::Newest) {
            Ok(loaded) => {
                let (_, counter) = Bags::from_records(&loaded.records);
                assert!(
                    counter >= reported,
                    "kill {kills}, {moment:?}: save {reported} was reported, {counter} loads"
                );
                assert_eq!(loaded.problems, [], "kill {kills}");
                newer += usize::from(counter > reported);
                reported = counter;
            }
            Err(LoadError::NotFound { .. }) if reported == 0 => {}
            Err(error) => panic!("kill {kills}: {error}"),
        }
    }
    println!(
        "{kills} kills in {:?}, {reported} saves, {newer} times a save newer than the last reported loaded",
        started.elapsed()
    );
    assert!(kills >= 50, "too slow a machine to tell");
    assert!(reported > kills as u64, "the child hardly saved anything");
}
