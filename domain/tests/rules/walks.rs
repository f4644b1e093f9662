//! Where a rollback leads after which past: the choices in their order, the preselected one with a star.

use domain::*;

use crate::world::*;

/// A customer who came on the first plan, and then: `code` changes to a plan, `+code` to one that is repriced first,
/// `<` rolls back as preselected, `<code` to a lower plan, `@n` to a row, `u` undoes the last of these; `-code` deletes
/// a plan.
fn walk(steps: &str) -> World {
    let mut steps = steps.split(' ');
    let mut world = World::on(steps.next().unwrap());
    for step in steps {
        let done = match step.split_at(1) {
            ("u", "") => world.undo_last_plan(),
            ("<", "") => world.roll_back_by_default(),
            ("<", code) => {
                let ChangePlan { plan, version, .. } = world.change_to(code);
                world.roll_back(RollbackTarget::Lower { plan, version })
            }
            ("@", seq) => world.roll_back(world.restore(seq.parse().unwrap())),
            ("+", code) => {
                world.reprice(code, 99);
                world.change(code)
            }
            ("-", code) => {
                world.delete(code);
                continue;
            }
            _ => world.change(step),
        };
        done.unwrap();
    }
    world
}

fn offered(world: &World) -> String {
    let RollbackChoices {
        choices,
        preselected,
    } = world.choices();
    let shown = choices.iter().enumerate().map(|(place, choice)| {
        let plan = world.catalog.plan(&choice.terms.plan).unwrap();
        let star = if preselected == Some(place) { "*" } else { "" };
        format!("{star}{}", plan.code)
    });
    shown.collect::<Vec<_>>().join(" ")
}

#[test]
fn where_a_rollback_leads() {
    for (rule, steps, choices) in [
        (
            "without a past, the highest lower plan",
            "pro",
            "*basic free",
        ),
        ("without a past and on the lowest plan, nowhere", "free", ""),
        (
            "to the row before",
            "basic pro max",
            "*pro basic business free",
        ),
        (
            "after a rollback, further back",
            "basic pro max <",
            "max *basic free",
        ),
        ("then to a lower plan", "basic pro max < <", "pro max *free"),
        (
            "then nowhere by itself",
            "basic pro max < < <",
            "basic pro max",
        ),
        (
            "after a change, to the row before",
            "basic pro < max",
            "*basic pro business free",
        ),
        (
            "from the row that a lower plan replaced",
            "business max <basic",
            "max *business free",
        ),
        (
            "from the row that two lower plans replaced",
            "business max <basic <free",
            "basic max *business",
        ),
        (
            "from the row restored before a lower plan",
            "basic pro max < <free",
            "pro max *basic",
        ),
        (
            "from the row that an undo brought back",
            "basic pro u",
            "pro *free",
        ),
        (
            "from the row that a redo brought back",
            "basic pro u u",
            "*basic free",
        ),
        (
            "from the row that undoing a rollback brought back",
            "basic max < u",
            "*basic business pro free",
        ),
        (
            "from the row that was chosen",
            "basic pro max @1",
            "max pro *free",
        ),
        (
            "never by itself to another version of the plan",
            "basic pro +pro",
            "pro *basic free",
        ),
        (
            "over a deleted plan",
            "basic business max -business",
            "*basic pro free",
        ),
        ("from a deleted plan", "basic business -business", "*basic"),
        (
            "to an archived plan of one's own past",
            "starter pro",
            "*starter basic free",
        ),
        (
            "equal rows are offered once",
            "basic pro basic pro basic",
            "*pro free",
        ),
        (
            "equal rows are walked one by one",
            "basic pro basic max < <",
            "*basic max free",
        ),
    ] {
        assert_eq!(offered(&walk(steps)), choices, "{rule}: {steps}");
    }
}

#[test]
fn which_row_a_rollback_restores() {
    for (rule, steps, restored) in [
        ("the row before", "basic pro max <", Some(2)),
        ("the row before that", "basic pro max < <", Some(1)),
        ("none for a lower plan", "basic pro max < < <", None),
        (
            "the earliest of equal rows, once the walk is there",
            "basic pro basic max < < <",
            Some(1),
        ),
        ("the row that undo brings back", "basic pro max u", Some(2)),
        (
            "the row that undo of a rollback brings back",
            "basic pro max < u",
            Some(3),
        ),
        ("none for a change", "basic pro max < max", None),
    ] {
        let restores = walk(steps).account.assignment().restores;
        assert_eq!(restores, restored.map(LedgerSeq), "{rule}: {steps}");
    }
}

#[test]
fn which_rows_are_named_for_equal_and_for_similar_ones() {
    for (rule, steps, rows) in [
        (
            "two versions of a plan, each its own",
            "pro +pro max",
            vec![2, 1],
        ),
        (
            "of equal rows the latest",
            "basic pro basic max",
            vec![3, 2],
        ),
        (
            "of equal rows the one that the walk is at",
            "basic pro basic max < <",
            vec![1, 4],
        ),
    ] {
        let choices = walk(steps).choices().choices;
        let named = choices.iter().filter_map(|choice| match choice.target {
            RollbackTarget::Restore { seq, .. } => Some(seq.0),
            RollbackTarget::Lower { .. } => None,
        });
        assert_eq!(named.collect::<Vec<_>>(), rows, "{rule}: {steps}");
    }
}
