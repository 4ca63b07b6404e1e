//! Where sockets are shown: as a table, or as JSON.

use std::fs;

use nlink_cli::{Result, output};
use nlink_core::Rtnetlink;
use nlink_core::show::{Format, Options as ShowOptions, Show, Sink};
use nlink_diag::Services;
use nlink_diag::show::{Listed, View};
use nlink_route::link::Link;

use crate::columns::{Hidden, Table};
use crate::hosts;
use crate::listing::connect;
use crate::options::Options;
use crate::processes::Processes;
use crate::tables::Wanted;

/// Bytes of JSON that wait at most before they are written.
const FULL: usize = 64 * 1024;

/// Where sockets are shown.
pub(crate) struct Printer {
    view: View,
    processes: Option<Processes>,
    table: Table,
    /// Items of an array that wait to be written.
    json: Option<String>,
    items: usize,
}

impl Printer {
    pub(crate) fn new(options: &Options, wanted: &Wanted) -> Result<Self> {
        let hidden = Hidden {
            netid: wanted.tables.0.is_power_of_two(),
            state: wanted.states.0.is_power_of_two(),
            queues: options.no_queues,
            processes: !options.processes,
        };
        let mut table = Table::new(hidden);
        if !options.no_header && !options.json {
            table.head();
        }
        let processes = options.processes.then(Processes::look);
        Ok(Self { view: view(options)?, processes, table, json: options.json.then(String::new), items: 0 })
    }

    pub(crate) fn show(&mut self, socket: &impl Listed) -> Result<()> {
        let plain = ShowOptions::default();
        let row = socket.row(&self.view);
        if let Some(waiting) = &mut self.json {
            let mut sink = Sink::new(Format::Json, &plain);
            sink.item(|sink| {
                row.show(sink);
                socket.show_more(&self.view, sink);
                self.processes.iter().for_each(|processes| processes.json(socket.inode(), sink));
            });
            let before = if self.items == 0 { "[" } else { "," };
            waiting.extend([before, &sink.finish()]);
            self.items += 1;
            return if waiting.len() < FULL { Ok(()) } else { write(waiting) };
        }
        let mut sink = Sink::new(Format::Text, &plain);
        socket.show_more(&self.view, &mut sink);
        let more = sink.finish();
        match &self.processes {
            // iproute2 has what it says of netlink sockets in the column of processes.
            Some(_) if row.netid == "nl" => self.table.row(&row, &more, ""),
            None if row.netid == "nl" => self.table.row(&row, "", ""),
            Some(processes) => self.table.row(&row, &processes.text(socket.inode()), &more),
            None => self.table.row(&row, "", &more),
        }
    }

    /// Prints what waits, and ends the array.
    pub(crate) fn print(&mut self) -> Result<()> {
        match &mut self.json {
            Some(waiting) => {
                waiting.push_str(if self.items == 0 { "[]\n" } else { "]\n" });
                self.items = 0;
                write(waiting)
            }
            None => self.table.print(),
        }
    }

    /// Prints what waits after an event: as JSON an array a line, and nothing where there is nothing.
    pub(crate) fn print_event(&mut self) -> Result<()> {
        if self.json.is_some() && self.items == 0 { Ok(()) } else { self.print() }
    }

    /// The index of the interface of that name.
    pub(crate) fn interface(&self, name: &str) -> Option<u32> {
        let mut known = self.view.names.interfaces.iter();
        known.find(|(_, known)| *known == name).map(|(index, _)| *index)
    }
}

fn write(waiting: &mut String) -> Result<()> {
    output::bytes(waiting.as_bytes())?;
    waiting.clear();
    Ok(())
}

fn view(options: &Options) -> Result<View> {
    let range = fs::read_to_string("/proc/sys/net/ipv4/ip_local_port_range").unwrap_or_default();
    let mut range = range.split_whitespace().map(str::parse);
    let ephemeral = match (range.next(), range.next()) {
        (Some(Ok(first)), Some(Ok(last))) => (first, last),
        _ => (1024, 4999),
    };
    let mut view = View {
        timers: options.options || options.extended || options.bpf,
        details: options.extended,
        memory: options.memory,
        info: options.info,
        tos: options.tos,
        cgroup: options.cgroup,
        options: options.inet_sockopt,
        filters: options.bpf,
        oneline: options.oneline,
        hosts: options.resolve.then_some(hosts::name),
        services: (!options.numeric).then(Services::of_system),
        ephemeral,
        ..View::default()
    };
    for link in connect::<Rtnetlink>(options)?.dump::<Link>().call()? {
        nlink_cli::names::remember(&mut view.names, &link);
    }
    Ok(view)
}
