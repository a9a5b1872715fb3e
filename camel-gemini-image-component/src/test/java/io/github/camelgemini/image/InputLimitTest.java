package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.image.error.InvalidRequestException;
import jakarta.activation.DataHandler;
import jakarta.activation.DataSource;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.attachment.AttachmentMessage;
import org.apache.camel.converter.stream.InputStreamCache;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A message brings no more than {@code maxInputBytes}, and does not take longer than {@code requestTimeout} for it. */
@Timeout(60)
class InputLimitTest {

    private static final String EDIT = "gemini-image:edit?maxRetries=0&prompt=brighter&maxInputBytes=1000000";

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    @TempDir
    Path spool;

    @BeforeEach
    void spoolAll() {
        routes.component().getConfiguration().setSpoolDirectory(spool.toString());
        routes.component().getConfiguration().setSpoolThreshold(0L);
    }

    /** Puts something into a message. */
    interface Bringing {

        void into(AttachmentMessage message) throws IOException;
    }

    /** Begins as a picture, and has no end. */
    private static InputStream endless() {
        return new SequenceInputStream(new ByteArrayInputStream(Pictures.draw("png", 8, 8)), new InputStream() {
            @Override
            public int read() {
                return 0;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                return length;
            }
        });
    }

    private static Arguments brings(String name, Bringing bringing) {
        return Arguments.of(name, bringing);
    }

    static Stream<Arguments> tooMuch() {
        return Stream.of(
                brings("a stream", message -> message.setBody(endless())),
                brings("streams in a list", message -> message.setBody(List.of("brighter", endless()))),
                brings(
                        "streams that are not too large each",
                        message -> message.setBody(List.of(large(600_000), large(600_000)))),
                brings("a cache of Camel's", message -> message.setBody(new InputStreamCache(new byte[1_000_001]))),
                brings(
                        "a stream in a header",
                        message -> message.setHeader(GeminiImageHeaders.REFERENCE_IMAGES, List.of(endless()))),
                brings(
                        "a map with a stream",
                        message -> message.setBody(Map.of("prompt", "p", "images", List.of(endless())))),
                brings(
                        "contents with a stream",
                        message -> message.setHeader(GeminiImageHeaders.CONTENTS, List.of(List.of(endless())))),
                brings("an attachment", message -> message.addAttachment("a.png", attachment())),
                brings(
                        "a file",
                        message ->
                                message.setBody(Files.write(Files.createTempFile("large", ".png"), new byte[1_000_001])
                                        .toFile())));
    }

    private static InputStream large(int length) {
        byte[] picture = Pictures.draw("jpg", 8, 8);
        return new SequenceInputStream(
                new ByteArrayInputStream(picture), new ByteArrayInputStream(new byte[length - picture.length]));
    }

    private static DataHandler attachment() {
        return new DataHandler(new DataSource() {
            @Override
            public InputStream getInputStream() {
                return endless();
            }

            @Override
            public OutputStream getOutputStream() {
                throw new UnsupportedOperationException();
            }

            @Override
            public String getContentType() {
                return "image/png";
            }

            @Override
            public String getName() {
                return "a.png";
            }
        });
    }

    static Stream<Arguments> tooSlow() {
        return Stream.of(
                brings("a stream that gives nothing", message -> message.setBody(silent())),
                brings("a stream that gives a byte at times", message -> message.setBody(slow())),
                brings("characters that do not come", message -> message.setBody(new PipedReader(new PipedWriter()))),
                brings(
                        "a map with a stream that gives nothing",
                        message -> message.setBody(Map.of("prompt", "p", "images", List.of(silent())))),
                brings(
                        "a map with a stream that gives a byte at times",
                        message -> message.setBody(Map.of("prompt", "p", "images", List.of(slow())))),
                brings(
                        "a header that does not come",
                        message -> message.setHeader(GeminiImageHeaders.REFERENCE_IMAGES, List.of(silent()))));
    }

    private static InputStream silent() throws IOException {
        return new PipedInputStream(new PipedOutputStream()) {
            @Override
            public synchronized int read() throws IOException {
                // What is not connected to a thread is waited for.
                try {
                    wait();
                } catch (InterruptedException e) {
                    throw new InterruptedIOException();
                }
                return -1;
            }
        };
    }

    private static InputStream slow() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                try {
                    Thread.sleep(50);
                } catch (InterruptedException e) {
                    // It goes on all the same.
                }
                return 'a';
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                bytes[offset] = (byte) read();
                return 1;
            }
        };
    }

    private Exchange send(String uri, Bringing bringing) throws IOException {
        Exchange exchange = routes.context().getEndpoint(uri).createExchange();
        bringing.into(exchange.getMessage(AttachmentMessage.class));
        try (ProducerTemplate template = routes.context().createProducerTemplate()) {
            return template.send(uri, exchange);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tooMuch")
    void whatIsTooMuchIsRefusedWhileItIsRead(String name, Bringing bringing) throws IOException {
        Exchange exchange = send(EDIT, bringing);

        assertThat(exchange.getException())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("maxInputBytes=1000000");
        assertThat(routes.emulator().requests()).isEmpty();
        assertThat(SpoolFiles.in(spool)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tooSlow")
    void whatDoesNotComeIsGivenUpInTime(String name, Bringing bringing) throws IOException {
        Exchange exchange = send(EDIT + "&requestTimeout=500", bringing);

        assertThat(exchange.getException())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("requestTimeout=500 ms");
        assertThat(Thread.interrupted()).isFalse();
        assertThat(SpoolFiles.in(spool)).isEmpty();
    }

    @Test
    void whatDoesNotComeIsGivenUpWhereTheCommonPoolIsBusy() throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        for (int thread = 0; thread < 100; thread++) {
            ForkJoinPool.commonPool().execute(() -> {
                try {
                    end.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        try {
            Exchange exchange = send(EDIT + "&requestTimeout=500", message -> message.setBody(silent()));

            assertThat(exchange.getException()).hasMessageContaining("requestTimeout=500 ms");
        } finally {
            end.countDown();
        }
    }

    @Test
    void streamsWhoseClosingHangsDoNotHoldUpTheEndOfOthers() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try {
            for (int stream = 0; stream < 8; stream++) {
                InputStream hanging = new FilterInputStream(silent()) {
                    @Override
                    public void close() throws IOException {
                        try {
                            end.await();
                        } catch (InterruptedException e) {
                            throw new InterruptedIOException();
                        }
                    }
                };
                Exchange exchange = send(EDIT + "&requestTimeout=200", message -> message.setBody(hanging));

                assertThat(exchange.getException()).hasMessageContaining("requestTimeout=200 ms");
            }
        } finally {
            end.countDown();
        }
    }

    @Test
    void asMuchAsIsAllowedIsRead() throws IOException {
        assertThat(send(EDIT, message -> message.setBody(large(1_000_000))).getException())
                .isNull();
    }
}
