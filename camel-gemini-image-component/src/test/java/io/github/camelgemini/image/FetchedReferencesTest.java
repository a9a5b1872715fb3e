package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.ReceivedRequest;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.ReferenceImageException;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.DefaultExchange;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Reference pictures that are named by URL, from real servers on this machine. */
@Timeout(60)
class FetchedReferencesTest {

    private static final byte[] PNG = Pictures.draw("png", 30, 20);
    private static final byte[] JPEG = Pictures.draw("jpg", 40, 30);
    private static final String EDIT = "gemini-image:edit?prompt=brighter";

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    @RegisterExtension
    final PictureServer web = new PictureServer();

    @TempDir
    Path folder;

    @BeforeEach
    void allowThisMachine() {
        routes.component().getConfiguration().setAllowPrivateReferences(true);
        web.picture("/cat.png", PNG);
        web.picture("/dog.jpg", JPEG);
    }

    private static Map<String, Object> references(Object... uris) {
        return Map.of(GeminiImageHeaders.REFERENCE_IMAGES, Arrays.asList(uris));
    }

    private ReceivedRequest edited(String uri, Object body, Map<String, Object> headers) {
        Exchange exchange = routes.send(uri, body, headers);
        assertThat(exchange.getException()).isNull();
        return routes.emulator().requests().get(routes.emulator().requests().size() - 1);
    }

    private static List<String> pictures(ReceivedRequest request) {
        return request.pictures().stream()
                .map(picture -> picture.mimeType() + " " + picture.width() + "x" + picture.height())
                .toList();
    }

    private ReferenceImageException refused(String... uris) {
        ReferenceImageException failure =
                routes.failure(EDIT, null, references((Object[]) uris), ReferenceImageException.class);
        assertThat(routes.emulator().requests()).isEmpty();
        return failure;
    }

    @Test
    void messageNamesPicturesByUrl() {
        ReceivedRequest request = edited(EDIT, null, references(web.url() + "/cat.png", web.url() + "/dog.jpg"));

        assertThat(pictures(request)).containsExactly("image/png 30x20", "image/jpeg 40x30");
    }

    @Test
    void manySlowPicturesHoldUpNoThreadOfTheRoute() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        CountDownLatch passed = new CountDownLatch(40);
        web.page("/slow.png", exchange -> {
            await(released);
            exchange.sendResponseHeaders(200, PNG.length);
            exchange.getResponseBody().write(PNG);
        });
        RouteBuilder.addRoutes(
                routes.context(),
                b -> b.from("seda:many").process(exchange -> passed.countDown()).to(EDIT));

        try {
            for (int i = 0; i < 40; i++) {
                routes.context()
                        .createFluentProducerTemplate()
                        .to("seda:many?waitForTaskToComplete=Never")
                        .withHeaders(references(web.url() + "/slow.png"))
                        .send();
            }

            assertThat(passed.await(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            released.countDown();
        }
    }

    @Test
    void routeNamesPicturesByUrlWithoutPermission() {
        routes.component().getConfiguration().setAllowPrivateReferences(false);

        ReceivedRequest request = edited(EDIT + "&referenceImages=" + web.url() + "/cat.png", null, Map.of());

        assertThat(pictures(request)).containsExactly("image/png 30x20");
    }

    @Test
    void orderIsAsGivenHoweverTheyAreNamed() throws Exception {
        Path file = Files.write(folder.resolve("file.png"), Pictures.draw("png", 3, 3));
        routes.context().getRegistry().bind("logo", Pictures.draw("png", 4, 4));
        CountDownLatch secondAsked = new CountDownLatch(1);
        web.page("/slow.png", exchange -> {
            await(secondAsked);
            exchange.sendResponseHeaders(200, PNG.length);
            exchange.getResponseBody().write(PNG);
        });
        web.page("/fast.jpg", exchange -> {
            exchange.sendResponseHeaders(200, JPEG.length);
            exchange.getResponseBody().write(JPEG);
            secondAsked.countDown();
        });

        ReceivedRequest request = edited(
                EDIT + "&referenceImages=" + web.url() + "/slow.png,file:" + file + "," + web.url()
                        + "/fast.jpg,ref:logo",
                List.of(Pictures.draw("png", 1, 1), Pictures.draw("png", 2, 2)),
                Map.of());

        assertThat(request.pictures().stream().map(picture -> picture.width())).containsExactly(1, 2, 30, 3, 40, 4);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void threadOfTheRouteIsFreeWhilePicturesAreFetched() throws Exception {
        CountDownLatch returned = new CountDownLatch(1);
        web.page("/waits.png", exchange -> {
            await(returned);
            exchange.sendResponseHeaders(200, PNG.length);
            exchange.getResponseBody().write(PNG);
        });
        AsyncProducer producer = routes.context().getEndpoint(EDIT).createAsyncProducer();
        producer.start();
        Exchange exchange = new DefaultExchange(routes.context());
        exchange.getMessage().setHeaders(new HashMap<>(references(web.url() + "/waits.png")));
        CountDownLatch done = new CountDownLatch(1);

        boolean synchronous = producer.process(exchange, sync -> done.countDown());

        assertThat(synchronous).isFalse();
        assertThat(done.getCount()).isEqualTo(1);
        returned.countDown();
        await(done);
        assertThat(exchange.getException()).isNull();
        producer.stop();
    }

    /** There are few threads to fetch with, and a route may take its time. */
    @Test
    void routeGoesOnElsewhere() throws Exception {
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                onException(ReferenceImageException.class).handled(true).process(this::tellThread);
                from("direct:edit").to(EDIT).process(this::tellThread);
            }

            private void tellThread(Exchange exchange) {
                exchange.getMessage().setBody(Thread.currentThread().getName());
            }
        });

        for (String picture : List.of("/cat.png", "/none.png")) {
            Exchange exchange = routes.send("direct:edit", null, references(web.url() + picture));
            assertThat(exchange.getMessage().getBody(String.class))
                    .contains("GeminiImage")
                    .doesNotContain("GeminiImageFetch");
        }
    }

    @Test
    void retriesOfTheCallFetchNothingAgain() {
        routes.emulator().on(request -> true).answer(Fault.overloaded()).times(2);

        edited(EDIT, null, references(web.url() + "/cat.png"));

        assertThat(routes.emulator().requests()).hasSize(3).allSatisfy(request -> assertThat(pictures(request))
                .containsExactly("image/png 30x20"));
        assertThat(web.requests()).hasSize(1);
    }

    @Test
    void largePictureIsInAFileOnItsWayAndGoneAfterwards() throws Exception {
        byte[] large = Arrays.copyOf(JPEG, 3_000_000);
        web.picture("/large.jpg", large);
        Path spool = Files.createDirectory(folder.resolve("spool"));

        ReceivedRequest request =
                edited(EDIT + "&spoolThreshold=0&spoolDirectory=" + spool, null, references(web.url() + "/large.jpg"));

        assertThat(request.pictures().get(0).length()).isEqualTo(large.length);
        Awaitility.await().until(() -> SpoolFiles.left(spool).isEmpty());
    }

    @Test
    void neitherKeyNorHeadersNorCookiesAreSent() {
        web.page("/cookie.png", exchange -> {
            exchange.getResponseHeaders().set("Set-Cookie", "session=secret");
            exchange.sendResponseHeaders(200, PNG.length);
            exchange.getResponseBody().write(PNG);
        });
        String uri = EDIT + "&additionalHeader.X-Team=web-team-secret";
        edited(uri, null, references(web.url() + "/cookie.png"));
        edited(uri, null, references(web.url() + "/cookie.png"));

        assertThat(web.requests()).hasSize(2).allSatisfy(request -> assertThat(request.headers())
                .doesNotContainKeys("Cookie", "Authorization", "X-goog-api-key", "X-team"));
        assertThat(web.requests().toString()).doesNotContain(EmulatedRoutes.KEY);
    }

    @Test
    void redirectsAreFollowed() {
        web.redirect("/moved", "/cat.png");

        assertThat(pictures(edited(EDIT, null, references(web.url() + "/moved"))))
                .containsExactly("image/png 30x20");
    }

    @Test
    void ratioIsThatOfAFetchedPictureAsAPersonSeesIt() {
        // Orientation 6: stored as 40x30, seen as 30x40.
        web.picture("/photo.jpg", withOrientation(JPEG, 6));

        ReceivedRequest request = edited(EDIT + "&aspectRatio=auto", null, references(web.url() + "/photo.jpg"));

        assertThat(request.body()
                        .at("/generationConfig/imageConfig/aspectRatio")
                        .asText())
                .isEqualTo("3:4");
    }

    private static byte[] withOrientation(byte[] jpeg, int orientation) {
        byte[] exif = {
            (byte) 0xff,
            (byte) 0xe1,
            0,
            34,
            'E',
            'x',
            'i',
            'f',
            0,
            0,
            'M',
            'M',
            0,
            42,
            0,
            0,
            0,
            8,
            0,
            1,
            1,
            0x12,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            (byte) orientation,
            0,
            0,
            0,
            0,
            0,
            0
        };
        byte[] result = new byte[jpeg.length + exif.length];
        System.arraycopy(jpeg, 0, result, 0, 2);
        System.arraycopy(exif, 0, result, 2, exif.length);
        System.arraycopy(jpeg, 2, result, 2 + exif.length, jpeg.length - 2);
        return result;
    }

    @Test
    void missingPictureTellsUrlAndStatusButNoSecret() {
        assertThat(refused(web.url() + "/none.png?token=secret#secret"))
                .hasMessageContaining("reference image " + web.url() + "/none.png?… answered HTTP 404")
                .hasMessageNotContaining("secret");
    }

    @Test
    void htmlPageIsNoPicture() {
        web.page(
                "/page.png",
                200,
                Map.of("Content-Type", "text/html"),
                "<!DOCTYPE html><html><body>Please log in</body></html>".getBytes(StandardCharsets.UTF_8));

        assertThat(refused(web.url() + "/page.png"))
                .hasMessageContaining("/page.png is not an image of a known type (PNG, JPEG, WebP, HEIC, HEIF)")
                .hasMessageContaining("54 bytes, declared as text/html");
    }

    @Test
    void textNamedAndDeclaredAsPngIsNoPicture() {
        web.picture("/text.png", "just text".getBytes(StandardCharsets.UTF_8));

        assertThat(refused(web.url() + "/text.png"))
                .hasMessageContaining("is not an image of a known type")
                .hasMessageContaining("9 bytes, declared as image/png");
    }

    @Test
    void emptyAnswerIsNoPicture() {
        web.page("/empty.png", 200, Map.of(), new byte[0]);

        assertThat(refused(web.url() + "/empty.png")).hasMessageContaining("answered HTTP 200 with an empty body");
    }

    @Test
    void redirectLoopEnds() {
        web.redirect("/a", "/b");
        web.redirect("/b", "/a");

        assertThat(refused(web.url() + "/a")).hasMessageContaining("/a redirects more than 5 times");
        assertThat(web.requests()).hasSize(6);
    }

    @Test
    void redirectToNowhereIsToldSo() {
        web.page("/nowhere", 302, Map.of(), new byte[0]);
        web.redirect("/local", "file:///etc/passwd");

        assertThat(refused(web.url() + "/nowhere"))
                .hasMessageContaining("answered HTTP 302 with a redirect without a location");
        assertThat(refused(web.url() + "/local")).hasMessageContaining("with a redirect that is not to an http(s) URL");
    }

    @Test
    void tooLargeByItsHeaderIsNotRead() {
        web.page("/huge.jpg", exchange -> {
            exchange.sendResponseHeaders(200, 100_000_001);
            exchange.getResponseBody().write(JPEG);
            // JDK 25 sends the headers with the body only.
            exchange.getResponseBody().flush();
        });

        assertThat(refused(web.url() + "/huge.jpg"))
                .hasMessageContaining("has 100000001 bytes; at most 100000000 are fetched");
    }

    @Test
    void endlessAnswerEndsAtTheModelsLimit() {
        web.page("/endless.jpg", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                byte[] zeros = new byte[100_000];
                for (int i = 0; i < 1_000_000; i++) {
                    out.write(zeros);
                }
            }
        });

        ReferenceImageException failure = routes.failure(
                EDIT + "&vertexAi=true", null, references(web.url() + "/endless.jpg"), ReferenceImageException.class);

        assertThat(failure).hasMessageContaining("has more than 7000000 bytes; at most 7000000 are fetched");
    }

    @Test
    void slowAnswerEndsWithTheTimeLimit() {
        CountDownLatch never = new CountDownLatch(1);
        web.page("/slow.jpg", exchange -> {
            exchange.sendResponseHeaders(200, JPEG.length);
            exchange.getResponseBody().write(JPEG, 0, 10);
            exchange.getResponseBody().flush();
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        ReferenceImageException failure = routes.failure(
                EDIT + "&requestTimeout=300", null, references(web.url() + "/slow.jpg"), ReferenceImageException.class);

        assertThat(failure).hasMessageContaining("/slow.jpg was not fetched within 300 ms");
    }

    @Test
    void firstFailureEndsTheOthers() {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        web.page("/hangs.png", exchange -> {
            asked.countDown();
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        web.page("/broken.png", exchange -> {
            await(asked);
            exchange.sendResponseHeaders(503, -1);
        });

        assertThat(refused(web.url() + "/hangs.png", web.url() + "/broken.png"))
                .hasMessageContaining("/broken.png answered HTTP 503");
    }

    @Test
    void stoppingTheComponentEndsAFetch() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        web.page("/hangs.png", exchange -> {
            asked.countDown();
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        AsyncProducer producer = routes.context().getEndpoint(EDIT).createAsyncProducer();
        producer.start();
        Exchange exchange = new DefaultExchange(routes.context());
        exchange.getMessage().setHeaders(new HashMap<>(references(web.url() + "/hangs.png")));
        CountDownLatch done = new CountDownLatch(1);
        producer.process(exchange, sync -> done.countDown());
        await(asked);

        routes.component().stop();

        await(done);
        assertThat(exchange.getException()).isInstanceOf(ReferenceImageException.class);
    }

    @Test
    void fifteenAreRefusedBeforeAnyIsFetched() {
        InvalidRequestException failure = routes.failure(
                EDIT,
                null,
                Map.of(GeminiImageHeaders.REFERENCE_IMAGES, Collections.nCopies(15, web.url() + "/cat.png")),
                InvalidRequestException.class);

        assertThat(failure).hasMessageContaining("number of reference images '15' must be 14 at most");
        assertThat(web.requests()).isEmpty();
    }

    @Test
    void nothingIsFetchedWhenAnotherUriIsWrong() {
        routes.failure(
                EDIT, null, references(web.url() + "/cat.png", "ftp://host/x.png"), InvalidRequestException.class);

        assertThat(web.requests()).isEmpty();
    }

    @Test
    void noHeaderAllowsMore() {
        routes.component().getConfiguration().setAllowPrivateReferences(false);
        Map<String, Object> headers = new HashMap<>(references(web.url() + "/cat.png"));
        headers.put("CamelGeminiImageAllowPrivateReferences", true);
        headers.put("CamelGeminiImageAllowedReferenceHosts", "127.0.0.1");

        ReferenceImageException failure = routes.failure(EDIT, null, headers, ReferenceImageException.class);

        assertThat(failure).hasMessageContaining("the host 127.0.0.1 has no public address");
        assertThat(web.requests()).isEmpty();
    }

    @Test
    void messageTakesThePlaceOfTheRoutesPicturesAndOfTheirTrust() {
        routes.component().getConfiguration().setAllowPrivateReferences(false);

        ReferenceImageException failure = routes.failure(
                EDIT + "&referenceImages=" + web.url() + "/cat.png",
                null,
                references(web.url() + "/dog.jpg"),
                ReferenceImageException.class);

        assertThat(failure).hasMessageContaining("/dog.jpg is not fetched");
        assertThat(web.requests()).isEmpty();
    }

    @Test
    void wrongPatternOfHostsStopsTheRoute() {
        assertThatThrownBy(() -> routes.send(EDIT + "&allowedReferenceHosts=https://example.com/", PNG))
                .hasMessageContaining("allowedReferenceHosts 'https://example.com/' must be a host");
        assertThatThrownBy(() -> routes.send(EDIT + "&allowedReferenceHosts=a.org,*", PNG))
                .hasMessageContaining("allowedReferenceHosts '*' must be a host");
    }

    @Test
    void userInfoIsRefusedAndNotTold() {
        assertThat(refused("http://user:secret@127.0.0.1:" + web.port() + "/cat.png"))
                .hasMessageContaining("has a user or password before the host")
                .hasMessageNotContaining("secret");
    }

    @Test
    void brokenUrlIsToldSo() {
        assertThat(refused("https://:99999/x?secret")).hasMessageContaining("is not a valid URL");
    }

    @Test
    void hostThatNobodyKnowsIsRefusedAsOneOfAPrivateNetwork() {
        routes.component().getConfiguration().setAllowPrivateReferences(false);
        ReferenceImageException unknown = refused("http://no-such-host.invalid/cat.png");
        ReferenceImageException internal = refused("http://localhost/cat.png");

        assertThat(unknown.getMessage()).isEqualTo(internal.getMessage().replace("localhost", "no-such-host.invalid"));
        assertThat(unknown.getCause()).isNull();
        assertThat(internal.getCause()).isNull();
    }

    @Test
    void unknownHostOfTheRouteIsToldSo() {
        ReferenceImageException failure = routes.failure(
                EDIT + "&referenceImages=http://no-such-host.invalid/cat.png",
                "a cat",
                Map.of(),
                ReferenceImageException.class);

        assertThat(failure).hasMessageContaining("unknown host no-such-host.invalid");
    }

    @Test
    void failedMessageLeavesNothingOnDisk() throws Exception {
        Path spool = Files.createDirectory(folder.resolve("spool"));
        web.picture("/large.jpg", Arrays.copyOf(JPEG, 3_000_000));
        web.page("/late.png", exchange -> {
            Awaitility.await().until(() -> !SpoolFiles.in(spool).isEmpty());
            exchange.sendResponseHeaders(500, -1);
        });

        routes.failure(
                EDIT + "&spoolThreshold=0&spoolDirectory=" + spool,
                null,
                references(web.url() + "/large.jpg", web.url() + "/late.png"),
                ReferenceImageException.class);

        Awaitility.await().until(() -> SpoolFiles.in(spool).isEmpty());
    }

    @Test
    void filesApiUriOfTheApiItselfIsPassedOn() {
        routes.upload("files/abc-1", PNG);
        List<String> uris = List.of(
                routes.emulator().baseUrl() + "/v1beta/files/abc-1",
                "https://generativelanguage.googleapis.com/v1beta/files/abc-1",
                "files/abc-1");

        for (String uri : uris) {
            ReceivedRequest request = edited(EDIT, null, references(uri));
            assertThat(request.body().at("/contents/0/parts/1/fileData/fileUri").asText())
                    .isEqualTo(uri);
        }
    }

    @Test
    void filesApiUriOfAnotherHostIsAPageLikeAnyOther() {
        web.page("/v1beta/files", 404, Map.of(), new byte[0]);

        assertThat(refused(web.url() + "/v1beta/files/abc-1")).hasMessageContaining("answered HTTP 404");
        assertThat(web.requests()).hasSize(1);
    }

    @Test
    void pictureInTheBodyStillComesFirst() {
        ReceivedRequest request = edited(EDIT, new ByteArrayInputStream(JPEG), references(web.url() + "/cat.png"));

        assertThat(pictures(request)).containsExactly("image/jpeg 40x30", "image/png 30x20");
    }

    @Test
    void moreThanAnyModelTakesAreNotFetchedForAModelThatNobodyKnows() {
        String urls = "\"https://pictures.example/cat.png\",".repeat(40_000) + "\"https://pictures.example/cat.png\"";

        InvalidRequestException failure = routes.failure(
                "gemini-image:generate",
                "{\"prompt\":\"p\",\"model\":\"nope\",\"images\":[" + urls + "]}",
                Map.of(),
                InvalidRequestException.class);

        assertThat(failure).hasMessageContaining("'40001' is more than any request may have");
        assertThat(routes.emulator().requests()).isEmpty();
    }
}
