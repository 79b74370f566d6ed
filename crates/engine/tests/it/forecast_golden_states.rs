//! Competing exits and several states against published shares.

use std::collections::HashMap;

use tici_engine::forecast::aalen_johansen::{AjCurve, AjStep, Stays, aalen_johansen};
use tici_engine::forecast::events::Events;
use tici_engine::forecast::msm::{Moves, Visits, fit};

use crate::forecast_golden_read::{Table, agree, case, list, number, values};

#[test]
fn competing_exits_agree() {
    let Some(case) = case("competing_risks.json") else { return };
    let table = Table::read("mgus2_cr.csv");
    let events = Events {
        exit: table.numbers("etime"),
        cause: table.numbers("event").iter().map(|cause| *cause as u32).collect(),
        ..Events::default()
    };
    let stays = Stays::competing(events, &["pcm", "death"]);
    let (curve, problems) = aalen_johansen(&stays, &[1.0, 0.0, 0.0]);
    assert!(problems.is_empty(), "{problems:?}");
    check_shares(&curve, &case["aj"]);
    let times = values(&case["aj"]["times"]);
    for (index, time) in times.iter().enumerate() {
        let step = curve.at(*time).expect("a step");
        for cause in 0..2 {
            let expected = &case["cuminc"];
            let share = expected["est"][cause][index].as_f64().expect("a share");
            agree("share", &[step.share[cause + 1]], &[share], 1e-12);
            let variance = expected["var"][cause][index].as_f64().expect("a variance");
            agree("variance", &[step.variance[cause + 1] / variance], &[1.0], 1e-9);
        }
    }
}

#[test]
fn states_agree() {
    let Some(case) = case("multistate_aj_myeloid.json") else { return };
    let names = ["(s0)", "CR", "SCT", "relapse", "death"];
    let table = Table::read("myeloid_counting.csv");
    let mut now: HashMap<u32, u32> = HashMap::new();
    let (mut from, mut cause) = (Vec::new(), Vec::new());
    let subject: Vec<u32> = table.numbers("id").iter().map(|id| *id as u32).collect();
    for (id, state) in subject.iter().zip(table.text("state_name")) {
        from.push(now.get(id).copied().unwrap_or(0));
        let to = names.iter().position(|name| name == state).map_or(0, |index| index as u32);
        cause.push(if to == 0 { 0 } else { to + 1 });
        now.insert(*id, to);
    }
    let events = Events {
        entry: table.numbers("tstart"),
        exit: table.numbers("tstop"),
        cause,
        ..Events::default()
    };
    let states = names.map(str::to_owned).to_vec();
    let stays = Stays { states, subject, from, events };
    let (curve, problems) = aalen_johansen(&stays, &values(&case["p0"]));
    assert!(problems.is_empty(), "{problems:?}");
    check_shares(&curve, &case);
    for row in case["transitions"].as_array().expect("rows") {
        let place = |name: &str| names.iter().position(|other| *other == name).unwrap_or(5);
        let (from, to) = (row["from"].as_str().expect("a"), row["to"].as_str().expect("b"));
        let found = curve.moves[place(from)][place(to)];
        agree(&format!("{from} to {to}"), &[found], &[number(row, "Freq")], 0.0);
    }
}

fn check_shares(curve: &AjCurve, expected: &serde_json::Value) {
    for (index, time) in values(&expected["times"]).iter().enumerate() {
        let step: &AjStep = curve.at(*time).expect("a step");
        agree("share", &step.share, &values(&expected["pstate"][index]), 1e-12);
        let errors = step.std_err.as_ref().expect("few rows");
        agree("its error", errors, &values(&expected["std_err"][index]), 1e-12);
    }
}

#[test]
fn a_process_seen_at_visits_agrees() {
    let Some(case) = case("msm_cav.json") else { return };
    let table = Table::read("cav.csv");
    let (who, years, state) =
        (table.numbers("PTNUM"), table.numbers("years"), table.numbers("state"));
    let pair = |row: usize| Visits {
        from: state[row] as usize - 1,
        to: state[row + 1] as usize - 1,
        elapsed: years[row + 1] - years[row],
    };
    let rows = (0..who.len() - 1).filter(|row| who[*row] == who[row + 1]);
    let visits: Vec<Visits> = rows.map(pair).collect();
    let allowed = vec![(0, 1), (0, 3), (1, 0), (1, 2), (1, 3), (2, 1), (2, 3)];
    let (found, problems) = fit(&visits, &Moves { states: 4, allowed, exact: Some(3) });
    let found = found.expect("a fit");
    assert!(problems.is_empty() && found.converged, "{problems:?}");
    let expected = number(&case, "minus2loglik");
    agree("-2 log likelihood", &[found.minus_twice_log_likelihood], &[expected], 1e-8);
    // The published search stops where the likelihood moves in its tenth digit.
    let close = 2e-4;
    for from in 0..4 {
        agree("Q", found.matrix().row(from), &values(&case["Q"][from]), close);
        for (name, elapsed) in [("P1", 1.0), ("P5", 5.0), ("P10", 10.0)] {
            agree(name, found.chances(elapsed).row(from), &values(&case[name][from]), close);
        }
    }
    let stay: Vec<f64> = found.mean_stay().into_iter().flatten().collect();
    agree("sojourn", &stay, &values(&case["sojourn"]), close);
    let time: Vec<f64> = found.time_in_states(0).into_iter().flatten().collect();
    agree(
        "time in states",
        &time,
        &list(&case["totlos"]).into_iter().flatten().collect::<Vec<_>>(),
        close,
    );
}
