//! The server from a socket: what every answer carries, and the faces of failures.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use crate::ask::{Answer, ask};
use crate::county::{Served, shared};
use crate::run::{command, tici, tici_reading};

fn get(served: &Served, path: &str, headers: &[(&str, &str)]) -> Answer {
    ask(&served.address.to_string(), "GET", path, headers, b"")
}

fn post(served: &Served, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    let form = [("Content-Type", "application/x-www-form-urlencoded")];
    let headers = [headers, &form].concat();
    ask(&served.address.to_string(), "POST", path, &headers, body.as_bytes())
}

/// The token in the first form of a page.
fn token(page: &Answer) -> String {
    let text = page.text();
    let after = text.split("name=\"csrf\" value=\"").nth(1).expect("a form");
    after.split('"').next().expect("a token").to_owned()
}

/// The cookies of somebody signed in as a post of the sample.
fn signed_in(served: &Served, login: &str) -> String {
    let page = get(served, "/sign-in", &[]);
    let form = page.cookie("tici_form").expect("the form's cookie");
    let body = format!("csrf={}&login={login}", token(&page));
    let answer = post(served, "/sign-in/sample", &[("Cookie", &form)], &body);
    assert_eq!(answer.status, 303);
    answer.cookie("tici_session").expect("a session")
}

#[test]
fn every_answer_carries_the_headers() {
    let served = shared();
    for path in ["/sign-in", "/nothing", "/projects"] {
        let answer = get(served, path, &[]);
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("script-src 'self'"));
        assert!(!policy.contains("script-src 'self' 'unsafe"), "{policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("x-frame-options"), "DENY", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("cache-control"), "private, no-cache", "{path}");
    }
    let session = signed_in(served, "lingdao");
    assert!(session.len() > 40, "a token that nobody guesses");
}

#[test]
fn cookies_are_out_of_reach() {
    let served = shared();
    let page = get(served, "/sign-in", &[]);
    let cookie = page.all("set-cookie").find(|line| line.starts_with("tici_form="));
    let cookie = cookie.expect("the form's cookie");
    for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
}

#[test]
fn style_and_script_are_kept_by_the_browser() {
    let served = shared();
    let page = get(served, "/sign-in", &[]).text();
    let addresses = page
        .split(['"'])
        .filter(|part| part.starts_with('/') && (part.contains(".css") || part.contains(".js")));
    let mut seen = 0;
    for address in addresses {
        let answer = get(served, address, &[]);
        assert_eq!(answer.status, 200, "{address}");
        assert!(answer.header("cache-control").contains("immutable"), "{address}");
        seen += 1;
    }
    assert_eq!(seen, 2, "one style sheet, one script");
}

#[test]
fn failures_have_their_faces() {
    let served = shared();
    let leader = signed_in(served, "lingdao");
    let town = signed_in(served, "luting");
    let theirs = format!("/projects/{}", served.project("YX26-001"));
    let cases: [(&str, &str, u16, &str); 8] = [
        (&leader, "/nothing/here", 404, "没有这一页"),
        (&town, &theirs, 404, "没有这一页"),
        (&leader, "/projects/999999", 404, "没有这一页"),
        (&leader, "/projects/abc", 404, "没有这一页"),
        (&leader, "/journal", 403, "不能做这件事"),
        (&leader, "/projects?period=2026-13", 400, "period=2026-13"),
        (&leader, &format!("{theirs}?figure=nonsense"), 400, "figure=nonsense"),
        (&leader, "/journal/0", 403, "不能做这件事"),
    ];
    for (cookie, path, status, words) in cases {
        let answer = get(served, path, &[("Cookie", cookie)]);
        let text = answer.text();
        assert_eq!(answer.status, status, "{path}");
        assert!(text.contains(words), "{path} lacks {words}");
        assert!(text.contains("href=\"/projects\""), "{path} leads nowhere");
        assert!(text.contains("<nav class=\"nav\""), "{path} has lost its navigation");
    }
    let english = get(served, "/nothing", &[("Accept-Language", "en"), ("Cookie", &leader)]);
    assert!(english.text().contains("<html lang=\"en\""));
}

#[test]
fn programs_are_told_in_json() {
    let served = shared();
    let leader = signed_in(served, "lingdao");
    let json = ("Accept", "application/json");
    let cases: [(&str, Option<&str>, u16); 4] = [
        ("/api/v1/nothing", Some(&leader), 404),
        ("/nothing", Some(&leader), 404),
        ("/journal", Some(&leader), 403),
        ("/projects", None, 401),
    ];
    for (path, cookie, status) in cases {
        let mut headers = vec![json];
        headers.extend(cookie.map(|cookie| ("Cookie", cookie)));
        let answer = get(served, path, &headers);
        assert_eq!(answer.status, status, "{path}");
        assert_eq!(answer.header("content-type"), "application/problem+json", "{path}");
        let body: serde_json::Value = serde_json::from_slice(&answer.body).expect("JSON");
        assert_eq!(body["status"], status, "{body}");
        assert!(body["title"].as_str().is_some_and(|title| !title.is_empty()), "{body}");
        assert!(body["detail"].as_str().is_some_and(|way| !way.is_empty()), "{body}");
    }
}

#[test]
fn a_method_that_is_not_there_has_a_face() {
    let served = shared();
    let leader = signed_in(served, "lingdao");
    let answer = post(served, "/projects", &[("Cookie", &leader)], "");
    assert_eq!(answer.status, 405);
    assert!(answer.header("allow").contains("GET"), "{}", answer.header("allow"));
    assert!(answer.text().contains("href=\"/projects\""), "405 leads nowhere");
}

#[test]
fn a_form_of_elsewhere_is_refused() {
    let served = shared();
    let session = signed_in(served, "diaodu");
    let view = "name=x&query=light%3Dred";
    let bare = post(served, "/projects/views", &[("Cookie", &session)], view);
    assert_eq!(bare.status, 403, "without a token");
    let wrong = format!("csrf={}&{view}", "0".repeat(32));
    let wrong = post(served, "/projects/views", &[("Cookie", &session)], &wrong);
    assert_eq!(wrong.status, 403, "with another's token");
    let page = get(served, "/projects", &[("Cookie", &session)]);
    let body = format!("csrf={}&{view}", token(&page));
    let elsewhere = [("Cookie", session.as_str()), ("Sec-Fetch-Site", "cross-site")];
    assert_eq!(post(served, "/projects/views", &elsewhere, &body).status, 403, "from elsewhere");
    assert_eq!(get(served, "/projects", &[("Cookie", &session)]).text().matches(">x<").count(), 0);
}

/// A server process, ended with the test.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already; that is what is wanted.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn the_command_serves_what_it_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    tici(at, &["serve", "--listen", "127.0.0.1:0"]).ends(4).says(&["There is no ledger"]);
    tici(at, &["migrate"]).ends(0);
    tici(at, &["serve", "--listen", "127.0.0.1:0"]).ends(1).says(&["no account yet"]);
    let add = ["user", "add", "admin", "--role", "administrator"];
    tici_reading(at, &add, "a long password\n").ends(0);
    let mut serve = command(at, &["serve", "--listen", "127.0.0.1:0", "--secure-cookies"]);
    serve.stderr(Stdio::piped()).stdout(Stdio::null());
    let mut server = Server(serve.spawn().expect("the binary runs"));
    let mut said = BufReader::new(server.0.stderr.take().expect("piped")).lines();
    let line = said.next().expect("a line").expect("text");
    let address = line.rsplit("http://").next().expect("an address").trim().to_owned();
    let page = ask(&address, "GET", "/sign-in", &[], b"");
    assert_eq!(page.status, 200);
    assert!(page.all("set-cookie").any(|cookie| cookie.contains("Secure")));
    assert!(!page.text().contains("/sign-in/sample"), "no one-click posts outside the sample");
    let form = page.cookie("tici_form").expect("the form's cookie");
    let body = format!("csrf={}&login=admin&password=a+long+password", token(&page));
    let form = [("Cookie", form.as_str()), ("Content-Type", "application/x-www-form-urlencoded")];
    let entered = ask(&address, "POST", "/sign-in", &form, body.as_bytes());
    assert_eq!((entered.status, entered.header("location")), (303, "/"));
    let session = entered.cookie("tici_session").expect("a session");
    let home = ask(&address, "GET", "/", &[("Cookie", &session)], b"");
    assert_eq!(home.status, 200, "an empty ledger has a first page");

    // As the system's service manager asks for the end.
    let pid = server.0.id().to_string();
    let asked = Command::new("kill").args(["-TERM", &pid]).status().expect("a shell's tool");
    assert!(asked.success());
    assert_eq!(server.0.wait().expect("it ends").code(), Some(0), "ends of itself, writes done");
}
