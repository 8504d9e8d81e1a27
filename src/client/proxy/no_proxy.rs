//! Matches a server against `NO_PROXY`, as curl and Go do.

use std::net::IpAddr;

/// Whether an entry of `NO_PROXY` matches the server. An entry is `*`, a domain, an IP address or a CIDR
/// block. A domain includes its subdomains, with or without a leading dot. All entries except `*` may
/// have a port.
pub fn matches(list: &str, host: &str, port: u16) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
    let address = host
        .parse::<IpAddr>()
        .ok()
        .map(|address| address.to_canonical());
    list.split([',', ' ', '\t'])
        .filter(|entry| !entry.is_empty())
        .any(|entry| {
            if entry == "*" {
                return true;
            }
            let entry = entry.to_ascii_lowercase();
            let (name, entry_port) = split_port(&entry);
            if entry_port.is_some_and(|entry_port| entry_port.parse() != Ok(port)) {
                return false;
            }
            let without_brackets = name.trim_start_matches('[').trim_end_matches(']');
            match address {
                Some(address) => in_block(address, without_brackets),
                None => {
                    let suffix = name.strip_prefix("*.").unwrap_or(name);
                    let suffix = suffix.trim_matches('.');
                    let subdomain = host.strip_suffix(suffix);
                    !suffix.is_empty()
                        && subdomain.is_some_and(|name| name.is_empty() || name.ends_with('.'))
                }
            }
        })
}

/// Splits off the port. An IPv6 address without brackets has no port.
fn split_port(entry: &str) -> (&str, Option<&str>) {
    match entry.rsplit_once(':') {
        Some((name, port)) if !name.contains(':') || name.ends_with(']') => (name, Some(port)),
        _ => (entry, None),
    }
}

/// Whether `address` is in `block`, which is an address or `ADDRESS/BITS`.
fn in_block(address: IpAddr, block: &str) -> bool {
    let Some((base, bits)) = block.split_once('/') else {
        return block.parse() == Ok(address);
    };
    let (Ok(base), Ok(bits)) = (base.parse::<IpAddr>(), bits.parse::<u32>()) else {
        return false;
    };
    let (address, base, length) = match (address, base) {
        (IpAddr::V4(address), IpAddr::V4(base)) => (
            u128::from(address.to_bits()),
            u128::from(base.to_bits()),
            32,
        ),
        (IpAddr::V6(address), IpAddr::V6(base)) => (address.to_bits(), base.to_bits(), 128),
        _ => return false,
    };
    let Some(host_bits) = u32::checked_sub(length, bits) else {
        return false;
    };
    // `checked_shr` returns `None` for a shift by 128. A prefix of 0 bits matches every address.
    address.checked_shr(host_bits).unwrap_or(0) == base.checked_shr(host_bits).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_match_hosts() {
        for (list, host, is_match) in [
            ("*", "h", true),
            ("a, h", "h", true),
            ("a h", "h", true),
            ("example.com", "example.com", true),
            ("example.com", "db.example.com", true),
            (".example.com", "db.example.com", true),
            ("*.example.com", "db.example.com", true),
            (".example.com", "example.com", true),
            ("example.com.", "DB.Example.com.", true),
            ("example.com", "badexample.com", false),
            ("db.example.com", "example.com", false),
            ("h:8086", "h", true),
            ("h:8087", "h", false),
            ("192.0.2.1", "192.0.2.1", true),
            ("192.0.2.1:8086", "192.0.2.1", true),
            ("192.0.2.1:1", "192.0.2.1", false),
            ("192.0.2.0/24", "192.0.2.200", true),
            ("192.0.2.0/24", "192.0.3.1", false),
            ("0.0.0.0/0", "192.0.3.1", true),
            ("192.0.2.0/33", "192.0.2.0", false),
            ("2001:db8::/32", "2001:db8::5", true),
            ("[2001:db8::5]:8086", "2001:db8::5", true),
            ("[2001:db8::5]", "2001:db8::5", true),
            ("2001:db8::5", "2001:db8::6", false),
            ("::/0", "192.0.2.1", false),
            ("2.1", "192.0.2.1", false),
            ("", "h", false),
            (".", "h", false),
        ] {
            assert_eq!(matches(list, host, 8086), is_match, "{list} and {host}");
        }
    }
}
