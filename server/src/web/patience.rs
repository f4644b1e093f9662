//! How long a connection may take over the head of a request. hyper sets an alarm for each request and stops it a moment
//! later; to enter it into the runtime's list of alarms and take it out again would cost more than to answer some requests.
//! So a connection has one alarm, which rings early, and is wound again if there is time left.

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use hyper::rt::{Sleep, Timer};
use tokio::time;

type Alarm = Pin<Box<time::Sleep>>;

/// The alarms of one connection, which has one at a time.
#[derive(Clone, Debug, Default)]
pub(super) struct Patience {
    /// The alarm, while nobody waits for it.
    idle: Arc<Mutex<Option<Alarm>>>,
}

impl Patience {
    fn idle(&self) -> MutexGuard<'_, Option<Alarm>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Timer for Patience {
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Sleep>> {
        self.sleep_until(self.now() + duration)
    }

    fn sleep_until(&self, deadline: Instant) -> Pin<Box<dyn Sleep>> {
        let due = deadline.into();
        let idle = self.idle().take();
        let alarm = match idle {
            Some(alarm) if alarm.deadline() <= due => alarm,
            _ => Box::pin(time::sleep_until(due)),
        };
        Box::pin(Wait {
            alarm: Some(alarm),
            due,
            patience: self.clone(),
        })
    }
}

/// Somebody waits until an instant.
struct Wait {
    alarm: Option<Alarm>,
    due: time::Instant,
    patience: Patience,
}

impl Sleep for Wait {}

impl Future for Wait {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let due = self.due;
        let Some(alarm) = &mut self.alarm else {
            return Poll::Ready(());
        };
        while alarm.deadline() < due {
            ready!(alarm.as_mut().poll(cx));
            alarm.as_mut().reset(due);
        }
        alarm.as_mut().poll(cx)
    }
}

impl Drop for Wait {
    fn drop(&mut self) {
        let alarm = self.alarm.take();
        *self.patience.idle() = alarm;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOMENT: Duration = Duration::from_millis(1);
    const LONG: Duration = Duration::from_secs(60);

    /// Waits for an alarm, at most `long`; for how long it was until it rang.
    async fn rings(timer: &Patience, after: Duration, long: Duration) -> Option<Duration> {
        let begun = timer.now();
        let rang = time::timeout(long, timer.sleep(after)).await;
        rang.ok().map(|()| timer.now() - begun)
    }

    #[tokio::test]
    async fn an_alarm_that_was_wound_again_rings_when_it_is_due() {
        let timer = Patience::default();
        let after = 50 * MOMENT;
        for round in 0..10 {
            let rang = rings(&timer, after + round * MOMENT, MOMENT).await;
            assert!(rang.is_none_or(|waited| waited >= after), "{rang:?}");
        }
        for _ in 0..2 {
            let rang = rings(&timer, after, LONG).await;
            assert!(rang.is_some_and(|waited| waited >= after), "{rang:?}");
        }
    }

    #[tokio::test]
    async fn an_alarm_for_sooner_does_not_wait_for_the_one_before() {
        let timer = Patience::default();
        assert_eq!(rings(&timer, 2 * LONG, MOMENT).await, None);
        assert!(rings(&timer, MOMENT, LONG).await.is_some());
    }
}
