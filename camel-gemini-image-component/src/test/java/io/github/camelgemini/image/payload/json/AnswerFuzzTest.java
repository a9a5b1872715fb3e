package io.github.camelgemini.image.payload.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.backend.gemini.GeminiError;
import io.github.camelgemini.image.error.ErrorContext;
import io.github.camelgemini.image.error.ErrorResponse;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.payload.ImageInfo;
import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.payload.PayloadStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a server sends is either understood or refused, and leaves nothing behind. See CONTRIBUTING.md on fuzzing. */
class AnswerFuzzTest {

    @TempDir
    static Path spool;

    @FuzzTest(maxDuration = "5m")
    void answerIsUnderstoodOrRefused(byte[] answer) throws IOException {
        try (PayloadStore store = new PayloadStore(spool, 16)) {
            try {
                JsonNode tree = ResponseJson.read(new ByteArrayInputStream(answer), store);
                ResponseJson.discard(tree);
            } catch (MalformedAnswerException e) {
                assertThat(e.problem()).isNotBlank();
            }
            assertThat(store.liveFiles()).isZero();
            assertThat(store.liveBytes()).isZero();
        }
    }

    @FuzzTest(maxDuration = "5m")
    void eventsAreUnderstoodOrRefused(byte[] events) throws IOException {
        try (PayloadStore store = new PayloadStore(spool, 16)) {
            try {
                ResponseJson.readEvents(new ByteArrayInputStream(events), store, ResponseJson::discard);
            } catch (MalformedAnswerException e) {
                assertThat(e.problem()).isNotBlank();
            }
            assertThat(store.liveFiles()).isZero();
        }
    }

    @FuzzTest(maxDuration = "5m")
    void errorAnswerBecomesAnException(byte[] body) {
        for (int status : new int[] {400, 403, 404, 429, 503}) {
            GeminiImageException failure = GeminiError.toException(
                    ErrorResponse.read(status, new String(body, StandardCharsets.UTF_8), null),
                    ErrorContext.of("Some service", List.of()).forModel("some-model", null));
            assertThat(failure.getHttpStatus()).isEqualTo(status);
        }
    }

    @FuzzTest(maxDuration = "5m")
    void pictureIsRecognisedOrNot(byte[] bytes) {
        ImageInfo.read(Payload.of(bytes))
                .ifPresent(info -> assertThat(info.width()).isNotNegative());
    }
}
