use std::collections::BTreeSet;

use domain::Rejection;

use super::{access, anybody, change, rollback, undo};

#[test]
fn every_rejection_has_a_case() {
    let cases = [
        change::cases(),
        rollback::cases(),
        access::suspending(),
        access::reactivating(),
        undo::cases(),
        anybody::cases(),
    ];
    let refused = cases.iter().flatten().map(|(.., refused)| refused.code());
    // Only the menu says that: a change names its plan, and that plan is refused.
    let seen: BTreeSet<&str> = refused.chain([Rejection::NoChangeTarget.code()]).collect();
    let all = [
        "already_suspended",
        "blocks_plan_change",
        "closed",
        "forbidden",
        "no_change_target",
        "no_rollback_target",
        "not_eligible",
        "not_suspended",
        "not_undoable",
        "not_yours",
        "note_required",
        "plan_archived",
        "same_plan",
        "stale",
        "superseded",
        "until_in_past",
    ];
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), all);
}
