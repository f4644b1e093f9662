//! Many at once: whoever is first wins, everybody else is told the truth, and nothing happens twice.

use std::sync::Arc;

use domain::{
    Actor, ActorRef, Command, CustomerId, Moved, Reason, Rejection, Role, Stale, Status, Suspend,
};
use server::clock::Clock as _;
use server::commands::{Executed, Order, Replay, execute};
use server::error::{Error, Result};
use server::ids::Ids as _;
use tokio::task::JoinSet;

use crate::world::{Base, START, World, change, reactivate, suspend};

on_both![
    of_a_hundred_pairs_on_the_plan_one_wins_each_time,
    of_a_hundred_pairs_on_access_one_wins_each_time,
    suspend_and_change_commute,
    sixty_four_at_once_under_one_key_do_it_once,
    of_two_commands_under_one_key_one_is_done,
];

const PAIRS: usize = 100;
const AT_ONCE: usize = 64;

/// Sends orders at the same time; the answers are in the order of the orders.
async fn race(world: &Arc<World>, orders: Vec<Order>) -> Vec<Result<Executed>> {
    let mut racing = JoinSet::new();
    for (place, order) in orders.into_iter().enumerate() {
        let world = Arc::clone(world);
        racing.spawn(async move {
            let answer = execute(&world.store, &world.clock, &world.ids, order).await;
            (place, answer)
        });
    }
    let mut answers = racing.join_all().await;
    answers.sort_by_key(|(place, _)| *place);
    answers.into_iter().map(|(_, answer)| answer).collect()
}

/// Two agents of the partner.
fn agents(world: &World) -> [Actor; 2] {
    [(); 2].map(|()| Actor::User {
        id: world.ids.user(START),
        role: Role::Agent,
    })
}

/// Each of the pair sends its command. Answers who won, and what the loser was told.
async fn pair(
    world: &Arc<World>,
    customer: &CustomerId,
    agents: &[Actor; 2],
    commands: [Command; 2],
) -> (Executed, ActorRef, Stale) {
    world.clock.advance(domain::time::SECOND);
    let orders = agents.iter().zip(commands).map(|(actor, command)| Order {
        actor: actor.clone(),
        ..world.order(customer, command)
    });
    let answers = race(world, orders.collect()).await;
    let (mut won, mut told) = (Vec::new(), Vec::new());
    for (answer, actor) in answers.into_iter().zip(agents) {
        match answer {
            Ok(done) => won.push((done, actor.reference())),
            Err(Error::Rejected(rejection)) => match *rejection {
                Rejection::Stale(stale) => told.push(stale),
                other => panic!("{other:?}"),
            },
            Err(error) => panic!("{error:?}"),
        }
    }
    assert_eq!((won.len(), told.len()), (1, 1), "one wins, one is told");
    let (done, by) = won.remove(0);
    (done, by, told.remove(0))
}

/// What the loser must be told about who was faster.
fn truth(world: &World, done: &Executed, by: ActorRef) -> Moved {
    Moved {
        by,
        at: world.clock.now(),
        command: done.command.clone(),
    }
}

async fn of_a_hundred_pairs_on_the_plan_one_wins_each_time(base: Base) {
    let world = Arc::new(World::new(base).await);
    let (acme, agents) = (world.add("Acme", "a1", "free").await, agents(&world));
    for round in 0..PAIRS {
        let account = world.account(&acme).await;
        let mut plans = Vec::new();
        for code in ["free", "basic", "pro", "max"] {
            let terms = world.terms(&world.partner, code).await;
            if terms != account.assignment().terms {
                plans.push(change(&account, &terms));
            }
        }
        let commands = [0, 1].map(|place| plans[(round + place) % plans.len()].clone());
        let (done, by, told) = pair(&world, &acme, &agents, commands).await;
        let now = account.plan_revision.next();
        assert_eq!(done.account.plan_revision, now);
        let moved = truth(&world, &done, by);
        assert_eq!(told, Stale::Plan { now, moved });
    }
    let account = world.account(&acme).await;
    assert_eq!(account.plan_revision.0, 1 + PAIRS as u64);
    assert_eq!(account.ledger.rows().count(), 1 + PAIRS);
    world.verify().await;
}

async fn of_a_hundred_pairs_on_access_one_wins_each_time(base: Base) {
    let world = Arc::new(World::new(base).await);
    let (acme, agents) = (world.add("Acme", "a1", "pro").await, agents(&world));
    for _ in 0..PAIRS {
        let account = world.account(&acme).await;
        // Suspensions of two kinds could both be open; but neither agent saw the other's.
        let commands = match account.status() {
            Status::Active => [Reason::PaymentOverdue, Reason::CustomerAsked]
                .map(|reason| suspend(&account, reason, None)),
            _ => [reactivate(&account), reactivate(&account)],
        };
        let (done, by, told) = pair(&world, &acme, &agents, commands).await;
        let now = account.access_revision.next();
        assert_eq!(done.account.access_revision, now);
        let moved = Some(truth(&world, &done, by));
        assert_eq!(told, Stale::Access { now, moved });
    }
    let account = world.account(&acme).await;
    assert_eq!(account.access_revision.0, 1 + PAIRS as u64);
    assert_eq!(account.status(), Status::Active);
    world.verify().await;
}

async fn suspend_and_change_commute(base: Base) {
    let world = Arc::new(World::new(base).await);
    let [agent, colleague] = agents(&world);
    for round in 0..25 {
        let mut ends = Vec::new();
        for way in ["together", "suspended first", "changed first"] {
            let external = format!("{way} {round}");
            let customer = world.add("Acme", &external, "basic").await;
            let account = world.account(&customer).await;
            let to = world.terms(&world.partner, "pro").await;
            let by = |actor: &Actor, command| Order {
                actor: actor.clone(),
                ..world.order(&customer, command)
            };
            let suspending = by(&agent, suspend(&account, Reason::PaymentOverdue, None));
            let changing = by(&colleague, change(&account, &to));
            let groups = match way {
                "together" => vec![vec![suspending, changing]],
                "suspended first" => vec![vec![suspending], vec![changing]],
                _ => vec![vec![changing], vec![suspending]],
            };
            for orders in groups {
                for answer in race(&world, orders).await {
                    answer.unwrap();
                }
            }
            let end = world.account(&customer).await;
            let revisions = (end.plan_revision, end.access_revision, end.epoch);
            let suspended: Vec<_> = end.in_force().map(|open| open.reason).collect();
            ends.push((end.assignment().terms.clone(), suspended, revisions));
        }
        assert_eq!(ends[0].1, [Reason::PaymentOverdue]);
        assert!(ends.iter().all(|end| *end == ends[0]), "{ends:?}");
    }
    world.verify().await;
}

/// An order for a customer of its own, under a key.
async fn keyed(world: &World) -> Order {
    let acme = world.add("Acme", "a1", "pro").await;
    let command = suspend(&world.account(&acme).await, Reason::PaymentOverdue, None);
    Order {
        key: Some(world.key()),
        ..world.order(&acme, command)
    }
}

/// How many events the log has.
async fn log_length(world: &World) -> u64 {
    let mut tx = world.store.read().await.unwrap();
    tx.partner(&world.partner).await.unwrap().last_seq
}

/// Exactly one answer is the first one, and all the others are the same.
fn assert_equal(answers: &[Executed]) {
    let is_fresh = |answer: &&Executed| answer.replay == Replay::Fresh;
    assert_eq!(answers.iter().filter(is_fresh).count(), 1);
    for answer in answers {
        let replay = answers[0].replay;
        assert_eq!(
            Executed {
                replay,
                ..answer.clone()
            },
            answers[0]
        );
    }
}

async fn sixty_four_at_once_under_one_key_do_it_once(base: Base) {
    let world = Arc::new(World::new(base).await);
    let order = keyed(&world).await;
    let before = log_length(&world).await;
    let answers = race(&world, vec![order; AT_ONCE]).await;
    let answers: Vec<Executed> = answers.into_iter().map(Result::unwrap).collect();
    assert_eq!(answers.len(), AT_ONCE);
    assert_equal(&answers);
    assert_eq!(log_length(&world).await, before + 1);
    world.verify().await;
}

async fn of_two_commands_under_one_key_one_is_done(base: Base) {
    let world = Arc::new(World::new(base).await);
    let order = keyed(&world).await;
    let mut other = order.clone();
    let Command::Suspend(Suspend { note, .. }) = &mut other.command else {
        panic!("{other:?}")
    };
    *note = None;
    let before = log_length(&world).await;
    let orders = vec![vec![order, other]; AT_ONCE / 2].concat();
    let (mut done, mut reused) = (Vec::new(), 0);
    for answer in race(&world, orders).await {
        match answer {
            Ok(answer) => done.push(answer),
            Err(Error::KeyReused) => reused += 1,
            Err(error) => panic!("{error:?}"),
        }
    }
    assert_eq!((done.len(), reused), (AT_ONCE / 2, AT_ONCE / 2));
    assert_equal(&done);
    assert_eq!(log_length(&world).await, before + 1);
    world.verify().await;
}
