//! The timeline and Activity.

super::sentences! {
    log_changed(who) = "{who} changed the plan";
    log_rolled_back(who) = "{who} rolled the plan back";
    log_plan_undone(who) = "{who} undid a plan change";
    log_plan_imported(who) = "{who} set the plan by import";
    log_plan_first(who) = "{who} set the first plan";
    log_suspended(who) = "{who} suspended the account";
    log_suspension_planned(who) = "{who} planned a suspension";
    log_suspended_again(who) = "{who} undid a reactivation";
    log_lifted(who) = "{who} lifted a suspension";
    log_called_off(who) = "{who} called off a planned suspension";
    log_suspension_undone(who) = "{who} undid a suspension";
    log_suspension_started() = "A planned suspension began";
    log_suspension_ended() = "A suspension ended as planned";
    log_usage_near(limit) = "{limit}: usage reached 80 % of the limit";
    log_usage_full(limit) = "{limit}: usage reached the limit";
    log_added(who) = "{who} added the customer";
    log_imported() = "Came in by import";
    log_profile(who) = "{who} changed name or contact";
    log_closed(who) = "{who} closed the account";
    log_reason(reason) = "Reason: {reason}";
    log_from(when) = "From {when}";
    log_until(when) = "Until {when}";
    log_placed_for(reason) = "It was suspended for: {reason}";
    plan_at(plan, price) = "{plan}, {price}";
    roll_back_to_this() = "Roll back to this plan";
    older() = "Older";
    newer() = "Newer";

    filter_kind() = "Kind";
    any_kind() = "Everything";
    kind_of_entry_added() = "New customers";
    kind_of_entry_profile() = "Names and contacts";
    kind_of_entry_plan() = "Plan changes and rollbacks";
    kind_of_entry_placed() = "Suspensions";
    kind_of_entry_lifted() = "Reactivations";
    kind_of_entry_started() = "Planned suspensions that began";
    kind_of_entry_ended() = "Suspensions that ended as planned";
    kind_of_entry_usage() = "Usage near or at a limit";
    kind_of_entry_closed() = "Closed accounts";
    filter_person() = "Person";
    anyone() = "Anyone";
    filter_day() = "Day";
    any_day() = "Any day";
    activity_empty_title() = "Nothing has happened yet";
    activity_empty_text() = "Every change to a customer will stand here: who, what, when and why.";
    activity_none_title() = "Nothing matches these filters";
    activity_none_text() = "There are entries for other kinds, people or days.";
    back_to_list() = "Back to the list";
    external_id(id) = "External id {id}";
}
