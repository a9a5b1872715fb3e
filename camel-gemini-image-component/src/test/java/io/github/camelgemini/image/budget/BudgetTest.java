package io.github.camelgemini.image.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.github.camelgemini.image.error.BudgetExceededException;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.InvalidRequestException;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is reserved, spent, forgotten and refused, by a clock that the test turns. */
class BudgetTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String MODEL = "some-model";

    private final TurnedClock clock = new TurnedClock(Instant.parse("2026-11-28T10:15:00Z"));

    private Budget budget(String dollars, String period, BudgetRepository repository) {
        return new Budget(
                new BigDecimal(dollars),
                BudgetPeriod.of(period, "Europe/Berlin"),
                null,
                repository,
                ForkJoinPool.commonPool(),
                clock);
    }

    private static CompletableFuture<Budget.Reservation> reserve(Budget budget, String dollars) {
        return budget.reserve(Optional.of(new BigDecimal(dollars)), MODEL, PATIENCE);
    }

    private static void spend(Budget budget, String dollars) {
        reserve(budget, dollars).join().end(null);
    }

    private static BudgetExceededException refusal(CompletableFuture<?> reserved) {
        try {
            reserved.join();
        } catch (CompletionException e) {
            assertThat(e.getCause()).isInstanceOf(BudgetExceededException.class);
            return (BudgetExceededException) e.getCause();
        }
        throw new AssertionError("was not refused");
    }

    @Test
    void whatIsReservedCountsUntilTheCostIsKnown() {
        Budget budget = budget("1", "1d", null);
        Budget.Reservation first = reserve(budget, "0.6").join();

        BudgetExceededException refused = refusal(reserve(budget, "0.5"));

        assertThat(refused)
                .hasMessageContaining("0.5 USD")
                .hasMessageContaining("1 USD in any 24h")
                .hasMessageContaining("reserved for calls in flight 0.6 USD");
        assertThat(refused.getReserved()).isEqualByComparingTo("0.6");
        assertThat(refused.getSpent()).isEqualByComparingTo("0");
        assertThat(refused.getExpected()).isEqualByComparingTo("0.5");
        // The call in flight is in the way, and nobody knows when it ends.
        assertThat(refused.getAvailableAgain()).isNull();
        first.end(new BigDecimal("0.4"));
        first.end(new BigDecimal("0.9"));
        reserve(budget, "0.5").join();
        assertThat(budget.state().spent()).isEqualByComparingTo("0.4");
        assertThat(budget.state().refused()).isEqualTo(1);
    }

    @Test
    void aRollingPeriodIsNeverExceededInAnyTimeOfItsLength() {
        Budget budget = budget("1", "100m", null);
        spend(budget, "0.6");
        clock.turn(Duration.ofMinutes(50));
        spend(budget, "0.4");

        Instant again = refusal(reserve(budget, "0.5")).getAvailableAgain();

        // Parts of a minute are forgotten as a whole.
        assertThat(again).isEqualTo("2026-11-28T11:56:00Z");
        clock.set(again.minusMillis(1));
        refusal(reserve(budget, "0.5"));
        clock.set(again);
        reserve(budget, "0.5").join();
    }

    @ParameterizedTest
    @CsvSource({
        "day, 2026-11-28T23:00:00Z, this day (Europe/Berlin)",
        "week, 2026-11-29T23:00:00Z, this week (Europe/Berlin)",
        "month, 2026-11-30T23:00:00Z, this month (Europe/Berlin)"
    })
    void aPeriodOfTheCalendarEndsInItsTimeZone(String period, Instant end, String says) {
        Budget budget = budget("1", period, null);
        spend(budget, "1");

        BudgetExceededException refused = refusal(reserve(budget, "0.01"));

        assertThat(refused).hasMessageContaining(says);
        assertThat(refused.getAvailableAgain()).isEqualTo(end);
        clock.set(end.minusMillis(1));
        refusal(reserve(budget, "0.01"));
        clock.set(end);
        reserve(budget, "1").join();
    }

    @Test
    void aCallThatCostsMoreThanTheWholeBudgetNeverHasRoom() {
        Budget budget = budget("1", "day", null);

        assertThat(refusal(reserve(budget, "1.01")).getAvailableAgain()).isNull();
    }

    @Test
    void aCallOfUnknownPriceIsRefusedOrTakenForWhatTheUserSays() {
        Budget without = budget("1", "day", null);
        Budget with = new Budget(
                BigDecimal.ONE, BudgetPeriod.of("day", "UTC"), new BigDecimal("0.3"), null, Runnable::run, clock);

        assertThat(refusal(without.reserve(Optional.empty(), MODEL, PATIENCE)))
                .hasMessageContaining("budgetUnknownPrice")
                .hasMessageContaining(MODEL);
        with.reserve(Optional.empty(), MODEL, PATIENCE).join();
        assertThat(with.state().reserved()).isEqualByComparingTo("0.3");
    }

    /** As when its process was killed: it may have been billed. */
    @Test
    void whatIsReservedForTooLongCountsAsSpent() {
        Budget budget = budget("1", "day", null);
        Budget.Reservation lost = reserve(budget, "0.7").join();

        clock.turn(PATIENCE);

        assertThat(budget.state().spent()).isEqualByComparingTo("0.7");
        assertThat(budget.state().reserved()).isEqualByComparingTo("0");
        lost.end(new BigDecimal("0.1"));
        assertThat(budget.state().spent()).isEqualByComparingTo("0.7");
    }

    @Test
    void processesThatShareItSpendItTogether() {
        OneText kept = new OneText();
        List<Budget> processes = List.of(budget("1", "day", kept), budget("1", "day", kept), budget("1", "day", kept));

        List<CompletableFuture<Budget.Reservation>> all = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            all.add(reserve(processes.get(i % 3), "0.01"));
        }

        List<Budget.Reservation> admitted = new ArrayList<>();
        int refused = 0;
        for (CompletableFuture<Budget.Reservation> each : all) {
            try {
                admitted.add(each.join());
            } catch (CompletionException e) {
                assertThat(e).cause().isInstanceOf(BudgetExceededException.class);
                refused++;
            }
        }
        assertThat(admitted).hasSize(100);
        assertThat(refused).isEqualTo(200);
        // What was begun before is seen by one that starts.
        Budget started = budget("1", "day", kept);
        assertThat(started.state().reserved()).isZero();
        assertThatThrownBy(() -> {
                    started.load();
                    reserve(started, "0.01").join();
                })
                .cause()
                .asInstanceOf(type(BudgetExceededException.class))
                .satisfies(failure -> assertThat(failure.getReserved()).isEqualByComparingTo("1"));
    }

    @Test
    void whatCannotBeKeptIsNotSpent() {
        Budget budget = budget("1", "day", new BudgetRepository() {
            @Override
            public Optional<Entry> get() throws IOException {
                throw new IOException("the disk is gone");
            }

            @Override
            public OptionalLong put(String text, long version) {
                throw new AssertionError();
            }
        });

        assertThatThrownBy(() -> reserve(budget, "0.1").join())
                .cause()
                .isInstanceOf(GeminiImageException.class)
                .hasMessageContaining("the disk is gone");
    }

    @ParameterizedTest
    @CsvSource({
        "fortnight, UTC, budgetPeriod 'fortnight'",
        "0s, UTC, budgetPeriod '0s'",
        "day, Berlin, budgetTimeZone 'Berlin'"
    })
    void whatIsNoPeriodIsRefused(String period, String zone, String says) {
        assertThatThrownBy(() -> BudgetPeriod.of(period, zone))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(says);
    }

    /** In the heap, as several processes see it. */
    private static final class OneText implements BudgetRepository {

        private String text;
        private long version;

        @Override
        public synchronized Optional<Entry> get() {
            return text == null ? Optional.empty() : Optional.of(new Entry(text, version));
        }

        @Override
        public synchronized OptionalLong put(String changed, long before) {
            if (before != version) {
                return OptionalLong.empty();
            }
            text = changed;
            version++;
            return OptionalLong.of(version);
        }
    }

    private static final class TurnedClock extends Clock {

        private Instant now;

        TurnedClock(Instant now) {
            this.now = now;
        }

        void turn(Duration by) {
            now = now.plus(by);
        }

        void set(Instant to) {
            now = to;
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
