//! Change Plan: refusals, which keep what was typed.

use crate::acting::active;
use crate::guests::Guest;
use crate::house::House;
use crate::reading::{card, done, facts, hidden, refused, typed, why};
use app::service::PanelService;
use domain::Role;

#[tokio::test]
async fn the_same_key_does_it_once_and_answers_the_same() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    let popup = house.open(Role::Agent, "change", &id).await;
    let choice = card(&popup, "Business").value.clone();
    let first = done(
        house
            .send(Role::Agent, &popup, &[("choice", &choice)])
            .await
            .unwrap(),
    );
    let second = done(
        house
            .send(Role::Agent, &popup, &[("choice", &choice)])
            .await
            .unwrap(),
    );
    assert_eq!(
        (first.notice.text, first.row),
        (second.notice.text, second.row)
    );
    let other = card(&popup, "Max").value.clone();
    let reused = refused(
        house
            .send(Role::Agent, &popup, &[("choice", &other)])
            .await
            .unwrap(),
    );
    assert_eq!(
        why(&reused),
        (
            "This popup was used already, and nothing was done now. What it did: Jana Novak changed the plan (today 12:30): \
             Pro, €55.00 per month → Business, €79.00 per month. Look again and confirm.",
            None,
            422
        )
    );
}

#[tokio::test]
async fn an_exceeded_limit_must_be_accepted_by_name() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    let popup = house.open(Role::Agent, "change", &id).await;
    let free = card(&popup, "Free").clone();
    let again = refused(
        house
            .send(
                Role::Agent,
                &popup,
                &[("choice", &free.value), ("note", "as agreed")],
            )
            .await
            .unwrap(),
    );
    let (text, field, status) = why(&again);
    assert!(
        text.contains("Seats: 12 used, 2 allowed, 10 over"),
        "{text}"
    );
    assert_eq!((field, status), (Some("over"), 422));
    assert!(card(&again, "Free").chosen);
    assert_eq!(typed(&again, "note"), "as agreed");
    let tick = card(&again, "Free").over.clone().expect("a tick");
    let sent = house
        .send(
            Role::Agent,
            &again,
            &[("choice", &free.value), ("over", &tick.value)],
        )
        .await
        .unwrap();
    assert_eq!(done(sent).notice.text, "Acme GmbH moved from Pro to Free.");
}

#[tokio::test]
async fn broken_fields_are_refused_at_their_field_and_keep_what_was_typed() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    let popup = house.open(Role::Agent, "change", &id).await;
    let business = card(&popup, "Business").value.clone();
    let pro = card(&popup, "Pro").value.clone();
    let starter = card(&popup, "Starter").value.clone();
    let long = "x".repeat(2_003);
    for (typed, text, field) in [
        (vec![("choice", "")], "Choose a plan.", "choice"),
        (
            vec![("choice", "pln_nonsense.1.month")],
            "There is no such plan. Choose one of these.",
            "choice",
        ),
        (
            vec![("choice", &pro)],
            "Already on this plan, in this version and for this price.",
            "choice",
        ),
        (
            vec![("choice", &starter)],
            "Starter is archived and can no longer be given.",
            "choice",
        ),
        (
            vec![("choice", &business), ("reason", "boredom")],
            "There is no such reason. Choose one of these.",
            "reason",
        ),
        (
            vec![("choice", &business), ("note", &long)],
            "3 characters are too many: at most 2,000 fit.",
            "note",
        ),
        (
            vec![("choice", &business), ("note", "a\u{1}b")],
            "This text holds a character that cannot be kept.",
            "note",
        ),
    ] {
        let again = refused(house.send(Role::Agent, &popup, &typed).await.unwrap());
        assert_eq!(why(&again), (text, Some(field), 422));
        let note = typed
            .iter()
            .find(|(name, _)| *name == "note")
            .map_or("", |(_, note)| note);
        assert_eq!(crate::reading::typed(&again, "note"), note);
        assert_ne!(hidden(&again, "key"), hidden(&popup, "key"));
    }
}

#[tokio::test]
async fn a_stale_popup_says_who_did_what_and_one_click_confirms_against_the_new_state() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    let mine = house.open(Role::Agent, "change", &id).await;
    house.change(Role::Manager, &id, "Max").await;
    let choice = card(&mine, "Business").value.clone();
    let typed = [("choice", choice.as_str()), ("note", "as agreed")];
    let again = refused(house.send(Role::Agent, &mine, &typed).await.unwrap());
    let text = "Meanwhile Mia Manager moved this customer from Pro to Max (just now). \
                Nothing of yours was applied; this is how it stands now.";
    assert_eq!(why(&again), (text, None, 409));
    assert!(card(&again, "Business").chosen);
    assert_eq!(crate::reading::typed(&again, "note"), "as agreed");
    assert!(facts(&again)[0].1.starts_with("Max · €149.00 per month"));
    let confirmed = house.send(Role::Agent, &again, &typed).await.unwrap();
    assert_eq!(
        done(confirmed).notice.text,
        "Acme GmbH moved from Max to Business."
    );
}

#[tokio::test]
async fn a_plan_edited_in_the_meantime_is_shown_with_todays_price_first() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    let mine = house.open(Role::Agent, "change", &id).await;
    let choice = card(&mine, "Business").value.clone();
    house.reprice("business", 8_900).await;
    let again = refused(
        house
            .send(Role::Agent, &mine, &[("choice", &choice)])
            .await
            .unwrap(),
    );
    let (text, _, status) = why(&again);
    assert!(
        text.starts_with("Business was changed since this popup was opened."),
        "{text}"
    );
    assert_eq!(status, 409);
    assert_eq!(
        (
            card(&again, "Business").price.as_str(),
            card(&again, "Business").chosen
        ),
        ("€89.00 per month", true)
    );
}

#[tokio::test]
async fn a_form_without_revision_or_key_is_not_applied() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    let popup = house.open(Role::Agent, "change", &id).await;
    let choice = ("choice".to_owned(), card(&popup, "Business").value.clone());
    for (missing, text, status) in [
        (
            "revision",
            "This form does not say what it was based on. Look again and confirm.",
            428,
        ),
        (
            "key",
            "This popup was opened too long ago. Look again and confirm.",
            422,
        ),
    ] {
        let mut fields: Vec<_> = popup
            .hidden
            .iter()
            .filter(|(name, _)| name != missing)
            .cloned()
            .collect();
        fields.push(choice.clone());
        let again = refused(
            house
                .as_role(Role::Agent)
                .submit(&active(""), fields)
                .await
                .unwrap(),
        );
        assert_eq!(why(&again), (text, None, status));
    }
}
