package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.ReceivedRequest;
import io.github.camelgemini.image.error.ImageBlockedException;
import io.github.camelgemini.image.error.InvalidRequestException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.Exchange;
import org.apache.camel.util.StringHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A sender may set any header. None affects connection, credentials, files or limits. {@link WrongJsonTest} has the
 * same for JSON.
 */
class HeadersOfStrangersTest {

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    static Set<String> optionsOfTheRoute() throws Exception {
        Set<String> options = new TreeSet<>(WrongJsonTest.optionsOfTheRoute());
        // A message may say which request it is, and does no more than that by it.
        options.remove("requestId");
        return options;
    }

    @ParameterizedTest
    @MethodSource("optionsOfTheRoute")
    void optionOfTheRouteIsNoHeader(String option, @TempDir Path elsewhere) {
        ReceivedRequest expected = call(Map.of());

        for (String value :
                List.of("http://localhost:1", "" + elsewhere, "file:" + elsewhere, "0", "1", "true", "false")) {
            ReceivedRequest request = call(Map.of(
                    "CamelGeminiImage" + StringHelper.capitalize(option),
                    value,
                    "CamelGeminiImage." + option,
                    value,
                    option,
                    value));

            assertThat(request.path()).isEqualTo(expected.path());
            assertThat(request.apiKey()).contains(EmulatedRoutes.KEY);
            assertThat(request.headers()).isEqualTo(expected.headers());
            assertThat(request.body()).isEqualTo(expected.body());
        }
        assertThat(elsewhere).isEmptyDirectory();
    }

    /** With JSON as result, so that there is something to store. */
    private ReceivedRequest call(Map<String, Object> headers) {
        Exchange exchange = routes.send("gemini-image:generate?output=json", "a cat", headers);
        assertThat(exchange.getException()).isNull();
        assertThat(routes.emulator().requests()).hasSize(1);
        ReceivedRequest request = routes.emulator().requests().get(0);
        routes.emulator().clearRequests();
        return request;
    }

    @Test
    void whetherBlockedPicturesFailIsTheRoutesToSay() {
        routes.emulator().next(Fault.finish("IMAGE_SAFETY", "Try another wording."));

        routes.failure(
                "gemini-image:generate",
                "a cat",
                Map.of("CamelGeminiImageFailOnBlocked", false),
                ImageBlockedException.class);
    }

    @Test
    void whetherUnknownFieldsAreIgnoredIsTheRoutesToSay() {
        routes.failure(
                "gemini-image:generate",
                "{\"prompt\": \"a cat\", \"colour\": \"red\"}",
                Map.of("CamelGeminiImageStrictJson", false),
                InvalidRequestException.class);
    }

    @Test
    void headersDoNotBecomeHeadersOfTheCall() {
        ReceivedRequest expected = call(Map.of());

        Map<String, Object> headers = new HashMap<>();
        headers.put("x-goog-api-key", "theirs");
        headers.put("Authorization", "Bearer theirs");
        headers.put("Host", "evil.example");
        headers.put("X-Goog-User-Project", "theirs");
        headers.put("CamelHttpUri", "http://localhost:1");
        headers.put("CamelHttpPath", "/elsewhere");

        assertThat(call(headers).headers()).isEqualTo(expected.headers());
    }
}
