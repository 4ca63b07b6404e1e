//! What a full kernel may lack under `NLINK_NO_SKIP=1`, each with the reason.

use super::kernel::Version;

/// A kind that came with a later kernel than the oldest we stand for (6.1).
#[derive(Debug)]
pub struct Since {
    /// The kind's name, as in `ip link add type …`.
    pub kind: &'static str,
    /// The first kernel that has it.
    pub version: Version,
}

/// Kinds younger than 6.1: on an older kernel their tests skip, and that is no failure.
pub const SINCE: &[Since] = &[
    Since { kind: "netkit", version: Version::new(6, 7) },
    Since { kind: "pfcp", version: Version::new(6, 10) },
    Since { kind: "ovpn", version: Version::new(6, 16) },
];

/// Something that one of the kernels is built without.
#[derive(Debug)]
pub struct Lacks {
    /// The kernel's name as in `cargo xtask kernels --kernel NAME`.
    pub kernel: &'static str,
    /// What it lacks, as [`super::skip::Skip::what`] names it.
    pub what: &'static str,
    /// Why nothing can be done about it.
    pub why: &'static str,
}

const fn stock(kernel: &'static str, what: &'static str) -> Lacks {
    Lacks { kernel, what, why: "Debian builds its kernels without it" }
}

const fn tool(kernel: &'static str, what: &'static str) -> Lacks {
    Lacks { kernel, what, why: "what it shows is no matter of the kernel's; it runs on the machine's own" }
}

/// The exceptions: of the stock kernels, and tools that the root of the full kernels is without.
pub const LACKS: &[Lacks] = &[
    tool("uml", "tshark"),
    tool("uml-6.1", "tshark"),
    tool("6.1", "tshark"),
    tool("6.12", "tshark"),
    tool("7", "tshark"),
    stock("6.1", "netdevsim"),
    stock("6.1", "amt"),
    stock("6.1", "bareudp"),
    stock("6.12", "netdevsim"),
    stock("6.12", "amt"),
    stock("6.12", "bareudp"),
    stock("7", "netdevsim"),
    stock("7", "amt"),
    stock("7", "bareudp"),
];

/// The first kernel that has a kind, for those younger than 6.1.
pub fn since(kind: &str) -> Option<Version> {
    SINCE.iter().find(|since| since.kind == kind).map(|since| since.version)
}

/// Why the kernel of this name may lack a thing.
pub fn lacks(kernel: &str, what: &str) -> Option<&'static str> {
    LACKS.iter().find(|lacks| lacks.kernel == kernel && lacks.what == what).map(|lacks| lacks.why)
}
