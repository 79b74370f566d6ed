//! Accounts of the county's office, by post. Nobody here is a person.

use tici_domain::{Actor, Name, Role};

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
    /// The post, never a person.
    pub title: Name,
    /// What this account sees and does, in one line.
    pub sees: Name,
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

/// A post that works in the whole county.
struct Post {
    login: &'static str,
    /// In simplified Chinese and English, as what it sees is.
    title: (&'static str, &'static str),
    role: Role,
    sees: (&'static str, &'static str),
}

const OFFICE: [Post; 3] = [
    Post {
        login: "admin",
        title: ("账号管理岗", "Administrator"),
        role: Role::Administrator,
        sees: (
            "台账和记录，只读；账号和备份用命令行",
            "Ledger and journal, read only; accounts by command",
        ),
    },
    Post {
        login: "diaodu",
        title: ("县重点办·调度员", "Projects Office, dispatcher"),
        role: Role::ProjectOffice,
        sees: ("全县项目；导入、派单、改节点", "All projects; imports, dispatch, milestones"),
    },
    Post {
        login: "shenhe",
        title: ("县重点办审核岗", "Projects Office, reviewer"),
        role: Role::ProjectOffice,
        sees: ("全县项目；审核月报和阶段", "All projects; verifies returns and stages"),
    },
];

const OTHERS: [Post; 3] = [
    Post {
        login: "kaohe",
        title: ("县考核办考核岗", "Assessment Office"),
        role: Role::AssessmentOffice,
        sees: (
            "台账、乡镇比拼和记录，只读；校验账本",
            "Ledger, league and journal, read only; verifies",
        ),
    },
    Post {
        login: "lingdao",
        title: ("县级领导岗", "County leader"),
        role: Role::Reader,
        sees: ("记录以外的各页，只读", "Every page but the journal, read only"),
    },
    Post {
        login: "shenji",
        title: ("县审计岗", "Auditor"),
        role: Role::Auditor,
        sees: (
            "台账、记录和证明，只读；校验账本",
            "Ledger, journal and proofs, read only; verifies",
        ),
    },
];

/// The accounts in the order of their ids, without those ids.
fn posts() -> Vec<(String, Name, Role, Option<i64>, Name)> {
    let of_county = |post: &Post| {
        let title = name3(post.title.0, post.title.1);
        (post.login.to_owned(), title, post.role, None, name3(post.sees.0, post.sees.1))
    };
    let of_town = |town: usize| {
        let (hans, en) = (town_name(town), REPORTERS_EN[town - 1]);
        let title = name3(&format!("{hans}统计岗"), &format!("{en}, statistics"));
        let sees = name3(
            &format!("{hans}的项目；填月报、报阶段"),
            &format!("Projects of {en}; monthly returns, stage claims"),
        );
        let place = Some(COUNTY_ID + town as i64);
        (REPORTERS[town - 1].to_owned(), title, Role::Reporter, place, sees)
    };
    let office = OFFICE.iter().map(of_county);
    office.chain((1..=13).map(of_town)).chain(OTHERS.iter().map(of_county)).collect()
}

/// The accounts as actors, in the order of their ids.
pub(crate) fn actors() -> Vec<Actor> {
    let numbered = posts().into_iter().zip(1..);
    let actor = |((login, title, role, place, _), id)| Actor {
        id,
        login,
        title,
        role,
        place,
        active: true,
    };
    numbered.map(actor).collect()
}

/// The accounts with their passwords, for the page that prints them.
pub fn accounts() -> Vec<SampleAccount> {
    let numbered = posts().into_iter().zip(1..);
    let account = |((login, title, role, _, sees), actor): ((String, _, _, _, _), i64)| {
        SampleAccount { password: format!("{login}-2026"), login, actor, role, title, sees }
    };
    numbered.map(account).collect()
}
