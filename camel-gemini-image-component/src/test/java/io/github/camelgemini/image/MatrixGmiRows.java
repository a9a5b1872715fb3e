package io.github.camelgemini.image;

import static io.github.camelgemini.image.MatrixRow.Place.GMI;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.GeminiEmulator;
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
import io.github.camelgemini.image.error.ReferenceImageException;
import io.github.camelgemini.image.error.RequestTimeoutException;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The rows of the fault matrix for GMI Cloud: what becomes of a request when it is submitted, and afterwards. */
record MatrixGmiRows(GeminiEmulator elsewhere, int closedPort, HttpsGateway ofAnotherName, HttpsGateway expired) {

    private static final String MODEL = " for model gemini-3.1-flash-image";
    private static final String ANSWERED = "GMI Cloud answered HTTP ";

    List<MatrixRow> all() {
        List<MatrixRow> rows = new ArrayList<>();
        rows.addAll(refusals());
        rows.addAll(connections());
        rows.addAll(requests());
        return rows;
    }

    private List<MatrixRow> refusals() {
        return List.of(
                MatrixRow.of(GMI, "400: wrong request", Fault.status(400, "INVALID_ARGUMENT", "prompt is required"))
                        .fails(InvalidRequestException.class, ANSWERED + "400" + MODEL),
                MatrixRow.of(GMI, "400: blocked", Fault.promptBlocked("PROHIBITED_CONTENT"))
                        .fails(PromptBlockedException.class, ANSWERED + "400" + MODEL),
                MatrixRow.of(GMI, "401: wrong key", Fault.invalidKey())
                        .fails(AuthenticationException.class, "the environment variable GMI_API_KEY"),
                MatrixRow.of(GMI, "402: out of credits", Fault.creditsDepleted())
                        .fails(QuotaExhaustedException.class, ANSWERED + "402" + MODEL),
                // Of a model that nobody wrote, the successor would draw.
                MatrixRow.of(GMI, "404: no such model", Fault.modelNotFound())
                        .with("model=gemini-3.1-flash-image", "model=gemini-3.1-flash-image")
                        .fails(ModelNotFoundException.class, ANSWERED + "404" + MODEL),
                MatrixRow.of(GMI, "429: too many per minute", Fault.rateLimitedWithoutDetails())
                        .failsAfterARetry(RateLimitException.class, ANSWERED + "429" + MODEL),
                MatrixRow.of(GMI, "500", Fault.internal())
                        .failsAfterARetry(ServiceUnavailableException.class, ANSWERED + "500" + MODEL),
                MatrixRow.of(GMI, "503: overloaded", Fault.overloaded())
                        .failsAfterARetry(ServiceUnavailableException.class, ANSWERED + "503" + MODEL),
                MatrixRow.of(GMI, "307: redirect to another host", Fault.redirect(elsewhere.baseUrl() + "/v1"))
                        .fails(MalformedResponseException.class, "Redirects are not followed"));
    }

    /** An answer that is lost after the request was made is no failure: the request is found. */
    private List<MatrixRow> connections() {
        return List.of(
                MatrixRow.elsewhere(GMI, "unknown host", "baseUrl=http://gemini.invalid")
                        .failsAfterARetry(ServiceUnavailableException.class, "GMI Cloud cannot be reached"),
                MatrixRow.elsewhere(GMI, "connection refused", "baseUrl=http://localhost:" + closedPort)
                        .failsAfterARetry(ServiceUnavailableException.class, "GMI Cloud cannot be reached"),
                MatrixRow.elsewhere(
                                GMI,
                                "a certificate for another name",
                                "sslContextParameters=#ofAnotherName&baseUrl=" + ofAnotherName.url())
                        .fails(AuthenticationException.class, "The certificate of localhost is not trusted"),
                MatrixRow.elsewhere(
                                GMI, "an expired certificate", "sslContextParameters=#expired&baseUrl=" + expired.url())
                        .fails(AuthenticationException.class, "validity check failed"),
                MatrixRow.of(GMI, "reset before the headers", Fault.resetBeforeHeaders())
                        .failsAfterARetry(ServiceUnavailableException.class, "failed before its answer was complete"),
                MatrixRow.of(GMI, "reset after the headers", Fault.resetAfterHeaders())
                        .isAPicture(),
                MatrixRow.of(GMI, "reset in the middle of the answer", Fault.resetMidBody(50))
                        .isAPicture(),
                MatrixRow.of(GMI, "closed in the middle of the answer", Fault.truncate(50))
                        .isAPicture(),
                MatrixRow.of(GMI, "silence before the headers", Fault.stallBeforeHeaders())
                        .with("requestTimeout=500", "requestTimeout=60000")
                        .fails(RequestTimeoutException.class, "within requestTimeout=500 ms"),
                MatrixRow.of(GMI, "silence in the middle of the answer", Fault.stallMidBody(50))
                        .with("idleTimeout=500", "idleTimeout=1500")
                        .isAPicture(),
                MatrixRow.of(GMI, "a trickle", Fault.trickle(20, Duration.ofMillis(2)))
                        .isAPicture());
    }

    private static List<MatrixRow> requests() {
        String failed = "failed for model gemini-3.1-flash-image: ";
        return List.of(
                MatrixRow.of(GMI, "an answer that comes with the picture", Fault.blockingSubmit())
                        .isAPicture(),
                MatrixRow.of(GMI, "undocumented statuses", Fault.rareStatuses()).isAPicture(),
                MatrixRow.of(GMI, "the picture within the outcome", Fault.inlineData())
                        .isAPicture(),
                MatrixRow.of(GMI, "a request that never ends", Fault.neverEnds())
                        .with("requestTimeout=2000", "requestTimeout=60000")
                        .fails(RequestTimeoutException.class, "gemini-image:batchResults, batchId="),
                MatrixRow.of(GMI, "a request whose picture was blocked", Fault.finish("IMAGE_SAFETY", null))
                        .fails(ImageBlockedException.class, failed + "No image was generated: IMAGE_SAFETY"),
                MatrixRow.of(GMI, "a request without a picture", Fault.noImage())
                        .fails(NoImageException.class, failed + "No image was generated"),
                MatrixRow.of(GMI, "a request without credits", Fault.jobFails("Insufficient credits"))
                        .fails(QuotaExhaustedException.class, failed + "Insufficient credits"),
                MatrixRow.of(
                                GMI,
                                "a request whose reference image is missing",
                                Fault.jobFails("failed to download input image"))
                        .fails(ReferenceImageException.class, failed + "failed to download"),
                MatrixRow.of(GMI, "a request that failed", Fault.jobFails("CUDA out of memory"))
                        .fails(NotDrawnException.class, failed + "CUDA out of memory"),
                MatrixRow.of(GMI, "an address without a server", Fault.fileData("http://localhost:1/cat.png"))
                        .fails(MalformedResponseException.class, "the image is not available"));
    }
}
