use domain::*;

use crate::world::*;

fn refused(reason: Ineligible) -> Result<CommandId, Rejection> {
    Err(Rejection::NotEligible {
        reasons: vec![reason],
    })
}

#[test]
fn a_change_takes_effect_at_once_and_ends_the_row_before() {
    let mut world = World::on("pro");
    let command = Command::ChangePlan(ChangePlan {
        reason: Some(ChangeReason::NeedsMore),
        note: note("ticket 12"),
        ..world.change_to("business")
    });
    let id = world.give(&agent(), &command).unwrap();
    let head = world.account.assignment();
    assert_eq!(world.plan(), "business");
    assert_eq!(
        (head.seq, head.started_at, head.ended_at),
        (LedgerSeq(2), world.now, None)
    );
    assert_eq!((head.cause, head.restores), (Cause::Change, None));
    assert_eq!((&head.actor, &head.command), (&agent().reference(), &id));
    assert_eq!(
        head.reason,
        Some(PlanReason::Change(ChangeReason::NeedsMore))
    );
    assert_eq!(
        world.account.ledger.previous().unwrap().ended_at,
        Some(world.now)
    );
    assert_eq!(world.log.last().unwrap().private.note, note("ticket 12"));
    assert_eq!(
        (world.account.plan_revision, world.account.epoch),
        (PlanRevision(2), Epoch(2))
    );
    assert_eq!(world.account.access_revision, AccessRevision(1));
}

#[test]
fn another_cycle_a_newer_version_and_another_price_of_the_same_plan_are_changes() {
    let mut world = World::on("pro");
    let yearly = ChangePlan {
        cycle: Cycle::Year,
        ..world.change_to("pro")
    };
    world.give(&owner(), &Command::ChangePlan(yearly)).unwrap();
    assert_eq!(world.account.assignment().terms.price, euros(490));
    world.change("pro").unwrap();
    world.reprice("pro", 55);
    world.change("pro").unwrap();
    assert_eq!(world.account.assignment().terms.price, euros(55));
    assert_eq!(world.account.assignment().terms.version, PlanVersion(3));
}

#[test]
fn an_imported_special_price_can_be_changed_to_todays_price() {
    let mut current = Stint {
        terms: catalog()
            .plan_by_code("pro")
            .unwrap()
            .terms_today(Cycle::Month)
            .unwrap(),
        started_at: NOON,
    };
    current.terms.price = euros(30);
    let mut world = World::arriving(catalog(), vec![], current);
    world.change("pro").unwrap();
    assert_eq!(world.account.assignment().terms.price, euros(49));
}

#[test]
fn a_change_against_a_moved_ledger_is_stale_and_names_who_moved_it() {
    let mut world = World::on("basic");
    let seen = Command::ChangePlan(world.change_to("max"));
    world.change("pro").unwrap();
    let Err(Rejection::Stale(Stale::Plan { now, moved })) = world.give(&agent(), &seen) else {
        panic!("the second change must be stale");
    };
    assert_eq!((now, moved.by), (PlanRevision(2), owner().reference()));
    assert_eq!(world.plan(), "pro");
}

#[test]
fn exceeded_limits_must_be_accepted_by_name() {
    let mut world = World::on("pro");
    world.uses("seats", 12).uses("bots", 5);
    let over = |limit, used, allowed| {
        Ineligible::OverLimit(OverLimit {
            limit: name(limit),
            used,
            allowed,
        })
    };
    let mut change = world.change_to("basic");
    let give = |world: &mut World, change: &ChangePlan| {
        world.give(&owner(), &Command::ChangePlan(change.clone()))
    };
    assert_eq!(
        give(&mut world, &change),
        Err(Rejection::NotEligible {
            reasons: vec![over("seats", 12, 3), over("bots", 5, 1)]
        })
    );
    change.accepts_over = vec![accepted("seats", 12)];
    assert_eq!(give(&mut world, &change), refused(over("bots", 5, 1)));
    change.accepts_over.push(accepted("bots", 5));
    give(&mut world, &change).unwrap();
    assert_eq!(world.plan(), "basic");
}

#[test]
fn unknown_usage_stops_nobody() {
    let mut world = World::on("pro");
    world.change("free").unwrap();
    assert_eq!(world.plan(), "free");
}

#[test]
fn who_may_change_a_plan() {
    let forbidden = Err(Rejection::Forbidden {
        permission: Permission::ChangePlan,
    });
    for actor in [owner(), manager(), agent(), Actor::Operator] {
        let mut world = World::on("pro");
        let change = Command::ChangePlan(world.change_to("max"));
        assert!(world.give(&actor, &change).is_ok(), "{actor:?}");
    }
    for actor in [viewer(), Actor::System] {
        let mut world = World::on("pro");
        let change = Command::ChangePlan(world.change_to("max"));
        assert_eq!(world.give(&actor, &change), forbidden, "{actor:?}");
    }
}

#[test]
fn the_popup_lists_every_plan_in_rank_order_with_reasons() {
    let world = World::on("pro");
    let choices = change_choices(&world.account, &world.catalog, world.now);
    let shown: Vec<_> = choices
        .iter()
        .map(|choice| {
            let code = world
                .catalog
                .plan(&choice.terms.plan)
                .unwrap()
                .code
                .as_str();
            (code, choice.kind, choice.reasons.first().cloned())
        })
        .collect();
    let other = ChangeKind::Other;
    let usd = Currency::parse("USD").unwrap();
    assert_eq!(
        shown,
        [
            ("free", other, None),
            ("basic", other, None),
            ("starter", other, Some(Ineligible::Archived)),
            ("pro", ChangeKind::Current, Some(Ineligible::Current)),
            ("lab", other, Some(Ineligible::Inactive)),
            ("business", other, None),
            (
                "dollar",
                other,
                Some(Ineligible::OtherCurrency { currency: usd })
            ),
            ("max", other, None),
        ]
    );
}

#[test]
fn a_newer_version_of_the_current_plan_is_a_card_of_its_own() {
    let mut world = World::on("pro");
    world.reprice("pro", 55);
    let choices = change_choices(&world.account, &world.catalog, world.now);
    let pro: Vec<_> = choices
        .iter()
        .filter(|choice| choice.terms.plan == pln("pro"))
        .collect();
    assert_eq!(pro[0].kind, ChangeKind::Current);
    assert_eq!(pro[1].kind, ChangeKind::TodaysVersion);
    assert_eq!(
        (pro[1].terms.price, pro[1].preview.difference_per_month),
        (euros(55), euros(6))
    );
    assert!(pro[1].reasons.is_empty());
}

#[test]
fn the_cycle_stays_where_the_plan_is_sold_in_it() {
    let mut world = World::on("basic");
    world.plan_mut("business").terms[0].price_year = Some(79_000);
    let yearly = ChangePlan {
        cycle: Cycle::Year,
        ..world.change_to("pro")
    };
    world.give(&owner(), &Command::ChangePlan(yearly)).unwrap();
    let choices = change_choices(&world.account, &world.catalog, world.now);
    let cycle = |code| {
        choices
            .iter()
            .find(|choice| choice.terms.plan == pln(code))
            .unwrap()
            .terms
            .cycle
    };
    assert_eq!(cycle("business"), Cycle::Year);
    assert_eq!(cycle("max"), Cycle::Month);
}

#[test]
fn usage_that_has_grown_since_the_tick_is_asked_about_again() {
    let mut world = World::on("pro");
    world.uses("seats", 12);
    let mut change = world.change_to("basic");
    change.accepts_over = vec![accepted("seats", 12)];
    world.uses("seats", 13);
    let give = |world: &mut World, change: &ChangePlan| {
        world.give(&owner(), &Command::ChangePlan(change.clone()))
    };
    let grown = Ineligible::OverLimit(OverLimit {
        limit: name("seats"),
        used: 13,
        allowed: 3,
    });
    assert_eq!(give(&mut world, &change), refused(grown));
    world.uses("seats", 11);
    give(&mut world, &change).unwrap();
}

#[test]
fn what_stands_against_a_plan_is_on_its_card() {
    let usd = Currency::parse("USD").unwrap();
    let archive: fn(&mut Plan) = |plan| plan.status = PlanStatus::Archived;
    let disable: fn(&mut Plan) = |plan| plan.status = PlanStatus::Inactive;
    let in_dollars: fn(&mut Plan) = |plan| plan.currency = Currency::parse("USD").unwrap();
    let unprice: fn(&mut Plan) = |plan| plan.terms[0].price_month = None;
    let strip: fn(&mut Plan) = |plan| plan.terms.clear();
    let other_currency = Ineligible::OtherCurrency { currency: usd };
    let several = vec![
        Ineligible::Inactive,
        other_currency.clone(),
        Ineligible::NoPrice,
    ];
    for (rule, edits, card) in [
        ("nothing", vec![], Some(vec![])),
        ("archived", vec![archive], Some(vec![Ineligible::Archived])),
        ("inactive", vec![disable], Some(vec![Ineligible::Inactive])),
        (
            "another currency",
            vec![in_dollars],
            Some(vec![other_currency]),
        ),
        ("no price", vec![unprice], Some(vec![Ineligible::NoPrice])),
        (
            "several reasons",
            vec![disable, in_dollars, unprice],
            Some(several),
        ),
        ("without a version there is no card", vec![strip], None),
    ] {
        let mut world = World::on("pro");
        edits.iter().for_each(|edit| edit(world.plan_mut("max")));
        let choices = change_choices(&world.account, &world.catalog, world.now);
        let shown = choices
            .into_iter()
            .find(|choice| choice.terms.plan == pln("max"));
        assert_eq!(shown.map(|choice| choice.reasons), card, "{rule}");
    }
}
