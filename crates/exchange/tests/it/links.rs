//! Which renamings are proposed, and which are not.

use tici_domain::Name;
use tici_domain::intake::{At, ProjectRow};
use tici_exchange::map::{Link, Links};
use tici_exchange::propose::propose_links;

fn row(name: &str) -> ProjectRow {
    let name = At { value: Name::new(name), cell: "A1".into(), raw: name.into() };
    ProjectRow { name: Some(name), ..ProjectRow::default() }
}

#[test]
fn proposals() {
    let known = [
        "Mill Bridge",
        "Harbour Line (formerly Quay Tramway)",
        "The Digital Registry Programme",
        "Flood Wall Phase 1",
        "滨江新城建设项目",
        "Coastal Radar Replacement",
    ];
    let known: Vec<String> = known.iter().map(|name| name.to_string()).collect();
    let cases = [
        ("mill  bridge", None),
        ("Stone Bridge (formerly Mill Bridge)", Some(("Mill Bridge", "formerly"))),
        ("Quay Tramway", Some(("Harbour Line (formerly Quay Tramway)", "formerly"))),
        ("Digital Registry", Some(("The Digital Registry Programme", "spelling"))),
        ("Flood Wall Phase 2", None),
        ("滨江新城工程", Some(("滨江新城建设项目", "near"))),
        ("滨江老城改造", None),
        ("滨江新城建设工程", Some(("滨江新城建设项目", "spelling"))),
        ("江南大桥（原名：Mill Bridge）", Some(("Mill Bridge", "formerly"))),
        ("Coastal Radars Replacement", Some(("Coastal Radar Replacement", "near"))),
        ("Inland Waterway Dredging", None),
    ];
    for (name, expected) in cases {
        let links = propose_links(&[row(name)], &known);
        let found = links.first().map(|link| (link.new.as_str(), link.reason.as_str()));
        assert_eq!(found, expected, "{name}: {links:?}");
        assert!(links.iter().all(|link| !link.confirmed));
    }
}

#[test]
fn a_file_of_proposals_is_read_back_once_confirmed() {
    let mut links =
        propose_links(&[row("Digital Registry")], &["Digital Registry Programme".into()]);
    assert!(Links::parse("l", &Links::write(&links)).unwrap().is_empty());
    links.iter_mut().for_each(|link: &mut Link| link.confirmed = true);
    let read = Links::parse("l", &Links::write(&links)).unwrap();
    assert_eq!(read.follow("Digital Registry"), "Digital Registry Programme");
}
