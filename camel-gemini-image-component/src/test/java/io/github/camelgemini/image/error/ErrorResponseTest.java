package io.github.camelgemini.image.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorResponseTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);
    private static final ErrorContext CONTEXT =
            ErrorContext.of("Some service", List.of("SOME_KEY", "OTHER_KEY")).forModel("m", null);

    private static GeminiImageException read(int status, String body, String retryAfter) {
        return ErrorResponse.read(status, body, retryAfter, NOON).toException(CONTEXT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            7                             | 7000
            Fri, 20 Nov 2026 12:01:00 GMT | 60000
            Fri, 20 Nov 2026 11:00:00 GMT | 0
            99999999                      | 86400000
            soon                          | 0
                                          | 0
            """)
    void headerSaysHowLongToWaitUpToADay(String retryAfter, long millis) {
        for (int status : new int[] {429, 503}) {
            GeminiImageException failure = read(status, "{\"error\":{\"message\":\"x\"}}", retryAfter);

            assertThat(((RetryableError) failure).getRetryDelay()).isEqualTo(Duration.ofMillis(millis));
        }
    }

    /** What some services say under a status of their own choice. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            429 | insufficient_quota         | QuotaExhaustedException
            403 | insufficient_user_quota    | QuotaExhaustedException
            402 | payment_required           | QuotaExhaustedException
            400 | billing_hard_limit_reached | QuotaExhaustedException
            400 | content_policy_violation   | PromptBlockedException
            401 | invalid_api_key            | AuthenticationException
            403 | permission_error           | AuthenticationException
            404 | model_not_found            | ModelNotFoundException
            429 | rate_limit_exceeded        | RateLimitException
            500 | server_error               | ServiceUnavailableException
            302 | found                      | MalformedResponseException
            400 | invalid_request_error      | InvalidRequestException
            """)
    void codeAndStatusBecomeATypedException(int status, String code, String type) {
        GeminiImageException failure = read(
                status, "{\"error\":{\"message\":\"x\",\"type\":\"api_error\",\"code\":\"%s\"}}".formatted(code), null);

        assertThat(failure.getClass().getSimpleName()).isEqualTo(type);
        assertThat(failure)
                .hasMessageStartingWith("Some service answered HTTP " + status + " api_error for model m: x");
        assertThat(failure.getHttpStatus()).isEqualTo(status);
    }

    @Test
    void keyThatIsRefusedIsLookedForWhereTheServiceHasIt() {
        assertThat(read(401, "", null))
                .hasMessageEndingWith("Check the option apiKey, or the environment variable SOME_KEY or OTHER_KEY.");
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
