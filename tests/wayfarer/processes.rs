//! A host and two guests, each a process of its own, over UDP that loses a tenth, delays, reorders
//! and doubles.

use std::{
    env, fs,
    io::{BufRead, BufReader, Write},
    net::SocketAddr,
    path::Path,
    process::{Child, ChildStdin, Command, Stdio},
    sync::mpsc,
    time::{Duration, Instant},
};

use super::{part::CODE, rig};
use crate::proxy::{Proxy, Weather};

/// A process that plays a part.
struct Part {
    child: Child,
    input: ChildStdin,
    lines: mpsc::Receiver<String>,
}

impl Part {
    fn start(part: &str, settings: &[(&str, &str)]) -> Self {
        let mut command = Command::new(env::current_exe().unwrap());
        command
            .args(["--exact", "whole::part::play_a_part", "--nocapture"])
            .env("WAYFARER_PART", part)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        for (name, value) in settings {
            command.env(format!("WAYFARER_{name}"), value);
        }
        let mut child = command.spawn().unwrap();
        let input = child.stdin.take().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let (send, lines) = mpsc::channel();
        std::thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                // The test harness writes into the same stream, sometimes before us on a line.
                if let Some((_, said)) = line.split_once('@')
                    && send.send(said.to_owned()).is_err()
                {
                    break;
                }
            }
        });
        Self {
            child,
            input,
            lines,
        }
    }

    fn host(dir: &Path) -> (Self, SocketAddr) {
        let host = Self::start("host", &[("DIR", dir.to_str().unwrap())]);
        let port = host.hear("port ");
        let address = format!("127.0.0.1:{port}").parse().unwrap();
        (host, address)
    }

    fn guest(dir: &Path, address: SocketAddr, name: &str, more: &[(&str, &str)]) -> Self {
        let address = address.to_string();
        let mut settings = vec![
            ("DIR", dir.to_str().unwrap()),
            ("ADDRESS", &address),
            ("NAME", name),
            ("CODE", CODE),
        ];
        settings.extend_from_slice(more);
        Self::start("guest", &settings)
    }

    /// The next line, without its expected beginning.
    fn hear(&self, beginning: &str) -> String {
        let line = self
            .lines
            .recv_timeout(Duration::from_secs(40))
            .unwrap_or_else(|_| panic!("waited in vain for `{beginning}`"));
        line.strip_prefix(beginning)
            .unwrap_or_else(|| panic!("`{line}` instead of `{beginning}`"))
            .to_owned()
    }

    fn ask(&mut self, command: &str, beginning: &str) -> String {
        writeln!(self.input, "{command}").unwrap();
        self.hear(beginning)
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The character's uid and the player's id, once they are in.
fn joined(part: &Part) -> (String, String) {
    let line = part.hear("joined #");
    let (uid, player) = line.split_once(' ').unwrap();
    (uid.to_owned(), player.to_owned())
}

/// What a guest sees and what the host says they may see become the same.
fn agree(host: &mut Part, guest: &mut Part, player: &str) {
    let end = Instant::now() + Duration::from_secs(20);
    loop {
        let theirs = guest.ask("hash", "hash ");
        let ours = host.ask(&format!("hash {player}"), "hash ");
        if theirs == ours {
            return;
        }
        assert!(Instant::now() < end, "{player}: {theirs} and {ours}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

const STORM: Weather = Weather {
    loss_percent: 10,
    duplicate_percent: 5,
    delay_ms: 30,
};

#[test]
fn three_processes_agree_over_a_bad_network_and_after_a_kill() {
    let dir = tempfile::tempdir().unwrap();
    let (mut host, address) = Part::host(&dir.path().join("host"));
    let (left, right) = (Proxy::start(address, STORM), Proxy::start(address, STORM));
    let (a_dir, b_dir) = (dir.path().join("a"), dir.path().join("b"));
    let mut a = Part::guest(&a_dir, left.address(), "Ann", &[]);
    let mut b = Part::guest(&b_dir, right.address(), "Ben", &[]);
    let (a_uid, a_player) = joined(&a);
    let (b_uid, b_player) = joined(&b);
    assert_ne!(a_uid, b_uid);

    writeln!(a.input, "act 25 1").unwrap();
    writeln!(b.input, "act 25 2").unwrap();
    for part in [&a, &b] {
        let line = part.hear("acted ");
        let counts: Vec<u32> = line.split(' ').map(|n| n.parse().unwrap()).collect();
        assert!(counts[0] > 3, "done, refused, silent: {line}");
        assert_eq!(counts[2], 0, "every request is answered: {line}");
    }
    agree(&mut host, &mut a, &a_player);
    agree(&mut host, &mut b, &b_player);

    // Ben may not act for Ann's character.
    let stolen = b.ask(&format!("steal {a_uid}"), "stolen ");
    assert!(stolen.contains("not_owner"), "{stolen}");

    // Ann's program is killed and started again with the same keys.
    drop(a);
    let began = Instant::now();
    let mut a = Part::guest(&a_dir, left.address(), "Ann", &[]);
    let (again, _) = joined(&a);
    assert_eq!(again, a_uid, "the same character");
    assert!(
        began.elapsed() < Duration::from_secs(15),
        "{:?}",
        began.elapsed()
    );
    agree(&mut host, &mut a, &a_player);
    agree(&mut host, &mut b, &b_player);
    assert!(left.dropped() > 0, "the network was bad indeed");

    let _ = writeln!(host.input, "stop");
    let end = Instant::now() + Duration::from_secs(15);
    loop {
        let status = b.ask("status", "status ");
        if status.contains("HostClosed") && status.contains("the test is over") {
            break;
        }
        assert!(Instant::now() < end, "{status}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn who_may_not_come_in_is_told_what_to_do() {
    let dir = tempfile::tempdir().unwrap();
    let (_host, address) = Part::host(&dir.path().join("host"));
    let wrong = Part::guest(
        &dir.path().join("a"),
        address,
        "Ann",
        &[("CODE", "WRNG-CODE")],
    );
    let said = wrong.hear("refused ");
    assert!(
        said.contains("code") && said.contains("tries left"),
        "{said}"
    );

    // The same packs, but one sword is sharper.
    let packs = dir.path().join("packs");
    for pack in ["life", "demo"] {
        copy(&rig::assets().join(pack), &packs.join(pack));
    }
    let file = packs.join("demo").join("items").join("weapons.ron");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replacen("value: ", "value: 1", 1)).unwrap();
    let other = Part::guest(
        &dir.path().join("b"),
        address,
        "Ben",
        &[("PACKS", packs.to_str().unwrap())],
    );
    let said = other.hear("refused ");
    assert!(
        said.contains("demo") && said.contains("weapons.ron"),
        "{said}"
    );
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
