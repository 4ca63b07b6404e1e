//! `-s`: how many sockets there are, from the counters in /proc/net.

use std::collections::HashMap;
use std::fs;

use nlink_cli::{Exit, Failure, Result, output};

use crate::options::Options;

/// Numbers by the line and the word before them: `TCP: inuse 5`.
struct Counters(HashMap<(String, String), u64>);

impl Counters {
    fn read() -> Self {
        let mut counters = HashMap::new();
        for file in ["/proc/thread-self/net/sockstat", "/proc/thread-self/net/sockstat6"] {
            for line in fs::read_to_string(file).unwrap_or_default().lines() {
                let mut words = line.split_whitespace();
                let Some(of) = words.next() else { continue };
                while let (Some(word), Some(Ok(number))) = (words.next(), words.next().map(str::parse)) {
                    counters.insert((of.to_owned(), word.to_owned()), number);
                }
            }
        }
        Self(counters)
    }

    fn get(&self, of: &str, word: &str) -> u64 {
        self.0.get(&(of.to_owned(), word.to_owned())).copied().unwrap_or_default()
    }
}

/// A number of /proc/net/snmp, where a line of names stands above a line of values.
fn established() -> u64 {
    let text = fs::read_to_string("/proc/thread-self/net/snmp").unwrap_or_default();
    let mut lines = text.lines().filter(|line| line.starts_with("Tcp:"));
    let (Some(names), Some(values)) = (lines.next(), lines.next()) else { return 0 };
    let mut pairs = names.split_whitespace().zip(values.split_whitespace());
    pairs.find(|(name, _)| *name == "CurrEstab").and_then(|(_, value)| value.parse().ok()).unwrap_or_default()
}

pub(crate) fn print(options: &Options) -> Result<()> {
    if options.net.is_some() {
        return Err(Failure::said(Exit::Usage, "Error: -s does not go with -N: its counters are those of /proc"));
    }
    let counters = Counters::read();
    let [tcp, udp, raw, fragments] = ["TCP", "UDP", "RAW", "FRAG"]
        .map(|name| [format!("{name}:"), format!("{name}6:")].map(|of| counters.get(&of, "inuse")));
    let [allocated, waiting, orphans] = ["alloc", "tw", "orphan"].map(|word| counters.get("TCP:", word));
    let hashed = tcp.iter().sum::<u64>();
    let closed = i128::from(allocated) - (i128::from(hashed) - i128::from(waiting));
    let line = |name: &str, [four, six]: [u64; 2]| format!("{name}\t  {:<9} {four:<9} {six:<9}", four + six);
    let inet = [0, 1].map(|at| [tcp, udp, raw].iter().filter_map(|numbers| numbers.get(at)).sum());
    output::lines([
        format!("Total: {}", counters.get("sockets:", "used")),
        format!(
            "TCP:   {} (estab {}, closed {closed}, orphaned {orphans}, timewait {waiting})",
            allocated + waiting,
            established(),
        ),
        String::new(),
        "Transport Total     IP        IPv6".into(),
        line("RAW", raw),
        line("UDP", udp),
        line("TCP", tcp),
        line("INET", inet),
        line("FRAG", fragments),
        String::new(),
    ])
    .map(drop)
}
