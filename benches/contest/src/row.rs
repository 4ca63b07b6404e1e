//! The rows of the table: what there is to be done.

/// A row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// List that many IPv4 routes.
    DumpRoutes,
    /// List that many links.
    DumpLinks,
    /// Make that many routes, many in a datagram.
    AddBatch,
    /// Make them with [`IN_FLIGHT`](crate::IN_FLIGHT) requests on their way at once.
    AddPipelined,
    /// Make them, each acknowledged before the next.
    AddAwaited,
    /// Ask for `lo` that often.
    Get,
    /// Subscribe, let that many routes be made, then take in what was announced.
    Storm,
    /// Open a connection, ask for `lo` once and end; to be started that often.
    StartUp,
}

impl Row {
    /// All of them, in the table's order.
    pub const ALL: [Row; 8] = [
        Row::DumpRoutes,
        Row::DumpLinks,
        Row::AddBatch,
        Row::AddPipelined,
        Row::AddAwaited,
        Row::Get,
        Row::Storm,
        Row::StartUp,
    ];

    /// What it is called on a command line.
    pub fn name(self) -> &'static str {
        match self {
            Row::DumpRoutes => "dump-routes",
            Row::DumpLinks => "dump-links",
            Row::AddBatch => "add-batch",
            Row::AddPipelined => "add-pipelined",
            Row::AddAwaited => "add-awaited",
            Row::Get => "get",
            Row::Storm => "storm",
            Row::StartUp => "start-up",
        }
    }

    /// The one that is called so.
    pub fn named(name: &str) -> Option<Row> {
        Row::ALL.into_iter().find(|row| row.name() == name)
    }
}
