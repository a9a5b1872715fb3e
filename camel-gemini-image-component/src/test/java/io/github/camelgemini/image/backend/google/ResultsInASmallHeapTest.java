package io.github.camelgemini.image.backend.google;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.github.camelgemini.image.OtherJvm;
import io.github.camelgemini.image.backend.batch.JobDraft;
import io.github.camelgemini.image.backend.batch.JobResult;
import io.github.camelgemini.image.backend.batch.JobResults;
import io.github.camelgemini.image.model.Asked;
import io.github.camelgemini.image.model.ServiceTier;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.Parameter;
import io.github.camelgemini.image.result.GeneratedImage;
import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Batches of any size in a JVM with 64 MB of heap; what Google answers is made in this one while it is sent. */
@Timeout(300)
class ResultsInASmallHeapTest {

    private static final String MODEL = "gemini-3.1-flash-image";

    @TempDir
    Path directory;

    /** Brings all pictures of a batch into files. */
    static final class Bringing {

        private Bringing() {}

        public static void main(String[] args) throws Exception {
            Path out = Path.of(args[2]);
            long start = System.nanoTime();
            int pictures = 0;
            long bytes = 0;
            try (OpenedGoogle google = new OpenedGoogle(args[0], Path.of(args[1]));
                    JobResults results = google.batches()
                            .results("batches/b1", key -> new Asked(MODEL, null, 0, ServiceTier.STANDARD, true))
                            .join()) {
                for (JobResult next = results.next(); next != null; next = results.next()) {
                    GeneratedImage image = next.result().images().get(0);
                    try (OutputStream file = Files.newOutputStream(out.resolve("picture" + pictures++ % 20))) {
                        image.writeTo(file);
                    }
                    bytes += image.length();
                    next.result().discard();
                }
            }
            System.out.printf(
                    "brought %d pictures of %d bytes after %d ms%n",
                    pictures, bytes, (System.nanoTime() - start) / 1_000_000);
        }
    }

    /** Reads the same file with nothing made of it, to compare. */
    static final class Copying {

        private Copying() {}

        public static void main(String[] args) throws Exception {
            long start = System.nanoTime();
            URI file = URI.create(args[0] + "/download/v1beta/files/batch-b1:download");
            try (InputStream in = file.toURL().openStream()) {
                Files.copy(in, Path.of(args[2]).resolve("all"));
            }
            System.out.printf("copied after %d ms%n", (System.nanoTime() - start) / 1_000_000);
        }
    }

    /** Submits requests. */
    static final class Submitting {

        private Submitting() {}

        public static void main(String[] args) throws Exception {
            long start = System.nanoTime();
            int requests = Integer.parseInt(args[2]);
            try (OpenedGoogle google = new OpenedGoogle(args[0], Path.of(args[1]));
                    JobDraft draft = google.batches().draft()) {
                String prompt = "a cat ".repeat(1_000);
                for (int i = 0; i < requests; i++) {
                    draft.add(
                            "k" + i,
                            ImageRequest.builder()
                                    .set(Parameter.MODEL, MODEL)
                                    .set(Parameter.PROMPT, prompt + i)
                                    .build());
                }
                draft.submit("n.0001", null).join();
            }
            System.out.printf("submitted after %d ms%n", (System.nanoTime() - start) / 1_000_000);
        }
    }

    private static void results(HttpExchange exchange, int pictures, int bytes) throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", png);
        byte[] data = Base64.getEncoder().encode(Arrays.copyOf(png.toByteArray(), bytes));
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = new BufferedOutputStream(exchange.getResponseBody(), 1 << 16)) {
            for (int i = 0; i < pictures; i++) {
                out.write(("{\"key\":\"k" + i
                                + "\",\"response\":{\"candidates\":[{\"content\":{\"parts\":[{\"inlineData\":"
                                + "{\"mimeType\":\"image/png\",\"data\":\"")
                        .getBytes(StandardCharsets.UTF_8));
                out.write(data);
                out.write("\"}}]},\"finishReason\":\"STOP\"}]}}\n".getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private String run(Class<?> main, BatchServer server, Object last, String said) throws Exception {
        try (OtherJvm jvm = OtherJvm.start(
                List.of("-Xmx64m", "-XX:+ExitOnOutOfMemoryError"),
                main,
                server.url(),
                directory.resolve("spool"),
                last)) {
            return jvm.lineWith(said);
        }
    }

    @Test
    void resultsOfManyTimesTheHeapAreBrought() throws Exception {
        int pictures = Integer.getInteger("batch.pictures", 50);
        int bytes = Integer.getInteger("batch.bytes", 6_000_000);
        try (BatchServer server = new BatchServer()) {
            server.page(
                    "GET /v1beta/batches/b1",
                    200,
                    "{'name':'batches/b1','metadata':{'output':{'responsesFile':'files/batch-b1'}}}");
            server.page("GET /download/v1beta/files/batch-b1:download", exchange -> results(exchange, pictures, bytes));

            String said = run(Bringing.class, server, directory, "brought");

            assertThat(said).startsWith("brought %d pictures of %d bytes".formatted(pictures, (long) pictures * bytes));
            if (Boolean.getBoolean("batch.compare")) {
                System.err.println(said + "; " + run(Copying.class, server, directory, "copied"));
            }
        }
    }

    @Test
    void requestsOfMoreThanTheHeapAreSubmitted() throws Exception {
        int requests = Integer.getInteger("batch.requests", 20_000);
        try (BatchServer server = new BatchServer()) {
            server.page(
                    "POST /v1beta/models/" + MODEL + ":batchGenerateContent",
                    200,
                    "{'name':'batches/b1','metadata':{}}");

            String said = run(Submitting.class, server, requests, "submitted");

            assertThat(server.uploads().get(0).lines()).hasSize(requests);
            if (Boolean.getBoolean("batch.compare")) {
                System.err.println(said + "; " + server.uploads().get(0).length());
            }
        }
    }
}
