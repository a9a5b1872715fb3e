package io.github.camelgemini.image;

import static io.github.camelgemini.image.MatrixRow.Place.AIMLAPI;
import static io.github.camelgemini.image.MatrixRow.Place.ANYFAST;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.GeminiEmulator;
import io.github.camelgemini.image.MatrixRow.Place;
import io.github.camelgemini.image.error.AuthenticationException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.ModelNotFoundException;
import io.github.camelgemini.image.error.QuotaExhaustedException;
import io.github.camelgemini.image.error.RateLimitException;
import io.github.camelgemini.image.error.RequestTimeoutException;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of the fault matrix for services beside Google: what each refuses in its own words, and what connections and answers
 * come to that go through Camel HTTP.
 */
record MatrixServiceRows(GeminiEmulator elsewhere, int closedPort, HttpsGateway ofAnotherName, HttpsGateway expired) {

    private static final String MODEL = " for model gemini-3.1-flash-image";
    /** A picture of 200,000 bytes. */
    private static final Fault LARGE = Fault.pictureBytes(200_000);

    List<MatrixRow> all() {
        List<MatrixRow> rows = new ArrayList<>();
        rows.addAll(ofAnyFast());
        rows.addAll(connections(ANYFAST, "AnyFast"));
        rows.addAll(answersOfAnyFast());
        rows.addAll(ofAimlApi());
        rows.addAll(connections(AIMLAPI, "AI/ML API"));
        rows.addAll(answersOfAimlApi());
        return rows;
    }

    private List<MatrixRow> ofAnyFast() {
        return List.of(
                MatrixRow.of(ANYFAST, "400: wrong request", Fault.status(400, "invalid_request", "No such size"))
                        .fails(
                                InvalidRequestException.class,
                                "AnyFast answered HTTP 400 invalid_request_error" + MODEL),
                MatrixRow.of(
                                ANYFAST,
                                "400: wrong key, in Google's words",
                                google(400, "INVALID_ARGUMENT", "API key not valid."))
                        .fails(AuthenticationException.class, "the environment variable ANYFAST_API_KEY"),
                MatrixRow.of(ANYFAST, "401: wrong key", Fault.invalidKey())
                        .fails(AuthenticationException.class, "the environment variable ANYFAST_API_KEY"),
                MatrixRow.of(ANYFAST, "401: no key", Fault.missingKey())
                        .fails(AuthenticationException.class, "AnyFast answered HTTP 401 authentication_error" + MODEL),
                MatrixRow.of(ANYFAST, "403: no billing", Fault.billing())
                        .fails(AuthenticationException.class, "AnyFast answered HTTP 403 permission_error" + MODEL),
                // Of a model that nobody wrote, the successor would draw.
                MatrixRow.of(ANYFAST, "404: no such model", Fault.modelNotFound())
                        .with("model=gemini-3.1-flash-image", "model=gemini-3.1-flash-image")
                        .fails(ModelNotFoundException.class, "AnyFast answered HTTP 404 invalid_request_error" + MODEL),
                MatrixRow.of(ANYFAST, "429: too many a minute", Fault.rateLimitedWithoutDetails())
                        .failsAfterARetry(
                                RateLimitException.class, "AnyFast answered HTTP 429 rate_limit_error" + MODEL),
                MatrixRow.of(ANYFAST, "429: credits depleted", Fault.creditsDepleted())
                        .fails(QuotaExhaustedException.class, "AnyFast answered HTTP 429 insufficient_quota" + MODEL),
                MatrixRow.of(
                                ANYFAST,
                                "429, in Google's words",
                                google(429, "RESOURCE_EXHAUSTED", "Please retry in 20ms."))
                        .failsAfterARetry(
                                RateLimitException.class, "AnyFast answered HTTP 429 RESOURCE_EXHAUSTED" + MODEL),
                MatrixRow.of(ANYFAST, "500", Fault.internal())
                        .failsAfterARetry(
                                ServiceUnavailableException.class, "AnyFast answered HTTP 500 server_error" + MODEL),
                MatrixRow.of(ANYFAST, "502: a proxy's page in HTML", Fault.html(502))
                        .failsAfterARetry(
                                ServiceUnavailableException.class, "AnyFast answered HTTP 502" + MODEL + ": <html>"),
                MatrixRow.of(ANYFAST, "503: overloaded", Fault.overloaded())
                        .failsAfterARetry(
                                ServiceUnavailableException.class, "AnyFast answered HTTP 503 server_error" + MODEL),
                MatrixRow.of(ANYFAST, "503 as the last event", Fault.midStreamError())
                        .failsAfterARetry(
                                ServiceUnavailableException.class, "AnyFast answered HTTP 503 server_error" + MODEL)
                        .onlyFor(MatrixCall.STREAM),
                MatrixRow.of(ANYFAST, "504", Fault.deadlineExceeded())
                        .failsAfterARetry(
                                ServiceUnavailableException.class, "AnyFast answered HTTP 504 server_error" + MODEL),
                MatrixRow.of(ANYFAST, "307: redirect to another host", Fault.redirect(elsewhere.baseUrl() + "/v1beta"))
                        .fails(MalformedResponseException.class, "Redirects are not followed"));
    }

    private List<MatrixRow> ofAimlApi() {
        return List.of(
                MatrixRow.of(
                                AIMLAPI,
                                "400: wrong request",
                                Fault.status(400, "INVALID_ARGUMENT", "Body validation error"))
                        .fails(InvalidRequestException.class, "AI/ML API answered HTTP 400" + MODEL),
                MatrixRow.of(AIMLAPI, "401: wrong key", Fault.invalidKey())
                        .fails(AuthenticationException.class, "the environment variable AIMLAPI_API_KEY"),
                MatrixRow.of(AIMLAPI, "403: out of credits", Fault.creditsDepleted())
                        .fails(QuotaExhaustedException.class, "AI/ML API answered HTTP 403" + MODEL),
                // Of a model that nobody wrote, the successor would draw.
                MatrixRow.of(AIMLAPI, "404: no such model", Fault.modelNotFound())
                        .with("model=gemini-3.1-flash-image", "model=gemini-3.1-flash-image")
                        .fails(ModelNotFoundException.class, "AI/ML API answered HTTP 404" + MODEL),
                MatrixRow.of(AIMLAPI, "429: too many a minute", Fault.rateLimitedWithoutDetails())
                        .failsAfterARetry(RateLimitException.class, "AI/ML API answered HTTP 429" + MODEL),
                MatrixRow.of(AIMLAPI, "500", Fault.internal())
                        .failsAfterARetry(ServiceUnavailableException.class, "AI/ML API answered HTTP 500" + MODEL),
                MatrixRow.of(AIMLAPI, "502: a proxy's page in HTML", Fault.html(502))
                        .failsAfterARetry(
                                ServiceUnavailableException.class, "AI/ML API answered HTTP 502" + MODEL + ": <html>"),
                MatrixRow.of(AIMLAPI, "503: overloaded", Fault.overloaded())
                        .failsAfterARetry(ServiceUnavailableException.class, "AI/ML API answered HTTP 503" + MODEL),
                MatrixRow.of(AIMLAPI, "504: generation timeout", Fault.deadlineExceeded())
                        .failsAfterARetry(ServiceUnavailableException.class, "Generation timeout"),
                MatrixRow.of(AIMLAPI, "307: redirect to another host", Fault.redirect(elsewhere.baseUrl() + "/v1"))
                        .fails(MalformedResponseException.class, "Redirects are not followed"));
    }

    private static List<MatrixRow> answersOfAimlApi() {
        return List.of(
                MatrixRow.of(AIMLAPI, "a proxy's page in HTML", Fault.html(200))
                        .fails(MalformedResponseException.class, "is broken: Malformed answer"),
                MatrixRow.of(AIMLAPI, "nothing", Fault.rawBody(200, "application/json", ""))
                        .fails(MalformedResponseException.class, "is broken: Malformed answer"),
                MatrixRow.of(AIMLAPI, "an object without data", Fault.rawBody(200, "application/json", "{}"))
                        .fails(MalformedResponseException.class, "has no data"),
                MatrixRow.of(
                                AIMLAPI,
                                "an error under status 200",
                                Fault.rawBody(
                                        200,
                                        "application/json",
                                        "{\"message\":\"Too Many Requests\",\"statusCode\":\"429\"}"))
                        .failsAfterARetry(RateLimitException.class, "AI/ML API answered HTTP 429" + MODEL),
                MatrixRow.of(
                                AIMLAPI,
                                "an address where nobody is",
                                Fault.rawBody(
                                        200,
                                        "application/json",
                                        "{\"data\":[{\"url\":\"http://localhost:1/cat.png\"}]}"))
                        .fails(MalformedResponseException.class, "the picture is not to be had"));
    }

    private static Fault google(int code, String status, String message) {
        return Fault.rawBody(
                code,
                "application/json",
                "{\"error\":{\"code\":%d,\"status\":\"%s\",\"message\":\"%s\"}}".formatted(code, status, message));
    }

    private List<MatrixRow> connections(Place place, String title) {
        String broken = "failed before its answer was complete";
        // Of AI/ML API only the address of the picture is in the answer.
        int middle = place == AIMLAPI ? 50 : 150_000;
        return List.of(
                MatrixRow.elsewhere(place, "unknown host", "baseUrl=http://gemini.invalid")
                        .failsAfterARetry(ServiceUnavailableException.class, title + " cannot be reached" + MODEL),
                MatrixRow.elsewhere(place, "connection refused", "baseUrl=http://localhost:" + closedPort)
                        .failsAfterARetry(ServiceUnavailableException.class, title + " cannot be reached" + MODEL),
                MatrixRow.elsewhere(
                                place,
                                "a certificate for another name",
                                "sslContextParameters=#ofAnotherName&baseUrl=" + ofAnotherName.url())
                        .fails(AuthenticationException.class, "The certificate of localhost is not to be trusted"),
                MatrixRow.elsewhere(
                                place,
                                "an expired certificate",
                                "sslContextParameters=#expired&baseUrl=" + expired.url())
                        .fails(AuthenticationException.class, "validity check failed"),
                MatrixRow.of(place, "reset before the headers", Fault.resetBeforeHeaders())
                        .failsAfterARetry(ServiceUnavailableException.class, broken),
                MatrixRow.of(place, "reset after the headers", Fault.resetAfterHeaders())
                        .failsAfterARetry(ServiceUnavailableException.class, broken),
                MatrixRow.of(place, "reset in the middle of the answer", LARGE, Fault.resetMidBody(middle))
                        .failsAfterARetry(ServiceUnavailableException.class, broken),
                MatrixRow.of(place, "closed in the middle of the answer", LARGE, Fault.truncate(middle))
                        .failsAfterARetry(ServiceUnavailableException.class, broken),
                MatrixRow.of(place, "silence before the headers", Fault.stallBeforeHeaders())
                        .with("requestTimeout=500", "requestTimeout=60000")
                        .fails(RequestTimeoutException.class, "within requestTimeout=500 ms"),
                MatrixRow.of(place, "silence in the middle of the answer", LARGE, Fault.stallMidBody(middle))
                        .with("idleTimeout=500", "idleTimeout=1500")
                        .failsAfterARetry(ServiceUnavailableException.class, "no more came for idleTimeout=500 ms"),
                MatrixRow.of(place, "a trickle", Fault.pictureBytes(20_000), Fault.trickle(1_000, Duration.ofMillis(2)))
                        .isAPicture());
    }

    private static List<MatrixRow> answersOfAnyFast() {
        return List.of(
                MatrixRow.of(ANYFAST, "a proxy's page in HTML", Fault.html(200))
                        .fails(MalformedResponseException.class, "is broken: Malformed answer"),
                MatrixRow.of(ANYFAST, "nothing", Fault.rawBody(200, "application/json", ""))
                        .fails(MalformedResponseException.class, "is broken: Malformed answer"),
                MatrixRow.of(ANYFAST, "an object without a candidate", Fault.rawBody(200, "application/json", "{}"))
                        .fails(MalformedResponseException.class, "neither candidates nor a block reason"),
                MatrixRow.of(
                                ANYFAST,
                                "an error under status 200",
                                Fault.rawBody(
                                        200,
                                        "application/json",
                                        "{\"error\":{\"message\":\"x\",\"type\":\"rate_limit_error\",\"code\":null}}"))
                        .failsAfterARetry(
                                RateLimitException.class, "AnyFast answered HTTP 429 rate_limit_error" + MODEL),
                MatrixRow.of(ANYFAST, "Base64 that ends too early", Fault.truncatedBase64())
                        .fails(MalformedResponseException.class, "Base64"),
                MatrixRow.of(ANYFAST, "an address where nobody is", Fault.fileData("http://localhost:1/cat.png"))
                        .fails(MalformedResponseException.class, "where no picture is to be had"));
    }
}
