package io.github.camelgemini.image;

import static io.github.camelgemini.image.MatrixRow.Place.AIMLAPI;
import static io.github.camelgemini.image.MatrixRow.Place.ANYFAST;
import static io.github.camelgemini.image.MatrixRow.Place.INFERENCESH;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.GeminiEmulator;
import io.github.camelgemini.image.MatrixRow.Place;
import io.github.camelgemini.image.error.AuthenticationException;
import io.github.camelgemini.image.error.ImageBlockedException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.ModelNotFoundException;
import io.github.camelgemini.image.error.NoImageException;
import io.github.camelgemini.image.error.NotDrawnException;
import io.github.camelgemini.image.error.PromptBlockedException;
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
        rows.addAll(ofInferencesh());
        rows.addAll(connectionsOfInferencesh());
        rows.addAll(tasksOfInferencesh());
        rows.addAll(new MatrixGmiRows(elsewhere, closedPort, ofAnotherName, expired).all());
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
                MatrixRow.of(ANYFAST, "429: too many per minute", Fault.rateLimitedWithoutDetails())
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
                MatrixRow.of(ANYFAST, "502: HTML page of a proxy", Fault.html(502))
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
                MatrixRow.of(AIMLAPI, "429: too many per minute", Fault.rateLimitedWithoutDetails())
                        .failsAfterARetry(RateLimitException.class, "AI/ML API answered HTTP 429" + MODEL),
                MatrixRow.of(AIMLAPI, "500", Fault.internal())
                        .failsAfterARetry(ServiceUnavailableException.class, "AI/ML API answered HTTP 500" + MODEL),
                MatrixRow.of(AIMLAPI, "502: HTML page of a proxy", Fault.html(502))
                        .failsAfterARetry(
                                ServiceUnavailableException.class, "AI/ML API answered HTTP 502" + MODEL + ": <html>"),
                MatrixRow.of(AIMLAPI, "503: overloaded", Fault.overloaded())
                        .failsAfterARetry(ServiceUnavailableException.class, "AI/ML API answered HTTP 503" + MODEL),
                MatrixRow.of(AIMLAPI, "504: generation time-out", Fault.deadlineExceeded())
                        .failsAfterARetry(ServiceUnavailableException.class, "Generation timeout"),
                MatrixRow.of(AIMLAPI, "307: redirect to another host", Fault.redirect(elsewhere.baseUrl() + "/v1"))
                        .fails(MalformedResponseException.class, "Redirects are not followed"));
    }

    private static List<MatrixRow> answersOfAimlApi() {
        return List.of(
                MatrixRow.of(AIMLAPI, "HTML page of a proxy", Fault.html(200))
                        .fails(MalformedResponseException.class, "cannot be read: Malformed answer"),
                MatrixRow.of(AIMLAPI, "nothing", Fault.rawBody(200, "application/json", ""))
                        .fails(MalformedResponseException.class, "cannot be read: Malformed answer"),
                MatrixRow.of(AIMLAPI, "an object without data", Fault.rawBody(200, "application/json", "{}"))
                        .fails(MalformedResponseException.class, "has no data"),
                MatrixRow.of(
                                AIMLAPI,
                                "an error with status 200",
                                Fault.rawBody(
                                        200,
                                        "application/json",
                                        "{\"message\":\"Too Many Requests\",\"statusCode\":\"429\"}"))
                        .failsAfterARetry(RateLimitException.class, "AI/ML API answered HTTP 429" + MODEL),
                MatrixRow.of(
                                AIMLAPI,
                                "an address without a server",
                                Fault.rawBody(
                                        200,
                                        "application/json",
                                        "{\"data\":[{\"url\":\"http://localhost:1/cat.png\"}]}"))
                        .fails(MalformedResponseException.class, "the image is not available"));
    }

    private List<MatrixRow> ofInferencesh() {
        String answered = "inference.sh answered HTTP ";
        return List.of(
                MatrixRow.of(INFERENCESH, "400: wrong request", Fault.status(400, "invalid_request", "Invalid input"))
                        .fails(InvalidRequestException.class, answered + "400 invalid_request" + MODEL),
                MatrixRow.of(INFERENCESH, "401: wrong key", Fault.invalidKey())
                        .fails(AuthenticationException.class, "the environment variable INFERENCE_API_KEY"),
                MatrixRow.of(INFERENCESH, "402: out of credits", Fault.creditsDepleted())
                        .fails(QuotaExhaustedException.class, answered + "402 insufficient_credits" + MODEL),
                MatrixRow.of(INFERENCESH, "403: insufficient scope", Fault.status(403, "insufficient_scope", "No"))
                        .fails(AuthenticationException.class, answered + "403 insufficient_scope" + MODEL),
                // Of a model that nobody wrote, the successor would draw.
                MatrixRow.of(INFERENCESH, "404: no such app", Fault.modelNotFound())
                        .with("model=gemini-3.1-flash-image", "model=gemini-3.1-flash-image")
                        .fails(ModelNotFoundException.class, answered + "404 not_found" + MODEL),
                MatrixRow.of(
                                INFERENCESH,
                                "412: the account lacks a secret",
                                Fault.requirementNotMet("secret", "GCP_KEY", "Add a key"))
                        .fails(AuthenticationException.class, "secret GCP_KEY: Add a key (add_secret)"),
                MatrixRow.of(
                                INFERENCESH,
                                "422: no quota behind the service",
                                Fault.status(422, "RESOURCE_EXHAUSTED", "RESOURCE_EXHAUSTED"))
                        .failsAfterARetry(RateLimitException.class, answered + "422"),
                MatrixRow.of(INFERENCESH, "429: too many per minute", Fault.rateLimitedWithoutDetails())
                        .failsAfterARetry(RateLimitException.class, answered + "429 rate_limited" + MODEL),
                MatrixRow.of(INFERENCESH, "500", Fault.internal())
                        .failsAfterARetry(ServiceUnavailableException.class, answered + "500 internal_error" + MODEL),
                MatrixRow.of(INFERENCESH, "503: overloaded", Fault.overloaded())
                        .failsAfterARetry(
                                ServiceUnavailableException.class, answered + "503 service_unavailable" + MODEL),
                MatrixRow.of(INFERENCESH, "307: redirect to another host", Fault.redirect(elsewhere.baseUrl() + "/v1"))
                        .fails(MalformedResponseException.class, "Redirects are not followed"));
    }

    /** An answer that is lost after the task was made is no failure: the task is found. */
    private List<MatrixRow> connectionsOfInferencesh() {
        return List.of(
                MatrixRow.elsewhere(INFERENCESH, "unknown host", "baseUrl=http://gemini.invalid")
                        .failsAfterARetry(ServiceUnavailableException.class, "inference.sh cannot be reached"),
                MatrixRow.elsewhere(INFERENCESH, "connection refused", "baseUrl=http://localhost:" + closedPort)
                        .failsAfterARetry(ServiceUnavailableException.class, "inference.sh cannot be reached"),
                MatrixRow.elsewhere(
                                INFERENCESH,
                                "a certificate for another name",
                                "sslContextParameters=#ofAnotherName&baseUrl=" + ofAnotherName.url())
                        .fails(AuthenticationException.class, "The certificate of localhost is not trusted"),
                MatrixRow.elsewhere(
                                INFERENCESH,
                                "an expired certificate",
                                "sslContextParameters=#expired&baseUrl=" + expired.url())
                        .fails(AuthenticationException.class, "validity check failed"),
                MatrixRow.of(INFERENCESH, "reset before the headers", Fault.resetBeforeHeaders())
                        .failsAfterARetry(ServiceUnavailableException.class, "failed before its answer was complete"),
                MatrixRow.of(INFERENCESH, "reset after the headers", Fault.resetAfterHeaders())
                        .isAPicture(),
                MatrixRow.of(INFERENCESH, "reset in the middle of the answer", Fault.resetMidBody(50))
                        .isAPicture(),
                MatrixRow.of(INFERENCESH, "closed in the middle of the answer", Fault.truncate(50))
                        .isAPicture(),
                MatrixRow.of(INFERENCESH, "silence before the headers", Fault.stallBeforeHeaders())
                        .with("requestTimeout=500", "requestTimeout=60000")
                        .fails(RequestTimeoutException.class, "within requestTimeout=500 ms"),
                MatrixRow.of(INFERENCESH, "silence in the middle of the answer", Fault.stallMidBody(50))
                        .with("idleTimeout=500", "idleTimeout=1500")
                        .isAPicture(),
                MatrixRow.of(INFERENCESH, "a trickle", Fault.trickle(20, Duration.ofMillis(2)))
                        .isAPicture());
    }

    private static List<MatrixRow> tasksOfInferencesh() {
        String failed = "failed for model gemini-3.1-flash-image: ";
        return List.of(
                MatrixRow.of(INFERENCESH, "the oldest envelope", Fault.oldestEnvelope())
                        .isAPicture(),
                MatrixRow.of(INFERENCESH, "old status numbers", Fault.oldStatusNumbers())
                        .isAPicture(),
                MatrixRow.of(INFERENCESH, "statuses as text", Fault.statusNames())
                        .isAPicture(),
                MatrixRow.of(INFERENCESH, "a task that never ends", Fault.neverEnds())
                        .with("requestTimeout=2000", "requestTimeout=60000")
                        .fails(RequestTimeoutException.class, "gemini-image:batchResults, batchId="),
                MatrixRow.of(
                                INFERENCESH,
                                "a task whose picture was blocked",
                                Fault.jobFails("No images were generated. finish_reason=IMAGE_SAFETY"))
                        .fails(ImageBlockedException.class, failed + "No images were generated"),
                MatrixRow.of(
                                INFERENCESH,
                                "a task whose prompt was blocked",
                                Fault.jobFails("No images were generated. block_reason=SAFETY"))
                        .fails(PromptBlockedException.class, failed + "No images were generated"),
                MatrixRow.of(
                                INFERENCESH,
                                "a task without a picture",
                                Fault.jobFails("No images were generated. finish_reason=NO_IMAGE"))
                        .fails(NoImageException.class, failed + "No images were generated"),
                MatrixRow.of(
                                INFERENCESH,
                                "a task without quota",
                                Fault.jobFails("429 RESOURCE_EXHAUSTED. Quota exceeded"))
                        .fails(QuotaExhaustedException.class, failed + "429 RESOURCE_EXHAUSTED"),
                MatrixRow.of(INFERENCESH, "a task that failed", Fault.jobFails("CUDA out of memory"))
                        .fails(NotDrawnException.class, failed + "CUDA out of memory"),
                MatrixRow.of(INFERENCESH, "an address without a server", Fault.fileData("http://localhost:1/cat.png"))
                        .fails(MalformedResponseException.class, "the image is not available"));
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
                        .fails(AuthenticationException.class, "The certificate of localhost is not trusted"),
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
                        .failsAfterARetry(ServiceUnavailableException.class, "nothing arrived for idleTimeout=500 ms"),
                MatrixRow.of(place, "a trickle", Fault.pictureBytes(20_000), Fault.trickle(1_000, Duration.ofMillis(2)))
                        .isAPicture());
    }

    private static List<MatrixRow> answersOfAnyFast() {
        return List.of(
                MatrixRow.of(ANYFAST, "HTML page of a proxy", Fault.html(200))
                        .fails(MalformedResponseException.class, "cannot be read: Malformed answer"),
                MatrixRow.of(ANYFAST, "nothing", Fault.rawBody(200, "application/json", ""))
                        .fails(MalformedResponseException.class, "cannot be read: Malformed answer"),
                MatrixRow.of(ANYFAST, "an object without a candidate", Fault.rawBody(200, "application/json", "{}"))
                        .fails(MalformedResponseException.class, "neither candidates nor a block reason"),
                MatrixRow.of(
                                ANYFAST,
                                "an error with status 200",
                                Fault.rawBody(
                                        200,
                                        "application/json",
                                        "{\"error\":{\"message\":\"x\",\"type\":\"rate_limit_error\",\"code\":null}}"))
                        .failsAfterARetry(
                                RateLimitException.class, "AnyFast answered HTTP 429 rate_limit_error" + MODEL),
                MatrixRow.of(ANYFAST, "truncated Base64", Fault.truncatedBase64())
                        .fails(MalformedResponseException.class, "Base64"),
                MatrixRow.of(ANYFAST, "an address without a server", Fault.fileData("http://localhost:1/cat.png"))
                        .fails(MalformedResponseException.class, "an address without a retrievable image"));
    }
}
