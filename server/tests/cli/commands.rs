//! What the commands answer, and with which exit code.

use crate::binary::{done, refused, with_partner};

#[test]
fn partners_are_added_listed_and_set() {
    let data = with_partner();
    let list = done(&data, &["partner", "list"]);
    for text in ["Kontor", "EUR", "Europe/Berlin", "#00aa66", "par_"] {
        assert!(list.contains(text), "{text} in {list}");
    }
    done(
        &data,
        &[
            "partner",
            "set",
            "kontor",
            "--name",
            "Kontor GmbH",
            "--language",
            "de",
        ],
    );
    let list = done(&data, &["partner", "list"]);
    assert!(
        list.contains("Kontor GmbH") && list.contains(" de ") && list.contains("#00aa66"),
        "{list}"
    );
    assert!(
        refused(
            &data,
            &["partner", "add", "kontor gmbh", "--currency", "EUR"]
        )
        .contains("already")
    );
    assert!(refused(&data, &["partner", "set", "Nobody"]).contains("There are: \"Kontor GmbH\""));
    assert!(
        refused(&data, &["partner", "add", "B", "--currency", "euro"]).contains("three letters")
    );
    let zone = [
        "partner",
        "add",
        "B",
        "--currency",
        "EUR",
        "--time-zone",
        "Mars",
    ];
    assert!(refused(&data, &zone).contains("Europe/Berlin"));
}

#[test]
fn users_are_added_linked_and_disabled() {
    let data = with_partner();
    let of = ["--partner", "Kontor"];
    let user = |verb: &'static str, more: &[&'static str]| {
        let mut args = vec!["user", verb];
        args.extend(of);
        args.extend_from_slice(more);
        args
    };
    done(
        &data,
        &user("add", &["maria.lopez@kontor.example", "--role", "owner"]),
    );
    assert!(
        refused(
            &data,
            &user("add", &["Maria.Lopez@kontor.example", "--role", "agent"])
        )
        .contains("already")
    );
    assert!(
        refused(&data, &user("add", &["nobody", "--role", "agent"])).contains("no e-mail address")
    );
    assert!(
        refused(&data, &user("add", &["a@b.example", "--role", "boss"])).contains("owner, manager")
    );
    let list = done(&data, &user("list", &[]));
    assert!(
        list.contains("Maria Lopez") && list.contains("no password yet"),
        "{list}"
    );
    let link = done(
        &data,
        &user(
            "link",
            &[
                "maria.lopez@kontor.example",
                "--public-url",
                "https://panel.example.com",
            ],
        ),
    );
    let secret = link
        .trim()
        .strip_prefix("https://panel.example.com/welcome/")
        .unwrap();
    assert_eq!(secret.len(), 43);
    assert!(refused(&data, &user("link", &["other@kontor.example"])).contains("has no user"));
    done(&data, &user("disable", &["maria.lopez@kontor.example"]));
    assert!(done(&data, &user("list", &[])).contains("disabled"));
    assert!(refused(&data, &user("link", &["maria.lopez@kontor.example"])).contains("user enable"));
    done(&data, &user("enable", &["maria.lopez@kontor.example"]));
    assert!(!done(&data, &user("list", &[])).contains("disabled"));
}

#[test]
fn without_a_database_it_says_how_to_begin() {
    let data = tempfile::tempdir().unwrap();
    assert!(refused(&data, &["partner", "list"]).contains("partner-panel partner add"));
    assert!(!data.path().join("panel.db").exists(), "and makes none");
    let foreign = data.path().join("panel.db");
    std::fs::write(&foreign, "this is a letter, and no database at all").unwrap();
    refused(&data, &["partner", "list"]);
    assert_eq!(
        std::fs::read_to_string(foreign).unwrap(),
        "this is a letter, and no database at all"
    );
}

#[test]
fn templates_of_all_three_files_go_in() {
    let data = with_partner();
    let folder = data.path().join("templates");
    let folder = folder.to_str().unwrap();
    let file = |name: &str| format!("{folder}/{name}");
    assert_eq!(
        done(&data, &["import", "--template", folder])
            .lines()
            .count(),
        3
    );
    done(
        &data,
        &[
            "import-plans",
            "--partner",
            "Kontor",
            &file("plans.csv"),
            "--apply",
        ],
    );
    let (customers, history) = (file("customers.csv"), file("history.csv"));
    let import = [
        "import",
        "--partner",
        "Kontor",
        &customers,
        "--history",
        &history,
    ];
    done(&data, &import);
    assert!(
        done(&data, &["partner", "list"]).contains(" 0 "),
        "a dry run writes nothing"
    );
    done(&data, &[&import[..], &["--apply"]].concat());
    done(
        &data,
        &[
            "partner",
            "import",
            "--partner",
            "Kontor",
            &customers,
            "--apply",
        ],
    );
    done(
        &data,
        &["export", "--partner", "Kontor", &format!("{folder}/out")],
    );
    assert!(
        std::fs::read_to_string(format!("{folder}/out/customers.csv"))
            .unwrap()
            .lines()
            .count()
            > 1
    );
    assert!(
        refused(&data, &["import", "--partner", "Kontor", "/nowhere.csv"]).contains("/nowhere.csv")
    );
}
