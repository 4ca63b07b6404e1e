//! Rules about what may stand where.

use super::tree::Source;

/// The one folder where the compiler is not trusted to check everything.
const SOCKET: &str = "crates/nlink-core/src/socket/";
/// Most unsafe blocks that folder may have.
const UNSAFE_BLOCKS: usize = 40;
/// Where constants and structs of the kernel come from.
const UAPI: &str = "crates/nlink-uapi/";
/// The protocol as a state machine.
const ENGINE: &str = "crates/nlink-core/src/engine/";

/// `unsafe` stands in the socket folder only (in nlink-uapi: nowhere), and not too often.
pub fn unsafe_in_socket(files: &[Source]) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut blocks = 0;
    for file in files.iter().filter(|file| file.is_rust()) {
        for (number, line) in file.code() {
            let count = words(line).filter(|word| *word == "unsafe").count();
            // The attribute that forbids it names a lint whose name is another word.
            if count == 0 || line.contains('"') && line.contains("unsafe\"") {
                continue;
            }
            if file.path.starts_with(SOCKET) {
                blocks += count;
            } else if !file.path.starts_with("xtask/src/tidy/") {
                wrong.push(format!("{}:{number}: unsafe belongs in {SOCKET} only", file.path));
            }
        }
    }
    if blocks > UNSAFE_BLOCKS {
        wrong.push(format!("{SOCKET}: {blocks} unsafe blocks; {UNSAFE_BLOCKS} are the most"));
    }
    wrong
}

/// No constant with a kernel's name is defined by hand.
pub fn kernel_constants(files: &[Source]) -> Vec<String> {
    let prefixes = [
        "AF_",
        "AUDIT_",
        "CTA_",
        "CTRL_",
        "DEVLINK_",
        "ETHTOOL_",
        "FRA_",
        "GENL_",
        "IFA_",
        "IFF_",
        "IFLA_",
        "INET_DIAG_",
        "IPCTNL_",
        "IPSET_",
        "LWTUNNEL_",
        "MPTCP_",
        "NDA_",
        "NETLINK_",
        "NFNL_",
        "NFTA_",
        "NFT_",
        "NHA_",
        "NLA_",
        "NLMSG_",
        "NLM_F_",
        "NL80211_",
        "NTF_",
        "NUD_",
        "RTAX_",
        "RTA_",
        "RTM_",
        "RTNH_",
        "RTNLGRP_",
        "RTN_",
        "RTPROT_",
        "RT_SCOPE_",
        "RT_TABLE_",
        "SEG6_",
        "SKNLGRP_",
        "SOCK_DIAG_",
        "TCA_",
        "UDIAG_",
        "WGDEVICE_",
        "WGPEER_",
        "XFRMA_",
        "XFRM_",
    ];
    let mut wrong = Vec::new();
    let ours = |file: &&Source| file.is_rust() && !file.path.starts_with(UAPI);
    for file in files.iter().filter(ours) {
        for (number, line) in file.code() {
            let mut words = words(line).skip_while(|word| *word != "const" && *word != "static");
            let Some(name) = words.nth(1) else { continue };
            let kernels = prefixes.iter().any(|prefix| name.starts_with(prefix));
            // `pub const RTM_X: … = uapi::RTM_X` is another name for it, not another number.
            let typed = line
                .split_once('=')
                .is_some_and(|(_, value)| value.trim_start().starts_with(|c: char| c.is_ascii_digit() || c == '('));
            if kernels && typed {
                wrong.push(format!("{}:{number}: {name} is the kernel's; take it from nlink_uapi", file.path));
            }
        }
    }
    wrong
}

/// The engine reads no clock, opens no socket and knows no runtime.
pub fn engine_is_pure(files: &[Source]) -> Vec<String> {
    let banned = [
        ("Instant::now", "a clock; take `now` as an argument"),
        ("SystemTime", "a clock; take `now` as an argument"),
        ("tokio", "a runtime; that is the driver's"),
        ("std::net", "a socket; bytes come in as slices"),
        ("crate::socket", "a socket; bytes come in as slices"),
        ("std::thread", "a thread; that is the driver's"),
        ("nix::", "system calls; they are the socket's"),
        ("libc::", "system calls; they are the socket's"),
    ];
    let mut wrong = Vec::new();
    for file in files.iter().filter(|file| file.path.starts_with(ENGINE)) {
        for (number, line) in file.code() {
            for (word, why) in banned.iter().filter(|(word, _)| line.contains(word)) {
                wrong.push(format!("{}:{number}: `{word}` is {why}", file.path));
            }
        }
    }
    wrong
}

/// The words of a line: letters, digits and underscores.
fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unsafe_elsewhere_or_too_much_is_found() {
        let block = "let x = unsafe { f() };\n";
        let inside = Source::new("crates/nlink-core/src/socket/recv.rs", &block.repeat(40));
        let outside = Source::new("crates/nlink-core/src/pool.rs", block);
        let lint = Source::new("crates/nlink-core/src/lib.rs", "#![deny(unsafe_code)]\n// unsafe\n");
        assert_eq!(unsafe_in_socket(&[inside.clone(), lint.clone()]), Vec::<String>::new());
        assert_eq!(unsafe_in_socket(&[inside.clone(), outside, lint]).len(), 1);
        let more = Source::new("crates/nlink-core/src/socket/open.rs", block);
        assert!(unsafe_in_socket(&[inside, more])[0].contains("41 unsafe blocks"));
    }

    #[test]
    fn a_typed_kernel_number_is_found() {
        let text = "pub const IFLA_MTU: u16 = 4;\npub const MTU: u16 = 4;\n\
                    pub const RTM_X: u16 = nlink_uapi::RTM_X;\n";
        let wrong = kernel_constants(&[
            Source::new("crates/nlink-route/src/link.rs", text),
            Source::new("crates/nlink-uapi/src/generated/link.rs", text),
        ]);
        assert_eq!(wrong.len(), 1);
        assert!(wrong[0].starts_with("crates/nlink-route/src/link.rs:1: IFLA_MTU"), "{wrong:?}");
    }

    #[test]
    fn a_clock_in_the_engine_is_found() {
        let text = "let now = Instant::now();\n#[cfg(test)]\nlet now = Instant::now();\n";
        let wrong = engine_is_pure(&[
            Source::new("crates/nlink-core/src/engine/dump.rs", text),
            Source::new("crates/nlink-core/src/connection/driver.rs", text),
        ]);
        assert_eq!(wrong.len(), 1, "{wrong:?}");
    }
}
