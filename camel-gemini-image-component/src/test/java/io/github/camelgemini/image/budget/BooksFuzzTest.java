package io.github.camelgemini.image.budget;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Whatever is kept of a budget is read or refused, and can be kept again. See CONTRIBUTING.md on fuzzing. */
class BooksFuzzTest {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final List<BudgetPeriod> PERIODS =
            List.of(BudgetPeriod.of("24h", "UTC"), BudgetPeriod.of("month", "Europe/Berlin"));

    @FuzzTest(maxDuration = "5m")
    void whatIsKeptIsReadOrRefused(byte[] kept) throws IOException {
        String text = new String(kept, StandardCharsets.UTF_8);
        for (BudgetPeriod period : PERIODS) {
            Books books;
            try {
                books = Books.ofJson(text);
            } catch (IOException e) {
                assertThat(e.getMessage()).isNotBlank();
                return;
            }
            books.goOnTo(NOW, period);
            books.roomFor(BigDecimal.ONE, BigDecimal.TEN, period);
            String again = books.toJson();
            assertThat(again.length()).isLessThan(1_000 + 10 * text.length());
            assertThat(Books.ofJson(again).spent()).isEqualByComparingTo(books.spent());
        }
    }
}
