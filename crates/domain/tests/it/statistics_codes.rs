use tici_domain::statistics_codes::{AFFILIATION, BUILD_STATE, HOLDING, NATURE, by_number, read};

#[test]
fn numbers_keys_and_names_all_lead_to_the_line() {
    for list in [NATURE, BUILD_STATE, AFFILIATION, HOLDING] {
        assert!(list.is_sorted_by(|a, b| a.number < b.number));
        for line in list {
            assert_eq!(by_number(list, line.number), Some(line));
            let number = line.number.to_string();
            for text in line.names.into_iter().chain([line.key, number.as_str()]) {
                assert_eq!(read(list, &format!(" {text} ")), Some(line), "{text}");
            }
        }
    }
    assert_eq!(read(NATURE, "改建和技术改造").unwrap().number, 3);
    assert_eq!(read(HOLDING, "9").unwrap().key, "other");
    assert_eq!(read(NATURE, "8"), None);
    assert_eq!(by_number(BUILD_STATE, 0), None);
}
