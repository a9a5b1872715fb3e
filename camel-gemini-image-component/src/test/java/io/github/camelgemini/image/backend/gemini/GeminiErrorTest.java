package io.github.camelgemini.image.backend.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.image.error.AuthenticationException;
import io.github.camelgemini.image.error.ErrorContext;
import io.github.camelgemini.image.error.ErrorResponse;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.QuotaExhaustedException;
import io.github.camelgemini.image.error.RetryableError;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiErrorTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);

    private static GeminiImageException read(int status, String body, String retryAfter) {
        ErrorContext context =
                ErrorContext.of("Some service", List.of("SOME_KEY")).forModel("m", null);
        return GeminiError.toException(ErrorResponse.read(status, body, retryAfter), context, NOON);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            '{"error":{"message":"Please retry in 34.286670503s."}}'                     |                               | 34287
            '{"error":{"message":"Please retry in 250ms."}}'                             |                               | 250
            '{"error":{"message":"x","details":[{"@type":"t/google.rpc.RetryInfo","retryDelay":"34s"}]}}' |              | 34000
            '{"error":{"message":"Please retry in 5s.","details":[{"@type":"t/google.rpc.RetryInfo","retryDelay":"3s"}]}}' | | 5000
            '{"error":{"message":"x"}}'                                                  | 7                             | 7000
            '{"error":{"message":"Please retry in 5s."}}'                                | 7                             | 7000
            '{"error":{"message":"x","details":[{"@type":"t/google.rpc.RetryInfo","retryDelay":"later"}]}}' |            | 0
            ''                                                                           |                               | 0
            """)
    void longestDelayThatTheServerAskedForWins(String body, String retryAfter, long millis) {
        for (int status : new int[] {429, 503}) {
            GeminiImageException failure = read(status, body == null ? "" : body, retryAfter);

            assertThat(((RetryableError) failure).getRetryDelay()).isEqualTo(Duration.ofMillis(millis));
        }
    }

    @Test
    void dailyQuotaIsBackAtMidnightPacificTime() {
        QuotaExhaustedException failure = (QuotaExhaustedException) read(
                429,
                """
                {"error":{"message":"x","details":[{"@type":"t/google.rpc.QuotaFailure",
                 "violations":[{"quotaId":"GenerateRequestsPerDayPerProjectPerModel-FreeTier"}]}]}}""",
                null);

        assertThat(failure.getAvailableAgain()).isEqualTo(Instant.parse("2026-11-21T08:00:00Z"));
    }

    @Test
    void limitOfZeroIsNoLimitThatPasses() {
        assertThat(read(429, "{\"error\":{\"message\":\"Quota exceeded, limit: 0, model: m\"}}", null))
                .isInstanceOf(QuotaExhaustedException.class);
    }

    @Test
    void keyThatIsRefusedIsLookedForWhereTheServiceHasIt() {
        GeminiImageException failure =
                read(400, "{\"error\":{\"message\":\"API key not valid. Please pass a valid API key.\"}}", null);

        assertThat(failure)
                .isInstanceOf(AuthenticationException.class)
                .hasMessage(
                        "Some service answered HTTP 400 for model m: API key not valid. Please pass a valid API key."
                                + " Check the option apiKey, or the environment variable SOME_KEY.");
    }
}
