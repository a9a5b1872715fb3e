package io.github.camelgemini.image.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.ThreadMXBean;
import io.github.camelgemini.image.payload.json.ResponseJson;
import io.github.camelgemini.image.payload.spool.SpoolException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.apache.camel.StreamCache;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTest {

    /** More than three blocks. */
    private static final byte[] BYTES = new byte[100_003];

    static {
        new Random(1).nextBytes(BYTES);
    }

    @TempDir
    Path directory;

    private PayloadStore store;
    private PayloadStore heap;

    /** Where the bytes of a payload are. */
    enum Place {
        HEAP,
        FILE
    }

    @BeforeEach
    void openStores() {
        store = new PayloadStore(directory, 10);
        heap = new PayloadStore(directory, Long.MAX_VALUE);
    }

    @AfterEach
    void closeStores() throws IOException {
        store.close();
        heap.close();
    }

    @Test
    void discardRemovesTheFileAtOnceAndOnce() throws IOException {
        Payload payload = in(Place.FILE);

        payload.discard();
        payload.discard();

        assertThat(store.liveFiles()).isZero();
        assertThat(store.liveBytes()).isZero();
        assertThatThrownBy(payload::newInputStream)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no longer available");
    }

    @Test
    void whatWasHandedOutIsNotDiscarded() throws IOException {
        Payload payload = in(Place.FILE).handOut();

        payload.discard();

        assertThat(payload.toByteArray()).isEqualTo(BYTES);
    }

    @Test
    void aPayloadThatIsReachableOutlivesCollections() throws IOException {
        Payload payload = in(Place.FILE);
        aCollectionTakesAnother();

        assertThat(payload.toByteArray()).isEqualTo(BYTES);
    }

    @Test
    void anOpenStreamKeepsTheBytes() throws IOException {
        try (InputStream in = in(Place.FILE).newInputStream()) {
            in.skipNBytes(1000);
            aCollectionTakesAnother();
            in.reset();

            assertThat(store.liveFiles()).isEqualTo(1);
            assertThat(in.readAllBytes()).isEqualTo(BYTES);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFileKeepsTheBytesAndGoesWithThem(Place place) throws IOException {
        goesWithTheGarbage(nameOfAFileThatWasUsed(place));
        assertThat(store.liveFiles() + heap.liveFiles()).isZero();
        assertThat(store.liveBytes() + heap.liveBytes()).isZero();
    }

    /** In a method of its own, whose frame keeps nothing. */
    private String nameOfAFileThatWasUsed(Place place) throws IOException {
        File file = in(place).toFile("png");
        aCollectionTakesAnother();

        assertThat(Files.readAllBytes(file.toPath())).isEqualTo(BYTES);
        assertThat(Files.readAllBytes(file.getAbsoluteFile().toPath())).isEqualTo(BYTES);
        assertThat(file.getName()).endsWith(".png");
        return file.getPath();
    }

    @ParameterizedTest
    @EnumSource
    void aPathKeepsTheBytesAndGoesWithThem(Place place) throws IOException {
        goesWithTheGarbage(nameOfAPathThatWasUsed(place));
    }

    private String nameOfAPathThatWasUsed(Place place) throws IOException {
        Path path = in(place).toPath("png");
        aCollectionTakesAnother();

        assertThat(Files.readAllBytes(path)).isEqualTo(BYTES);
        return path.toString();
    }

    private void goesWithTheGarbage(String name) {
        // The JDK keeps the last path that a thread used.
        assertThat(Files.exists(directory)).isTrue();
        await().untilAsserted(() -> {
            System.gc();
            assertThat(new File(name)).doesNotExist();
        });
    }

    @ParameterizedTest
    @EnumSource
    void whoMovesTheFileAwayHasItAndTheOthersTheirs(Place place) throws IOException {
        Payload payload = in(place);
        File file = payload.toFile("png");

        Path moved = Files.move(file.toPath(), directory.resolve("kept.png"));

        assertThat(payload.toByteArray()).isEqualTo(BYTES);
        assertThat(payload.toFile("png")).hasBinaryContent(BYTES);
        payload.discard();
        assertThat(moved).hasBinaryContent(BYTES);
    }

    @ParameterizedTest
    @EnumSource
    void theFileIsInTheSpoolFolderWhereNobodyElseReadsIt(Place place) throws IOException {
        File file = in(place).toFile("png");

        assertThat(file.toPath()).startsWith(directory);
        assertThat(Files.getPosixFilePermissions(file.toPath())).hasSize(2);
        assertThat(file).isEqualTo(new File(file.getPath()));
    }

    @Test
    void bytesOfNoStoreHaveAFileToo() throws IOException {
        assertThat(Payload.of(BYTES).toFile("jpg")).hasBinaryContent(BYTES);
    }

    @ParameterizedTest
    @EnumSource
    void streamsAreIndependentOfEachOther(Place place) throws IOException {
        Payload payload = in(place);

        try (InputStream first = payload.newInputStream();
                InputStream second = payload.newInputStream()) {
            first.skipNBytes(BYTES.length - 10);
            payload.reset();

            assertThat(second.readAllBytes()).isEqualTo(BYTES);
            assertThat(first.readAllBytes()).hasSize(10);
        }
    }

    /** As aws2-s3 and azure-storage-blob look for it. */
    @ParameterizedTest
    @EnumSource
    void aStreamTellsItsLength(Place place) throws IOException {
        try (InputStream in = in(place).newInputStream()) {
            assertThat(((StreamCache) in).length()).isEqualTo(BYTES.length);
            assertThat(in.available()).isEqualTo(BYTES.length);
            assertThat(in.skip(Long.MAX_VALUE)).isEqualTo(BYTES.length);
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    /** As clients do that send parts of it, and a part again when that failed. */
    @ParameterizedTest
    @EnumSource
    void aStreamIsReadAgainFromItsMark(Place place) throws IOException {
        try (InputStream in = in(place).newInputStream()) {
            in.readNBytes(40_000);
            in.mark(1);
            byte[] part = in.readNBytes(50_000);
            in.reset();

            assertThat(in.readNBytes(50_000)).isEqualTo(part);
            assertThat(in.readAllBytes()).hasSize(10_003);
        }
    }

    /** A converter closes what it has read, and others have the same stream; with a reset before the next step or without. */
    @ParameterizedTest
    @EnumSource
    void aStreamThatWasClosedIsReadAgainFromTheStart(Place place) throws IOException {
        InputStream in = in(place).newInputStream();
        in.readNBytes(40_000);
        in.mark(1);
        in.close();

        assertThat(in.readAllBytes()).isEqualTo(BYTES);
        in.close();
        in.reset();
        assertThat(in.readAllBytes()).isEqualTo(BYTES);
        in.close();
    }

    @ParameterizedTest
    @EnumSource
    void aStreamWritesAndCopiesAllOfItWhereverItIs(Place place) throws IOException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try (InputStream in = in(place).newInputStream()) {
            in.readNBytes(10);

            ((StreamCache) in).writeTo(written);
            StreamCache copy = ((StreamCache) in).copy(new DefaultExchange(new DefaultCamelContext()));

            assertThat(written.toByteArray()).isEqualTo(BYTES);
            assertThat(((InputStream) copy).readAllBytes()).isEqualTo(BYTES);
            assertThat(in.readAllBytes()).hasSize(BYTES.length - 10);
        }
    }

    /** Camel makes some for steps that never read them. */
    @Test
    void aCopyOfAStreamOpensNoFileBeforeItIsRead() throws IOException {
        Payload payload = in(Place.FILE);
        try (InputStream in = payload.newInputStream()) {
            payload.discard();

            StreamCache copy = ((StreamCache) in).copy(new DefaultExchange(new DefaultCamelContext()));

            assertThat(copy.length()).isEqualTo(BYTES.length);
            assertThatThrownBy(((InputStream) copy)::read).hasMessageContaining("no longer available");
        }
    }

    /** The JDK closes the file then, for good. */
    @Test
    void aStreamWhoseReaderWasInterruptedIsReadAgain() throws IOException {
        try (InputStream in = in(Place.FILE).newInputStream()) {
            in.skipNBytes(1000);
            Thread.currentThread().interrupt();
            assertThatThrownBy(in::read).isInstanceOf(ClosedByInterruptException.class);
            assertThat(Thread.interrupted()).isTrue();

            assertThat(in.readAllBytes()).hasSize(BYTES.length - 1000).endsWith(BYTES[BYTES.length - 1]);
            in.reset();
            assertThat(in.readAllBytes()).isEqualTo(BYTES);
        }
    }

    @Test
    void aFileThatWasCutShortIsNoPictureWithZerosAtItsEnd() throws IOException {
        Payload payload = in(Place.FILE);
        Files.write(payload.file().orElseThrow(), Arrays.copyOf(BYTES, 1000));

        assertThatThrownBy(payload::toByteArray)
                .isInstanceOf(SpoolException.class)
                .hasMessage("The image has 100003 bytes, but its spool file ends after 1000");
        assertThatThrownBy(() -> payload.writeTo(OutputStream.nullOutputStream()))
                .isInstanceOf(SpoolException.class);
    }

    @ParameterizedTest
    @EnumSource
    void writesItselfAsOftenAsAsked(Place place) throws IOException {
        Payload payload = in(place);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        payload.writeTo(out);
        payload.writeTo(out);

        assertThat(out.size()).isEqualTo(2 * BYTES.length);
    }

    @Test
    void aCopyIsThePayloadItself() throws IOException {
        Payload payload = in(Place.FILE);

        assertThat(payload.copy(new DefaultExchange(new DefaultCamelContext()))).isSameAs(payload);
    }

    /** With that of persistent repositories, whose filters let only the JDK's classes in. */
    @ParameterizedTest
    @EnumSource
    void javaSerializesItAsItsBytes(Place place) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ObjectOutputStream objects = new ObjectOutputStream(out)) {
            objects.writeObject(List.of(in(place)));
        }

        try (ObjectInputStream objects = new ObjectInputStream(new ByteArrayInputStream(out.toByteArray()))) {
            assertThat((List<?>) objects.readObject()).singleElement().isEqualTo(BYTES);
        }
    }

    @Test
    void showsLengthAndPlaceButNoContent() throws IOException {
        Payload spooled = in(Place.FILE);

        assertThat(spooled)
                .hasToString("Payload[100003 bytes in " + spooled.file().orElseThrow() + "]");
        assertThat(Payload.of("secret".getBytes(StandardCharsets.UTF_8))).hasToString("Payload[6 bytes in memory]");
    }

    @ParameterizedTest
    @ValueSource(ints = {800_000, 20_000_000})
    void receivingIntoAFileAllocatesNextToNothing(int length) throws IOException {
        assertThat(allocatedByReceiving(length, store)).isLessThan(100_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {800_000, 20_000_000})
    void receivingIntoTheHeapAllocatesLittleMoreThanTheBytes(int length) throws IOException {
        assertThat(allocatedByReceiving(length, heap)).isLessThan(length * 12L / 10);
    }

    private static long allocatedByReceiving(int length, PayloadStore store) throws IOException {
        byte[] answer = ("{\"inlineData\":{\"data\":\"" + Base64.getEncoder().encodeToString(new byte[length]) + "\"}}")
                .getBytes(StandardCharsets.UTF_8);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        receive(answer, store);
        long before = threads.getCurrentThreadAllocatedBytes();
        receive(answer, store);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static void receive(byte[] answer, PayloadStore store) throws IOException {
        JsonNode json = ResponseJson.read(new ByteArrayInputStream(answer), store);
        ResponseJson.discard(json);
    }

    private Payload in(Place place) throws IOException {
        return write(place == Place.FILE ? store : heap);
    }

    private static Payload write(PayloadStore store) throws IOException {
        try (PayloadStore.Writer writer = store.newWriter()) {
            writer.write(BYTES);
            return writer.finish();
        }
    }

    /** What it would do to this one, too. */
    private void aCollectionTakesAnother() throws IOException {
        PayloadStore other = new PayloadStore(directory, 0);
        write(other);
        await().untilAsserted(() -> {
            System.gc();
            assertThat(other.liveFiles()).isZero();
        });
        other.close();
    }
}
