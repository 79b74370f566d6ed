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
    let done = client.post(&format!("{address}/commit"), &[("csrf", &csrf)]).await;
    assert_eq!(done.status, 200);
    let entry = format!("/journal/{}", done.between("href=\"/journal/", "\""));
    let entry = client.get(&entry).await;
    assert!(entry.text().contains("证明通过") && entry.text().contains("E9: 6.2亿 → 62000"));
    assert_eq!(client.get(&address).await.status, 404, "a written upload is forgotten");
    let again = upload(&mut client, &file, &bytes).await.location().to_owned();
    assert!(client.get(&again).await.text().contains("同一个文件以前导入过"));
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
    assert_eq!(upload(&mut reader, "a.csv", b"a,b\n1,2\n").await.status, 403);
    let mut office = Client::signed_in("diaodu").await;
    let forged = office.post_files("/imports", &[("csrf", "0")], &[("file", "a.csv", b"a")]).await;
    assert_eq!(forged.status, 403);
    assert_eq!(upload(&mut office, "a.csv", b"").await.status, 422);
}
