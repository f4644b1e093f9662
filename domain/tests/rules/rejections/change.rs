use domain::*;

use super::case::*;
use crate::world::*;

pub fn cases() -> Vec<Case> {
    let usd = Currency::parse("USD").unwrap();
    let dollars = || Ineligible::OtherCurrency { currency: usd };
    let unknown = || not_eligible(&[Ineligible::Unknown]);
    let with = |edit: fn(&mut ChangePlan), code| {
        let mut change = World::on("pro").change_to(code);
        edit(&mut change);
        Command::ChangePlan(change)
    };
    let yearly = |change: &mut ChangePlan| change.cycle = Cycle::Year;
    let older = |change: &mut ChangePlan| change.version = PlanVersion(1);
    let ticked = |change: &mut ChangePlan| change.accepts_over = vec![accepted("seats", 4)];
    let busy = || on_pro(|world| _ = world.uses("seats", 4).uses("bots", 2));
    let hopeless = on_pro(|world| {
        world.plan_mut("lab").currency = Currency::parse("USD").unwrap();
        world.plan_mut("lab").terms[0].price_month = None;
        world.uses("seats", 16);
    });
    let every_reason = [
        Ineligible::Inactive,
        dollars(),
        Ineligible::NoPrice,
        over("seats", 16, 15),
    ];
    let (seats, bots) = (over("seats", 4, 3), over("bots", 2, 1));
    let moved = on_pro(|world| ok(world.change("business")));
    let refused = Rejection::SamePlan;
    let mut cases = table! {
        "the same plan, version, cycle and price": World::on("pro"), agent(), change("pro") => refused;
        "an archived plan": World::on("pro"), agent(), change("starter") => archived("starter");
        "an inactive plan": World::on("pro"), agent(), change("lab") => not_eligible(&[Ineligible::Inactive]);
        "another currency": World::on("pro"), agent(), change("dollar") => not_eligible(&[dollars()]);
        "a cycle without a price": World::on("pro"), agent(), with(yearly, "business") => not_eligible(&[Ineligible::NoPrice]);
        "a deleted plan": on_pro(|world| world.delete("max")), agent(), change("max") => unknown();
        "a plan without a version": on_pro(|world| world.plan_mut("max").terms.clear()), agent(), change("max") => unknown();
        "a price that is no longer the newest": on_pro(|world| world.reprice("max", 219)), agent(), change("max") => stale_version("max", 2);
        "an older version of the current plan": World::on("pro"), agent(), with(older, "pro") => stale_version("pro", 2);
        "exceeded limits are all named": busy(), agent(), change("basic") => not_eligible(&[seats, bots.clone()]);
        "each exceeded limit must be accepted by name": busy(), agent(), with(ticked, "basic") => not_eligible(&[bots]);
        "all reasons are named at once": hopeless, agent(), change("lab") => not_eligible(&every_reason);
        "the ledger moved": moved.clone(), agent(), change("max") => stale_plan(&moved);
    };
    for &reason in Reason::ALL
        .iter()
        .filter(|reason| reason.kind().blocks_plan_change())
    {
        cases.extend(table! {
            "Compliance and Platform block changes": suspended(reason), agent(), change("max") => blocks(reason);
        });
    }
    cases
}

#[test]
fn every_refusal_of_a_plan_change() {
    check(cases());
}
