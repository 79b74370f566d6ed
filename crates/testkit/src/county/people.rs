//! Accounts of the county's office, by post. Nobody here is a person.

use tici_domain::{Actor, Role};

use super::places::{COUNTY_ID, town_name};
use super::words::name3;

/// An account of the sample, with the password that a demonstration prints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleAccount {
    pub login: String,
    pub password: String,
    /// Id of its actor in the journal.
    pub actor: i64,
    pub role: Role,
    /// What this account sees, in one line of simplified Chinese.
    pub sees: String,
}

/// Sign-in names of the reporters of town 1..=13.
const REPORTERS: [&str; 13] = [
    "jingkai", "lingang", "chengwan", "zhepu", "yunbu", "shilu", "luting", "wanglong", "liqiao",
    "tongdun", "fengyan", "hezhu", "minggang",
];

const REPORTERS_EN: [&str; 13] = [
    "Econ. Zone",
    "Port Park",
    "Chengwan",
    "Zhepu",
    "Yunbu",
    "Shilu",
    "Luting",
    "Wanglong",
    "Liqiao",
    "Tongdun",
    "Fengyan",
    "Hezhu",
    "Minggang",
];

/// Ids of the accounts, before and after renumbering: they are written in this order.
pub(crate) const ADMINISTRATOR: i64 = 1;
/// 县重点办·调度员
pub(crate) const DISPATCHER: i64 = 2;
/// 县重点办审核岗
pub(crate) const REVIEWER: i64 = 3;
const FIRST_REPORTER: i64 = 4;

/// Reporter of town 1..=13.
pub(crate) fn reporter(town: usize) -> i64 {
    FIRST_REPORTER + town as i64 - 1
}

/// Login, title, English title, role and what the account sees.
type Post = (&'static str, &'static str, &'static str, Role, &'static str);

const OFFICE: [Post; 3] = [
    ("admin", "系统管理岗", "Administrator", Role::Administrator, "账号、设置与全部数据"),
    (
        "diaodu",
        "县重点办·调度员",
        "Projects Office, dispatcher",
        Role::ProjectOffice,
        "全县项目，导入、派单、改节点",
    ),
    (
        "shenhe",
        "县重点办审核岗",
        "Projects Office, reviewer",
        Role::ProjectOffice,
        "全县项目，审核月报和阶段",
    ),
];

const OTHERS: [Post; 3] = [
    (
        "kaohe",
        "县考核办考核岗",
        "Assessment Office",
        Role::AssessmentOffice,
        "考核方案、得分与异议",
    ),
    ("lingdao", "县级领导岗", "County leader", Role::Reader, "全县各页，只读"),
    ("shenji", "县审计岗", "Auditor", Role::Auditor, "全部记录与存证，只读"),
];

/// The accounts as actors, in the order of their ids.
pub(crate) fn actors() -> Vec<Actor> {
    let office = OFFICE
        .iter()
        .map(|post| (post.0.to_owned(), post.1.to_owned(), post.2.to_owned(), post.3, None));
    let reporters = (1..=13).map(|town| {
        let title = format!("{}统计岗", town_name(town));
        let en = format!("{}, statistics", REPORTERS_EN[town - 1]);
        let place = Some(COUNTY_ID + town as i64);
        (REPORTERS[town - 1].to_owned(), title, en, Role::Reporter, place)
    });
    let others = OTHERS
        .iter()
        .map(|post| (post.0.to_owned(), post.1.to_owned(), post.2.to_owned(), post.3, None));
    let all = office.chain(reporters).chain(others);
    let numbered = all.zip(1..).map(|((login, title, en, role, place), id)| Actor {
        id,
        login,
        title: name3(&title, &en),
        role,
        place,
        active: true,
    });
    numbered.collect()
}

/// The same accounts with their passwords, for the page that prints them.
pub(crate) fn accounts() -> Vec<SampleAccount> {
    let sees = |actor: &Actor| {
        let post = OFFICE.iter().chain(&OTHERS).find(|post| post.0 == actor.login);
        match post {
            Some(post) => post.4.to_owned(),
            None => {
                format!("{}的项目，填月报、报阶段", actor.title.text.trim_end_matches("统计岗"))
            }
        }
    };
    let account = |actor: Actor| SampleAccount {
        password: format!("{}-2026", actor.login),
        sees: sees(&actor),
        actor: actor.id,
        role: actor.role,
        login: actor.login,
    };
    actors().into_iter().map(account).collect()
}
