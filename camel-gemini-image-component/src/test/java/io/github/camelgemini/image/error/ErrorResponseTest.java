package io.github.camelgemini.image.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorResponseTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);

    private static GeminiImageException read(int status, String body, String retryAfter) {
        return ErrorResponse.read(status, body, retryAfter, NOON).toException("m", null);
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
            '{"error":{"message":"x"}}'                                                  | Fri, 20 Nov 2026 12:01:00 GMT | 60000
            '{"error":{"message":"x"}}'                                                  | Fri, 20 Nov 2026 11:00:00 GMT | 0
            '{"error":{"message":"x"}}'                                                  | soon                          | 0
            '{"error":{"message":"x","details":[{"@type":"t/google.rpc.RetryInfo","retryDelay":"later"}]}}' |            | 0
            ''                                                                           |                               | 0
            """)
    void longestDelayThatTheServerAskedForWins(String body, String retryAfter, long millis) {
        for (int status : new int[] {429, 503}) {
            GeminiImageException failure = read(status, body == null ? "" : body, retryAfter);

            assertThat(((RetryableError) failure).getRetryDelay()).isEqualTo(Duration.ofMillis(millis));
        }
    }

    /** What FAILED_PRECONDITION and 403 are about is only in their words. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            400 | FAILED_PRECONDITION | 'User location is not supported for the API use.'                                | AuthenticationException
            400 | FAILED_PRECONDITION | 'Gemini API free tier is not available in your country. Please enable billing.'  | AuthenticationException
            400 | FAILED_PRECONDITION | 'The File cat is not in an ACTIVE state and usage is not allowed.'               | ReferenceImageException
            400 | FAILED_PRECONDITION | 'Precondition check failed.'                                                     | InvalidRequestException
            403 | PERMISSION_DENIED   | 'You do not have permission to access the File cat or it may not exist.'         | ReferenceImageException
            403 | PERMISSION_DENIED   | 'The caller does not have permission'                                            | AuthenticationException
            """)
    void wordsDecideWhereTheStatusSaysLittle(int status, String word, String message, String type) {
        GeminiImageException failure =
                read(status, "{\"error\":{\"message\":\"%s\",\"status\":\"%s\"}}".formatted(message, word), null);

        assertThat(failure.getClass().getSimpleName()).isEqualTo(type);
        assertThat(failure).hasMessageContaining(message);
        assertThat(failure.getHttpStatus()).isEqualTo(status);
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
    void longPageIsCutInTheMessage() {
        GeminiImageException failure = read(502, "<html>" + "x".repeat(100_000), null);

        assertThat(failure).isInstanceOf(ServiceUnavailableException.class);
        assertThat(failure.getMessage()).hasSizeLessThan(3_000);
    }

    @Test
    void errorAsTextIsUnderstood() {
        assertThat(read(503, "{\"error\":\"Upstream capacity temporarily exhausted\"}", null))
                .hasMessageContaining(": Upstream capacity temporarily exhausted");
    }

    @Test
    void nestedCodeAsNumberIsNoStatusWord() {
        assertThat(read(500, "{\"error\":{\"code\":500,\"message\":\"x\"}}", null)
                        .getProviderStatus())
                .isNull();
    }
}
