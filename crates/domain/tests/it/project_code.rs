use proptest::prelude::*;
use tici_domain::Period;
use tici_domain::project_code::{Issued, ProjectCode, ProjectCodeError};

#[test]
fn both_forms_have_their_parts() {
    let code = ProjectCode::parse("2305-321081-04-01-123456").unwrap();
    assert_eq!(code.issued(), Issued::Month(Period::month(2023, 5).unwrap()));
    assert_eq!((code.region(), code.department()), ("321081", "04"));
    assert_eq!((code.kind(), code.serial()), ("01", "123456"));

    let code = ProjectCode::parse("2017-450114-48-01-900353").unwrap();
    assert_eq!(code.issued(), Issued::Year(Period::year(2017)));
    assert_eq!((code.region(), code.serial()), ("450114", "900353"));
}

#[test]
fn what_people_type_is_read() {
    for text in [
        " 2305-321081-04-01-123456 ",
        "23053210810401123456",
        "2305—321081—04—01—123456",
        "2305 321081 04 01 123456",
        "２３０５－３２１０８１－０４－０１－１２３４５６",
    ] {
        let code = ProjectCode::parse(text).map(|code| code.to_string());
        assert_eq!(code.as_deref(), Ok("2305-321081-04-01-123456"), "{text}");
    }
}

#[test]
fn only_shape_and_month_can_be_wrong() {
    for text in [
        "",
        "2305-321081-04-01-12345",
        "2305-321081-04-01-1234567",
        "2305-321081-0401-123456",
        "2305-32108I-04-01-123456",
        "2305-321081-04-01-12345X",
        "230-5321081-04-01-123456",
        "YX26-001",
        "2305-321081-04-01-123456-",
    ] {
        assert_eq!(ProjectCode::parse(text), Err(ProjectCodeError::Shape), "{text}");
    }
    for text in ["2300-321081-04-01-123456", "1913-321081-04-01-123456"] {
        assert_eq!(ProjectCode::parse(text), Err(ProjectCodeError::Month), "{text}");
    }
}

proptest! {
    /// Shape and month decide, whatever the region or the last digit is.
    #[test]
    fn every_new_code_is_read_and_printed(
        year in 0_u8..100, month in 1_u8..=12, rest in "[0-9]{6}-[0-9]{2}-[0-9]{2}-[0-9]{6}",
    ) {
        let text = format!("{year:02}{month:02}-{rest}");
        let code = ProjectCode::parse(&text).unwrap();
        prop_assert_eq!(code.to_string(), text.clone());
        prop_assert_eq!(ProjectCode::parse(&text.replace('-', "")), Ok(code));
        let issued = Period::month(2000 + i16::from(year), month).unwrap();
        prop_assert_eq!(code.issued(), Issued::Month(issued));
    }

    #[test]
    fn every_old_code_is_read_and_printed(
        year in 2013_i16..2100, rest in "[0-9]{6}-[0-9]{2}-[0-9]{2}-[0-9]{6}",
    ) {
        let text = format!("{year}-{rest}");
        let code = ProjectCode::parse(&text).unwrap();
        prop_assert_eq!(code.to_string(), text);
        prop_assert_eq!(code.issued(), Issued::Year(Period::year(year)));
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,26}") {
        let _ = ProjectCode::parse(&text);
    }
}
