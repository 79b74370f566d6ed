//! What narrows the ledger: views as tabs, fields of one form, lights as links.

use tici_domain::{Light, ListTier, SideState, Stage};
use tici_ops::view_ledger::LedgerPage;

use super::asked::{Asked, Listed};
use crate::{
    Fields, T,
    choice::{self, Choice},
    ui::{self, Html},
    visit::read_pairs,
};

pub use tici_ops::saved_views::SavedView as Saved;

/// A view in the row of tabs.
pub struct Tab {
    pub href: String,
    pub name: String,
    /// How many projects; empty for a person's own views, which are not counted.
    pub count: String,
    pub is_here: bool,
}

/// A field of the filter form.
pub struct Select {
    pub name: &'static str,
    pub label: String,
    pub choices: Vec<Choice>,
    pub is_set: bool,
    /// The same question without this field.
    pub clear: String,
}

/// A light with its count; a click narrows to it, another lets go.
pub struct LightLink {
    pub href: String,
    pub mark: Html,
    pub count: String,
    pub is_set: bool,
}

/// Built-in views, then the person's own.
pub fn tabs(t: T, asked: &Asked, page: &LedgerPage, saved: &[Saved]) -> Vec<Tab> {
    let listed = Asked { listed: Listed::Any, ..Asked::default() };
    let all = Asked { listed: Listed::All, ..Asked::default() };
    let views = page.views;
    // Late ones and due milestones are of the listed projects, where any are listed.
    let held = if views.listed > 0 { listed.clone() } else { all.clone() };
    let built_in = [
        ("view-listed", listed.clone(), views.listed),
        ("view-not-started", Asked { not_started: true, ..listed }, views.listed_not_started),
        ("view-red", Asked { lights: vec![Light::Red], ..held.clone() }, views.red),
        ("view-due", Asked { due_this_month: true, ..held }, views.milestone_this_month),
        ("view-all", all, views.all),
    ];
    let narrowed = asked.filter_pairs();
    let mut tabs: Vec<Tab> = built_in
        .into_iter()
        .map(|(key, view, count)| Tab {
            is_here: view.filter_pairs() == narrowed,
            href: view.address("/projects"),
            name: built_in_name(t, key, page),
            count: t.count(count as i128),
        })
        .collect();
    // One place at a time: of several views that ask the same the first is marked, and the
    // person's own before a built-in one, for it says more.
    let own = saved.iter().position(|view| is_same(asked, view));
    if own.is_some() {
        tabs.iter_mut().for_each(|tab| tab.is_here = false);
    }
    tabs.extend(saved.iter().enumerate().map(|(place, view)| Tab {
        href: format!("/projects?{}", view.query),
        name: view.name.clone(),
        count: String::new(),
        is_here: own == Some(place),
    }));
    tabs
}

/// The deadline's view is named after its day, where there is one.
fn built_in_name(t: T, key: &str, page: &LedgerPage) -> String {
    match page.lens.start_deadline {
        Some(day) if key == "view-not-started" => {
            t.t1("view-not-started-by", &[("day", &t.day(day, page.lens.today))])
        }
        _ => t.t(key),
    }
}

/// The name of the person's view that this is; empty when it is none.
pub fn saved_name(asked: &Asked, saved: &[Saved]) -> String {
    let found = saved.iter().find(|view| is_same(asked, view));
    found.map_or_else(String::new, |view| view.name.clone())
}

fn is_same(asked: &Asked, view: &Saved) -> bool {
    let kept = Asked::read(&Fields(read_pairs(view.query.as_bytes())));
    kept.is_ok_and(|kept| {
        kept.filter_pairs() == asked.filter_pairs()
            && kept.look_pairs() == asked.look_pairs()
            && kept.column_pairs() == asked.column_pairs()
    })
}

/// Place, stage, tier, chain and state.
pub fn selects(t: T, asked: &Asked, page: &LedgerPage, known: &[String]) -> Vec<Select> {
    vec![
        places(t, asked, page),
        stages(t, asked),
        tiers(t, asked),
        chains(t, asked, known),
        states(t, asked),
    ]
}

fn places(t: T, asked: &Asked, page: &LedgerPage) -> Select {
    let is_set = |place| asked.places.contains(&place);
    let places = choice::places(t, &page.snapshot, |_| true, is_set);
    let choices = std::iter::once(all(t, asked.places.is_empty())).chain(places).collect();
    Select {
        name: "place",
        label: t.t("filter-place"),
        choices,
        is_set: !asked.places.is_empty(),
        clear: asked.with(|asked| asked.places.clear()).address("/projects"),
    }
}

fn stages(t: T, asked: &Asked) -> Select {
    let steps = Stage::STAIRS.into_iter().map(|stage| Choice {
        value: stage.code().into(),
        name: t.stage(stage),
        is_set: asked.stages.contains(&stage),
    });
    let before =
        Choice { value: "none".into(), name: t.t("stage-none"), is_set: asked.without_stage };
    let is_set = asked.without_stage || !asked.stages.is_empty();
    let cleared = asked.with(|asked| {
        asked.stages.clear();
        asked.without_stage = false;
    });
    Select {
        name: "stage",
        label: t.t("filter-stage"),
        choices: [all(t, !is_set), before].into_iter().chain(steps).collect(),
        is_set,
        clear: cleared.address("/projects"),
    }
}

fn tiers(t: T, asked: &Asked) -> Select {
    let choice = |value: &str, name: String, is_set| Choice { value: value.into(), name, is_set };
    let chosen = |tier: ListTier| matches!(&asked.listed, Listed::Tiers(t) if t.contains(&tier));
    let tiers = ListTier::ALL.map(|tier| choice(tier.code(), t.tier(tier), chosen(tier)));
    let first = [
        choice("all", t.t("app-all"), asked.listed == Listed::All),
        choice("listed", t.t("filter-listed"), asked.listed == Listed::Any),
    ];
    Select {
        name: "tier",
        label: t.t("filter-tier"),
        choices: first.into_iter().chain(tiers).collect(),
        is_set: asked.listed != Listed::All,
        clear: asked.with(|asked| asked.listed = Listed::All).address("/projects"),
    }
}

/// Chains that occur in the ledger.
fn chains(t: T, asked: &Asked, known: &[String]) -> Select {
    let choice = |chain: &String| Choice {
        name: t.chain(chain),
        is_set: asked.chains.contains(chain),
        value: chain.clone(),
    };
    Select {
        name: "chain",
        label: t.t("filter-chain"),
        choices: std::iter::once(all(t, asked.chains.is_empty()))
            .chain(known.iter().map(choice))
            .collect(),
        is_set: !asked.chains.is_empty(),
        clear: asked.with(|asked| asked.chains.clear()).address("/projects"),
    }
}

/// What counts unless another state is asked for is in force: active or suspended.
fn states(t: T, asked: &Asked) -> Select {
    let (is_any, is_set) = (asked.any_state(), !asked.states.is_empty());
    let choice = |value: &str, name: String, is_set| Choice { value: value.into(), name, is_set };
    let chosen = |state: &SideState| !is_any && asked.states.contains(state);
    let states = SideState::ALL.map(|state| choice(state.code(), t.state(state), chosen(&state)));
    let in_force = choice("", t.t("filter-state-in-force"), !is_set);
    let any = choice("any", t.t("app-all"), is_any);
    Select {
        name: "state",
        label: t.t("filter-state"),
        choices: [in_force].into_iter().chain(states).chain([any]).collect(),
        is_set,
        clear: asked.with(|asked| asked.states.clear()).address("/projects"),
    }
}

fn all(t: T, is_set: bool) -> Choice {
    Choice { value: String::new(), name: t.t("app-all"), is_set }
}

pub fn lights(t: T, asked: &Asked, page: &LedgerPage) -> Vec<LightLink> {
    let link = |light: Light| {
        let is_set = asked.lights.contains(&light);
        let narrowed = asked.with(|asked| match is_set {
            true => asked.lights.retain(|other| *other != light),
            false => asked.lights = vec![light],
        });
        LightLink {
            href: narrowed.address("/projects"),
            mark: ui::light(&t, &light),
            count: t.count(page.light_counts.get(&light).copied().unwrap_or(0) as i128),
            is_set,
        }
    };
    // Hardly any light is excused, and none of them by most rules.
    let is_shown = |light: &Light| {
        *light != Light::Excused
            || asked.lights.contains(light)
            || page.light_counts.contains_key(light)
    };
    Light::ALL.into_iter().filter(is_shown).map(link).collect()
}
