//! Who may do what, and whose customers are whose.

use crate::acting::{active, place};
use crate::guests::Guest;
use crate::house::House;
use crate::reading::{button, card, done, refused, why};
use app::error::PanelError;
use app::service::PanelService;
use domain::Role;

#[tokio::test]
async fn a_viewer_sees_everything_and_each_action_with_its_reason() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    let viewer = house.as_role(Role::Viewer);
    let list = viewer.list(&active("")).await.unwrap();
    let menu: Vec<_> = list.rows[0]
        .menu
        .iter()
        .map(|entry| (entry.label.as_str(), entry.why_not.as_deref()))
        .collect();
    assert_eq!(
        menu,
        [
            ("View", None),
            (
                "Change Plan",
                Some("Your role, Viewer, may not change plans.")
            ),
            (
                "Rollback Plan",
                Some("Your role, Viewer, may not roll plans back.")
            ),
            (
                "Suspend Account",
                Some("Your role, Viewer, may not suspend accounts.")
            ),
        ]
    );
    assert!(
        list.rows[0]
            .menu
            .iter()
            .skip(1)
            .all(|entry| entry.href.is_none())
    );
    for action in ["change", "rollback", "suspend", "reactivate", "undo"] {
        let query = format!("do={action}&customer={id}");
        let popup = viewer.popup(&active(&query)).await.unwrap().unwrap();
        assert_eq!(button(&popup), None, "{action}");
        assert!(!popup.lead.is_empty(), "{action}");
    }
}

#[tokio::test]
async fn a_viewer_who_posts_anyway_is_refused() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    let popup = house.open(Role::Agent, "change", &id).await;
    let choice = card(&popup, "Business").value.clone();
    let answer = house
        .send(Role::Viewer, &popup, &[("choice", &choice)])
        .await;
    assert_eq!(
        answer,
        Err(PanelError::Forbidden(
            "Your role, Viewer, may not change plans.".to_owned()
        ))
    );
    let suspend = house.open(Role::Agent, "suspend", &id).await;
    let answer = house
        .send(
            Role::Viewer,
            &suspend,
            &[("reason", "other"), ("note", "x")],
        )
        .await;
    assert!(matches!(answer, Err(PanelError::Forbidden(_))));
    let list = house.as_role(Role::Viewer).list(&active("")).await.unwrap();
    assert_eq!(
        (
            list.rows[0].plan.as_str(),
            list.rows[0].status.word.as_str()
        ),
        ("Pro", "Active")
    );
}

#[tokio::test]
async fn owner_manager_and_agent_may_do_the_daily_work() {
    let house = House::empty().await;
    for (role, external_id) in [
        (Role::Owner, "c-1"),
        (Role::Manager, "c-2"),
        (Role::Agent, "c-3"),
    ] {
        let id = house
            .guest(Guest::new(external_id, "Acme GmbH").on(&[("free", 1, 200), ("pro", 2, 100)]))
            .await;
        house.change(role, &id, "Business").await;
        let rollback = house.open(role, "rollback", &id).await;
        let choice = card(&rollback, "Pro").value.clone();
        done(
            house
                .send(role, &rollback, &[("choice", &choice)])
                .await
                .unwrap(),
        );
        done(
            house
                .confirm(role, "suspend", &id, &[("reason", "payment_overdue")])
                .await,
        );
        done(house.confirm(role, "reactivate", &id, &[]).await);
    }
}

#[tokio::test]
async fn an_agent_cannot_lift_what_only_others_may_even_by_posting() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    house.suspend(&id, "security_risk").await;
    let managers = house.open(Role::Manager, "reactivate", &id).await;
    let popup = refused(house.send(Role::Agent, &managers, &[]).await.unwrap());
    assert_eq!(why(&popup).2, 403);
}

#[tokio::test]
async fn another_partners_customer_is_as_one_that_does_not_exist() {
    let house = House::empty().await;
    let theirs = house
        .welcome_to(&house.other.clone(), &[Guest::new("c-9", "Theirs")])
        .await
        .remove(0);
    let unknown = "cus_00000000000000000000000000";
    let mine = house.as_role(Role::Owner);
    for id in [theirs.as_str(), unknown, "cus_nonsense", "nonsense"] {
        let page = mine.customer(&place(&format!("/customers/{id}"), "")).await;
        assert_eq!(page, Err(PanelError::NotFound), "{id}");
        for action in ["change", "rollback", "suspend", "reactivate", "undo"] {
            let query = format!("do={action}&customer={id}");
            assert_eq!(
                mine.popup(&active(&query)).await,
                Err(PanelError::NotFound),
                "{id} {action}"
            );
            let fields = [
                ("do", action),
                ("customer", id),
                ("reason", "other"),
                ("revision", "1"),
            ];
            let fields = fields
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .to_vec();
            assert_eq!(
                mine.submit(&active(""), fields).await,
                Err(PanelError::NotFound),
                "{id} {action}"
            );
        }
    }
    let by_external_id = mine
        .customer(&place("/customers/by-external-id/c-9", ""))
        .await;
    assert_eq!(by_external_id, Err(PanelError::NotFound));
    assert!(
        mine.list(&place("/customers/all", ""))
            .await
            .unwrap()
            .rows
            .is_empty()
    );
    assert!(
        mine.list(&place("/customers/all", "q=theirs"))
            .await
            .unwrap()
            .elsewhere
            .is_empty()
    );
    assert!(
        mine.activity(&place("/activity", ""))
            .await
            .unwrap()
            .days
            .is_empty()
    );
    let theirs_see = house
        .person(&house.other, Role::Viewer)
        .list(&active(""))
        .await
        .unwrap();
    assert_eq!(theirs_see.rows.len(), 1);
}

#[tokio::test]
async fn absurd_forms_and_addresses_are_refused_in_words() {
    let house = House::empty().await;
    let id = house.guest(Guest::new("c-1", "Acme GmbH")).await;
    let panel = house.as_role(Role::Owner);
    let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let aimed = |action: &str| vec![field("do", action), field("customer", id.as_str())];
    let mut nul = aimed("suspend");
    nul.push(field("note", "a\0b"));
    let mut large = aimed("suspend");
    large.push(field("note", &"x".repeat(20_000)));
    let mut many = aimed("suspend");
    many.extend(std::iter::repeat_n(field("lift", "x"), 100));
    for fields in [
        Vec::new(),
        aimed("view"),
        aimed("explode"),
        nul,
        large,
        many,
    ] {
        let answer = panel.submit(&active(""), fields).await;
        assert!(
            matches!(&answer, Err(PanelError::BadRequest(text)) if text.ends_with('.')),
            "{answer:?}"
        );
    }
    let long = format!("do=suspend&customer={id}&x={}", "y".repeat(5_000));
    for query in [
        "do=explode&customer=x",
        "do=suspend",
        "do=suspend&do=change",
        long.as_str(),
    ] {
        let answer = panel.popup(&active(query)).await;
        assert!(
            matches!(&answer, Err(PanelError::BadRequest(text)) if text.ends_with('.')),
            "{query}: {answer:?}"
        );
    }
}
