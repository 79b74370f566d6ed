//! Approved excuses that hold today, the first to end first.

use tici_engine::lights::Lit;
use tici_ops::view_lights::LightsPage;

use super::rows::named;
use crate::{
    i18n::{Days, T},
    ui::{self, Html},
};

/// One excuse.
pub struct ExcuseView {
    pub code: String,
    pub name: String,
    pub place: String,
    pub href: String,
    /// Name of the rule; "all" for every one.
    pub rule: String,
    pub until: String,
    pub left: String,
    pub reason: String,
    pub approver: String,
    /// What the light would be without it; blank where it would be green.
    pub without: Html,
}

pub fn excuses(t: T, page: &LightsPage) -> Vec<ExcuseView> {
    let rules = &page.lens.lights;
    let today = page.lens.today;
    let mut excuses: Vec<_> = page.excuses().collect();
    excuses.sort_by_key(|excuse| (excuse.until, excuse.project));
    let view = |excuse: &tici_domain::Excuse| {
        let [code, name, place] = named(t, page, excuse.project);
        let rule = rules.rules.iter().find(|rule| rule.key == excuse.rule);
        let rule = rule.map_or_else(|| t.t("app-all"), |rule| rule.name.get(t.lang).to_owned());
        let at = page.rows.binary_search_by_key(&excuse.project, |row| row.project).ok();
        let lits = at.map_or(&[][..], |at| &page.rows[at].all);
        let covers =
            |lit: &&Lit| excuse.rule == "*" || lit.rule_key(rules) == Some(excuse.rule.as_str());
        let without = lits.iter().filter(covers).find_map(|lit| lit.excused);
        ExcuseView {
            code,
            name,
            place,
            href: format!("/projects/{}", excuse.project),
            rule,
            until: t.day(excuse.until, today),
            left: t.lateness(Days::between(excuse.until, today)),
            reason: excuse.reason.clone(),
            approver: excuse.approver.clone(),
            without: without.map_or_else(Html::default, |light| ui::light(&t, &light)),
        }
    };
    excuses.into_iter().map(view).collect()
}
