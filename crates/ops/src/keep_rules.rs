//! Rule files of the ledger: which kinds there are, which version goes from when, and
//! adopting a new one. What is adopted is sound: a file with a mistake is refused with the
//! line and column of each.

mod adopt;
mod given;
mod kinds;
mod show;

pub use adopt::{NewRules, adopt_rules, check_rules};
pub use given::{GivenPage, keep_given, view_given};
pub use kinds::{KINDS, RuleKind, rule_kind};
pub use show::{KindView, RulesPage, VersionView, rule_text, view_rules};
