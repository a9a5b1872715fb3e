package io.github.camelgemini.image.backend.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.camelgemini.image.backend.CallFailure;
import io.github.camelgemini.image.error.ErrorContext;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.payload.PayloadStore;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** After which failures a job may have been made. */
class LostAnswerTest {

    private static GeminiImageException of(IOException failure) {
        return new CallFailure(ErrorContext.of("the service", List.of()), "host", text -> text)
                .of(failure)
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "400, false",
        "401, false",
        "403, false",
        "404, false",
        "408, true",
        "409, true",
        "422, false",
        "429, false",
        "499, true",
        "500, true",
        "502, true",
        "503, true",
        "504, true"
    })
    void aRefusalMeansThatNoJobWasMade(int status, boolean possible) {
        GeminiImageException failure =
                new GeminiImageException("no", new ProviderError(status, null, null, null), null);

        assertThat(LostAnswer.isPossible(failure)).isEqualTo(possible);
    }

    static Stream<GeminiImageException> afterTheRequest() {
        return Stream.of(
                of(new IOException("unexpected end of stream")),
                of(new SocketTimeoutException("timeout")),
                new MalformedResponseException("broken", ProviderError.NONE, null));
    }

    @ParameterizedTest
    @MethodSource("afterTheRequest")
    void anAnswerThatDidNotComeMayHaveMadeAJob(GeminiImageException failure) {
        assertThat(LostAnswer.isPossible(failure)).isTrue();
    }

    static Stream<GeminiImageException> beforeTheRequest() {
        return Stream.of(
                of(new UnknownHostException("host")),
                of(new ConnectException("refused")),
                new InvalidRequestException("no such size"));
    }

    @ParameterizedTest
    @MethodSource("beforeTheRequest")
    void whatReachedNobodyMadeNoJob(GeminiImageException failure) {
        assertThat(LostAnswer.isPossible(failure)).isFalse();
    }

    @Test
    void anAnswerThatThisMachineCouldNotKeepMayHaveMadeAJob(@TempDir Path spool) throws IOException {
        PayloadStore store = new PayloadStore(spool, 0);
        store.close();
        IOException full = catchThrowableOfType(IOException.class, () -> {
            try (PayloadStore.Writer writer = store.newWriter()) {
                writer.write(new byte[100]);
                writer.finish();
            }
        });

        assertThat(full).hasMessageContaining("closed");
        assertThat(LostAnswer.isPossible(of(full))).isTrue();
    }
}
