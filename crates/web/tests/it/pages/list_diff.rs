//! A second date of a list is uploaded: the page tells what became of the first, a rename is
//! taken up and a project that is gone leaves its list, all with plain forms.

use crate::app::{Answer, Client, fresh};

const MAY: &str = "项目编号,项目名称,属地,项目类别,总投资（万元）\n\
    LD-1,城北水厂扩建,云埠镇,水利,32000\nLD-2,滨江路改造,云埠镇,交通,8000\n\
    LD-3,新材料中试基地,云埠镇,工业,15600\nLD-4,老旧小区改造,云埠镇,民生,900\n";

const JUNE: &str = "项目编号,项目名称,属地,项目类别,总投资（万元）\n\
    LD-1,城北水厂扩建,云埠镇,水利,33000\nLD-2,滨江路改造,云埠镇,交通,8000\n\
    LE-9,新材料中试基地,云埠镇,工业,15600\nLE-10,轨道车辆段,云埠镇,交通,70000\n";

async fn upload(client: &mut Client, file: &str, text: &str) -> String {
    let csrf = client.get("/imports?lang=zh-Hans").await.csrf();
    let fields = [("csrf", csrf.as_str()), ("kind", "projects"), ("period", "")];
    let sent = client.post_files("/imports", &fields, &[("file", file, text.as_bytes())]).await;
    sent.location().to_owned()
}

async fn commit(client: &mut Client, address: &str) -> Answer {
    let page = client.get(address).await;
    let hidden = |name: &str| page.between(&format!("name=\"{name}\" value=\""), "\"").to_owned();
    let (csrf, written) = (page.csrf(), hidden("rows-written"));
    let left_out = hidden("rows-left-out");
    let fields = [
        ("csrf", &*csrf),
        ("reason", "调整"),
        ("rows-written", &*written),
        ("rows-left-out", &*left_out),
    ];
    client.post(&format!("{address}/commit"), &fields).await
}

#[tokio::test]
async fn a_list_is_looked_at_beside_the_one_before_it() {
    let mut client = Client::signed_in_to(fresh(), "diaodu").await;
    let may = upload(&mut client, "名单5月.csv", MAY).await;
    let page = client.get(&may).await;
    assert!(!page.text().contains("与上次名单相比"), "there was none before");
    assert!(commit(&mut client, &may).await.location().starts_with("/imports/done?"));
    let june = upload(&mut client, "名单6月.csv", JUNE).await;
    let page = client.get(&june).await;
    assert_eq!(page.status, 200);
    for text in ["与上次名单相比", "名单5月.csv", "疑似改名", "同名，编号不同", "名单上消失的项目"]
    {
        assert!(page.text().contains(text), "{text}");
    }
    decide(&mut client, &june, &page).await;
    for (ending, start) in [("xlsx", &b"PK"[..]), ("csv", "\u{feff}".as_bytes())] {
        let file = client.get(&format!("{june}/against.{ending}")).await;
        assert_eq!(file.status, 200);
        assert!(file.bytes.starts_with(start), "{ending}");
    }
    assert!(commit(&mut client, &june).await.location().starts_with("/imports/done?"));
    let found = client.get("/projects?tier=all&state=withdrawn").await;
    assert!(found.text().contains("老旧小区改造"), "it is withdrawn, not deleted");
}

async fn decide(client: &mut Client, june: &str, page: &Answer) {
    let csrf = page.csrf();
    let address = format!("{june}/against");
    let cell = page.between("name=\"cell\" value=\"", "\"").to_owned();
    let same = [("csrf", &*csrf), ("what", "same"), ("cell", &*cell), ("code", "LD-3")];
    assert_eq!(client.post(&address, &same).await.location(), format!("{june}#against-h"));
    let gone = [
        ("csrf", &*csrf),
        ("what", "vanished"),
        ("fate-LD-4", "withdraw"),
        ("reason-LD-4", "业主放弃"),
    ];
    client.post(&address, &gone).await;
    let page = client.get(june).await;
    assert!(page.text().contains("同一项目") && page.text().contains("业主放弃"));
    assert!(page.text().contains("已记下"));
}
