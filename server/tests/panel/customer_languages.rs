//! Customers are told everything in their own language, whatever their partner's people read.

use crate::guests::Guest;
use crate::house::House;
use crate::reading::done;
use app::wire::Block;
use domain::{CustomerId, Role};
use server::clock::Clock as _;
use server::suspended_page::{SuspendedView, Wanted, answer, load};

async fn guest(
    house: &House,
    external_id: &'static str,
    language: Option<&'static str>,
) -> CustomerId {
    let guest = Guest {
        language,
        ..Guest::new(external_id, "Acme")
    };
    house.guest(guest).await
}

async fn suspend(house: &House, id: &CustomerId, typed: &[(&str, &str)]) -> SuspendedView {
    done(house.confirm(Role::Owner, "suspend", id, typed).await);
    let mut tx = house.shared.store.read().await.unwrap();
    let view = load(&mut tx, &house.partner, id, house.clock.now()).await;
    view.unwrap().expect("suspended")
}

#[tokio::test]
async fn page_and_ready_made_message_are_in_the_customers_language_or_the_partners() {
    let house = House::empty().await;
    for (external_id, language, html, said) in [
        (
            "c-1",
            None,
            "lang=\"en\" dir=\"ltr\"",
            [
                "Your account is suspended",
                "payment is overdue",
                "23 November 2026, 12:30",
            ],
        ),
        (
            "c-2",
            Some("de-AT"),
            "lang=\"de\" dir=\"ltr\"",
            [
                "Ihr Konto ist gesperrt",
                "Zahlung überfällig",
                "23. November 2026, 12:30",
            ],
        ),
        (
            "c-3",
            Some("fr"),
            "lang=\"fr\" dir=\"ltr\"",
            [
                "Votre compte est suspendu",
                "paiement est en retard",
                "23 novembre 2026 à 12:30",
            ],
        ),
        (
            "c-4",
            Some("ar-SA"),
            "lang=\"ar\" dir=\"rtl\"",
            ["حسابك موقوف", "دفعة متأخرة", "23 نوفمبر 2026، 12:30"],
        ),
        (
            "c-5",
            Some("zh-TW"),
            "lang=\"zh-Hant\" dir=\"ltr\"",
            ["您的帳戶已被暫停", "逾期未付", "2026年11月23日 12:30"],
        ),
        (
            "c-6",
            Some("tlh"),
            "lang=\"en\" dir=\"ltr\"",
            [
                "Your account is suspended",
                "payment is overdue",
                "23 November 2026, 12:30",
            ],
        ),
        (
            "c-7",
            Some("en-XA"),
            "lang=\"en-XA\" dir=\"ltr\"",
            ["ååççööûûñţţ", "ööṽéé", "(Europe/Berlin)"],
        ),
        (
            "c-8",
            Some("ar-XB"),
            "lang=\"ar-XB\" dir=\"rtl\"",
            ["\u{202e}suspended", "\u{202e}overdue", "(Europe/Berlin)"],
        ),
    ] {
        let id = guest(&house, external_id, language).await;
        let view = suspend(&house, &id, &[("reason", "payment_overdue")]).await;
        let page = answer(&view, Wanted::Page);
        let tag = page.headers()["content-language"]
            .to_str()
            .unwrap()
            .to_owned();
        let page = page.into_body();
        assert!(
            page.contains(&format!("<html {html}>")),
            "{language:?}: {page}"
        );
        assert!(html.starts_with(&format!("lang=\"{tag}\"")), "{tag}");
        for text in said {
            assert!(page.contains(text), "{language:?}, {text}: {page}");
        }
        let problem = answer(&view, Wanted::Problem).into_body();
        let problem: serde_json::Value = serde_json::from_str(&problem).unwrap();
        let told = |name: &str| problem[name].as_str().unwrap_or_default().to_owned();
        assert!(told("title").contains(said[0]), "{language:?}: {problem}");
        assert!(told("detail").contains(said[1]), "{language:?}: {problem}");
    }
}

#[tokio::test]
async fn the_popup_suggests_in_the_customers_language_and_speaks_the_colleagues() {
    let house = House::empty().await;
    let id = guest(&house, "c-1", Some("de")).await;
    let popup = house.open(Role::Owner, "suspend", &id).await;
    let reason = popup.blocks.iter().find_map(|block| match block {
        Block::Select(select) if select.name == "reason" => Some(select),
        _ => None,
    });
    let reason = reason.expect("a reason to choose");
    assert_eq!(reason.label, "Reason");
    assert_eq!(reason.fills.len(), 6);
    for (code, text) in &reason.fills {
        assert!(text.starts_with("Ihr Konto ist "), "{code}: {text}");
    }
    let message = popup.blocks.iter().find_map(|block| match block {
        Block::Text(text) => text.preview.as_ref(),
        _ => None,
    });
    assert_eq!(message.expect("a message to write").language, "de");
    // What a colleague writes is told as it is written.
    let typed = [
        ("reason", "payment_overdue"),
        ("message", "Please pay invoice 12."),
    ];
    let view = suspend(&house, &id, &typed).await;
    assert_eq!(view.messages, ["Please pay invoice 12."]);
}

#[tokio::test]
async fn a_partners_own_language_is_spoken_to_who_has_none() {
    let house = House::empty().await;
    let mut partner = {
        let mut tx = house.shared.store.read().await.unwrap();
        tx.partner(&house.partner).await.unwrap()
    };
    partner.profile.language = "it-IT".to_owned();
    let store = &house.shared.store;
    store
        .set_partner(partner.id, partner.profile)
        .await
        .unwrap();
    for (external_id, language, title) in [
        ("c-1", None, "Il suo account è sospeso"),
        ("c-2", Some("tlh"), "Il suo account è sospeso"),
        ("c-3", Some("en-GB"), "Your account is suspended"),
    ] {
        let id = guest(&house, external_id, language).await;
        let view = suspend(&house, &id, &[("reason", "payment_overdue")]).await;
        assert_eq!(view.say.account_suspended(), title, "{language:?}");
    }
}
