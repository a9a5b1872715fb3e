package io.github.camelgemini.emulator;

import static io.github.camelgemini.emulator.Http.json;
import static io.github.camelgemini.emulator.Http.post;
import static io.github.camelgemini.emulator.Http.request;
import static io.github.camelgemini.emulator.Http.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What services do with every request, and are set up to in Java, over HTTP and on the command line. */
class HabitsTest {

    @RegisterExtension
    static final GeminiEmulatorExtension emulator = new GeminiEmulatorExtension(
            GeminiEmulator.builder().smallPictures(true).usually(EmulatedService.AIMLAPI, Fault.inlineData()));

    private static JsonNode answer(String baseUrl, EmulatedService service) throws IOException {
        HttpResponse<String> response =
                send(OtherServicesFaultsTest.call(baseUrl, service).build());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response);
    }

    @Test
    void clearComesBackToWhatTheBuilderSaid() throws IOException {
        emulator.usually(EmulatedService.AIMLAPI, Fault.pictures(2));
        assertThat(answer(emulator.baseUrl(), EmulatedService.AIMLAPI)
                        .at("/data/1/url")
                        .isTextual())
                .isTrue();

        emulator.clear();

        assertThat(answer(emulator.baseUrl(), EmulatedService.AIMLAPI)
                        .at("/data/0/b64_json")
                        .isTextual())
                .isTrue();
        assertThat(emulator.emulator().habits()).containsOnlyKeys(EmulatedService.AIMLAPI);
    }

    @Test
    void habitsAreSetShownAndForgottenOverHttp() throws IOException {
        String path = emulator.baseUrl() + "/emulator/habits";

        HttpResponse<String> set = send(post(path, "{\"service\":\"anyfast\",\"faults\":[\"camelCase\",\"urlInText\"]}")
                .build());

        assertThat(json(set).toString())
                .isEqualTo("{\"anyfast\":\"camelCase and urlInText\",\"aimlapi\":\"inlineData\"}");
        assertThat(answer(emulator.baseUrl(), EmulatedService.ANYFAST)
                        .at("/candidates/0/content/parts/0/text")
                        .asText())
                .startsWith(emulator.anyfastUrl());
        send(request(path).DELETE().build());
        assertThat(json(send(request(path).build())).toString()).isEqualTo("{\"aimlapi\":\"inlineData\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"service\":\"nobody\",\"faults\":[\"gzip\"]} | Unknown service 'nobody'. Services are: [google,",
                "{\"service\":\"anyfast\"} | 'faults' is missing",
                "{\"service\":\"anyfast\",\"faults\":[\"gzip\"],\"times\":1} | Unknown field 'times'",
            })
    void mistakesOverHttpAreExplained(String body, String message) throws IOException {
        HttpResponse<String> response =
                send(post(emulator.baseUrl() + "/emulator/habits", body).build());

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).path("error").asText()).contains(message);
    }

    @Test
    void overviewNamesTheServices() throws IOException {
        JsonNode overview = json(send(request(emulator.baseUrl() + "/emulator").build()));

        assertThat(overview.at("/services/anyfast").asText()).isEqualTo(emulator.anyfastUrl());
        assertThat(overview.at("/services/aimlapi").asText()).isEqualTo(emulator.aimlapiUrl());
        assertThat(overview.at("/habits/aimlapi").asText()).isEqualTo("inlineData");
    }

    @Test
    void modelOfAServiceEndsOverHttp() throws IOException {
        String path = emulator.baseUrl() + "/emulator/ended-models";

        HttpResponse<String> ended = send(post(path, "{\"service\":\"aimlapi\",\"model\":\"google/nano-banana-2\"}")
                .build());

        assertThat(json(ended).toString()).isEqualTo("[\"aimlapi:google/nano-banana-2\"]");
        assertThat(send(OtherServicesFaultsTest.call(emulator.baseUrl(), EmulatedService.AIMLAPI)
                                .build())
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void frontPageNamesTheServices() throws IOException {
        assertThat(send(request(emulator.baseUrl() + "/").build()).body())
                .contains(
                        emulator.anyfastUrl() + "/v1beta",
                        emulator.aimlapiUrl() + "/v1",
                        emulator.inferenceshUrl() + "/apps/run",
                        emulator.gmiUrl() + "/requests");
    }

    @Test
    void commandSetsServicesUp() throws IOException {
        try (OwnJvm own = OwnJvm.startWith(
                "--usually",
                "anyfast=urlInText",
                "--usually",
                "aimlapi={\"kind\":\"pictures\",\"n\":2}",
                "--service-key",
                "aimlapi=key",
                "--aimlapi-balance",
                "0.2",
                "--ended-model",
                "anyfast:gemini-2.5-flash-image")) {
            assertThat(answer(own.baseUrl(), EmulatedService.ANYFAST)
                            .at("/candidates/0/content/parts/0/text")
                            .asText())
                    .startsWith(own.baseUrl() + "/anyfast/pictures/");
            assertThat(answer(own.baseUrl(), EmulatedService.AIMLAPI).path("data"))
                    .hasSize(2);
            assertThat(send(OtherServicesFaultsTest.call(own.baseUrl(), EmulatedService.AIMLAPI)
                                    .build())
                            .statusCode())
                    .isEqualTo(403);
            assertThat(send(OtherServicesFaultsTest.call(own.baseUrl(), EmulatedService.AIMLAPI)
                                    .setHeader("Authorization", "Bearer wrong")
                                    .build())
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void commandSetsQueuesUp() throws IOException {
        try (OwnJvm own = OwnJvm.startWith("--queue-time", "0s", "--gmi-balance", "0.1")) {
            JsonNode first = json(send(OtherServicesFaultsTest.call(own.baseUrl(), EmulatedService.GMI)
                    .build()));
            assertThat(first.path("status").asText()).isEqualTo("success");
            assertThat(send(OtherServicesFaultsTest.call(own.baseUrl(), EmulatedService.GMI)
                                    .build())
                            .statusCode())
                    .isEqualTo(402);
        }
    }

    @Test
    void wrongSettingsAreRefused() {
        assertThatThrownBy(() -> GeminiEmulator.builder().gmiBalance(new BigDecimal(-1)))
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> GeminiEmulator.builder().queueTime(Duration.ofSeconds(-1)))
                .hasMessageContaining("PT-1S");
        assertThatThrownBy(() -> emulator.emulator().clock().advance(Duration.ofSeconds(-1)))
                .hasMessageContaining("PT-1S");
        assertThatThrownBy(() -> GeminiEmulator.builder().aimlapiBalance(new BigDecimal(-1)))
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> GeminiEmulator.builder().endedModel(EmulatedService.ANYFAST, "nano"))
                .hasMessageContaining("Unknown model 'nano' at anyfast. Models are: [gemini-3.1-flash-image,");
    }
}
