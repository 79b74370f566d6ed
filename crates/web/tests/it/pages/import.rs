//! A faulty return is uploaded, put right with buttons and written, all without script.

use crate::app::{Answer, Client, fresh};
use tici_testkit::{CountySpec, county, samples};

fn sample(index: usize) -> (String, Vec<u8>) {
    samples::files(&county(&CountySpec::default())).swap_remove(index)
}

async fn upload(client: &mut Client, file: &str, bytes: &[u8]) -> Answer {
    let csrf = client.get("/imports?lang=zh-Hans").await.csrf();
    let fields = [("csrf", csrf.as_str()), ("kind", "projects"), ("period", "")];
    client.post_files("/imports", &fields, &[("file", file, bytes)]).await
}

#[tokio::test]
async fn faults_are_shown_put_right_and_written() {
    let mut client = Client::signed_in_to(fresh(), "diaodu").await;
    let (file, bytes) = sample(0);
    let address = upload(&mut client, &file, &bytes).await.location().to_owned();
    let page = client.get(&address).await;
    assert_eq!(page.status, 200);
    let csrf = page.csrf();
    for text in ["<s>36,218</s>40,518", "按 62,000 填入", "就是它", "3 行不入库", "提交 12 行"]
    {
        assert!(page.text().contains(text), "{text}");
    }
    let fix = format!("{address}/fix");
    let value = [("csrf", &*csrf), ("fix", "value"), ("cell", "列省列市!E9"), ("value", "62000")];
    assert_eq!(client.post(&fix, &value).await.location(), address);
    let same = [("csrf", &*csrf), ("fix", "same"), ("cell", "列省列市!B14"), ("code", "YX26-011")];
    assert_eq!(client.post(&fix, &same).await.location(), address);
    let page = client.get(&address).await;
    assert!(page.text().contains("1 行不入库") && page.text().contains("提交 14 行"));
    let done = commit(&mut client, &address, "").await;
    assert_eq!(done.status, 303);
    let result = done.location().to_owned();
    let done = client.get(&result).await;
    assert_eq!(done.text(), client.get(&result).await.text(), "to load it again is harmless");
    assert!(done.text().contains("已写入账本") && done.text().contains(&file));
    let entry = format!("/journal/{}", done.between("href=\"/journal/", "\""));
    let entry = client.get(&entry).await;
    assert!(entry.text().contains("证明通过") && entry.text().contains("E9: 6.2亿 → 62000"));
    assert_eq!(client.get(&address).await.status, 404, "a written upload is forgotten");
    let again = upload(&mut client, &file, &bytes).await.location().to_owned();
    assert!(client.get(&again).await.text().contains("同一个文件以前导入过"));
}

/// Presses the button of the check as it stands, with a reason.
async fn commit(client: &mut Client, address: &str, reason: &str) -> Answer {
    let page = client.get(address).await;
    let hidden = |name: &str| page.between(&format!("name=\"{name}\" value=\""), "\"").to_owned();
    let (csrf, written) = (page.csrf(), hidden("rows-written"));
    let left_out = hidden("rows-left-out");
    let fields = [
        ("csrf", &*csrf),
        ("reason", reason),
        ("rows-written", &*written),
        ("rows-left-out", &*left_out),
    ];
    client.post(&format!("{address}/commit"), &fields).await
}

#[tokio::test]
async fn other_counts_than_promised_are_shown_before_anything_is_written() {
    let mut client = Client::signed_in_to(fresh(), "diaodu").await;
    let (file, bytes) = sample(0);
    let address = upload(&mut client, &file, &bytes).await.location().to_owned();
    let before = client.get(&address).await;
    assert!(before.text().contains("提交 12 行"));
    // A reason lifts the cumulative figure that fell: one row more than promised.
    let again = commit(&mut client, &address, "核减").await;
    assert_eq!(again.location(), format!("{address}?counts=changed"));
    let page = client.get(again.location()).await;
    assert_eq!(page.status, 200, "the upload is still there");
    assert!(page.text().contains("行数变了，还没有写入。") && page.text().contains("核减"));
    assert!(page.text().contains("提交 13 行"), "{}", page.between("cbar", "</form>"));
    let bare = client.post(&format!("{address}/commit"), &[("csrf", &page.csrf())]).await;
    assert!(bare.location().ends_with("?counts=changed"), "a form without a promise");
    assert!(client.get(&address).await.text().contains("提交 12 行"), "its reason is gone too");
    commit(&mut client, &address, "核减").await;
    let done = commit(&mut client, &address, "核减").await;
    assert!(done.location().starts_with("/imports/done?"), "{}", done.location());
    assert_eq!(client.get(done.location()).await.status, 200);
}

#[tokio::test]
async fn another_account_does_not_see_an_upload() {
    let router = fresh();
    let mut owner = Client::signed_in_to(router.clone(), "jingkai").await;
    let (file, bytes) = sample(0);
    let address = upload(&mut owner, &file, &bytes).await.location().to_owned();
    let mut other = Client::signed_in_to(router, "diaodu").await;
    assert_eq!(other.get(&address).await.status, 404);
    assert_eq!(owner.get(&format!("{address}/file")).await.bytes, bytes);
    assert_eq!(owner.get(&format!("{address}/map.toml")).await.status, 200);
    assert!(owner.get(&format!("{address}/problems.csv")).await.text().contains("E9"));
}

#[tokio::test]
async fn a_reader_may_not_upload_and_a_foreign_form_is_refused() {
    let mut reader = Client::signed_in("lingdao").await;
    let csrf = reader.get("/account").await.csrf();
    let file: [(&str, &str, &[u8]); 1] = [("file", "a.csv", b"a,b\n1,2\n")];
    assert_eq!(reader.post_files("/imports", &[("csrf", &csrf)], &file).await.status, 403);
    let mut office = Client::signed_in("diaodu").await;
    let forged = office.post_files("/imports", &[("csrf", "0")], &[("file", "a.csv", b"a")]).await;
    assert_eq!(forged.status, 403);
    assert_eq!(upload(&mut office, "a.csv", b"").await.status, 422);
}

/// A list of 150 projects; the total of the one in row 131 is no number.
fn long_list() -> Vec<u8> {
    let mut text = String::from("项目编号,项目名称,属地,总投资（万元）\n");
    for n in 1..=150 {
        let total = if n == 130 { "约九千".to_owned() } else { (1_000 + n).to_string() };
        text.push_str(&format!("LL-{n:03},长表项目{n},经开区,{total}\n"));
    }
    text.into_bytes()
}

#[tokio::test]
async fn a_long_sheet_is_turned_page_by_page() {
    let mut client = Client::signed_in_to(fresh(), "diaodu").await;
    let address = upload(&mut client, "long.csv", &long_list()).await.location().to_owned();
    let page = client.get(&address).await;
    let parts = page.between("<nav class=\"pagin\"", "</nav>");
    for words in ["第 1–60 行，共 151 行", "下一处问题：第 131 行", "?part=2#sheet-h"]
    {
        assert!(parts.contains(words), "{words} in {parts}");
    }
    assert!(page.text().contains("长表项目59") && !page.text().contains("长表项目60<"));
    assert!(page.text().contains(&format!("<a href=\"{address}?row=131#row-131\">")));
    let second = client.get(&format!("{address}?part=2")).await;
    assert!(second.text().contains("长表项目60<") && second.text().contains("第 61–120 行"));
    let third = client.get(&format!("{address}?row=131")).await;
    assert!(third.text().contains("id=\"row-131\"") && third.text().contains("第 121–151 行"));
    let parts = third.between("<nav class=\"pagin\"", "</nav>");
    assert!(!parts.contains("处问题") && !parts.contains("rel=\"next\""), "{parts}");
    assert!(client.get(&format!("{address}?part=99")).await.text().contains("第 121–151 行"));
    // What is put right there leads back there.
    let csrf = third.csrf();
    let fields = [("csrf", &*csrf), ("part", "3"), ("fix", "value"), ("cell", "!131:4")];
    let fields = [&fields[..], &[("value", "9000")]].concat();
    let answer = client.post(&format!("{address}/fix"), &fields).await;
    assert_eq!(answer.location(), format!("{address}?part=3#sheet-h"));
    assert!(client.get(&address).await.text().contains("提交 150 行"));
}

#[tokio::test]
async fn a_character_that_no_database_keeps_is_named_by_its_cell() {
    let mut client = Client::signed_in_to(fresh(), "diaodu").await;
    let text = String::from_utf8(long_list()).expect("a text").replace("长表项目3,", "长\0表,");
    let address = upload(&mut client, "nul.csv", text.as_bytes()).await.location().to_owned();
    let page = client.get(&format!("{address}?lang=en")).await;
    assert!(page.text().contains("4:2: The cell holds a character that cannot be kept (U+0000)"));
    assert!(commit(&mut client, &address, "").await.location().starts_with("/imports/done?"));
}

#[tokio::test]
async fn what_was_said_of_a_layout_is_used_for_the_next_month() {
    let mut client = Client::signed_in_to(fresh(), "diaodu").await;
    let list = |month: u8| {
        format!("项目编号,项目名称,属地,{month}月口径（万元）\nNX-001,新表项目一,经开区,9000\n")
    };
    let may = list(5).into_bytes();
    let address = upload(&mut client, "五月.csv", &may).await.location().to_owned();
    let page = client.get(&address).await;
    assert!(!page.text().contains("沿用上次同表的对应"));
    let said = [("f-0", "code"), ("f-1", "name"), ("f-2", "place")];
    let said = [&said[..], &[("f-3", "figure.total_investment"), ("period", "")]].concat();
    let csrf = page.csrf();
    let fields = [&[("csrf", &*csrf), ("part", "1")][..], &said[..]].concat();
    assert_eq!(client.post(&format!("{address}/map"), &fields).await.status, 303);
    assert!(commit(&mut client, &address, "").await.location().starts_with("/imports/done?"));
    let june = list(6).replace("9000", "9500").into_bytes();
    let address = upload(&mut client, "六月.csv", &june).await.location().to_owned();
    let page = client.get(&address).await;
    assert!(
        page.text().contains("沿用上次同表的对应"),
        "{}",
        page.between("<section", "</header>")
    );
    let map = client.get(&format!("{address}/map.toml")).await;
    assert!(map.text().contains("figure.total_investment"), "{}", map.text());
}

#[tokio::test]
async fn a_workbook_is_given_back_with_its_faults_marked() {
    let mut client = Client::signed_in_to(fresh(), "diaodu").await;
    let (file, bytes) = sample(0);
    let address = upload(&mut client, &file, &bytes).await.location().to_owned();
    let link = format!("{address}/marked.xlsx");
    assert!(client.get(&address).await.text().contains(&link));
    let marked = client.get(&link).await;
    assert_eq!(marked.status, 200);
    let open = |bytes: &[u8]| {
        tici_ops::files::sheet::open("a.xlsx", bytes, Default::default()).0.expect("a workbook")
    };
    let (before, after) = (open(&bytes), open(&marked.bytes));
    let count = before.sheets.len();
    assert_eq!(after.sheets[..count], before.sheets[..]);
    assert_eq!(after.sheets[count].name, "问题清单");
    let cell = |row: usize| after.sheets[count].cell(row, 0).value.show();
    let cells: Vec<String> = (1..after.sheets[count].rows.len()).map(cell).collect();
    assert!(cells.contains(&"列省列市 E9".to_owned()), "{cells:?}");
    let text = upload(&mut client, "a.csv", b"a,b\n1,2\n").await.location().to_owned();
    assert!(!client.get(&text).await.text().contains("marked.xlsx"));
}
