//! Matches a server against `NO_PROXY`, a list of names, addresses and address blocks, as curl and Go do.

use std::net::IpAddr;

/// Whether an entry of `NO_PROXY` matches the server. An entry is `*`, a domain (with or without a
/// leading dot, it includes all names below it), an address or an address block. All but `*` can have a
/// port.
pub fn excepts(list: &str, host: &str, port: u16) -> bool {
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
            let (name, wanted) = without_port(&entry);
            if wanted.is_some_and(|wanted| wanted.parse() != Ok(port)) {
                return false;
            }
            let bare = name.trim_start_matches('[').trim_end_matches(']');
            match address {
                Some(address) => in_block(address, bare),
                None => {
                    let suffix = name.strip_prefix("*.").unwrap_or(name);
                    let suffix = suffix.trim_matches('.');
                    let above = host.strip_suffix(suffix);
                    !suffix.is_empty()
                        && above.is_some_and(|above| above.is_empty() || above.ends_with('.'))
                }
            }
        })
}

/// Splits off a port. In an IPv6 address without brackets, the last colon does not start a port.
fn without_port(entry: &str) -> (&str, Option<&str>) {
    match entry.rsplit_once(':') {
        Some((name, port)) if !name.contains(':') || name.ends_with(']') => (name, Some(port)),
        _ => (entry, None),
    }
}

/// Whether `address` equals `block` or, if `block` is `ADDRESS/BITS`, belongs to it.
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
    // Shifting by all 128 bits leaves nothing to compare.
    address.checked_shr(host_bits).unwrap_or(0) == base.checked_shr(host_bits).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exceptions() {
        for (list, host, excepted) in [
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
            assert_eq!(excepts(list, host, 8086), excepted, "{list} and {host}");
        }
    }
}
