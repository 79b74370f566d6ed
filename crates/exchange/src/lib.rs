//! Bytes to rows and back: any workbook or text file to [`Intake`](tici_domain::intake)
//! and to a preview, any table to CSV, XLSX and JSON. No database, no network, no clock.

pub mod export;
pub mod form;
pub mod guess;
pub mod layout;
pub mod limits;
pub mod map;
pub mod marked;
pub mod photo;
pub mod preview;
pub mod propose;
pub mod read;
pub mod sheet;
pub mod table;
