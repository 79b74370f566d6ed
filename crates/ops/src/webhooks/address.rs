//! Which machines may be written to. A server stands inside a network that the writer of an
//! address may not, so addresses of the machine itself and of private networks are refused
//! unless the administrator has allowed them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The setting that lists allowed private networks: `10.0.0.0/8, 192.168.4.0/24`.
pub const PRIVATE_SETTING: &str = "webhook.private";

/// Private networks that may be written to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Networks(Vec<(IpAddr, u8)>);

impl Networks {
    /// Reads a list of networks; a part that is none is given back.
    pub fn parse(text: &str) -> Result<Networks, String> {
        let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
        let network = |part: &str| {
            let (address, bits) = part.split_once('/').unwrap_or((part, ""));
            let address: IpAddr = address.parse().map_err(|_| part.to_owned())?;
            let most = if address.is_ipv4() { 32 } else { 128 };
            let bits = if bits.is_empty() { Some(most) } else { bits.parse().ok() };
            let bits = bits.filter(|bits| *bits <= most).ok_or_else(|| part.to_owned())?;
            Ok((address, bits))
        };
        parts.map(network).collect::<Result<_, String>>().map(Networks)
    }

    /// Whether a machine may be written to.
    pub fn admits(&self, address: IpAddr) -> bool {
        let address = plain(address);
        !is_private(address)
            || self.0.iter().any(|(network, bits)| within(address, *network, *bits))
    }
}

/// An IPv4 address in the dress of an IPv6 one is the IPv4 address.
fn plain(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(v6) => v6.to_ipv4_mapped().map_or(address, IpAddr::V4),
        v4 => v4,
    }
}

fn within(address: IpAddr, network: IpAddr, bits: u8) -> bool {
    let numbers = |address: IpAddr| match address {
        IpAddr::V4(v4) => (u128::from(u32::from(v4)), 32_u8),
        IpAddr::V6(v6) => (u128::from(v6), 128),
    };
    let ((a, width), (b, other)) = (numbers(address), numbers(network));
    let dropped = u32::from(width - bits.min(width));
    width == other && a.checked_shr(dropped).unwrap_or(0) == b.checked_shr(dropped).unwrap_or(0)
}

/// Anything but a machine on the open network.
fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_private_v4(v4),
        IpAddr::V6(v6) => is_private_v6(v6),
    }
}

fn is_private_v4(v4: Ipv4Addr) -> bool {
    let [a, b, c, _] = v4.octets();
    v4.is_private()
        || v4.is_loopback()
        || v4.is_link_local()
        || v4.is_broadcast()
        || v4.is_documentation()
        || v4.is_multicast()
        || a == 0
        || a >= 240
        // Shared by providers (RFC 6598), and special uses (RFC 6890).
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (18..20).contains(&b))
}

fn is_private_v6(v6: Ipv6Addr) -> bool {
    let first = v6.segments()[0];
    v6.is_loopback()
        || v6.is_unspecified()
        || v6.is_multicast()
        || (first & 0xfe00) == 0xfc00
        || (first & 0xffc0) == 0xfe80
        // Documentation, and ways through which an IPv4 address is reached.
        || (first == 0x2001 && v6.segments()[1] == 0x0db8)
        || (first == 0x0064 && v6.segments()[1] == 0xff9b)
        || first == 0x2002
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_machines_are_refused_unless_allowed() {
        let none = Networks::default();
        let some = Networks::parse("10.1.0.0/16, 127.0.0.1, fd00::/8").unwrap();
        let cases = [
            ("8.8.8.8", true, true),
            ("2606:4700::1", true, true),
            ("10.1.2.3", false, true),
            ("10.2.0.1", false, false),
            ("127.0.0.1", false, true),
            ("127.0.0.2", false, false),
            ("::ffff:10.1.2.3", false, true),
            ("::ffff:192.168.1.1", false, false),
            ("169.254.169.254", false, false),
            ("0.0.0.0", false, false),
            ("100.64.0.1", false, false),
            ("::1", false, false),
            ("fd12::1", false, true),
            ("fe80::1", false, false),
            ("64:ff9b::a01:203", false, false),
        ];
        for (address, open, allowed) in cases {
            let address: IpAddr = address.parse().unwrap();
            assert_eq!((none.admits(address), some.admits(address)), (open, allowed), "{address}");
        }
        for wrong in ["10.0.0.0/33", "intranet", "10.0.0.0/x"] {
            assert_eq!(Networks::parse(wrong), Err(wrong.to_owned()));
        }
        assert!(Networks::parse("0.0.0.0/0").unwrap().admits("10.9.9.9".parse().unwrap()));
    }
}
