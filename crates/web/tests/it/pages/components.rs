//! The sheet of components shows both themes at once.

use crate::app::Client;

#[tokio::test]
async fn both_themes_stand_side_by_side() {
    let mut client = Client::signed_in("lingdao").await;
    let page = client.get("/components?lang=zh-Hans").await;
    assert_eq!(page.status, 200);
    for text in ["theme-light", "theme-dark", "16.5:1", "13.9:1"] {
        assert!(page.text().contains(text), "{text}");
    }
}
