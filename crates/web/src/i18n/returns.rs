//! The words of the monthly form, on the page and in the workbook.

use super::T;
use jiff::civil::Date;
use tici_domain::{Period, Problem, ReturnRound, Severity, Stage};
use tici_ops::returns::form::COLUMNS;
use tici_ops::returns::{Counted, FormWords, PlaceLine, Reporting, SentBack, Standing};

use crate::shell::SentBackNote;

/// Lines of the instructions.
const NOTES: usize = 8;

impl T {
    /// The heading of a column of the form, by its key.
    pub fn form_column(&self, key: &str) -> String {
        self.code("form", key)
    }

    /// 未报, 待审, 已审: where a place's return stands.
    pub fn standing(&self, standing: Standing) -> String {
        self.code("returns-standing", standing.code())
    }

    /// `5月月报 12 / 13 个地方已报`: how many have reported.
    pub fn reporting(&self, reporting: &Reporting) -> String {
        let args: [(&str, &dyn std::fmt::Display); 3] = [
            ("period", &self.period_short(reporting.period)),
            ("n", &reporting.received()),
            ("all", &reporting.places.len()),
        ];
        self.t1("reporting", &args)
    }

    /// Between what is named and what is said of it.
    pub fn colon(&self) -> &'static str {
        if self.lang == tici_domain::Lang::En { ": " } else { "：" }
    }

    /// What counts as having reported.
    pub fn reporting_rule(&self, counted: Counted) -> String {
        self.code("reporting-rule", counted.code())
    }

    /// A return that was sent back, for its reporter.
    pub fn sent_back(&self, one: &SentBack, at: &str) -> SentBackNote {
        let args: [(&str, &dyn std::fmt::Display); 4] = [
            ("place", &one.place.short.get(self.lang)),
            ("period", &self.period(one.period)),
            ("post", &one.meta.by.title.get(self.lang)),
            ("at", &at),
        ];
        SentBackNote {
            words: self.t1("return-sent-back", &args),
            reason: one.meta.sheet.reason.clone().unwrap_or_default(),
            href: format!("/returns/{}/{}", one.period, one.place.id),
        }
    }

    /// One line to send to a place that has not reported, or whose return was sent back.
    pub fn reminder(&self, round: &ReturnRound, line: &PlaceLine, today: Date) -> String {
        let place = line.place.short.get(self.lang);
        let (period, due) = (self.period(round.period), self.day(round.due, today));
        let reason = line.last.as_ref().and_then(|meta| meta.sheet.reason.as_deref());
        let args: [(&str, &dyn std::fmt::Display); 6] = [
            ("place", &place),
            ("period", &period),
            ("due", &due),
            ("days", &line.days_late),
            ("n", &line.asked),
            ("reason", &reason.unwrap_or_default()),
        ];
        let key = match line.standing {
            Standing::Returned => "returns-reminder-returned",
            _ if line.days_late > 0 => "returns-reminder-late",
            _ => "returns-reminder",
        };
        self.t1(key, &args)
    }

    /// Everything that a form says in words.
    pub fn form_words(&self, place: &str, period: Period) -> FormWords {
        let about: [(&str, &dyn std::fmt::Display); 2] =
            [("place", &place), ("period", &self.period(period))];
        FormWords {
            title: self.t1("form-title", &about),
            sheet: self.t("form-sheet"),
            notes_sheet: self.t("form-notes-sheet"),
            hint: self.t("form-hint"),
            headers: COLUMNS.iter().map(|column| self.form_column(column.key)).collect(),
            stages: Stage::STAIRS.map(|stage| (stage, self.stage(stage))).to_vec(),
            no_change: self.t("form-no-change"),
            notes: (1..=NOTES).map(|n| self.t(&format!("form-note-{n}"))).collect(),
            number_wanted: self.t("form-number-wanted"),
            stage_wanted: self.t("form-stage-wanted"),
        }
    }

    /// Name of a form's file: `经开区2026年6月月报.xlsx`.
    pub fn form_file(&self, place: &str, period: Period) -> String {
        let about: [(&str, &dyn std::fmt::Display); 2] =
            [("place", &place), ("period", &self.period(period))];
        format!("{}.xlsx", self.t1("form-file", &about))
    }

    /// A problem of a return with its column, stage and period in words: engines and
    /// operations know them only by their codes.
    pub fn return_problem(&self, problem: &Problem) -> Problem {
        let mut problem = problem.clone();
        for (name, value) in &mut problem.args {
            let words = match name.as_str() {
                "column" => Some(self.form_column(value)),
                "stage" => Stage::parse(value).map(|stage| self.stage(stage)),
                "period" | "wanted" | "found" => {
                    Period::parse(value).filter(|_| value.contains('-')).map(|p| self.period(p))
                }
                _ => None,
            };
            if let Some(words) = words {
                *value = words;
            }
        }
        // A key of the page's own is not a cell that a person could look up.
        if problem.cell.contains('.') {
            problem.cell.clear();
        }
        problem
    }

    /// `2`, and how many of them only warn.
    pub fn return_counts(&self, problems: &[Problem]) -> String {
        let errors = problems.iter().filter(|p| p.severity == Severity::Error).count();
        let warnings = problems.len() - errors;
        self.t1("return-errors", &[("errors", &errors), ("warnings", &warnings)])
    }
}
