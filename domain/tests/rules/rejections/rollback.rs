use domain::*;

use super::case::*;
use crate::world::*;

pub fn cases() -> Vec<Case> {
    let nowhere = || not_eligible(&[Ineligible::NotEarlierNorLower]);
    let unknown = || not_eligible(&[Ineligible::Unknown]);
    let had = || World::with_history(&["basic"], "pro");
    let alone = on_pro(|world| {
        ["basic", "free"]
            .into_iter()
            .for_each(|code| world.delete(code))
    });
    let with = |code, edit: fn(&mut Plan)| on_pro(|world| edit(world.plan_mut(code)));
    let level = with("basic", |plan| plan.rank = 20);
    let inactive = with("basic", |plan| plan.status = PlanStatus::Inactive);
    let priceless = with("basic", |plan| plan.terms[0].price_month = None);
    let dollar = with("dollar", |plan| plan.rank = 1);
    let busy = |world: &mut World| _ = world.uses("seats", 4);
    let seats = || not_eligible(&[over("seats", 4, 3)]);
    let moved = on_pro(|world| ok(world.change("business")));
    let mut cases = table! {
        "neither an earlier nor a lower plan": alone, agent(), lower("basic", 1) => Rejection::NoRollbackTarget;
        "the head itself": had(), agent(), restore(2) => Rejection::SamePlan;
        "an earlier row that equals the head": World::with_history(&["pro", "basic"], "pro"), agent(), restore_of("pro", 1) => Rejection::SamePlan;
        "a row that does not exist": had(), agent(), restore(9) => nowhere();
        "an earlier plan that was deleted": had().after(|world| world.delete("basic")), agent(), restore(1) => unknown();
        "limits exceeded by an earlier plan": had().after(busy), agent(), restore(1) => seats();
        "a higher plan": had(), agent(), lower("max", 1) => nowhere();
        "a plan of the same rank": level, agent(), lower("basic", 1) => nowhere();
        "a lower plan that was deleted": on_pro(|world| world.delete("basic")), agent(), lower("basic", 1) => unknown();
        "a lower plan that is archived": World::on("pro"), agent(), lower("starter", 1) => archived("starter");
        "a lower plan that is inactive": inactive, agent(), lower("basic", 1) => nowhere();
        "a lower plan without a price": priceless, agent(), lower("basic", 1) => nowhere();
        "a lower plan of another currency": dollar, agent(), lower("dollar", 1) => nowhere();
        "a lower plan whose price is no longer the newest": on_pro(|world| world.reprice("basic", 21)), agent(), lower("basic", 1) => stale_version("basic", 2);
        "limits exceeded by a lower plan": on_pro(busy), agent(), lower("basic", 1) => seats();
        "the ledger moved": moved.clone(), agent(), restore(1) => stale_plan(&moved);
    };
    for &reason in Reason::ALL
        .iter()
        .filter(|reason| reason.kind().blocks_plan_change())
    {
        cases.extend(table! {
            "Compliance and Platform block rollbacks": suspended(reason), agent(), lower("basic", 1) => blocks(reason);
        });
    }
    cases
}

#[test]
fn every_refusal_of_a_rollback() {
    check(cases());
}
