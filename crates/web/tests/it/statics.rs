//! `/static/…`, and what the stylesheet promises.

use crate::app::Client;

#[tokio::test]
async fn files_are_kept_for_ever_at_an_address_of_their_content() {
    let mut client = Client::stranger();
    let page = client.get("/sign-in").await;
    let href = page.between("rel=\"stylesheet\" href=\"", "\"").to_owned();
    let css = client.get(&href).await;
    assert_eq!(css.status, 200);
    assert_eq!(css.header("cache-control"), "public, max-age=31536000, immutable");
    let stale = client.get("/static/000000000000/tici.css").await;
    assert_eq!((stale.status.as_u16(), stale.header("cache-control")), (200, "no-cache"));
    assert_eq!(client.get("/static/0/nothing.css").await.status, 404);
    let packed = client.get_with(&href, &[("accept-encoding", "gzip")]).await;
    assert_eq!(packed.header("content-encoding"), "gzip");
    assert!(packed.bytes.len() < css.bytes.len() / 2);
}

#[tokio::test]
async fn both_dark_blocks_say_the_same() {
    let css = include_str!("../../static/css/tokens.css");
    let block = |start: &str| {
        let at = css.find(start).expect("a block") + start.len();
        let open = css[at..].find('{').expect("an opening") + at;
        let close = css[open..].find('}').expect("a closing") + open;
        css[open..close].split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(block(":root[data-theme=dark]"), block(":root[data-theme=auto]"));
}
