//! Rust source with parts of it blanked out. Not a parser: just enough to tell comments, literals,
//! tests and the rest from one another. Every blanked character becomes a space, so places stay.

use std::collections::BTreeSet;
use std::ops::Range;

/// One file, seen in two ways.
pub struct Source {
    /// Comments blanked.
    text: Vec<char>,
    /// Comments and the insides of literals blanked: every brace left is a brace.
    code: Vec<char>,
}

impl Source {
    /// Reads a file's contents.
    pub fn new(source: &str) -> Self {
        let chars: Vec<char> = source.chars().collect();
        let mut this = Self { text: chars.clone(), code: chars };
        let mut at = 0;
        while at < this.text.len() {
            at = this.read(at);
        }
        this
    }

    /// Blanks what starts at `at`, if it is a comment or literal, and gives back where it ends.
    fn read(&mut self, at: usize) -> usize {
        let next = |ahead: usize| self.text.get(at + ahead).copied();
        match (self.text[at], next(1)) {
            ('/', Some('/')) => {
                let end = self.find(at, |char| char == '\n');
                self.blank(at..end, true);
                end
            }
            ('/', Some('*')) => {
                let end = self.end_of_block_comment(at);
                self.blank(at..end, true);
                end
            }
            ('"', _) => {
                let end = self.end_of_quoted(at + 1, '"');
                self.blank(at + 1..end.saturating_sub(1), false);
                end
            }
            ('r', Some('"' | '#')) if !self.continues_a_name(at) => {
                let hashes = self.text[at + 1..].iter().take_while(|&&char| char == '#').count();
                // Otherwise a raw identifier.
                if next(1 + hashes) != Some('"') {
                    return at + 1;
                }
                let end = self.end_of_raw(at + 2 + hashes, hashes);
                self.blank(at + 1..end, false);
                end
            }
            ('\'', Some('\\')) => {
                let end = self.end_of_quoted(at + 1, '\'');
                self.blank(at + 1..end.saturating_sub(1), false);
                end
            }
            // Not a lifetime, which has no closing quote there.
            ('\'', Some(_)) if next(2) == Some('\'') => {
                self.blank(at + 1..at + 2, false);
                at + 3
            }
            _ => at + 1,
        }
    }

    fn find(&self, from: usize, wanted: impl Fn(char) -> bool) -> usize {
        (from..self.text.len()).find(|&at| wanted(self.text[at])).unwrap_or(self.text.len())
    }

    fn find_code(&self, from: usize, wanted: impl Fn(char) -> bool) -> usize {
        (from..self.code.len()).find(|&at| wanted(self.code[at])).unwrap_or(self.code.len())
    }

    /// Behind the closing quote of what is quoted from `at` on.
    fn end_of_quoted(&self, mut at: usize, quote: char) -> usize {
        while at < self.text.len() {
            match self.text[at] {
                '\\' => at += 2,
                char if char == quote => return at + 1,
                _ => at += 1,
            }
        }
        self.text.len()
    }

    fn end_of_raw(&self, from: usize, hashes: usize) -> usize {
        let mut at = from;
        loop {
            at = self.find(at, |char| char == '"');
            if at == self.text.len() {
                return at;
            }
            let behind = self.text[at + 1..].iter().take(hashes);
            at += 1;
            if behind.clone().count() == hashes && behind.clone().all(|&char| char == '#') {
                return at + hashes;
            }
        }
    }

    fn end_of_block_comment(&self, from: usize) -> usize {
        let mut depth = 0;
        let mut at = from;
        while at < self.text.len() {
            match (self.text[at], self.text.get(at + 1)) {
                ('/', Some('*')) => {
                    depth += 1;
                    at += 2;
                }
                ('*', Some('/')) => {
                    depth -= 1;
                    at += 2;
                    if depth == 0 {
                        return at;
                    }
                }
                _ => at += 1,
            }
        }
        self.text.len()
    }

    /// Whether the letter at `at` stands inside a name; the `b` or `c` of `br"…"` is none.
    fn continues_a_name(&self, at: usize) -> bool {
        let before = |back: usize| at.checked_sub(back).map(|at| self.text[at]);
        let is_name = |char: Option<char>| char.is_some_and(|char| char.is_alphanumeric() || char == '_');
        match before(1) {
            Some('b' | 'c') => is_name(before(2)),
            other => is_name(other),
        }
    }

    fn blank(&mut self, range: Range<usize>, comment: bool) {
        for at in range {
            if self.code[at] != '\n' {
                self.code[at] = ' ';
                if comment {
                    self.text[at] = ' ';
                }
            }
        }
    }

    /// The source without comments and without what only tests compile.
    pub fn live(&self) -> String {
        let mut live = self.text.clone();
        for range in self.tests() {
            for char in &mut live[range] {
                if *char != '\n' {
                    *char = ' ';
                }
            }
        }
        live.into_iter().collect()
    }

    /// The items that only tests compile.
    pub fn tests(&self) -> Vec<Range<usize>> {
        if !self.places("#![cfg(test)]").is_empty() {
            return std::iter::once(0..self.text.len()).collect();
        }
        ["#[cfg(test)]", "#[test]", "#[tokio::test"]
            .iter()
            .flat_map(|start| self.places(start))
            .map(|at| at..self.end_of_item(at, false))
            .collect()
    }

    /// The functions of this name.
    pub fn functions(&self, name: &str) -> Vec<Range<usize>> {
        self.places(&format!("fn {name}(")).into_iter().map(|at| at..self.end_of_item(at, false)).collect()
    }

    /// Where the code has this piece.
    fn places(&self, piece: &str) -> Vec<usize> {
        let piece: Vec<char> = piece.chars().collect();
        (0..self.code.len().saturating_sub(piece.len() - 1))
            .filter(|&at| self.code[at..at + piece.len()] == piece)
            .collect()
    }

    /// Behind the item that starts at `from`: its last brace or semicolon; where `in_list`, its comma
    /// too. Whatever encloses it ends it.
    pub fn end_of_item(&self, from: usize, in_list: bool) -> usize {
        let mut open = Vec::new();
        for at in from..self.code.len() {
            match self.code[at] {
                char @ ('(' | '[' | '{') => open.push(char),
                ')' | ']' | '}' => match open.pop() {
                    None => return at,
                    Some('{') if open.is_empty() => {
                        let end = self.find_code(at + 1, |char| !char.is_whitespace());
                        // As of `use a::{b};` and `let a = match b {};`.
                        let more = self.code.get(end) == Some(&';');
                        return if more { end + 1 } else { at + 1 };
                    }
                    Some(_) => {}
                },
                ';' if open.is_empty() => return at + 1,
                ',' if open.is_empty() && in_list => return at + 1,
                _ => {}
            }
        }
        self.code.len()
    }

    /// Characters that are no comment, with their places.
    pub fn chars(&self) -> impl Iterator<Item = (usize, char)> + '_ {
        self.text.iter().copied().enumerate()
    }
}

/// Every name in a text that may be one of code.
pub fn names(text: &str) -> BTreeSet<String> {
    text.split(|char: char| !(char.is_ascii_alphanumeric() || char == '_'))
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(source: &str) -> (String, String) {
        let source = Source::new(source);
        (source.text.into_iter().collect(), source.code.into_iter().collect())
    }

    #[test]
    fn comments_go_and_literals_stay_in_the_text() {
        let (text, code) = seen("a(); // b\n/* c /* d */ e */ f(\"g // h\");");
        assert_eq!(text.replace(' ', ""), "a();\nf(\"g//h\");");
        assert_eq!(code.replace(' ', ""), "a();\nf(\"\");");
        assert_eq!(text.len(), "a(); // b\n/* c /* d */ e */ f(\"g // h\");".len());
    }

    #[test]
    fn all_kinds_of_literals_are_told_from_code() {
        for (source, expected) in [
            (r##"f(r#"a " { b"#, c)"##, "f(r,c)"),
            (r#"f(br"{", b"{", c)"#, "f(br,b\"\",c)"),
            (r"f('{', '\'', '\u{7d}', b'}')", "f('','','',b'')"),
            (r#"f("\"{", c)"#, "f(\"\",c)"),
            ("fn f<'a>(a: &'a str) -> &'a str { a }", "fnf<'a>(a:&'astr)->&'astr{a}"),
            ("let r#type = r; bar#x", "letr#type=r;bar#x"),
        ] {
            assert_eq!(seen(source).1.replace(' ', ""), expected, "{source}");
        }
    }

    #[test]
    fn an_item_ends_where_it_should() {
        let source = Source::new("#[cfg(test)]\nmod tests { fn a() { \"}\"; } }\nfn b() {}");
        assert_eq!(source.live().trim(), "fn b() {}");
        let source = Source::new("#[test] fn a() { 1 } #[cfg(test)] use x::{y, z}; struct B;");
        assert_eq!(source.live().trim(), "struct B;");
        let list = "[1, 2]";
        let end = |at, in_list| Source::new(list).end_of_item(at, in_list);
        assert_eq!(&list[..end(1, true)], "[1,");
        assert_eq!(&list[..end(1, false)], "[1, 2");
    }

    #[test]
    fn unfinished_source_is_no_trouble() {
        for source in ["\"", "r#\"a", "'", "'\\", "/*", "\"\\", "r#", "{", "#[test]"] {
            let _ = Source::new(source).live();
        }
    }
}
