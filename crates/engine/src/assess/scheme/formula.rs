//! Formulas of a scheme: `done / plan`, `growth(output, output_before)`, `min(years, 18) / 18`.
//!
//! Numbers, names of figures and items, `+ - * /`, brackets, and the functions of
//! [`FUNCTIONS`]. A value that is missing makes the whole missing; so does a division by zero.

use std::fmt;

use crate::assess::score::Number;
use crate::assess::score::growth::{GrowthRule, growth};

/// A name may have letters of any script, digits, `_`, `.` and, inside, `-`.
const DEPTH_MAX: usize = 60;

/// A formula that has been read.
#[derive(Clone, Debug, PartialEq)]
pub struct Formula {
    pub text: String,
    expr: Expr,
}

#[derive(Clone, Debug, PartialEq)]
enum Expr {
    Number(Number),
    Name(String),
    Negative(Box<Expr>),
    Two(char, Box<Expr>, Box<Expr>),
    Call(Function, Vec<Expr>),
    /// A name's value in the period before.
    Last(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Function {
    Min,
    Max,
    Mean,
    Abs,
    Ln,
    Sqrt,
    Growth,
}

/// Word, fewest and most arguments, and what it is, for the reference.
pub const FUNCTIONS: &[(&str, usize, usize, &str)] = &[
    ("min", 1, 20, "the lowest"),
    ("max", 1, 20, "the highest"),
    ("mean", 1, 20, "the mean"),
    ("abs", 1, 1, "without its sign"),
    ("ln", 1, 1, "natural logarithm; missing where not above zero"),
    ("sqrt", 1, 1, "square root; missing below zero"),
    ("growth", 2, 2, "growth of the first over the second, a share, by `[edges]`"),
    ("last", 1, 1, "a figure or item in the period before"),
];

/// What is wrong with a formula, and at which character.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormulaError {
    pub at: usize,
    /// What stands there; empty at the end.
    pub found: String,
    pub what: FormulaFault,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormulaFault {
    /// A number, a name or a bracket was expected.
    Operand,
    /// An operator, a comma or the closing bracket was expected.
    Operator,
    UnknownFunction,
    /// The function has another number of arguments.
    Arguments,
    TooDeep,
}

/// Where a formula finds the values of its names.
pub trait Values {
    fn now(&self, name: &str) -> Option<Number>;
    fn last(&self, name: &str) -> Option<Number>;
}

impl Formula {
    /// Reads a formula.
    ///
    /// # Errors
    /// The first thing that cannot be read.
    pub fn parse(text: &str) -> Result<Formula, FormulaError> {
        let chars: Vec<char> = text.chars().collect();
        let mut parser = Parser { chars: &chars, at: 0, depth: 0 };
        let expr = parser.sum()?;
        match parser.peek() {
            None => Ok(Formula { text: text.to_owned(), expr }),
            Some(_) => Err(parser.fault(FormulaFault::Operator)),
        }
    }

    /// A formula that is one name.
    pub fn name(name: &str) -> Formula {
        Formula { text: name.to_owned(), expr: Expr::Name(name.to_owned()) }
    }

    /// Names it reads in this period, and those it reads in the one before, each once.
    pub fn names(&self) -> (Vec<&str>, Vec<&str>) {
        let (mut now, mut last) = (Vec::new(), Vec::new());
        self.expr.names(&mut now, &mut last);
        (now, last)
    }

    /// Whether it divides at the last step, so that the share of several together has a
    /// meaning: all dividends over all divisors.
    pub fn is_ratio(&self) -> bool {
        matches!(self.expr, Expr::Two('/', ..))
    }

    /// What is divided and by what, of a formula that divides at the last step.
    pub fn parts(&self, values: &dyn Values, rule: GrowthRule) -> Option<(Number, Number)> {
        let Expr::Two('/', a, b) = &self.expr else { return None };
        Some((a.value(values, rule)?, b.value(values, rule)?))
    }

    /// Its value; `None` where anything it needs is missing.
    pub fn value(&self, values: &dyn Values, rule: GrowthRule) -> Option<Number> {
        self.expr.value(values, rule)
    }
}

impl fmt::Display for Formula {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Expr {
    fn names<'e>(&'e self, now: &mut Vec<&'e str>, last: &mut Vec<&'e str>) {
        match self {
            Expr::Number(_) => {}
            Expr::Name(name) if now.contains(&name.as_str()) => {}
            Expr::Name(name) => now.push(name),
            Expr::Last(name) if last.contains(&name.as_str()) => {}
            Expr::Last(name) => last.push(name),
            Expr::Negative(of) => of.names(now, last),
            Expr::Two(_, a, b) => {
                a.names(now, last);
                b.names(now, last);
            }
            Expr::Call(_, of) => of.iter().for_each(|of| of.names(now, last)),
        }
    }

    fn value(&self, values: &dyn Values, rule: GrowthRule) -> Option<Number> {
        match self {
            Expr::Number(number) => Some(number.clone()),
            Expr::Name(name) => values.now(name),
            Expr::Last(name) => values.last(name),
            Expr::Negative(of) => of.value(values, rule).map(|number| -&number),
            Expr::Two(operator, a, b) => {
                let (a, b) = (a.value(values, rule)?, b.value(values, rule)?);
                match operator {
                    '+' => Some(&a + &b),
                    '-' => Some(&a - &b),
                    '*' => Some(&a * &b),
                    _ => a.over(&b),
                }
            }
            Expr::Call(function, of) => {
                let of: Option<Vec<Number>> = of.iter().map(|of| of.value(values, rule)).collect();
                function.value(&of?, rule)
            }
        }
    }
}

impl Function {
    fn parse(word: &str) -> Option<Function> {
        Some(match word {
            "min" => Function::Min,
            "max" => Function::Max,
            "mean" => Function::Mean,
            "abs" => Function::Abs,
            "ln" => Function::Ln,
            "sqrt" => Function::Sqrt,
            "growth" => Function::Growth,
            _ => return None,
        })
    }

    fn value(self, of: &[Number], rule: GrowthRule) -> Option<Number> {
        match self {
            Function::Min => of.iter().min().cloned(),
            Function::Max => of.iter().max().cloned(),
            Function::Mean => Number::mean(&of.iter().collect::<Vec<_>>()),
            Function::Abs => of.first().map(Number::abs),
            Function::Ln => of.first()?.ln(),
            Function::Sqrt => {
                let number = of.first().filter(|number| !number.is_negative())?;
                Number::float(number.to_f64().sqrt())
            }
            Function::Growth => growth(of.first()?, of.get(1)?, rule),
        }
    }
}

struct Parser<'t> {
    chars: &'t [char],
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    /// The next character that is not a space, without taking it.
    fn peek(&mut self) -> Option<char> {
        while self.chars.get(self.at).is_some_and(|c| c.is_whitespace()) {
            self.at += 1;
        }
        self.chars.get(self.at).copied()
    }

    fn takes(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    fn fault(&self, what: FormulaFault) -> FormulaError {
        let rest = self.chars.get(self.at..).unwrap_or_default();
        FormulaError { at: self.at, found: rest.iter().take(12).collect(), what }
    }

    fn sum(&mut self) -> Result<Expr, FormulaError> {
        let mut left = self.product()?;
        while let Some(operator @ ('+' | '-')) = self.peek() {
            self.at += 1;
            left = Expr::Two(operator, Box::new(left), Box::new(self.product()?));
        }
        Ok(left)
    }

    fn product(&mut self) -> Result<Expr, FormulaError> {
        let mut left = self.operand()?;
        while let Some(operator @ ('*' | '/' | '×' | '÷')) = self.peek() {
            self.at += 1;
            let operator = if matches!(operator, '*' | '×') { '*' } else { '/' };
            left = Expr::Two(operator, Box::new(left), Box::new(self.operand()?));
        }
        Ok(left)
    }

    fn operand(&mut self) -> Result<Expr, FormulaError> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err(self.fault(FormulaFault::TooDeep));
        }
        let read = match self.peek() {
            Some('-') => {
                self.at += 1;
                self.operand().map(|of| Expr::Negative(Box::new(of)))
            }
            Some('(') => {
                self.at += 1;
                let inner = self.sum()?;
                self.closes().map(|()| inner)
            }
            Some(c) if c.is_ascii_digit() || c == '.' => self.number(),
            Some(c) if c.is_alphabetic() || c == '_' => self.name(),
            _ => Err(self.fault(FormulaFault::Operand)),
        };
        self.depth -= 1;
        read
    }

    fn closes(&mut self) -> Result<(), FormulaError> {
        if self.takes(')') { Ok(()) } else { Err(self.fault(FormulaFault::Operator)) }
    }

    fn word(&mut self, is_part: impl Fn(char) -> bool) -> String {
        let rest = &self.chars[self.at..];
        let word: String = rest.iter().copied().take_while(|c| is_part(*c)).collect();
        self.at += word.chars().count();
        word
    }

    fn number(&mut self) -> Result<Expr, FormulaError> {
        let fault = self.fault(FormulaFault::Operand);
        let word = self.word(|c| c.is_ascii_digit() || c == '.' || c == '_');
        let number = Number::parse(&word.replace('_', ""));
        number.map(Expr::Number).ok_or(fault)
    }

    fn name(&mut self) -> Result<Expr, FormulaError> {
        let (start, unknown) = (self.at, self.fault(FormulaFault::UnknownFunction));
        let name = self.word(|c| c.is_alphanumeric() || c == '_' || c == '.');
        if !self.takes('(') {
            return Ok(Expr::Name(name));
        }
        let mut of = Vec::new();
        loop {
            of.push(self.sum()?);
            if !self.takes(',') {
                break;
            }
        }
        self.closes()?;
        let known = FUNCTIONS.iter().find(|(word, ..)| *word == name);
        let Some((_, least, most, _)) = known else { return Err(unknown) };
        let is_count_right = (*least..=*most).contains(&of.len());
        match (Function::parse(&name), of.as_slice()) {
            (Some(function), _) if is_count_right => Ok(Expr::Call(function, of)),
            (None, [Expr::Name(last)]) => Ok(Expr::Last(last.clone())),
            _ => {
                self.at = start;
                Err(self.fault(FormulaFault::Arguments))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Table;

    impl Values for Table {
        fn now(&self, name: &str) -> Option<Number> {
            match name {
                "a" => Some(Number::whole(6)),
                "完成" => Some(Number::whole(4)),
                "zero" => Some(Number::zero()),
                _ => None,
            }
        }

        fn last(&self, name: &str) -> Option<Number> {
            (name == "a").then(|| Number::whole(5))
        }
    }

    fn value(text: &str) -> Option<String> {
        let formula = Formula::parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
        formula.value(&Table, GrowthRule::default()).map(|number| number.to_string())
    }

    #[test]
    fn formulas_have_their_values() {
        let cases = [
            ("1 + 2 * 3", Some("7")),
            ("(1 + 2) * 3", Some("9")),
            ("10 - 4 - 3", Some("3")),
            ("-a + 1", Some("-5")),
            ("完成 / a * 3", Some("2")),
            ("完成 ÷ a × 1.5", Some("1")),
            ("min(a, 完成, 9) + max(1)", Some("5")),
            ("mean(a, 完成)", Some("5")),
            ("growth(a, last(a))", Some("0.2")),
            ("abs(-2.5) + sqrt(9)", Some("5.5")),
            ("a / zero", None),
            ("a + nobody", None),
            ("ln(zero)", None),
            ("last(完成)", None),
            ("1_000", Some("1000")),
        ];
        for (text, shown) in cases {
            assert_eq!(value(text).as_deref(), shown, "{text}");
        }
        let formula = Formula::parse("a / b + growth(a, last(c))").expect("a formula");
        assert_eq!(formula.names(), (vec!["a", "b"], vec!["c"]));
    }

    #[test]
    fn faults_say_where() {
        use FormulaFault::{Arguments, Operand, Operator, TooDeep, UnknownFunction};
        let deep = "(".repeat(100);
        let cases = [
            ("", 0, Operand),
            ("a +", 3, Operand),
            ("a b", 2, Operator),
            ("(a", 2, Operator),
            ("a + 1.2.3", 4, Operand),
            ("1 + sin(a)", 4, UnknownFunction),
            ("growth(a)", 0, Arguments),
            ("last(a + 1)", 0, Arguments),
            (deep.as_str(), 60, TooDeep),
        ];
        for (text, at, what) in cases {
            let error = Formula::parse(text).expect_err(text);
            assert_eq!((error.at, error.what), (at, what), "{text}");
        }
    }
}
