//! `key`

use tempfile::TempDir;

use crate::binary::{done, refused, serve, with_partner};

const KONTOR: [&str; 2] = ["--partner", "Kontor"];

fn create(data: &TempDir, args: &[&str]) -> String {
    let out = done(data, &[&["key", "create"], args].concat());
    let key = out.strip_suffix('\n').unwrap();
    assert!(key.starts_with("pp_live_") && key.len() == 55, "{key}");
    key.to_owned()
}

fn list(data: &TempDir, whose: &[&str]) -> String {
    done(data, &[&["key", "list"], whose].concat())
}

/// How a key begins.
fn begin(key: &str) -> &str {
    &key[..16]
}

#[test]
fn a_key_is_printed_alone_and_once() {
    let data = with_partner();
    let settings = [
        "Gate of nginx",
        "--scope",
        "gate",
        "--customer",
        "host:App.example.com",
        "--mode",
        "observe",
        "--open",
        "/billing/",
        "--days",
        "90",
    ];
    let key = create(&data, &[&settings[..], &KONTOR].concat());
    let listed = list(&data, &KONTOR);
    for shown in [
        "Gate of nginx",
        begin(&key),
        "host:app.example.com",
        "observe",
        "never",
        "expires",
    ] {
        assert!(listed.contains(shown), "{shown}: {listed}");
    }
    assert!(!listed.contains(&key[17..]) && !listed.contains("entitlements"));
    assert!(!list(&data, &["--operator"]).contains("pp_live_"));
    done(&data, &["check"]);
}

#[test]
fn a_key_is_rotated_and_revoked() {
    let data = with_partner();
    let old = create(&data, &[&["Gate"], &KONTOR[..]].concat());
    let rotate = [&["key", "rotate", begin(&old)], &KONTOR[..]].concat();
    let new = done(&data, &rotate);
    assert_ne!(begin(new.trim()), begin(&old));
    assert!(list(&data, &KONTOR).contains("replaced, good until"));
    assert!(refused(&data, &rotate).contains("has a successor already"));
    // A key that leaked is at hand whole.
    for key in [begin(&old), new.trim()] {
        done(&data, &[&["key", "revoke", key], &KONTOR[..]].concat());
    }
    let listed = list(&data, &KONTOR);
    assert_eq!(listed.matches("revoked").count(), 2, "{listed}");
    let ended = [&["key", "rotate", begin(new.trim())], &KONTOR[..]].concat();
    assert!(refused(&data, &ended).contains("has ended"));
    done(&data, &["check"]);
}

#[test]
fn the_operator_has_keys_of_its_own_also_while_the_panel_runs() {
    let data = with_partner();
    let (served, _) = serve(&data, &[]);
    let key = create(&data, &["Everywhere", "--operator"]);
    assert!(list(&data, &["--operator"]).contains(begin(&key)));
    assert!(!list(&data, &KONTOR).contains(begin(&key)));
    let of_partner = [&["key", "revoke", begin(&key)], &KONTOR[..]].concat();
    assert!(refused(&data, &of_partner).contains("no such key of \"Kontor\""));
    done(&data, &["key", "revoke", begin(&key), "--operator"]);
    drop(served);
}

#[test]
fn what_makes_no_key_is_refused_with_a_reason() {
    let data = with_partner();
    let long = "x".repeat(61);
    for (args, why) in [
        (&["Gate"][..], "--partner"),
        (&["Gate", "--operator", "--partner", "Kontor"], "--operator"),
        (&["", "--operator"], "1 to 60 characters"),
        (&[&long, "--operator"], "1 to 60 characters"),
        (
            &["Gate", "--operator", "--scope", "all"],
            "gate or entitlements",
        ),
        (
            &["Gate", "--operator", "--customer", "cookie:x"],
            "header:NAME",
        ),
        (
            &["Gate", "--operator", "--customer", "header:Cookie"],
            "meaning of its own",
        ),
        (&["Gate", "--operator", "--open", "/"], "everything open"),
        (&["Gate", "--operator", "--days", "731"], "1 to 730 days"),
        (&["Gate", "--partner", "Nobody"], "no partner"),
    ] {
        let told = refused(&data, &[&["key", "create"], args].concat());
        assert!(told.contains(why), "{args:?}: {told}");
    }
    for key in ["pp_live_00000000", "", "key_0", &long] {
        let told = refused(&data, &["key", "revoke", key, "--operator"]);
        assert!(told.contains("no such key"), "{key}: {told}");
    }
}
