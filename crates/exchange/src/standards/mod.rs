//! The published standards that projects are exchanged in: one importer or exporter, one
//! file. What a standard cannot carry, and what of a file the ledger has no place for, is
//! said as problems; `docs/standards.md` has the tables of fields.

mod json_out;
pub mod oc4ids;
pub mod record;

pub use record::{Party, ProjectRecord, Publication, Related};
