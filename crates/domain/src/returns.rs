//! The monthly return: a round opened for all reporters, and what each place sent in.

use crate::Period;
use crate::codes::codes;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

codes! {
    /// Whether a round still takes returns.
    pub enum RoundState {
        Open = "open",
        /// Closed: a later change of its figures is a correction and shown as one.
        Locked = "locked",
    }
}

codes! {
    /// Where a place's return stands. A place without a sheet has not reported.
    pub enum SheetState {
        /// Sent in, waiting for the office.
        Submitted = "submitted",
        /// Sent back with a reason; the place may change it again.
        Returned = "returned",
        /// Checked by the office.
        Accepted = "accepted",
        /// Accepted and closed to changes, with the round or before it.
        Locked = "locked",
    }
}

/// A period opened for returns on one form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnRound {
    pub id: i64,
    /// Id of its first row; the same for all that replace it.
    pub series: i64,
    /// Which form is asked for: `monthly`.
    pub form: String,
    pub period: Period,
    pub opened: Date,
    /// Last day on which a return is in time.
    pub due: Date,
    pub state: RoundState,
    /// Why it was opened again or its day moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<i64>,
}

/// What a place returned in a round. Its figures are ordinary figures of the same entry;
/// this row says that the place has said all it has to say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnSheet {
    pub id: i64,
    /// Series of the round.
    pub round: i64,
    pub place: i64,
    pub state: SheetState,
    /// Projects it speaks of.
    pub rows: i64,
    /// The workbook it came in, when it came in one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<i64>,
    /// Why it was sent back or unlocked; of one handed in, what its reporter says with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<i64>,
}
