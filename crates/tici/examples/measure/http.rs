//! A small client: one connection kept open, and many of them asking at once.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// A slow page is asked for as often as fits into this.
const LOAD_MAX: Duration = Duration::from_secs(20);

/// One connection.
pub struct Client {
    stream: BufReader<TcpStream>,
    pub cookies: String,
}

pub struct Answer {
    pub status: u16,
    pub set_cookies: Vec<String>,
    pub body: Vec<u8>,
}

impl Client {
    pub fn connect(address: SocketAddr) -> std::io::Result<Client> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        Ok(Client { stream: BufReader::new(stream), cookies: String::new() })
    }

    pub fn get(&mut self, path: &str) -> Answer {
        self.ask("GET", path, "")
    }

    pub fn ask(&mut self, method: &str, path: &str, form: &str) -> Answer {
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
            self.cookies,
            form.len()
        );
        self.stream.get_mut().write_all(request.as_bytes()).expect("a request is sent");
        self.answer()
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.stream.read_line(&mut line).expect("a line of an answer");
        line.trim_end().to_owned()
    }

    fn answer(&mut self) -> Answer {
        let first = self.line();
        let status = first.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
        let (mut length, mut chunked, mut set_cookies) = (0, false, Vec::new());
        loop {
            let line = self.line();
            let Some((name, value)) = line.split_once(": ") else { break };
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.parse().expect("a length"),
                "transfer-encoding" => chunked = value == "chunked",
                "set-cookie" => set_cookies.push(value.to_owned()),
                _ => {}
            }
        }
        let body = if chunked { self.chunks() } else { self.bytes(length) };
        Answer { status, set_cookies, body }
    }

    fn bytes(&mut self, length: usize) -> Vec<u8> {
        let mut bytes = vec![0; length];
        self.stream.read_exact(&mut bytes).expect("a body");
        bytes
    }

    fn chunks(&mut self) -> Vec<u8> {
        let mut body = Vec::new();
        loop {
            let length = usize::from_str_radix(&self.line(), 16).expect("a chunk's length");
            body.extend(self.bytes(length));
            self.line();
            if length == 0 {
                return body;
            }
        }
    }
}

/// Signs in through the sample's button for the project office; gives the cookies.
pub fn sign_in(address: SocketAddr) -> String {
    let mut client = Client::connect(address).expect("the server listens");
    let form = client.get("/sign-in");
    client.cookies = cookies(&form);
    let html = String::from_utf8_lossy(&form.body).into_owned();
    let token = html.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let token = token.expect("the form has a token");
    let entered = client.ask("POST", "/sign-in/sample", &format!("csrf={token}&login=diaodu"));
    assert_eq!(entered.status, 303, "signing in");
    cookies(&entered)
}

fn cookies(answer: &Answer) -> String {
    let pairs: Vec<&str> =
        answer.set_cookies.iter().filter_map(|cookie| cookie.split(';').next()).collect();
    pairs.join("; ")
}

/// How long answers took, and how many came in a second.
pub struct Load {
    pub times: Vec<Duration>,
    pub per_second: f64,
}

impl Load {
    /// The time within which `share` of a hundred answers came.
    pub fn percentile(&self, share: usize) -> Duration {
        self.times[(self.times.len() * share / 100).min(self.times.len() - 1)]
    }
}

/// Asks for a page up to `count` times over `connections`, each waiting for its answer.
pub fn load(
    address: SocketAddr,
    cookies: &str,
    path: &(dyn Fn(usize) -> String + Sync),
    connections: usize,
    count: usize,
) -> Load {
    let next = AtomicUsize::new(0);
    let started = Instant::now();
    let worker = || {
        let mut client = Client::connect(address).expect("the server listens");
        client.cookies = cookies.to_owned();
        let mut times = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= count || started.elapsed() > LOAD_MAX {
                return times;
            }
            let path = path(number);
            let asked = Instant::now();
            let answer = client.get(&path);
            times.push(asked.elapsed());
            assert_eq!(answer.status, 200, "{path}");
        }
    };
    let mut times: Vec<Duration> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..connections).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("a worker")).collect()
    });
    times.sort();
    Load { per_second: times.len() as f64 / started.elapsed().as_secs_f64(), times }
}
