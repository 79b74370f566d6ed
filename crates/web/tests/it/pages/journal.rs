//! The journal: lists, filters, one entry with its proof, and the journal proving itself.

use crate::app::Client;

#[tokio::test]
async fn entries_come_newest_first_and_can_be_narrowed() {
    let mut client = Client::signed_in("shenji").await;
    let page = client.get("/journal?lang=zh-Hans").await;
    assert_eq!(page.status, 200);
    let newest: i64 = page.between("<a href=\"/journal/", "\"").parse().expect("a number");
    assert!(page.text().contains("page=2"));
    let narrowed = client.get("/journal?op=claim_stage&project=YX26-034&from=2026-06-01").await;
    assert!(narrowed.text().contains("精密五金园"));
    let first: i64 = narrowed.between("<a href=\"/journal/", "\"").parse().expect("a number");
    assert!(first < newest);
    assert_eq!(client.get("/journal?project=nothing").await.status, 404);
    assert!(client.get("/journal?from=2030-01-01").await.text().contains("没有符合条件的记录"));
}

#[tokio::test]
async fn an_entry_brings_a_proof_that_others_can_check() {
    let mut client = Client::signed_in("shenji").await;
    let page = client.get("/journal/3?lang=zh-Hans").await;
    assert!(page.text().contains("证明通过") && page.text().contains("正是叶哈希"));
    let proof = client.get("/journal/3/proof.json").await.json();
    assert_eq!(proof["leaf_index"], 3);
    let note = client.get("/journal/checkpoint.txt").await;
    assert_eq!(proof["checkpoint"].as_str(), Some(note.text()));
    assert_eq!(client.get("/journal/999999").await.status, 404);
    assert_eq!(client.get("/journal/x").await.status, 400);
}

#[tokio::test]
async fn the_journal_proves_itself_on_demand() {
    let mut client = Client::signed_in("shenji").await;
    let csrf = client.get("/journal?lang=zh-Hans").await.csrf();
    let page = client.post("/journal/verify", &[("csrf", &csrf)]).await;
    assert!(page.text().contains("校验完整"), "{}", page.text());
    let mut reader = Client::signed_in("lingdao").await;
    assert_eq!(reader.get("/journal").await.status, 403);
}

/// The first entry is number 1 for people; addresses, headers and proofs begin at 0.
#[tokio::test]
async fn entries_are_counted_from_one() {
    let mut client = Client::signed_in("shenji").await;
    let page = client.get("/journal?lang=en").await;
    let head = page.between("<span class=\"sub\">", " ").to_owned();
    let newest = page.between("<td class=\"n\"><a href=\"/journal/", "</a>");
    let (seq, number) = newest.split_once("\">").expect("an address and a number");
    assert_eq!(number, head, "the newest entry has the number of entries");
    assert_eq!(number.replace(',', "").parse::<i64>(), seq.parse::<i64>().map(|seq| seq + 1));
    let first = client.get("/journal/0").await;
    for words in ["<h1>Entry 1</h1>", "Entry 1 joined in", "entry 1 has seq 0", "/journal/0/proof"]
    {
        assert!(first.text().contains(words), "{words}");
    }
    assert_eq!(client.get("/journal/0/proof.json").await.json()["leaf_index"], 0);
}
