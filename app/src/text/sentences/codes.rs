//! The words for what the domain knows by codes.

super::sentences! {
    reason_payment_overdue() = "Payment overdue";
    reason_fraud_or_chargeback() = "Fraud or chargeback";
    reason_terms_broken() = "Terms broken";
    reason_security_risk() = "Security risk";
    reason_customer_asked() = "Customer asked";
    reason_other() = "Other";
    reason_other_with_note() = "Other (say what in the note)";
    reason_operator() = "Decided by the platform";

    why_needs_more() = "Needs more";
    why_too_expensive() = "Too expensive";
    why_wrong_plan_sold() = "Wrong plan sold";
    why_bill_correction() = "Bill correction";
    why_changed_by_mistake() = "Changed by mistake";
    why_customer_changed_their_mind() = "Customer changed their mind";
    why_paid() = "Paid";
    why_reviewed() = "Reviewed";
    why_suspended_by_mistake() = "Suspended by mistake";

    kind_manual() = "Manual";
    kind_billing() = "Billing";
    kind_compliance() = "Compliance";
    kind_platform() = "Platform";

    unnamed_customer() = "Unnamed customer";
    unknown_plan() = "A plan that is gone";
    price_unknown() = "price not known";
    plan_version(version) = "Version {version}";
}
