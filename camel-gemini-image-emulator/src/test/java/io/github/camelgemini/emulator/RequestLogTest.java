package io.github.camelgemini.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestLogTest {

    private final RequestLog log = new RequestLog(100_000);

    private static ReceivedRequest request(String prompt, JsonNode body) {
        return new ReceivedRequest(
                EmulatedService.GOOGLE,
                Instant.EPOCH,
                "POST",
                "/v1/models",
                Map.of(),
                Map.of(),
                "generateContent",
                "m",
                body,
                prompt,
                List.of());
    }

    @Test
    void theOldestAreForgottenWhenAllAreTooLarge() {
        for (int i = 0; i < 20; i++) {
            log.add(request(i + "x".repeat(10_000), JsonNodeFactory.instance.objectNode()));
        }

        assertThat(log.all()).hasSizeBetween(2, 5).last().satisfies(last -> assertThat(last.prompt())
                .startsWith("19"));
    }

    @Test
    void oneThatIsTooLargeByItselfLosesItsBody() {
        JsonNode body = JsonNodeFactory.instance.objectNode().put("text", "x".repeat(100_000));

        log.add(request("y".repeat(100_000), body));

        assertThat(log.all()).singleElement().satisfies(kept -> {
            assertThat(kept.body().isMissingNode()).isTrue();
            assertThat(kept.prompt()).hasSize(1000);
        });
    }
}
