//! UDP ports by number, or by their name in /etc/services.

/// The port; what is neither is refused in the C library's words.
pub(crate) fn port(text: &str) -> Result<u16, String> {
    if text.is_empty() {
        return Err("Unable to parse empty port".into());
    }
    if let Ok(number) = text.parse() {
        return Ok(number);
    }
    let services = std::fs::read_to_string("/etc/services").unwrap_or_default();
    by_name(text, &services).ok_or_else(|| format!("Servname not supported for ai_socktype: `{text}'"))
}

fn by_name(name: &str, services: &str) -> Option<u16> {
    services.lines().find_map(|line| {
        let mut words = line.split('#').next()?.split_ascii_whitespace();
        let own = words.next()?;
        let number = words.next()?.strip_suffix("/udp")?;
        (own == name || words.any(|alias| alias == name)).then(|| number.parse().ok())?
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_has_a_number_or_a_name_for_udp() {
        let services = "# comment\nhttp 80/tcp www\ndomain\t53/tcp\ndomain\t53/udp nameserver # DNS\n";
        assert_eq!(
            ["domain", "nameserver", "http", "#"].map(|name| by_name(name, services)),
            [Some(53), Some(53), None, None]
        );
        assert_eq!(port("51820"), Ok(51820));
        assert_eq!(port("65536").unwrap_err(), "Servname not supported for ai_socktype: `65536'");
    }
}
