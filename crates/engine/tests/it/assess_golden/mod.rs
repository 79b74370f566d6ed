//! Assessments made by the reference package and by published indices come out the same.
//! Each case of the manifests has a function here; a case without one fails.

mod asem;
mod files;
mod methods;
mod robust;

use files::Case;

#[test]
fn golden_assessments_agree() {
    for case in files::cases().unwrap_or_default() {
        run(&case);
    }
}

fn run(case: &Case) {
    match case.id.as_str() {
        "d01" => asem::denominate(case),
        "d02" => asem::impute(case),
        "d03" => asem::screen(case),
        "d04" => asem::treat(case),
        "d05" => robust::describe(case),
        "d06" => asem::normalise(case),
        "d07" => asem::arithmetic(case),
        "d08" => asem::arithmetic_unequal(case),
        "d09" => asem::geometric(case),
        "d10" => asem::ranks(case),
        "d11" => asem::effective_weights(case),
        "d12" => robust::correlations(case),
        "d13" => robust::cronbach(case),
        "d14" => robust::noise(case),
        "d15" => robust::leave_one_out(case),
        "d16" => asem::group_ranks(case),
        "d17" => robust::profile(case),
        "d18" => methods::entropy(case),
        "d19" => methods::topsis(case),
        "d20" => methods::human_development(case),
        // Scoring functions of appraisal rules have a test of their own.
        "d21" => {}
        other => panic!("no test of case {other}"),
    }
}
