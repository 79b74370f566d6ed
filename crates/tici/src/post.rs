//! Posts messages to addresses outside: one request, one answer, no redirect followed.
//!
//! The machine is looked up once and checked before it is written to, and the connection goes
//! to the very address that was checked. HTTPS trusts whom the machine trusts.

use std::io::{Read, Write};
use std::net::{IpAddr, SocketAddr, TcpStream, ToSocketAddrs};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use tici_ops::webhooks::{Outgoing, Sender};

/// How long connecting, and each piece of the answer, may take.
const CONNECT_SECONDS: u64 = 5;
const PIECE_SECONDS: u64 = 5;

/// How long a message may take in all.
const WHOLE_SECONDS: u64 = 15;

/// Only the first line of an answer is read, and it is short.
const HEAD_BYTES_MAX: usize = 8 << 10;

/// The network, as the server sees it.
#[derive(Debug, Default)]
pub struct Network {
    trust: OnceLock<Arc<ClientConfig>>,
}

/// An address, taken apart.
#[derive(Debug, PartialEq, Eq)]
struct Target<'a> {
    is_tls: bool,
    host: &'a str,
    /// As the `Host` header has it.
    authority: &'a str,
    port: u16,
    path: String,
}

impl Sender for Network {
    fn post(&self, outgoing: &Outgoing) -> Result<u16, String> {
        let target = target(&outgoing.url).ok_or("no address")?;
        let until = Instant::now() + Duration::from_secs(WHOLE_SECONDS);
        let stream = connect(&target, &|address| outgoing.private.admits(address))?;
        let request = request(&target, outgoing);
        if !target.is_tls {
            return talk(stream, &request, until);
        }
        let name = ServerName::try_from(target.host.to_owned()).map_err(said)?;
        let session = ClientConnection::new(self.trusted()?, name).map_err(said)?;
        talk(StreamOwned::new(session, stream), &request, until)
    }
}

impl Network {
    fn trusted(&self) -> Result<Arc<ClientConfig>, String> {
        if let Some(known) = self.trust.get() {
            return Ok(known.clone());
        }
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider);
        let config = config.with_safe_default_protocol_versions().map_err(said)?;
        let config = Arc::new(config.with_root_certificates(roots).with_no_client_auth());
        Ok(self.trust.get_or_init(|| config).clone())
    }
}

fn said(error: impl std::fmt::Display) -> String {
    error.to_string()
}

fn target(url: &str) -> Option<Target<'_>> {
    let (is_tls, rest) = match url.strip_prefix("https://") {
        Some(rest) => (true, rest),
        None => (false, url.strip_prefix("http://")?),
    };
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let is_plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic());
    if authority.is_empty() || authority.contains('@') || !is_plain(rest) {
        return None;
    }
    let port_at = authority.rfind(':').filter(|at| !authority[*at..].contains(']'));
    let (host, port) = match port_at {
        Some(at) => (&authority[..at], authority[at + 1..].parse().ok()?),
        None => (authority, if is_tls { 443 } else { 80 }),
    };
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
    Some(Target { is_tls, host, authority, port, path })
}

/// Connects to the first machine of the name that may be written to.
fn connect(target: &Target, admits: &dyn Fn(IpAddr) -> bool) -> Result<TcpStream, String> {
    let found = (target.host, target.port).to_socket_addrs().map_err(said)?;
    let found: Vec<SocketAddr> = found.filter(|address| admits(address.ip())).collect();
    let mut last = "the address lies in a private network that is not allowed".to_owned();
    for address in found {
        match TcpStream::connect_timeout(&address, Duration::from_secs(CONNECT_SECONDS)) {
            Ok(stream) => {
                let piece = Some(Duration::from_secs(PIECE_SECONDS));
                stream.set_read_timeout(piece).map_err(said)?;
                stream.set_write_timeout(piece).map_err(said)?;
                return Ok(stream);
            }
            Err(error) => last = error.to_string(),
        }
    }
    Err(last)
}

fn request(target: &Target, outgoing: &Outgoing) -> String {
    let mut head = format!(
        "POST {} HTTP/1.1\r\nHost: {}\r\nUser-Agent: tici/{}\r\nConnection: close\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n",
        target.path,
        target.authority,
        env!("CARGO_PKG_VERSION"),
        outgoing.body.len()
    );
    for (name, value) in &outgoing.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    format!("{head}\r\n{}", outgoing.body)
}

/// Sends the request and reads the status of the answer.
fn talk(mut stream: impl Read + Write, request: &str, until: Instant) -> Result<u16, String> {
    stream.write_all(request.as_bytes()).map_err(said)?;
    stream.flush().map_err(said)?;
    let mut head = Vec::new();
    let mut piece = [0_u8; 1024];
    while !head.contains(&b'\n') {
        if head.len() > HEAD_BYTES_MAX || Instant::now() > until {
            return Err("the answer is too long or too slow".into());
        }
        match stream.read(&mut piece).map_err(said)? {
            0 => break,
            n => head.extend_from_slice(&piece[..n]),
        }
    }
    status(&head).ok_or_else(|| "the answer is no HTTP".to_owned())
}

fn status(head: &[u8]) -> Option<u16> {
    let line = head.split(|byte| *byte == b'\n').next()?;
    let line = std::str::from_utf8(line).ok()?;
    let rest = line.strip_prefix("HTTP/1.")?;
    rest.split(' ').nth(1)?.trim().parse().ok().filter(|status| (100..600).contains(status))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;
    use tici_ops::webhooks::Networks;

    #[test]
    fn addresses_come_apart() {
        let cases = [
            ("http://a.example/x?y=1", Some((false, "a.example", 80, "/x?y=1"))),
            ("https://a.example", Some((true, "a.example", 443, "/"))),
            ("http://a.example:8080?q", Some((false, "a.example", 8080, "/?q"))),
            ("http://[::1]:9/h", Some((false, "::1", 9, "/h"))),
            ("http://[::1]/h", Some((false, "::1", 80, "/h"))),
            ("http://user@a.example/", None),
            ("ftp://a.example/", None),
            ("http://a.example/\r\nX: y", None),
            ("http://a.example:port/", None),
        ];
        for (url, expected) in cases {
            let found = target(url);
            let found = found.as_ref().map(|t| (t.is_tls, t.host, t.port, t.path.as_str()));
            assert_eq!(found, expected, "{url}");
        }
    }

    #[test]
    fn a_message_arrives_and_no_redirect_is_followed() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let answers = ["204 No Content", "302 Found\r\nLocation: http://127.0.0.1:1/", "500 Oops"];
        let receiver = std::thread::spawn(move || {
            answers.map(|answer| {
                let (mut stream, _) = listener.accept().unwrap();
                let mut got = Vec::new();
                let mut piece = [0_u8; 4096];
                while !got.ends_with(b"{}") {
                    let n = stream.read(&mut piece).unwrap();
                    got.extend_from_slice(&piece[..n]);
                }
                stream.write_all(format!("HTTP/1.1 {answer}\r\n\r\n").as_bytes()).unwrap();
                String::from_utf8(got).unwrap()
            })
        });
        let outgoing = |private: &str| Outgoing {
            url: format!("http://127.0.0.1:{port}/hook"),
            headers: vec![("webhook-id", "msg_1".into())],
            body: "{}".into(),
            private: Networks::parse(private).unwrap(),
        };
        let network = Network::default();
        let refused = network.post(&outgoing("")).unwrap_err();
        assert!(refused.contains("private network"), "{refused}");
        for status in [204, 302, 500] {
            assert_eq!(network.post(&outgoing("127.0.0.0/8")), Ok(status));
        }
        let got = receiver.join().unwrap();
        assert!(got[0].starts_with("POST /hook HTTP/1.1\r\nHost: 127.0.0.1"), "{}", got[0]);
        assert!(got[0].contains("webhook-id: msg_1\r\n"), "{}", got[0]);
    }

    #[test]
    fn what_is_no_answer_is_none() {
        for head in ["", "HTTP/1.1", "HTTP/1.1 abc", "SSH-2.0", "HTTP/1.1 999 x"] {
            assert_eq!(status(head.as_bytes()), None, "{head}");
        }
    }
}
