//! Why something is not done, or cannot be.

super::sentences! {
    forbidden_view(role) = "Your role, {role}, may not see this.";
    forbidden_change(role) = "Your role, {role}, may not change plans.";
    forbidden_rollback(role) = "Your role, {role}, may not roll plans back.";
    forbidden_suspend(role) = "Your role, {role}, may not suspend accounts.";
    forbidden_reactivate(role) = "Your role, {role}, may not reactivate accounts.";
    forbidden_lift_compliance(role) = "Your role, {role}, may not lift suspensions that protect law, terms or safety.";
    forbidden_undo(role) = "Your role, {role}, may not undo actions.";
    forbidden_keys(role) = "Your role, {role}, may not manage API keys.";
    platform_only() = "Placed by the platform, which alone can lift it.";
    closed() = "This customer has left; nothing can be done with the account.";

    stale_plan(who, from, to, when) = "Meanwhile {who} moved this customer from {from} to {to} ({when}). Nothing of yours was applied; this is how it stands now.";
    stale_suspended(who, reason, when) = "Meanwhile {who} suspended this customer ({when}): {reason}. Nothing of yours was applied; this is how it stands now.";
    stale_lifted(who, when) = "Meanwhile {who} lifted a suspension ({when}). Nothing of yours was applied; this is how it stands now.";
    stale_ended(when) = "Meanwhile a suspension began or ended as planned ({when}). Nothing of yours was applied; this is how it stands now.";
    stale_access() = "Meanwhile something else happened to this customer. Nothing of yours was applied; this is how it stands now.";
    stale_version(plan) = "{plan} was changed since this popup was opened. Nothing was applied; today's price and limits are shown now.";
    superseded_plan(who, from, to, when) = "{who} moved this customer from {from} to {to} since ({when}), so this can no longer be undone.";
    superseded_suspended(who, reason, when) = "{who} suspended this customer since ({when}): {reason}. So this can no longer be undone.";
    superseded_lifted(who, when) = "{who} lifted a suspension since ({when}), so this can no longer be undone.";
    superseded_ended(when) = "A suspension began or ended as planned since ({when}), so this can no longer be undone.";
    not_undoable() = "This is nothing that can be undone.";

    same_plan() = "Already on this plan, in this version and for this price.";
    plan_archived(plan) = "{plan} is archived and can no longer be given.";
    ineligible_current() = "Already on this plan.";
    ineligible_archived() = "Archived: no longer given.";
    ineligible_inactive() = "Not given at the moment.";
    ineligible_other_currency(currency) = "Sold in {currency} only.";
    ineligible_no_price() = "Has no price.";
    ineligible_unknown() = "There is no such plan.";
    ineligible_not_earlier_nor_lower() = "Neither an earlier nor a lower plan of this customer.";
    no_change_target() = "There is no other plan that could be given.";
    no_rollback_target() = "No earlier or lower plan.";
    blocks_plan_change(reason) = "Suspended ({reason}): the plan cannot be changed before that is lifted.";
    already_suspended(reason) = "Already suspended: {reason}.";
    already_suspended_by(reason, when, who) = "Already suspended: {reason}, since {when} by {who}. Choose another reason, or lift that one first.";
    no_suspension_left() = "Suspended for every kind of reason already.";
    not_suspended() = "Not suspended.";
    not_suspended_any_more() = "This suspension is no longer open.";
    note_required() = "Say in the note what “Other” means.";
    start_in_past() = "This moment is over already. Choose a later one, or “Now”.";
    until_in_past() = "The end must lie ahead, and after the start. Choose a later one.";
    start_missing() = "Choose the date and time, or “Now”.";
    until_missing() = "Choose the date and time, or “Someone reactivates”.";
    until_malformed() = "This is no date and time. Write it like 2026-12-01T09:30.";
    reason_missing() = "Choose a reason.";
    reason_unknown() = "There is no such reason. Choose one of these.";
    choice_unknown() = "There is no such plan. Choose one of these.";
    text_too_long(is, most) = "{is, plural, one {# character is} other {# characters are}} too many: at most {most} fit.";
    text_forbidden() = "This text holds a character that cannot be kept.";
    key_reused() = "This popup was already used for something else. Look again and confirm.";
    key_reused_for(what) = "This popup was used already, and nothing was done now. What it did: {what} Look again and confirm.";
    key_broken() = "This popup was opened too long ago. Look again and confirm.";
    revision_missing() = "This form does not say what it was based on. Look again and confirm.";
    form_too_large() = "This form is larger than any form of the panel.";
    form_forbidden() = "This form holds a character that cannot be kept.";
    nothing_changed() = "Nothing was changed.";
}
