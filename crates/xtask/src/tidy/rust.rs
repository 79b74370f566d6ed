//! Just enough of Rust's lexing to tell code from comments and strings.

use std::ops::Range;

/// A source with its parts told apart. All texts have the source's lines.
#[derive(Debug)]
pub struct Rust {
    /// The code; comments and the insides of strings are blank.
    pub code: String,
    /// What strings hold: line number from 1, and text.
    pub strings: Vec<(usize, String)>,
}

/// One function with a body.
#[derive(Debug, PartialEq, Eq)]
pub struct Function {
    pub name: String,
    /// Line of `fn`, from 1.
    pub line: usize,
    /// Lines from `fn` to the closing brace, both counted.
    pub length: usize,
}

impl Rust {
    /// Tells code from comments and strings.
    pub fn read(source: &str) -> Rust {
        let mut reader =
            Reader { bytes: source.as_bytes(), at: 0, code: source.as_bytes().to_vec() };
        let mut strings = Vec::new();
        let (mut line, mut counted) = (1, 0);
        while reader.at < reader.bytes.len() {
            if let Some(range) = reader.step() {
                line += source[counted..range.start].matches('\n').count();
                counted = range.start;
                strings.push((line, source[range].to_owned()));
            }
        }
        let code = String::from_utf8(reader.code).expect("blanks replace whole strings");
        Rust { code, strings }
    }

    /// Functions with a body, outer before inner.
    pub fn functions(&self) -> Vec<Function> {
        let code = &self.code;
        word_positions(code, "fn").filter_map(|at| function_at(code, at)).collect()
    }

    /// The lines (from 1) of inline test modules: `#[cfg(test)] mod tests { … }`.
    pub fn test_lines(&self) -> Vec<Range<usize>> {
        let code = &self.code;
        code.match_indices("#[cfg(test)]")
            .filter_map(|(at, _)| {
                // An item that ends before a brace opens has no body: `mod tests;`.
                let open = at + code[at..].find(['{', ';'])?;
                if code.as_bytes()[open] == b';' {
                    return None;
                }
                Some(line_of(code, at)..line_of(code, closing_brace(code, open)?) + 1)
            })
            .collect()
    }
}

/// The line of a byte, from 1.
pub fn line_of(text: &str, at: usize) -> usize {
    1 + text[..at].matches('\n').count()
}

/// Where a word stands alone, not inside a longer one.
pub fn word_positions<'a>(code: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let is_word = |byte: Option<&u8>| byte.is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_');
    let bytes = code.as_bytes();
    code.match_indices(word).map(|(at, _)| at).filter(move |&at| {
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        !is_word(before) && !is_word(bytes.get(at + word.len()))
    })
}

fn function_at(code: &str, at: usize) -> Option<Function> {
    let name: String = code[at + 2..]
        .trim_start()
        .chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect();
    // A function pointer type has no name, a trait's function no body.
    let body = at + code[at..].find(['{', ';'])?;
    let body = skip_array_types(code, at, body)?;
    if name.is_empty() || code.as_bytes()[body] == b';' {
        return None;
    }
    let line = line_of(code, at);
    let length = line_of(code, closing_brace(code, body)?) - line + 1;
    Some(Function { name, line, length })
}

/// A `;` inside brackets, as in `[u8; 4]`, ends no signature.
fn skip_array_types(code: &str, from: usize, mut to: usize) -> Option<usize> {
    let depth = |to: usize| {
        let signature = &code[from..to];
        signature.matches('[').count() > signature.matches(']').count()
    };
    while depth(to) {
        to += 1 + code[to + 1..].find(['{', ';'])?;
    }
    Some(to)
}

fn closing_brace(code: &str, open: usize) -> Option<usize> {
    let mut depth = 0;
    for (offset, byte) in code[open..].bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => continue,
        }
        if depth == 0 {
            return Some(open + offset);
        }
    }
    None
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    code: Vec<u8>,
}

impl Reader<'_> {
    /// Goes past one token; gives the inside of a string when it was one.
    fn step(&mut self) -> Option<Range<usize>> {
        let rest = &self.bytes[self.at..];
        if rest.starts_with(b"//") {
            let length = rest.iter().position(|&byte| byte == b'\n').unwrap_or(rest.len());
            self.blank(length);
        } else if rest.starts_with(b"/*") {
            self.blank(block_comment_length(rest));
        } else if let Some((open, close)) = raw_string(rest) {
            return Some(self.string(open, close));
        } else if rest[0] == b'"' {
            let inside = escaped_length(&rest[1..], b'"');
            return Some(self.string(1, 1 + inside));
        } else if rest[0] == b'\'' {
            self.character(rest);
        } else {
            self.word(rest);
        }
        None
    }

    /// Goes past an identifier whole, so that the `r` of `for"` starts no raw string.
    fn word(&mut self, rest: &[u8]) {
        let length = rest.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
        // `b"` and `c"` prefixes end before their quote, which the next step sees.
        self.at += length.max(1);
    }

    /// A character literal, or the apostrophe of a lifetime.
    fn character(&mut self, rest: &[u8]) {
        let inside = escaped_length(&rest[1..], b'\'');
        // The longest literal is `'\u{10ffff}'`; a lifetime has no closing quote so near.
        let is_escape = rest.get(1) == Some(&b'\\');
        let is_one_character = std::str::from_utf8(&rest[1..(1 + inside).min(rest.len())])
            .is_ok_and(|text| text.chars().count() == 1);
        if is_escape || is_one_character {
            self.blank(inside + 2);
        } else {
            self.at += 1;
        }
    }

    /// Blanks a string's inside and goes past it; `close` is where its end begins.
    fn string(&mut self, open: usize, close: usize) -> Range<usize> {
        let (start, end) = (self.at + open, (self.at + close).min(self.bytes.len()));
        self.at = start;
        self.blank(end - start);
        self.at = (end + 1).min(self.bytes.len());
        start..end
    }

    /// Writes blanks over the next bytes, keeping line ends, and goes past them.
    fn blank(&mut self, length: usize) {
        let end = (self.at + length).min(self.bytes.len());
        for byte in &mut self.code[self.at..end] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
        self.at = end;
    }
}

/// The lengths of a raw string's opening and of all before its closing quote.
fn raw_string(rest: &[u8]) -> Option<(usize, usize)> {
    let prefix = rest.iter().take_while(|byte| matches!(byte, b'b' | b'c')).count().min(1);
    let after = rest.get(prefix..)?.strip_prefix(b"r")?;
    let hashes = after.iter().take_while(|&&byte| byte == b'#').count();
    if after.get(hashes) != Some(&b'"') {
        return None;
    }
    let open = prefix + 1 + hashes + 1;
    let mut closing = vec![b'"'];
    closing.extend(std::iter::repeat_n(b'#', hashes));
    let inside = rest[open..].windows(closing.len()).position(|window| window == closing);
    Some((open, inside.map_or(rest.len(), |inside| open + inside)))
}

/// Bytes up to an unescaped `end`.
fn escaped_length(rest: &[u8], end: u8) -> usize {
    let mut at = 0;
    while at < rest.len() && rest[at] != end {
        at += if rest[at] == b'\\' { 2 } else { 1 };
    }
    at.min(rest.len())
}

fn block_comment_length(rest: &[u8]) -> usize {
    let (mut at, mut depth) = (0, 0);
    while at < rest.len() {
        if rest[at..].starts_with(b"/*") {
            (at, depth) = (at + 2, depth + 1);
        } else if rest[at..].starts_with(b"*/") {
            (at, depth) = (at + 2, depth - 1);
            if depth == 0 {
                break;
            }
        } else {
            at += 1;
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_strings_are_no_code() {
        let source = r####"
// fn one() {}
/* fn /* nested */ two() {} */
let a = "fn three() { \" }"; let b = r#"fn "four"() {"#; let c = b"x\"{";
let d = '{'; let e = '\''; let f = '"'; fn five<'a>(x: &'a str) -> [u8; 2] { [0; 2] }
"####;
        let rust = Rust::read(source);
        let names: Vec<String> = rust.functions().into_iter().map(|f| f.name).collect();
        assert_eq!(names, ["five"]);
        let strings: Vec<&str> = rust.strings.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(strings, [r#"fn three() { \" }"#, r#"fn "four"() {"#, r#"x\"{"#]);
        assert_eq!(rust.strings[0].0, 4);
        assert_eq!(rust.code.len(), source.len());
    }

    #[test]
    fn lengths_count_both_ends() {
        let source = "trait T { fn none(); }\nfn one(a: [u8; 2],\n  f: fn(u8)) {\n    1;\n}\n";
        let functions = Rust::read(source).functions();
        assert_eq!(functions, [Function { name: "one".into(), line: 2, length: 4 }]);
    }

    #[test]
    fn test_modules_are_found() {
        let source = "#[cfg(test)] use x;fn a() {}\n#[cfg(test)]\nmod tests {\n\
                      \x20   fn b() {}\n}\nfn c() {}\n";
        let lines: Vec<usize> = Rust::read(source).test_lines().into_iter().flatten().collect();
        assert_eq!(lines, [2, 3, 4, 5]);
    }
}
