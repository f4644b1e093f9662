//! What the browser paints before the answer, beside the answer.

use crate::acting::{active, list};
use crate::guests::Guest;
use crate::house::House;
use crate::reading::{cards, done, hidden};
use app::service::PanelService;
use app::wire::{Block, Lifts, Outcome, Popup, Row, StatusLabel, UsageBar};
use domain::{CustomerId, Role};

type Fields = Vec<(String, String)>;
type Shown = (
    String,
    Option<String>,
    Option<String>,
    Option<UsageBar>,
    StatusLabel,
);

/// What a popup posts once these are filled in.
fn fields(popup: &Popup, typed: &[(&str, &str)]) -> Fields {
    let typed = typed
        .iter()
        .map(|&(name, value)| (name.to_owned(), value.to_owned()));
    popup.hidden.iter().cloned().chain(typed).collect()
}

fn shown(row: &Row) -> Shown {
    let row = row.clone();
    (row.plan, row.plan_badge, row.price, row.usage, row.status)
}

async fn row(house: &House, id: &CustomerId) -> Row {
    let rows = list(house, "/customers/all", "").await.rows;
    let mine = rows.into_iter().find(|row| row.id == id.as_str());
    mine.expect("the customer")
}

/// Confirms, and compares what was expected with what came of it.
async fn same(house: &House, id: &CustomerId, popup: &Popup, typed: &[(&str, &str)]) {
    let fields = fields(popup, typed);
    let outlook = popup.outlook.as_ref().expect("an outlook");
    let expected = outlook.foresee(&fields).expect("a difference");
    let expected = expected.row(&row(house, id).await);
    let service = house.as_role(Role::Owner);
    let done = done(service.submit(&active(""), fields).await.unwrap());
    assert_eq!(shown(&expected), shown(&done.row), "{typed:?}");
}

/// Opens Undo of the last command.
async fn undo(house: &House, id: &CustomerId, outcome: &app::wire::Done) -> Popup {
    let offer = outcome.notice.undo.as_ref().expect("an undo");
    let command = offer.fields.iter().find(|(name, _)| name == "command");
    let query = format!("do=undo&customer={id}&command={}", command.unwrap().1);
    let service = house.as_role(Role::Owner);
    service.popup(&active(&query)).await.unwrap().unwrap()
}

async fn customer(house: &House) -> CustomerId {
    let guest = Guest::new("c-1", "Acme GmbH")
        .on(&[("free", 1, 40), ("starter", 1, 30), ("pro", 1, 20)])
        .using(&[("Seats", 12)]);
    house.guest(guest).await
}

#[tokio::test]
async fn every_choice_of_a_plan_is_foretold() {
    for action in ["change", "rollback"] {
        let mut chosen = 0;
        loop {
            // A fresh customer for each, so that every choice starts from the same place.
            let house = House::empty().await;
            let id = customer(&house).await;
            let popup = house.open(Role::Owner, action, &id).await;
            let possible = cards(&popup).iter().filter(|card| card.why_not.is_none());
            let Some(card) = possible.clone().nth(chosen) else {
                break;
            };
            let mut typed = vec![("choice", card.value.as_str())];
            if let Some(over) = &card.over {
                let fields = fields(&popup, &typed);
                let without = popup.outlook.as_ref().unwrap().foresee(&fields);
                assert_eq!(without, None, "{} without its tick", card.title);
                typed.push(("over", &over.value));
            }
            same(&house, &id, &popup, &typed).await;
            chosen += 1;
        }
        assert!(chosen > 1, "{action}: {chosen}");
    }
}

#[tokio::test]
async fn every_reason_is_foretold_and_every_set_of_ticks() {
    let house = House::empty().await;
    let id = customer(&house).await;
    let popup = house.open(Role::Owner, "suspend", &id).await;
    same(&house, &id, &popup, &[("reason", "payment_overdue")]).await;
    let popup = house.open(Role::Owner, "suspend", &id).await;
    let other = [("reason", "other"), ("note", "Ticket 4711")];
    same(&house, &id, &popup, &other).await;
    let popup = house.open(Role::Owner, "suspend", &id).await;
    same(&house, &id, &popup, &[("reason", "terms_broken")]).await;

    let popup = house.open(Role::Owner, "reactivate", &id).await;
    let lifts: Vec<String> = lifts(&popup).lifts.iter().map(value).collect();
    assert_eq!(lifts.len(), 3);
    same(&house, &id, &popup, &[("lift", &lifts[1])]).await;
    let popup = house.open(Role::Owner, "reactivate", &id).await;
    let both = [("lift", lifts[0].as_str()), ("lift", lifts[2].as_str())];
    same(&house, &id, &popup, &both).await;
    assert_eq!(row(&house, &id).await.status.word, "Active");
}

fn lifts(popup: &Popup) -> &Lifts {
    let mut blocks = popup.blocks.iter();
    let found = blocks.find_map(|block| match block {
        Block::Lifts(lifts) => Some(lifts),
        _ => None,
    });
    found.expect("suspensions to choose from")
}

fn value(lift: &app::wire::Lift) -> String {
    lift.tick.value.clone()
}

#[tokio::test]
async fn an_undo_is_foretold_and_so_is_its_redo() {
    let house = House::empty().await;
    let id = customer(&house).await;
    let changed = house.change(Role::Owner, &id, "Business").await;
    let popup = undo(&house, &id, &changed).await;
    same(&house, &id, &popup, &[]).await;
    let suspended = house.suspend(&id, "security_risk").await;
    let popup = undo(&house, &id, &suspended).await;
    same(&house, &id, &popup, &[]).await;
}

#[tokio::test]
async fn nothing_is_foretold_of_what_will_not_show() {
    let house = House::empty().await;
    let id = customer(&house).await;
    let popup = house.open(Role::Owner, "suspend", &id).await;
    let outlook = popup.outlook.as_ref().expect("an outlook");
    let foreseen = |typed: &[(&str, &str)]| outlook.foresee(&fields(&popup, typed));
    let planned = [
        ("reason", "payment_overdue"),
        ("from_mode", "date"),
        ("from", "2030-01-01T09:00"),
    ];
    assert_eq!(foreseen(&planned), None, "it begins later");
    assert_eq!(foreseen(&[]), None, "no reason");
    assert_eq!(foreseen(&[("reason", "other")]), None, "a note is missing");
    assert_ne!(foreseen(&[("reason", "payment_overdue")]), None);
}

#[tokio::test]
async fn an_outlook_carries_no_word_that_people_have_typed() {
    let house = House::empty().await;
    let id = customer(&house).await;
    house.suspend(&id, "payment_overdue").await;
    let popup = house.open(Role::Agent, "reactivate", &id).await;
    let outlook = popup.outlook.as_ref().expect("an outlook");
    let text = format!("{:?}", outlook.account);
    assert!(
        !text.contains("Ticket 4711") && !text.contains("Acme"),
        "{text}"
    );
    let used = house.as_role(Role::Agent);
    let key = format!("do=reactivate&customer={id}&key={}", hidden(&popup, "key"));
    let sent = house.send(Role::Agent, &popup, &[]).await.unwrap();
    assert!(matches!(sent, Outcome::Done(_)));
    let again = used.popup(&active(&key)).await.unwrap().unwrap();
    assert_eq!(again.outlook, None, "a used popup confirms nothing");
}
