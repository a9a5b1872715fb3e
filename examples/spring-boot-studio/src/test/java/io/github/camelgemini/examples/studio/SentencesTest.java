package io.github.camelgemini.examples.studio;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.image.error.BudgetExceededException;
import io.github.camelgemini.image.error.ProviderError;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class SentencesTest {

    @Test
    void whatTheStudioMaySpendIsForItsOperatorOnly() {
        BigDecimal budget = new BigDecimal("25");
        Throwable failure = new BudgetExceededException(
                "the budget of 25 USD", budget, budget, BigDecimal.ZERO, BigDecimal.ONE, null, ProviderError.NONE);

        assertThat(Sentences.of(failure))
                .isEqualTo("The studio's budget is used up for the moment. Its log has the details.");
        assertThat(Sentences.concernsSender(failure)).isFalse();
    }
}
