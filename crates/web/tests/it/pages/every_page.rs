//! What holds of every page.

use crate::app::Client;

/// Addresses of pages, and a word that each must show in each language.
const PAGES: &[(&str, [&str; 3])] = &[
    ("/", ["驾驶舱", "駕駛艙", "Cockpit"]),
    ("/projects", ["项目台账", "項目台賬", "Project ledger"]),
    ("/projects?tier=all&text=YX26-001", ["柘光新材", "年度計劃", "Prov."]),
    ("/projects/1", ["月报", "月報", "Monthly returns"]),
    ("/claims", ["认定审核", "認定審核", "Stage claims"]),
    ("/claims?which=all&page=2", ["已核实", "已核實", "Verified"]),
    ("/board", ["梯次看板", "梯次看板", "Stage board"]),
    ("/meetings", ["调度会", "調度會", "Meetings"]),
    ("/meetings/1", ["议定", "議定", "Decided"]),
    ("/meetings/9/4", ["要办的事", "要辦的事", "To be done"]),
    ("/meetings/9/minutes", ["纪要", "紀要", "Minutes"]),
    ("/tasks", ["在办", "在辦", "Overdue"]),
    ("/promises", ["时限预警", "時限預警", "Commitments"]),
    ("/events", ["集中活动", "集中活動", "Events"]),
    ("/lists", ["列市名单", "列市名單", "City list"]),
    ("/plans?code=YX26-001", ["批准人职务", "批准人職務", "Approved by"]),
    ("/pairs", ["疑似重复", "疑似重複", "Look-alikes"]),
    ("/excuses", ["缓责记录", "緩責記錄", "Excuses"]),
    ("/lights", ["哪条规则，哪些数", "哪條規則，哪些數", "Which rule, which figures"]),
    ("/lights?since=month", ["变差的在前", "變差的在前", "the worse ones first"]),
    ("/lights?excused=yes", ["没有正在生效的准缓", "沒有正在生效的准緩", "No excuse holds"]),
    ("/rules", ["乡镇比拼", "鄉鎮比拼", "Meeting agenda"]),
    ("/rules/lights/yinchuan", ["从文件上传", "從檔案上傳", "Upload a file"]),
    ("/league", ["同一批项目", "同一批項目", "Same projects"]),
    ("/journal", ["账本日志", "賬本日誌", "Journal"]),
    ("/imports", ["导入核对", "匯入核對", "Imports"]),
    ("/account", ["改密码", "改密碼", "Change password"]),
];

const TAGS: [&str; 3] = ["zh-Hans", "zh-Hant", "en"];

#[tokio::test]
async fn every_page_opens_in_every_language() {
    let mut client = Client::signed_in("diaodu").await;
    for (path, words) in PAGES {
        for (tag, word) in TAGS.iter().zip(words) {
            let glue = if path.contains('?') { '&' } else { '?' };
            let answer = client.get(&format!("{path}{glue}lang={tag}")).await;
            assert_eq!(answer.status, 200, "{path} {tag}");
            let text = answer.text();
            assert!(text.contains(&format!("<html lang=\"{tag}\"")), "{path} {tag}");
            assert!(text.contains(word), "{path} {tag}: no {word}");
            assert_eq!(untranslated(text), Vec::<String>::new(), "{path} {tag}");
        }
    }
}

/// Message keys that reached the reader: lower-case words joined by hyphens, alone.
fn untranslated(html: &str) -> Vec<String> {
    let texts = html.split('>').filter_map(|part| part.split('<').next());
    let is_key = |text: &&str| {
        text.contains('-')
            && text.split('-').count() >= 2
            && text.chars().all(|c| c.is_ascii_lowercase() || c == '-')
    };
    texts.map(str::trim).filter(is_key).map(str::to_owned).collect()
}

#[tokio::test]
async fn every_answer_carries_the_guards() {
    let mut client = Client::signed_in("diaodu").await;
    for (path, _) in PAGES {
        let answer = client.get(path).await;
        let policy = answer.header("content-security-policy");
        for part in ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert!(!policy.contains("script-src 'self' 'unsafe-inline'"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("cache-control"), "private, no-cache");
        let text = answer.text();
        assert!(!text.contains("<script>"), "{path}: script in the page");
        assert!(!text.contains(" onclick="), "{path}: script in an attribute");
        assert!(!text.contains("<style"), "{path}: a style sheet in the page");
    }
}

#[tokio::test]
async fn every_page_can_be_walked_with_a_keyboard_and_a_reader() {
    let mut client = Client::signed_in("diaodu").await;
    for (path, _) in PAGES {
        let answer = client.get(path).await;
        let text = answer.text();
        assert!(text.contains("class=\"skip\" href=\"#main\""), "{path}: skip link");
        assert_eq!(text.matches("<h1").count(), 1, "{path}: one h1");
        assert_eq!(text.matches("<main").count(), 1, "{path}: one main");
        let (tables, captions) = (text.matches("<table").count(), text.matches("<th ").count());
        assert!(tables == 0 || captions > 0, "{path}: heads with scope");
    }
}

#[tokio::test]
async fn a_stranger_is_led_to_sign_in_and_back() {
    let mut client = Client::stranger();
    for (path, _) in PAGES {
        let answer = client.get(path).await;
        assert_eq!(answer.status, 303, "{path}");
        let next = tici_web::visit::encode(path);
        assert_eq!(answer.location(), format!("/sign-in?next={next}"));
    }
}

#[tokio::test]
async fn what_is_not_there_says_so_with_a_way_forward() {
    let mut client = Client::signed_in("diaodu").await;
    for path in ["/nowhere", "/projects/999999", "/projects/x", "/journal/999999999"] {
        let answer = client.get(path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(answer.text().contains("href=\"/projects\""), "{path}: a way forward");
    }
    let answer = client.get("/projects?tier=moon&lang=en").await;
    assert_eq!(answer.status, 400);
    assert!(answer.text().contains("tier=moon"), "what could not be read is named");
}

#[tokio::test]
async fn every_project_a_page_names_opens() {
    let mut client = Client::signed_in("diaodu").await;
    for page in ["/", "/journal", "/journal/30", "/projects"] {
        let answer = client.get(page).await;
        let links = answer.text().split("href=\"/projects/").skip(1);
        let mut links: Vec<&str> = links.filter_map(|rest| rest.split(['"', '#']).next()).collect();
        links.sort_unstable();
        links.dedup();
        assert!(page == "/journal" || !links.is_empty(), "{page} names no project");
        for link in links {
            let address = format!("/projects/{}", link.replace("&amp;", "&"));
            assert_eq!(client.get(&address).await.status, 200, "{page}: {address}");
        }
    }
}

#[tokio::test]
async fn the_code_of_a_project_leads_to_its_page() {
    let mut client = Client::signed_in("diaodu").await;
    let answer = client.get("/projects/YX26%2D007").await;
    assert_eq!(answer.status, 303);
    let page = client.get(answer.location()).await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("YX26-007"));
    assert_eq!(client.get("/projects/YX99-999").await.status, 404);
}

#[tokio::test]
async fn preferences_of_the_address_are_kept() {
    let mut client = Client::signed_in("lingdao").await;
    client.get("/projects?lang=en&theme=dark").await;
    let answer = client.get("/projects").await;
    assert!(answer.text().contains("<html lang=\"en\" data-theme=\"dark\">"));
}
