//! The assessment in the ledger: schemes by version, figures that departments deliver, runs
//! that freeze scheme, inputs and result, their publication, and objections.

mod deliver;
mod draw;
mod events;
mod lift;
mod objections;
mod open_run;
mod runs;
mod schemes;

pub use deliver::{
    Delivery, DeliveryRow, DueView, Fate, FigureHistory, deliver_figures, trace_indicator, view_due,
};
pub use draw::{Drawn, draw_inputs};
pub use events::{NewAssessedEvent, put_assessed_event, view_assessed_events, withdraw_event};
pub use lift::{LiftView, OpenThing, OpenWhat, ratio_of, view_lift};
pub use objections::{
    NewObjection, ObjectionView, answer_objection, file_objection, view_objections,
};
pub use open_run::{OpenedRun, RunFile, RunPage, RunQuery, open_run, open_run_file, replay_run};
pub use runs::{
    NewRun, RunLine, Started, Step, list_runs, start_run, step_run, working_days_after,
};
pub use schemes::{
    NewScheme, SchemeVersion, adopt_scheme, current_scheme, scheme_keys, scheme_text, view_schemes,
};

/// Longest reason, claim and answer, in characters.
pub const WORDS_CHARS_MAX: usize = 2_000;
