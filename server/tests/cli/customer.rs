//! `customer`

use crate::binary::{done, refused, serve, with_customers};

#[test]
fn a_person_is_erased_while_the_panel_runs() {
    let data = with_customers();
    let (served, _) = serve(&data, &[]);
    let folder = data.path().join("out");
    let folder = folder.to_str().unwrap();
    let export = || {
        done(&data, &["export", "--partner", "Kontor", folder]);
        std::fs::read_to_string(format!("{folder}/customers.csv")).unwrap()
    };
    let before = export();
    let mut lines = csv::Reader::from_reader(before.as_bytes());
    let first = lines.records().next().unwrap().unwrap();
    let (external, name) = (first[0].to_owned(), first[1].to_owned());
    assert!(!name.is_empty());

    let erase = |customer: &str| {
        done(
            &data,
            &["customer", "erase", "--partner", "Kontor", customer],
        )
    };
    assert!(erase(&external).contains("has no name any more"));
    let after = export();
    assert!(
        after.contains(&external) && !after.contains(&name),
        "{after}"
    );
    assert!(erase(&external).contains("nothing left to erase"));
    done(&data, &["check"]);
    let nobody = ["customer", "erase", "--partner", "Kontor", "nobody"];
    assert!(refused(&data, &nobody).contains("has no customer nobody"));
    drop(served);
}
