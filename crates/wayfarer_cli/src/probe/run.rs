//! Runs commands, from a script or typed, and keeps count of what went wrong.

use super::{
    act,
    client::Client,
    command::{Command, HELP},
    item_name, people, script, sheet,
    stdin::{Lines, Next},
    view,
};
use crate::{
    end::End,
    out::{Colour, Out, count, printable},
};
use wayfarer_core::state::{Viewpoint, audience_hash};

/// A session with commands.
pub(crate) struct Run<'o> {
    client: Client,
    out: &'o mut Out,
    /// The code that the next request should be refused with.
    expected: Option<String>,
    done: usize,
    failed: usize,
}

/// Whether to go on.
enum Flow {
    On,
    Stop,
}

impl<'o> Run<'o> {
    /// A session that has joined.
    pub(crate) fn new(client: Client, out: &'o mut Out) -> Self {
        Self {
            client,
            out,
            expected: None,
            done: 0,
            failed: 0,
        }
    }

    /// Runs a script and leaves.
    pub(crate) fn script(&mut self, commands: &[script::Line]) -> Result<End, End> {
        for (text, command) in commands {
            let prompt = self.out.paint(Colour::Faint, format!("> {text}"));
            self.out.line(prompt);
            if let Flow::Stop = self.command(command)? {
                break;
            }
            self.out.flush();
        }
        Ok(self.end(true))
    }

    /// Runs what is typed, or piped in, and leaves at its end. What a person mistypes is no
    /// failure; what was piped in is a script.
    pub(crate) fn stdin(&mut self, terminal: bool) -> Result<End, End> {
        let lines = Lines::read();
        self.prompt(terminal);
        loop {
            match lines.next() {
                Next::Nothing => self.client.step().inspect_err(|_| {
                    if terminal {
                        // What happened belongs on a line of its own, not behind the prompt.
                        self.out.line("");
                    }
                })?,
                Next::End => break,
                Next::Line(line) => {
                    if let Flow::Stop = self.typed(&line)? {
                        break;
                    }
                    self.prompt(terminal);
                }
            }
        }
        Ok(self.end(!terminal))
    }

    fn prompt(&mut self, terminal: bool) {
        if terminal {
            self.out.prompt("> ");
        } else {
            self.out.flush();
        }
    }

    fn typed(&mut self, line: &str) -> Result<Flow, End> {
        for part in script::split(line) {
            match Command::parse(part) {
                Ok(command) => {
                    if let Flow::Stop = self.command(&command)? {
                        return Ok(Flow::Stop);
                    }
                }
                Err(what) => self.fail(&what),
            }
        }
        Ok(Flow::On)
    }

    /// Does one command. An error is the end of the session.
    fn command(&mut self, command: &Command) -> Result<Flow, End> {
        if *command == Command::Quit {
            return Ok(Flow::Stop);
        }
        self.done += 1;
        match command {
            Command::Quit => {}
            Command::Help => self.out.line(HELP),
            Command::Status => view::print(self.client.world_mut(), self.out),
            Command::People => people::print(self.client.world(), self.out),
            Command::Stats(name) => self.stats(name),
            Command::Hash => {
                let hash = audience_hash(self.client.world(), Viewpoint::Everything);
                self.out.line(format!("{hash:016x}"));
            }
            Command::As(name) => match item_name::character(self.client.world(), name) {
                Ok(uid) => {
                    self.client.act_as(uid);
                    self.out.line(format!("acting for {uid}"));
                }
                Err(what) => self.fail(&what),
            },
            Command::Wait(time) => self.client.wait(*time)?,
            Command::ExpectRefused(code) => {
                if let Some(before) = self.expected.replace(code.clone()) {
                    self.fail(&format!("no request came that was to be refused: {before}"));
                }
            }
            Command::Act(act) => {
                let expected = self.expected.take();
                match act::act(&mut self.client, act)? {
                    Ok(decided) => self.judge(&decided, expected.as_deref()),
                    Err(what) => self.fail(&what),
                }
            }
        }
        Ok(Flow::On)
    }

    fn stats(&mut self, name: &str) {
        let Some(actor) = self.client.actor() else {
            return self.fail("there is no character of yours here");
        };
        if let Err(what) = sheet::print_all(self.client.world(), actor, name, self.out) {
            self.fail(&what);
        }
    }

    /// Prints a decision and compares it with what was announced.
    fn judge(&mut self, decided: &act::Outcome, expected: Option<&str>) {
        let ms = decided.latency.as_secs_f64() * 1000.0;
        let (verdict, code) = match &decided.refused {
            None => (self.out.paint(Colour::Good, "done"), None),
            Some(code) => {
                let colour = if expected == Some(code.as_str()) {
                    Colour::Good
                } else {
                    Colour::Error
                };
                let verdict = format!("refused [{code}]");
                (self.out.paint(colour, verdict), Some(code.as_str()))
            }
        };
        self.out
            .line(format!("{verdict} in {ms:.0} ms: {}", decided.words));
        if code != expected {
            match expected {
                Some(expected) => self.fail(&format!("`refused {expected}` was expected")),
                // A refusal that nobody announced speaks for itself.
                None => self.failed += 1,
            }
        }
    }

    fn fail(&mut self, what: &str) {
        self.failed += 1;
        let label = self.out.paint(Colour::Error, "error");
        self.out.line(format!("{label}: {}", printable(what)));
    }

    /// Leaves, and says how it went.
    fn end(&mut self, scripted: bool) -> End {
        if let Some(code) = self.expected.take() {
            self.fail(&format!("no request came that was to be refused: {code}"));
        }
        self.client.leave();
        if !scripted {
            return End::Good;
        }
        if self.failed > 0 {
            let failed = count(self.failed, "failure");
            let done = count(self.done, "command");
            self.out.line(format!("{failed} in {done}"));
        }
        End::good_if(self.failed == 0)
    }
}
