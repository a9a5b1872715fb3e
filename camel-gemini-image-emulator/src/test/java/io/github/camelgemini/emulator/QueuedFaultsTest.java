package io.github.camelgemini.emulator;

import static io.github.camelgemini.emulator.Http.json;
import static io.github.camelgemini.emulator.Http.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What can go wrong between a submission and its picture, at both services that have a queue. */
class QueuedFaultsTest {

    private static final Duration QUEUE = Duration.ofHours(1);

    @RegisterExtension
    static final GeminiEmulatorExtension emulator =
            new GeminiEmulatorExtension(GeminiEmulator.builder().queueTime(QUEUE));

    private static HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofMinutes(1))
                .header("Authorization", "Bearer key");
    }

    private static String submit(EmulatedService service) throws IOException {
        JsonNode answer = json(
                send(OtherServicesFaultsTest.call(emulator.baseUrl(), service).build()));
        return service == EmulatedService.GMI
                ? emulator.gmiUrl() + "/requests/" + answer.path("request_id").asText()
                : emulator.inferenceshUrl() + "/tasks/" + answer.at("/data/id").asText();
    }

    private static String poll(EmulatedService service) {
        return service == EmulatedService.GMI ? "requests.get" : "tasks.get";
    }

    private static String picture(EmulatedService service, String address) throws IOException {
        emulator.clock().advance(QUEUE);
        JsonNode answer = json(send(request(address).build()));
        return service == EmulatedService.GMI
                ? answer.at("/outcome/media_urls/0/url").asText()
                : answer.at("/data/output/images/0").asText();
    }

    @ParameterizedTest
    @EnumSource(names = {"INFERENCESH", "GMI"})
    void lostAnswerLeavesWhatWasSubmitted(EmulatedService service) {
        emulator.next(Fault.answerLost());

        assertThatThrownBy(() -> submit(service)).isInstanceOf(IOException.class);

        assertThat(emulator.jobs()).extracting(QueuedJob::service).containsExactly(service);
    }

    @ParameterizedTest
    @EnumSource(names = {"INFERENCESH", "GMI"})
    void replacedAnswerLeavesWhatWasSubmitted(EmulatedService service) throws IOException {
        emulator.next(Fault.answerReplaced(502));

        HttpResponse<String> answer =
                send(OtherServicesFaultsTest.call(emulator.baseUrl(), service).build());

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).startsWith("<html>");
        assertThat(emulator.jobs()).extracting(QueuedJob::service).containsExactly(service);
    }

    @ParameterizedTest
    @EnumSource(names = {"INFERENCESH", "GMI"})
    void refusedSubmissionLeavesNothing(EmulatedService service) throws IOException {
        emulator.next(Fault.overloaded());
        send(OtherServicesFaultsTest.call(emulator.baseUrl(), service).build());
        emulator.next(Fault.resetBeforeHeaders());
        assertThatThrownBy(() -> submit(service)).isInstanceOf(IOException.class);

        assertThat(emulator.jobs()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"INFERENCESH", "GMI"})
    void pollFailsByItself(EmulatedService service) throws IOException {
        List.of(Fault.rateLimited(Duration.ofSeconds(1)), Fault.internal(), Fault.resetAfterHeaders())
                .forEach(fault -> emulator.on(RequestMatcher.operation(poll(service)))
                        .answer(fault)
                        .times(1));
        String address = submit(service);

        assertThat(send(request(address).build()).statusCode()).isEqualTo(429);
        assertThat(send(request(address).build()).statusCode()).isEqualTo(500);
        assertThatThrownBy(() -> send(request(address).build())).isInstanceOf(IOException.class);
        assertThat(picture(service, address)).contains("/pictures/");
    }

    @ParameterizedTest
    @EnumSource(names = {"INFERENCESH", "GMI"})
    void pictureIsGone(EmulatedService service) throws IOException {
        emulator.on(RequestMatcher.operation("pictures.get"))
                .answer(Fault.html(404))
                .times(1);
        String url = picture(service, submit(service));

        assertThat(send(request(url).build()).statusCode()).isEqualTo(404);
        assertThat(send(request(url).build()).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(names = {"INFERENCESH", "GMI"})
    void pictureIsCutOff(EmulatedService service) throws IOException {
        emulator.on(RequestMatcher.operation("pictures.get")).answer(Fault.truncate(1000));
        String url = picture(service, submit(service));

        assertThatThrownBy(() -> send(request(url).build(), HttpResponse.BodyHandlers.ofByteArray()))
                .isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"INFERENCESH", "GMI"})
    void pictureIsElsewhere(EmulatedService service) throws IOException {
        emulator.next(Fault.fileData("http://elsewhere.example/a.png"));

        assertThat(picture(service, submit(service))).isEqualTo("http://elsewhere.example/a.png");
    }

    @ParameterizedTest
    @EnumSource(names = {"INFERENCESH", "GMI"})
    void pictureExpires(EmulatedService service) throws IOException {
        emulator.next(Fault.picturesLast(Duration.ofDays(1)));
        String url = picture(service, submit(service));
        assertThat(send(request(url).build()).statusCode()).isEqualTo(200);

        emulator.clock().advance(Duration.ofDays(1));

        assertThat(send(request(url).build()).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @EnumSource(names = {"INFERENCESH", "GMI"})
    void pictureIsServedByAnotherHost(EmulatedService service) throws IOException {
        emulator.next(Fault.picturesOnOtherHost());

        String url = picture(service, submit(service));

        assertThat(url).startsWith("http://127.0.0.1:" + emulator.port() + service.path());
        assertThat(send(request(url).build()).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(names = {"INFERENCESH", "GMI"})
    void clearForgetsTheQueue(EmulatedService service) throws IOException {
        String address = submit(service);

        emulator.clear();

        assertThat(send(request(address).build()).statusCode()).isEqualTo(404);
        assertThat(emulator.jobs()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"INFERENCESH", "GMI"})
    void pictureIsTheSameWhenItIsFetchedAgain(EmulatedService service) throws IOException {
        String url = picture(service, submit(service));

        byte[] first = send(request(url).build(), HttpResponse.BodyHandlers.ofByteArray())
                .body();

        assertThat(send(request(url).build(), HttpResponse.BodyHandlers.ofByteArray())
                        .body())
                .isEqualTo(first);
    }

    @ParameterizedTest
    @EnumSource(names = {"INFERENCESH", "GMI"})
    void pictureOfAGigabyteIsServedFrom48Megabytes(EmulatedService service) throws IOException {
        long size = 1L << 30;
        try (OwnJvm small = OwnJvm.start("-Xmx48m")) {
            send(request(small.baseUrl() + "/emulator/habits")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"service\":\"" + service.id()
                            + "\",\"faults\":[{\"kind\":\"takes\",\"time\":\"0s\"},{\"kind\":\"pictureBytes\",\"n\":"
                            + size
                            + "}]}"))
                    .build());
            JsonNode answer = json(
                    send(OtherServicesFaultsTest.call(small.baseUrl(), service).build()));
            String address = small.baseUrl()
                    + service.path()
                    + (service == EmulatedService.GMI
                            ? "/requests/" + answer.path("request_id").asText()
                            : "/tasks/" + answer.at("/data/id").asText());
            String url = picture(service, address);

            HttpResponse<InputStream> response = send(request(url).build(), HttpResponse.BodyHandlers.ofInputStream());

            assertThat(response.body().transferTo(OutputStream.nullOutputStream()))
                    .isGreaterThanOrEqualTo(size);
        }
    }

    @Test
    void jobsAndClockAreOnTheAdminApi() throws IOException {
        submit(EmulatedService.GMI);
        String path = emulator.baseUrl() + "/emulator";

        assertThat(json(send(request(path + "/jobs").build())).at("/0/status").asText())
                .isEqualTo("queued");
        String turn = "{\"advance\":\"" + QUEUE.toSeconds() + "s\"}";
        send(request(path + "/clock")
                .POST(HttpRequest.BodyPublishers.ofString(turn))
                .build());

        JsonNode job = json(send(request(path + "/jobs").build())).path(0);
        assertThat(job.path("status").asText()).isEqualTo("success");
        assertThat(job.path("paid").decimalValue()).isEqualByComparingTo("0.067");
        send(request(path + "/jobs").DELETE().build());
        assertThat(emulator.jobs()).isEmpty();
    }
}
