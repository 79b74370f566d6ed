//! What the command line answers to the shell. 2, not understood, is given by the parser of
//! options.

use std::process::ExitCode;

use tici_ops::OpsError;
use tici_store::StoreError;

pub const DONE: u8 = 0;
/// Problems in the input; nothing was written.
pub const INPUT: u8 = 1;
/// The account may not do this.
pub const NOT_PERMITTED: u8 = 3;
/// A file, a port, a database: something around the program.
pub const ENVIRONMENT: u8 = 4;

/// The code of a failed operation.
pub fn of(error: &OpsError) -> ExitCode {
    let code = match error {
        OpsError::NotPermitted { .. } | OpsError::SignInRefused => NOT_PERMITTED,
        OpsError::Problems(problems) if problems.iter().all(is_around_the_program) => ENVIRONMENT,
        OpsError::NotFound { .. } | OpsError::Problems(_) => INPUT,
        OpsError::Conflict => ENVIRONMENT,
        OpsError::Store(StoreError::Damaged { .. } | StoreError::BadCopy { .. }) => INPUT,
        OpsError::Store(_) => ENVIRONMENT,
    };
    ExitCode::from(code)
}

/// Problems of folders and ports, which no mended input would solve.
fn is_around_the_program(problem: &tici_domain::Problem) -> bool {
    let keys = ["cli-no-ledger", "cli-cannot-listen", "cli-cannot-make-folder"];
    keys.contains(&problem.key.as_str())
}
