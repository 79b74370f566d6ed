//! Pictures of every page for an eye to judge: three widths, light and dark, three languages,
//! and as printed. `just look` takes them; nothing else does.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::accessibility::{LANGUAGES, THEMES, WIDTHS, address, pages};
use crate::browser::{Scripts, tell};
use crate::county::own;
use crate::page::Page;

#[test]
#[ignore = "takes pictures and judges nothing: just look"]
fn pictures_of_every_page() {
    let served = own();
    let folder = folder();
    tell(&served, Scripts::On, async |page| {
        page.sign_in("diaodu").await;
        for (name, path) in pages(page, &served).await {
            let name = name.replace(", ", "-").replace(' ', "-");
            for language in LANGUAGES {
                page.resize(WIDTHS[0], 900).await;
                page.open(&address(&path, language)).await;
                take(page, &folder, &format!("{name}-{language}")).await;
            }
        }
    });
    eprintln!("the pictures are in {}", folder.display());
}

/// Where the pictures go: `TICI_PICTURES`, or beside what tests build.
fn folder() -> PathBuf {
    let asked = std::env::var_os("TICI_PICTURES").map(PathBuf::from);
    let folder = asked.unwrap_or_else(|| Path::new(env!("CARGO_TARGET_TMPDIR")).join("pictures"));
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// One page in one language: each theme at each width, whole, and its printed sheets.
async fn take(page: &Page, folder: &Path, name: &str) {
    let tall = "return Math.max(document.documentElement.scrollHeight, 600)";
    let set = "document.documentElement.dataset.theme = arguments[0]";
    for theme in THEMES {
        page.run(set, vec![json!(theme)]).await.expect("a theme");
        for width in WIDTHS {
            page.resize(width, 900).await;
            let height = page.run(tall, vec![]).await.expect("a height");
            page.resize(width, height.as_u64().map_or(900, |px| px as u32)).await;
            let png = page.picture().await;
            let file = folder.join(format!("{name}-{theme}-{width}.png"));
            std::fs::write(&file, png).expect("a picture");
        }
    }
    std::fs::write(folder.join(format!("{name}.pdf")), page.sheets().await).expect("sheets");
}
