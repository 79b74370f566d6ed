//! Maps: what is wrong is named by line and column; what is right survives being written.

use tici_exchange::map::{Field, Links, Map, Unit, fold_header, unit_in_header};

const COLUMN: &str = "[[columns]]\nheader = [\"项目\"]\nfield = \"name\"\n";

#[test]
fn what_is_wrong_with_a_map() {
    let cases = [
        ("title = 3", "map-broken", "1:9"),
        ("title = \"a\"\ncolour = \"red\"", "map-broken", "2:1"),
        ("[[columns]]\nheader = [\"a\"]\nfield = \"nome\"", "map-broken", "3:9"),
        ("[[columns]]\nheader = [\"a\"]\nfield = \"figure.luck\"", "map-broken", "3:9"),
        ("unit = \"bushels\"", "map-broken", "1:8"),
        ("currency = \"yuan\"", "map-broken", "1:12"),
        ("encoding = \"klingon\"", "map-broken", "1:12"),
        ("period = { fixed = \"2026-13\" }", "map-broken", "1:10"),
        ("title = \"", "map-broken", "1:10"),
        ("[[columns]]\nfield = \"name\"", "map-column-without-header", ""),
        ("title = \"no columns\"", "map-without-key", ""),
        ("[[columns]]\nheader = [\"a\"]\nfield = \"content\"", "map-without-key", ""),
        ("header = [4, 3]\n[[columns]]\nheader = [\"a\"]\nfield = \"name\"", "map-header-rows", ""),
        ("header = [0, 3]\n[[columns]]\nheader = [\"a\"]\nfield = \"name\"", "map-header-rows", ""),
    ];
    for (text, key, cell) in cases {
        let problems = Map::parse("list.toml", text).unwrap_err();
        let found = (problems[0].key.as_str(), problems[0].cell.as_str());
        assert_eq!(found, (key, cell), "{text}: {problems:?}");
        assert_eq!(problems[0].file, "list.toml");
    }
    let twice = format!("{COLUMN}{}", COLUMN.replace("项目", "工程"));
    assert_eq!(Map::parse("m", &twice).unwrap_err()[0].key, "map-field-twice");
}

#[test]
fn samples_are_maps_and_survive_writing() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/maps");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_string();
        if !name.ends_with(".toml") || name.ends_with("-links.toml") {
            continue;
        }
        seen += 1;
        let text = std::fs::read_to_string(&path).unwrap();
        let map = Map::parse(&name, &text).unwrap_or_else(|problems| panic!("{problems:?}"));
        let again = Map::parse(&name, &map.to_toml()).unwrap_or_else(|p| panic!("{p:?}"));
        assert_eq!(map, again, "{name}");
    }
    assert!(seen >= 3);
}

#[test]
fn fields_print_as_they_read() {
    let names = [
        "ignore",
        "code",
        "name_en",
        "build_span",
        "stage",
        "stage.started",
        "plan",
        "milestone.completed.expected",
        "milestone.land.use.planned",
        "figure.invest_ytd",
    ];
    for name in names {
        assert_eq!(Field::parse(name).map(|field| field.to_string()).as_deref(), Some(name));
    }
    for name in ["", "figure", "figure.", "stage.late", "milestone.x", "milestone..planned"] {
        assert_eq!(Field::parse(name), None, "{name}");
    }
}

#[test]
fn units_in_headers() {
    let cases = [
        ("总投资（万元）", Some(4)),
        ("总投资/亿元", Some(8)),
        ("總投資(億元)", Some(8)),
        ("2026年计划/万元", Some(4)),
        ("投资额（万美元）", Some(4)),
        ("Budget (£million)", Some(6)),
        ("2016/17 TOTAL Baseline £m (including Non-Government costs)", None),
        ("Cost (US$ millions)", Some(6)),
        ("Amount, US$ thousand", Some(3)),
        ("总投资", None),
        ("项目（个）", None),
        ("年度计划/当月", None),
    ];
    for (header, power) in cases {
        let found = unit_in_header(header).and_then(Unit::magnitude).map(|unit| unit.0);
        assert_eq!(found, power, "{header}");
    }
}

#[test]
fn headers_are_compared_folded() {
    let same = [
        ("总 投 资（万元）", "总投资(万元)"),
        ("Project\n Name", "project name"),
        ("ＰＩＤ", "pid"),
        ("Total (  £m )", "total(£m)"),
    ];
    for (a, b) in same {
        assert_eq!(fold_header(a), fold_header(b));
    }
    assert_ne!(fold_header("start date"), fold_header("startdate"));
}

#[test]
fn only_confirmed_links_are_followed() {
    let text = "[[link]]\nold = \"Weir Crossing\"\nnew = \"Mill Bridge\"\nconfirmed = true\n\
        [[link]]\nold = \"Mill Bridge\"\nnew = \"Mill Bridge Programme\"\nconfirmed = true\n\
        [[link]]\nold = \"Harbour\"\nnew = \"Port\"\n";
    let links = Links::parse("links.toml", text).unwrap();
    assert_eq!(links.follow("weir  crossing"), "Mill Bridge Programme");
    assert_eq!(links.follow("Harbour"), "Harbour");
    assert_eq!(links.len(), 2);
    let problems = Links::parse("links.toml", "[[link]]\nold = 3").unwrap_err();
    assert_eq!((problems[0].key.as_str(), problems[0].cell.as_str()), ("map-broken", "2:7"));
    // A circle of renamings ends.
    let circle = "[[link]]\nold = \"a\"\nnew = \"b\"\nconfirmed = true\n\
        [[link]]\nold = \"b\"\nnew = \"a\"\nconfirmed = true\n";
    Links::parse("links.toml", circle).unwrap().follow("a");
}
