//! Commands from standard input, each carried out by itself; what is wrong with one does not end the others.

use std::io::{self, BufRead, IsTerminal, Write};

use nlink_cli::{Exit, Result};

use crate::options::Options;
use crate::{include, run};

const PROMPT: &str = "nft> ";

pub(crate) fn run(options: &Options) -> Result<Exit> {
    let asks = io::stdin().is_terminal();
    let mut command = String::new();
    prompt(asks)?;
    for line in io::stdin().lock().lines() {
        command.push_str(&line?);
        // A line that ends so, and a block that is open, go on in the next.
        if command.ends_with('\\') || is_open(&command) {
            command.push('\n');
            continue;
        }
        match command.trim() {
            "quit" | "exit" => return Ok(Exit::Success),
            "" => {}
            _ => {
                let text = include::typed(std::mem::take(&mut command), options);
                if let Err(failure) = text.and_then(|text| run::run(options, &text)) {
                    failure.report();
                }
            }
        }
        command.clear();
        prompt(asks)?;
    }
    Ok(Exit::Success)
}

fn prompt(asks: bool) -> Result<()> {
    if asks {
        let mut stdout = io::stdout().lock();
        stdout.write_all(PROMPT.as_bytes())?;
        stdout.flush()?;
    }
    Ok(())
}

/// Whether there are more opening braces than closing ones.
fn is_open(text: &str) -> bool {
    let count = |brace| text.matches(brace).count();
    count('{') > count('}')
}
