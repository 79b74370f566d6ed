//! Packages of a project: which project is a part of which, with what share of it. One level
//! only: a package is not split again, so that nothing can go round in a circle.

mod check;
mod set;
mod show;

pub(crate) use check::may_be_package;
pub use check::package_problems;
pub use set::{NewPackage, PACKAGE_REASON_CHARS_MAX, PackageWritten, set_package, share_of};
pub(crate) use show::package_history;
pub use show::{PackageStep, once_notes};
