//! What every page shows around its own content: strip, navigation, print head.

use crate::{
    i18n::{MoneyStyle, T},
    pages,
    period_chooser::PeriodChooser,
    statics,
};
use tici_domain::Lang;

/// The colours of a screen; print is always light.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the reader's machine is set.
    #[default]
    Auto,
    Light,
    Dark,
}

impl Theme {
    pub const ALL: [Theme; 3] = [Theme::Auto, Theme::Light, Theme::Dark];

    /// The value of the cookie and of `data-theme`.
    pub fn code(&self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    pub fn parse(code: &str) -> Option<Theme> {
        Theme::ALL.into_iter().find(|theme| theme.code() == code)
    }
}

/// Returns received for the month that is due.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Returns {
    pub received: usize,
    pub due: usize,
    /// Who is missing, in words; empty when nobody is.
    pub missing: String,
}

/// A return that was sent back to the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentBackNote {
    /// Which, by whom and when.
    pub words: String,
    pub reason: String,
    pub href: String,
}

/// The frame of one page for one reader. Words are already in the reader's language.
#[derive(Clone, Debug)]
pub struct Shell {
    pub t: T,
    pub theme: Theme,
    /// Id of the page in [`pages::PAGES`]; its navigation item is marked.
    pub page: &'static str,
    pub title: String,
    /// Name of the region the ledger is of.
    pub region: String,
    pub period: String,
    /// On pages that look through a period, the way to another.
    pub periods: Option<PeriodChooser>,
    pub today: String,
    pub returns: Option<Returns>,
    /// Returns that wait for the reader to mend them.
    pub sent_back: Vec<SentBackNote>,
    /// Words of the start deadline's countdown; empty when there is none.
    pub deadline: String,
    /// Post of the reader; empty before sign-in.
    pub post: String,
    pub sample: bool,
    /// Token of every form of the page.
    pub csrf: String,
    /// Path and query of this page, without `lang` and `theme`.
    pub here: String,
    /// Pages in the bar of a phone, by id, in their order.
    pub tabs: Vec<&'static str>,
    /// Pages the reader's role has no use for, by id: not shown, and refused by ops anyway.
    pub hidden: Vec<&'static str>,
    /// Numbers beside navigation items, by page id.
    pub badges: Vec<(&'static str, String)>,
    /// Lines at the foot of the navigation.
    pub foot: Vec<String>,
    /// Cut-off and root for the printed page; empty before sign-in.
    pub as_of: String,
    /// What a form has just done, in words; empty for nothing.
    pub done: String,
    /// What moment the page looks back to, in words; empty for now.
    pub past: String,
    pub root: String,
}

/// One group of the navigation.
pub struct NavGroup {
    pub label: String,
    pub items: Vec<NavItem>,
}

pub struct NavItem {
    pub href: &'static str,
    pub icon: &'static str,
    pub label: String,
    pub badge: String,
    pub is_here: bool,
}

impl Shell {
    /// A frame that knows nothing yet but the language, the page and its title.
    pub fn bare(t: T, page: &'static str, title: String) -> Shell {
        Shell {
            t,
            theme: Theme::Auto,
            page,
            title,
            region: String::new(),
            period: String::new(),
            periods: None,
            today: String::new(),
            returns: None,
            deadline: String::new(),
            post: String::new(),
            sent_back: Vec::new(),
            sample: false,
            csrf: String::new(),
            here: "/".into(),
            tabs: Vec::new(),
            hidden: Vec::new(),
            badges: Vec::new(),
            foot: Vec::new(),
            as_of: String::new(),
            done: String::new(),
            past: String::new(),
            root: String::new(),
        }
    }

    /// Address of the stylesheet, changed whenever its content does.
    pub fn css(&self) -> String {
        statics::address("tici.css")
    }

    /// Address of the script, changed whenever its content does.
    pub fn js(&self) -> String {
        statics::address("tici.js")
    }

    pub fn is_signed_in(&self) -> bool {
        !self.post.is_empty()
    }

    /// Office at the head of a printed page.
    pub fn print_office(&self) -> String {
        let sample = if self.sample { self.t.t("print-sample") } else { String::new() };
        format!("{}{sample}", self.t.t1("print-office", &[("place", &self.region)]))
    }

    /// Cut-off at the head of a printed page.
    pub fn print_as_of(&self) -> String {
        self.t.t1("print-as-of", &[("at", &self.as_of)])
    }

    /// Where a printed page comes from.
    pub fn print_source(&self) -> String {
        let sample = if self.sample { self.t.t("print-sample") } else { String::new() };
        let args: &[(&str, &dyn std::fmt::Display)] =
            &[("page", &self.title), ("root", &self.root), ("at", &self.as_of)];
        format!("{}{sample}", self.t.t1("print-source", args))
    }

    /// The groups in their fixed order; a page that does not exist yet is not shown.
    pub fn nav(&self) -> Vec<NavGroup> {
        let groups = pages::NAV_GROUPS.iter().map(|group| NavGroup {
            label: self.t.t(group),
            items: self.items(|_, nav| nav.group == *group, "nav"),
        });
        groups.filter(|group| !group.items.is_empty()).collect()
    }

    /// The bar at the foot of a phone's screen.
    pub fn tabs(&self) -> Vec<NavItem> {
        let item = |id: &&str| self.items(|page, _| page == *id, "nav-tab").pop();
        self.tabs.iter().filter_map(item).collect()
    }

    fn items(&self, wanted: impl Fn(&str, &pages::Nav) -> bool, prefix: &str) -> Vec<NavItem> {
        let shown = pages::PAGES.iter().filter_map(|page| Some((page, page.nav.as_ref()?)));
        shown
            .filter(|(page, nav)| wanted(page.id, nav) && !self.hidden.contains(&page.id))
            .map(|(page, nav)| NavItem {
                href: nav.href,
                icon: nav.icon,
                label: self.t.t(&format!("{prefix}-{}", page.id)),
                badge: self.badge(page.id),
                is_here: page.id == self.page,
            })
            .collect()
    }

    fn badge(&self, page: &str) -> String {
        let found = self.badges.iter().find(|(id, _)| *id == page);
        found.map_or_else(String::new, |(_, text)| text.clone())
    }

    /// The three languages: short name, tag, whether it is this one, and this page in it.
    pub fn languages(&self) -> Vec<(&'static str, &'static str, bool, String)> {
        let named = [("简", Lang::ZhHans), ("繁", Lang::ZhHant), ("EN", Lang::En)];
        named
            .into_iter()
            .map(|(name, lang)| {
                (name, lang.tag(), lang == self.t.lang, self.with("lang", lang.tag()))
            })
            .collect()
    }

    /// This page as it stands now, for one that looks back.
    pub fn now(&self) -> String {
        let (path, query) = self.here.split_once('?').unwrap_or((&self.here, ""));
        let parts = query.split('&').filter(|part| !part.starts_with("as_of=") && !part.is_empty());
        // Named, so that it is not taken for a link that looks back as well.
        let parts = parts.chain(["as_of=now"]).collect::<Vec<_>>();
        format!("{path}?{}", parts.join("&"))
    }

    /// This page with money written the other way, and the words that lead there.
    pub fn money_switch(&self) -> (String, String) {
        let other = match self.t.money {
            MoneyStyle::Scaled => MoneyStyle::Plain,
            MoneyStyle::Plain => MoneyStyle::Scaled,
        };
        (self.with("money", other.code()), self.t.t(&format!("money-switch-{}", other.code())))
    }

    /// This page with one more query part.
    fn with(&self, name: &str, value: &str) -> String {
        let glue = if self.here.contains('?') { '&' } else { '?' };
        format!("{}{glue}{name}={value}", self.here)
    }
}
