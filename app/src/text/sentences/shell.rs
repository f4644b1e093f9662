//! The frame, the menu, roles, and what stands on every page.

super::sentences! {
    active_customers() = "Active Customers";
    suspended_customers() = "Suspended Customers";
    all_customers() = "All Customers";
    activity() = "Activity";
    role_owner() = "Owner";
    role_manager() = "Manager";
    role_agent() = "Agent";
    role_viewer() = "Viewer";
    banner_insecure() = "This panel is served without encryption: anyone on the way can read along. Use it only on a network that you trust.";

    view() = "View";
    change_plan() = "Change Plan";
    rollback_plan() = "Rollback Plan";
    suspend_account() = "Suspend Account";
    add_suspension() = "Add Suspension";
    reactivate_account() = "Reactivate Account";
    undo() = "Undo";
    redo() = "Redo";
    actions_for(customer) = "Actions for {customer}";

    status_active() = "Active";
    status_suspended() = "Suspended";
    status_closed() = "Closed";

    badge_archived() = "Archived";
    badge_inactive() = "Not sold now";
    badge_older_version() = "Older version";
    badge_recommended() = "Recommended";
    badge_current() = "Current plan";

    system() = "The panel";
    unknown_person() = "Someone who is no longer here";
    import_actor() = "Import";
    operator_actor() = "Operator";
}
