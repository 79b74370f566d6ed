//! Tables and other files that leave from pages.

use tici_domain::Lang;
use tici_ops::export_tables::files::{TableFile, TableFormat};
use tici_ops::export_tables::{Codes, TABLES, TablesAt, Unit};
use tici_web::T;
use tici_web::export_tables::{code_list, dictionary};

use crate::app::Client;

/// Every table, column, unit and code has words of its own in all three languages.
#[test]
fn the_dictionary_speaks_of_everything() {
    let file =
        |table| TableFile { table, path: String::new(), rows: 0, bytes: 0, sha256: String::new() };
    let files: Vec<TableFile> = TABLES.iter().map(file).collect();
    let at = TablesAt { entries: 0, last_written: None };
    let words = dictionary(&files, at, TableFormat::Csv);
    let check = |what: &str, words: &[String; 3]| {
        for (lang, text) in Lang::ALL.iter().zip(words) {
            assert!(!text.is_empty() && !text.starts_with("export-"), "{what} {lang:?}: {text}");
        }
        // Chinese and English never say the same but for names.
        assert!(words[0] != words[2] || words[0].is_ascii(), "{what}: {words:?}");
    };
    assert_eq!(words.tables.len(), TABLES.len());
    for table in &words.tables {
        check(&table.name, &table.words);
        for column in &table.columns {
            check(&format!("{}.{}", table.name, column.name), &column.words);
            assert_eq!(column.unit.is_empty(), column.unit_words[0].is_empty(), "{}", column.name);
            if !column.unit.is_empty() {
                check(&column.unit, &column.unit_words);
            }
        }
    }
    assert_eq!(Unit::ALL.len(), 6);
    for codes in Codes::ALL {
        for (code, words) in code_list(codes).codes {
            let what = format!("{}.{code}", codes.name());
            check(&what, &words);
            assert!(words[0] != code, "{what} has no words");
        }
    }
    assert!(!T::new(Lang::En).t("data-tables-title").is_empty());
}

#[tokio::test]
async fn tables_are_sent_whole_and_only_to_whom_they_are_open() {
    let mut client = Client::signed_in("diaodu").await;
    let answer = client.get("/tables/projects.csv").await;
    assert_eq!(answer.status, 200);
    // Whatever their state: two more than those that count, and the head.
    let all = answer.text().lines().count();
    assert_eq!(all, 151);
    let parquet = client.get("/tables/figures.parquet").await;
    assert_eq!(parquet.status, 200);
    let bytes = &parquet.bytes;
    assert_eq!((&bytes[..4], &bytes[bytes.len() - 4..]), (&b"PAR1"[..], &b"PAR1"[..]));
    let dictionary = client.get("/tables/dictionary.csv").await;
    assert!(dictionary.text().contains("figures,cell,string"), "{}", dictionary.text());
    assert!(client.get("/tables/codes.csv").await.text().contains("stage,started"));
    for path in ["/tables/nothing.csv", "/tables/projects.exe", "/tables/projects"] {
        assert_eq!(client.get(path).await.status, 404, "{path}");
    }
    let mut reporter = Client::signed_in("luting").await;
    assert_eq!(reporter.get("/tables/journal.csv").await.status, 404);
    let own = reporter.get("/tables/projects.csv").await;
    assert!(own.text().lines().count() < all);
    assert!(!reporter.get("/tables").await.text().contains("journal.csv"));
}

#[tokio::test]
async fn a_project_leaves_as_schedule_and_calendar() {
    let mut client = Client::signed_in("diaodu").await;
    let page = client.get("/projects/1").await;
    assert!(page.text().contains("/projects/1/schedule.xml"));
    let schedule = client.get("/projects/1/schedule.xml?lang=zh-Hans").await;
    assert_eq!(schedule.status, 200);
    assert!(schedule.text().contains("<Name>开工</Name>"), "{}", schedule.text());
    let calendar = client.get("/projects/1/calendar.ics").await;
    assert_eq!(calendar.status, 200);
    assert!(calendar.text().starts_with("BEGIN:VCALENDAR\r\n"));
    assert_eq!(client.get("/projects/100000/schedule.xml").await.status, 404);
    let ledger = client.get("/projects/export/parquet?tier=listed").await;
    assert_eq!(ledger.status, 200);
    assert_eq!(&ledger.bytes[..4], b"PAR1");
}
