//! The tables of a foreign workbook are chosen and corrected, and next month nothing is asked.

use crate::app::{Answer, Client, fresh};
use tici_testkit::workbook;

async fn upload(client: &mut Client, file: &str, bytes: &[u8]) -> String {
    let csrf = client.get("/imports?lang=zh-Hans").await.csrf();
    let fields = [("csrf", csrf.as_str()), ("kind", "projects"), ("period", "")];
    client.post_files("/imports", &fields, &[("file", file, bytes)]).await.location().to_owned()
}

/// Every field that the form of the tables page would send as it stands.
fn fields_of(page: &Answer) -> Vec<(String, String)> {
    let form = page.between("<form class=\"tabsform\"", "</form>");
    let mut fields = Vec::new();
    let value = |tag: &str, name: &str| {
        let from = format!("{name}=\"");
        let rest = &tag[tag.find(&from)? + from.len()..];
        Some(rest[..rest.find('"')?].replace("&amp;", "&"))
    };
    for piece in form.split('<').skip(1) {
        let tag = piece.split('>').next().unwrap_or_default();
        let is_box = tag.contains("type=\"checkbox\"");
        if tag.starts_with("input") && (!is_box || tag.contains(" checked")) {
            fields.extend(value(tag, "name").zip(value(tag, "value")));
        } else if tag.starts_with("select") {
            fields.extend(value(tag, "name").map(|name| (name, String::new())));
        } else if tag.starts_with("option") && tag.contains(" selected") {
            fields.last_mut().expect("a select").1 = value(tag, "value").expect("a value");
        }
    }
    fields
}

async fn send(client: &mut Client, address: &str, fields: &[(String, String)]) -> String {
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    client.post(&format!("{address}/tables"), &fields).await.location().to_owned()
}

fn set(fields: &mut [(String, String)], ending: &str, value: &str) {
    let field = fields.iter_mut().find(|(name, _)| name.ends_with(ending));
    field.unwrap_or_else(|| panic!("no field {ending}")).1 = value.to_owned();
}

async fn commit(client: &mut Client, address: &str) -> Answer {
    let page = client.get(&format!("{address}?asked=1")).await;
    let hidden = |name: &str| page.between(&format!("name=\"{name}\" value=\""), "\"").to_owned();
    let (csrf, written) = (page.csrf(), hidden("rows-written"));
    let left_out = hidden("rows-left-out");
    let fields = [("csrf", &*csrf), ("rows-written", &*written), ("rows-left-out", &*left_out)];
    let done = client.post(&format!("{address}/commit"), &fields).await.location().to_owned();
    assert!(done.starts_with("/imports/done?"), "{done}: {}", page.between("cbar", "</form>"));
    client.get(&done).await
}

const ASKS: &str = "这个文件里还有别的表也能读";

#[tokio::test]
async fn a_proposal_is_corrected_and_next_month_nothing_is_asked() {
    let mut client = Client::signed_in_to(fresh(), "diaodu").await;
    let address = upload(&mut client, "五月.xlsx", &workbook::progress_of(5)).await;
    let check = client.get(&address).await;
    assert!(check.text().contains(ASKS), "{}", check.text());
    assert!(check.text().contains("在建项目 3 行") && check.text().contains("填表说明，不导入"));

    let page = client.get(&format!("{address}/tables")).await;
    for words in [
        "在建项目!A3:I10",
        "储备项目!A2:E4",
        "砚溪县2026年1—5月在建项目进展情况表",
        "分组行 2",
        "表头就是「建设单位」",
        "万元（表上写明）",
    ] {
        assert!(page.text().contains(words), "{words}\n{}", page.text());
    }
    let mut fields = fields_of(&page);
    set(&mut fields, ":f-6", "figure.invest_month");
    set(&mut fields, ":f-7", "figure.invest_ytd");
    fields.push(("go".into(), "check".into()));
    assert_eq!(send(&mut client, &address, &fields).await, format!("{address}?asked=1"));
    let check = client.get(&address).await;
    assert!(!check.text().contains(ASKS), "it was chosen");
    commit(&mut client, &address).await;

    let address = upload(&mut client, "六月.xlsx", &workbook::progress_of(6)).await;
    let check = client.get(&address).await;
    assert!(!check.text().contains("note warn"), "{}", check.text());
    assert!(check.text().contains("沿用上次同表的对应"));
    let map = client.get(&format!("{address}/map.toml")).await;
    assert!(map.text().contains("figure.invest_ytd"), "{}", map.text());
    let done = commit(&mut client, &address).await;
    assert!(done.text().contains("已写入账本"), "{}", done.text());
}

#[tokio::test]
async fn several_tables_are_read_at_once() {
    let mut client = Client::signed_in_to(fresh(), "diaodu").await;
    let address = upload(&mut client, "五月.xlsx", &workbook::progress_of(5)).await;
    let mut fields = fields_of(&client.get(&format!("{address}/tables")).await);
    fields.push(("read".into(), "储备项目!A2:E4".into()));
    assert_eq!(send(&mut client, &address, &fields).await, format!("{address}/tables"));
    let page = client.get(&format!("{address}/tables")).await;
    assert_eq!(page.text().matches("class=\"panel lay\"").count(), 2);
    let check = client.get(&address).await;
    assert!(check.text().contains("在建项目 3 行") && check.text().contains("储备项目 2 行"));
    assert!(check.text().contains("提交 5 行"), "{}", check.between("cbar", "</form>"));
}

#[tokio::test]
async fn forms_are_records_and_a_fault_leaves_out_its_own() {
    let mut client = Client::signed_in_to(fresh(), "diaodu").await;
    let address = upload(&mut client, "卡片.xlsx", &workbook::cards(5)).await;
    let check = client.get(&address).await;
    assert!(check.text().contains("一表一项的卡片"), "{}", check.text());
    assert!(check.text().contains("卡片一 1 行") && check.text().contains("提交 2 行"));
    commit(&mut client, &address).await;
    let address = upload(&mut client, "卡片6.xlsx", &workbook::cards(6)).await;
    let check = client.get(&address).await;
    assert!(check.text().contains("沿用上次同表的对应") && !check.text().contains("note warn"));
    let address = upload(&mut client, "横表.xlsx", &workbook::turned()).await;
    let check = client.get(&address).await;
    assert!(check.text().contains("一列一项"), "{}", check.text());
    assert!(check.text().contains("提交 2 行") && check.text().contains("1 行不入库"));
}

#[tokio::test]
async fn what_nobody_can_tell_is_asked_first() {
    let mut client = Client::signed_in_to(fresh(), "diaodu").await;
    let list = "甲,乙,丙\nNX-001,新表项目一,9000\nNX-002,新表项目二,8000\n".as_bytes();
    let address = upload(&mut client, "a.csv", list).await;
    assert_eq!(client.get(&address).await.location(), format!("{address}/tables"));
    let page = client.get(&format!("{address}/tables")).await;
    assert!(page.text().contains("没有一列能确定是项目名称或编号"), "{}", page.text());
    let mut fields = fields_of(&page);
    let key = page.between("name=\"read\" value=\"", "\"").to_owned();
    fields.retain(|(name, _)| name != "read");
    fields.push(("read".into(), key));
    send(&mut client, &address, &fields).await;
    let mut fields = fields_of(&client.get(&format!("{address}/tables")).await);
    set(&mut fields, ":f-0", "code");
    set(&mut fields, ":f-1", "name");
    set(&mut fields, ":f-2", "figure.total_investment");
    send(&mut client, &address, &fields).await;
    let mut fields = fields_of(&client.get(&format!("{address}/tables")).await);
    set(&mut fields, ":unit", "亿元");
    send(&mut client, &address, &fields).await;
    let check = client.get(&address).await;
    assert!(check.text().contains("提交 2 行"), "{}", check.text());
    let map = client.get(&format!("{address}/map.toml")).await;
    assert!(map.text().contains("亿元"), "{}", map.text());
    // Columns that were named for another header are forgotten with it.
    let mut fields = fields_of(&client.get(&format!("{address}/tables")).await);
    set(&mut fields, ":from", "2");
    set(&mut fields, ":to", "2");
    send(&mut client, &address, &fields).await;
    let page = client.get(&format!("{address}/tables")).await;
    assert!(page.text().contains("NX-001"), "{}", page.text());
    assert!(page.text().contains("没有一列能确定是项目名称或编号"));
}
