package io.github.camelgemini.image.repository;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.camelgemini.image.payload.PayloadStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is kept under the id of a request is read or refused, and leaves nothing behind. See CONTRIBUTING.md on fuzzing. */
class KeptResultFuzzTest {

    private static final String REQUEST = "r";

    @TempDir
    static Path spool;

    private static PayloadStore store;

    @BeforeAll
    static void open() {
        store = new PayloadStore(spool, 16);
    }

    @AfterAll
    static void close() throws IOException {
        store.close();
    }

    @FuzzTest(maxDuration = "5m")
    void whatIsKeptIsReadOrRefused(byte[] kept) {
        read(kept);
    }

    /** Behind the length of it, which nobody guesses. */
    @FuzzTest(maxDuration = "5m")
    void factsAreReadOrRefused(byte[] facts) throws IOException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(kept);
        data.writeInt(facts.length);
        data.write(facts);
        data.writeBytes("bytes of pictures, of which some are in a file");
        read(kept.toByteArray());
    }

    private static void read(byte[] kept) {
        try {
            KeptResult.read(new ByteArrayInputStream(kept), REQUEST, store).discard();
        } catch (IOException | KeptResult.OfAnotherRequestException e) {
            // Refused.
        }
        assertThat(store.liveFiles()).isZero();
        assertThat(store.liveBytes()).isZero();
    }
}
