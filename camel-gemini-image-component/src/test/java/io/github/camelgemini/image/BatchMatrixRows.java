package io.github.camelgemini.image;

import static io.github.camelgemini.image.BatchMatrixOutcome.fails;
import static io.github.camelgemini.image.BatchMatrixOutcome.made;
import static io.github.camelgemini.image.BatchMatrixOutcome.pictures;
import static io.github.camelgemini.image.BatchMatrixOutcome.pollFails;
import static io.github.camelgemini.image.BatchMatrixOutcome.refused;
import static io.github.camelgemini.image.BatchMatrixRow.Place.DRAWN;
import static io.github.camelgemini.image.BatchMatrixRow.Place.FETCHED;
import static io.github.camelgemini.image.BatchMatrixRow.Place.SUBMITTED;
import static io.github.camelgemini.image.BatchMatrixRow.Place.TOLD;
import static io.github.camelgemini.image.BatchMatrixService.GMI;
import static io.github.camelgemini.image.BatchMatrixService.GOOGLE;
import static io.github.camelgemini.image.BatchMatrixService.GOOGLE_FEW;
import static io.github.camelgemini.image.BatchMatrixService.INFERENCESH;
import static io.github.camelgemini.image.BatchMatrixService.VERTEX;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.GeminiEmulator;
import io.github.camelgemini.image.error.AuthenticationException;
import io.github.camelgemini.image.error.BatchNotFoundException;
import io.github.camelgemini.image.error.ImageBlockedException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.NotDrawnException;
import io.github.camelgemini.image.error.QuotaExhaustedException;
import io.github.camelgemini.image.error.RateLimitException;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The rows of the fault matrix for batches. */
record BatchMatrixRows(GeminiEmulator elsewhere) {

    private static final BatchMatrixService[] GOOGLES = {GOOGLE, GOOGLE_FEW, VERTEX};
    private static final BatchMatrixService[] QUEUES = {INFERENCESH, GMI};

    List<BatchMatrixRow> all() {
        List<BatchMatrixRow> rows = new ArrayList<>();
        rows.addAll(refusals());
        rows.addAll(submissions());
        rows.addAll(jobs());
        rows.addAll(lines());
        rows.addAll(downloads());
        rows.addAll(webhooks());
        return rows;
    }

    private List<BatchMatrixRow> refusals() {
        return List.of(
                BatchMatrixRow.of(
                                SUBMITTED, "400: wrong request", Fault.status(400, "INVALID_ARGUMENT", "No such field"))
                        .gives(refused(InvalidRequestException.class, "HTTP 400")),
                BatchMatrixRow.of(SUBMITTED, "401: wrong key", Fault.status(401, "UNAUTHENTICATED", "Invalid key"))
                        .gives(refused(AuthenticationException.class, "HTTP 401")),
                BatchMatrixRow.of(SUBMITTED, "403: not allowed", Fault.status(403, "PERMISSION_DENIED", "No access"))
                        .gives(refused(AuthenticationException.class, "HTTP 403")),
                BatchMatrixRow.of(SUBMITTED, "429: too many per minute", Fault.rateLimitedWithoutDetails())
                        .gives(refused(RateLimitException.class, "HTTP 429")),
                BatchMatrixRow.of(SUBMITTED, "no credits", Fault.creditsDepleted())
                        .gives(refused(QuotaExhaustedException.class, "HTTP 4")),
                BatchMatrixRow.of(SUBMITTED, "500", Fault.internal())
                        .gives(refused(ServiceUnavailableException.class, "HTTP 500")),
                BatchMatrixRow.of(SUBMITTED, "503: overloaded", Fault.overloaded())
                        .gives(refused(ServiceUnavailableException.class, "HTTP 503")),
                BatchMatrixRow.of(SUBMITTED, "502: HTML page of a proxy", Fault.html(502))
                        .gives(refused(ServiceUnavailableException.class, "HTTP 502")),
                BatchMatrixRow.of(
                                SUBMITTED,
                                "307: redirect to another host",
                                Fault.redirect(elsewhere.baseUrl() + "/v1beta"))
                        .gives(refused(MalformedResponseException.class, "Redirects are not followed")));
    }

    private static List<BatchMatrixRow> submissions() {
        BatchMatrixOutcome submitted = made("submitted", "");
        return List.of(
                BatchMatrixRow.of(SUBMITTED, "reset before the headers", Fault.resetBeforeHeaders())
                        .gives(refused(ServiceUnavailableException.class, "failed before its answer was complete")),
                BatchMatrixRow.of(SUBMITTED, "silence before the headers", Fault.stallBeforeHeaders())
                        .with("idleTimeout=500&requestTimeout=500")
                        .gives(refused(ServiceUnavailableException.class, "failed before"), GOOGLES)
                        .gives(refused(ServiceUnavailableException.class, "within requestTimeout=500 ms"), QUEUES),
                BatchMatrixRow.of(SUBMITTED, "HTML page with status 200", Fault.html(200))
                        .gives(refused(ServiceUnavailableException.class, "failed before its answer was complete")),
                BatchMatrixRow.of(SUBMITTED, "the job is created, the answer is lost", Fault.answerLost())
                        .gives(submitted),
                BatchMatrixRow.of(SUBMITTED, "the job is created, the answer breaks off", Fault.truncate(10))
                        .gives(submitted));
    }

    private static List<BatchMatrixRow> jobs() {
        return List.of(
                BatchMatrixRow.of(DRAWN, "a job fails", Fault.jobFails("CUDA out of memory"))
                        .gives(fails(0, NotDrawnException.class, "CUDA out of memory"), GOOGLES)
                        .gives(fails(1, NotDrawnException.class, "CUDA out of memory"), QUEUES),
                BatchMatrixRow.of(DRAWN, "a job expires", Fault.batchExpires())
                        .gives(fails(0, NotDrawnException.class, "expired before it was processed"), GOOGLES),
                BatchMatrixRow.of(DRAWN, "jobs are cancelled elsewhere")
                        .then(BatchMatrixRun::cancelElsewhere)
                        .gives(fails(0, NotDrawnException.class, "was cancelled before it was processed")),
                BatchMatrixRow.of(DRAWN, "a batch takes longer than batchMaxAge")
                        .bringing("batchMaxAge=1")
                        .then(BatchMatrixRun::awaitOverdue)
                        .gives(pictures()),
                BatchMatrixRow.of(DRAWN, "a job never ends, and is cancelled by somebody", Fault.neverEnds())
                        .bringing("batchMaxAge=1")
                        .then(run -> {
                            run.awaitOverdue();
                            run.turnTheClock();
                            run.cancelElsewhere();
                        })
                        .gives(fails(0, NotDrawnException.class, "was cancelled before it was processed"), GOOGLES)
                        .gives(fails(1, NotDrawnException.class, "was cancelled before it was processed"), QUEUES),
                BatchMatrixRow.of(DRAWN, "the service forgets jobs, and batchMaxAge is over")
                        .bringing("batchMaxAge=1")
                        .then(BatchMatrixRun::forgetElsewhere)
                        .gives(fails(0, NotDrawnException.class, "the service no longer knows it")));
    }

    private static List<BatchMatrixRow> lines() {
        return List.of(
                BatchMatrixRow.of(DRAWN, "a result is missing", Fault.lineMissing(2))
                        .gives(fails(1, NotDrawnException.class, "ended without a result for it"), GOOGLES),
                BatchMatrixRow.of(DRAWN, "a request fails", Fault.lineFails(2))
                        .gives(fails(1, ServiceUnavailableException.class, "An internal error"), GOOGLES),
                BatchMatrixRow.of(DRAWN, "a result is broken", Fault.lineBroken(2))
                        .gives(fails(1, MalformedResponseException.class, "A result of the batch is malformed"), GOOGLE)
                        .gives(fails(1, NotDrawnException.class, "cannot be assigned to a request"), VERTEX),
                BatchMatrixRow.of(DRAWN, "a result comes twice", Fault.lineTwice(2))
                        .gives(pictures(), GOOGLE, VERTEX),
                BatchMatrixRow.of(DRAWN, "a picture is blocked", Fault.finish("IMAGE_SAFETY", null))
                        .gives(fails(0, ImageBlockedException.class, "IMAGE_SAFETY"), GOOGLES)
                        .gives(fails(1, ImageBlockedException.class, "IMAGE_SAFETY"), QUEUES),
                BatchMatrixRow.of(
                                DRAWN,
                                "a picture is gone when it is fetched, and batchMaxAge is over",
                                Fault.picturesLast(Duration.ZERO))
                        .bringing("batchMaxAge=1")
                        .gives(fails(1, NotDrawnException.class, "could not be fetched"), QUEUES),
                BatchMatrixRow.of(DRAWN, "results come in another order", Fault.linesShuffled())
                        .gives(pictures(), GOOGLES),
                BatchMatrixRow.of(DRAWN, "a picture is at a private address", Fault.picturesOnOtherHost())
                        .gives(fails(1, MalformedResponseException.class, "has no public address"), QUEUES),
                BatchMatrixRow.of(
                                DRAWN,
                                "results are on another host than the API, and batchMaxAge is over",
                                Fault.picturesOnOtherHost())
                        .bringing("batchMaxAge=1")
                        .gives(
                                fails(0, NotDrawnException.class, "The component does not follow this redirect"),
                                GOOGLE),
                BatchMatrixRow.of(
                                DRAWN,
                                "results come long after the job has ended",
                                Fault.resultsLate(Duration.ofDays(2)))
                        .then(run -> {
                            run.turnTheClock();
                            run.awaitFailedPoll();
                        })
                        .gives(pictures(), GOOGLES));
    }

    private static List<BatchMatrixRow> downloads() {
        BatchMatrixOutcome notYet = pollFails(ServiceUnavailableException.class, "the image is not available yet");
        String broken = "failed before";
        return List.of(
                BatchMatrixRow.of(FETCHED, "401: wrong key", Fault.status(401, "UNAUTHENTICATED", "Invalid key"))
                        .gives(pollFails(AuthenticationException.class, "HTTP 401"), GOOGLES)
                        .gives(notYet, QUEUES),
                BatchMatrixRow.of(FETCHED, "404", Fault.status(404, "NOT_FOUND", "No such file"))
                        .gives(
                                pollFails(
                                        ServiceUnavailableException.class,
                                        "The results of the batch do not exist at the service"),
                                GOOGLE,
                                VERTEX)
                        .gives(pollFails(BatchNotFoundException.class, "HTTP 404"), GOOGLE_FEW)
                        .gives(notYet, QUEUES),
                BatchMatrixRow.of(FETCHED, "429", Fault.rateLimitedWithoutDetails())
                        .gives(pollFails(RateLimitException.class, "HTTP 429"), GOOGLES)
                        .gives(notYet, QUEUES),
                BatchMatrixRow.of(FETCHED, "503", Fault.overloaded())
                        .gives(pollFails(ServiceUnavailableException.class, "HTTP 503"), GOOGLES)
                        .gives(notYet, QUEUES),
                BatchMatrixRow.of(FETCHED, "HTML page with status 200", Fault.html(200))
                        .gives(pollFails(IOException.class, broken), GOOGLE, VERTEX)
                        .gives(pollFails(ServiceUnavailableException.class, broken), GOOGLE_FEW)
                        .gives(notYet, QUEUES),
                BatchMatrixRow.of(FETCHED, "reset before the headers", Fault.resetBeforeHeaders())
                        .gives(pollFails(ServiceUnavailableException.class, broken), GOOGLES)
                        .gives(notYet, QUEUES),
                BatchMatrixRow.of(FETCHED, "reset in the middle", Fault.resetMidBody(10_000))
                        .gives(pollFails(IOException.class, broken), GOOGLE, VERTEX)
                        .gives(pollFails(ServiceUnavailableException.class, broken), GOOGLE_FEW)
                        .gives(notYet, QUEUES),
                BatchMatrixRow.of(FETCHED, "closed in the middle", Fault.truncate(10_000))
                        .gives(pollFails(IOException.class, broken), GOOGLE, VERTEX)
                        .gives(pollFails(ServiceUnavailableException.class, broken), GOOGLE_FEW)
                        .gives(notYet, QUEUES),
                BatchMatrixRow.of(FETCHED, "silence in the middle", Fault.stallMidBody(10_000))
                        .bringing("idleTimeout=1000")
                        .gives(pollFails(IOException.class, broken), GOOGLE, VERTEX)
                        .gives(pollFails(ServiceUnavailableException.class, broken), GOOGLE_FEW),
                BatchMatrixRow.of(FETCHED, "a trickle", Fault.trickle(2_000, Duration.ofMillis(1)))
                        .gives(pictures()));
    }

    private static List<BatchMatrixRow> webhooks() {
        BatchMatrixService[] callers = {GOOGLE, GOOGLE_FEW, INFERENCESH};
        return List.of(
                BatchMatrixRow.of(TOLD, "called twice", Fault.webhookTwice()).gives(pictures(), callers),
                BatchMatrixRow.of(TOLD, "called an hour late", Fault.webhookLate(Duration.ofHours(1)))
                        .then(BatchMatrixRun::turnTheClockAgain)
                        .gives(pictures(), callers),
                BatchMatrixRow.of(TOLD, "never called: the next poll brings them", Fault.webhookLost())
                        .then(BatchMatrixRun::poll)
                        .gives(pictures(), callers),
                BatchMatrixRow.of(TOLD, "called by somebody else before the end", Fault.webhookForged())
                        .gives(pictures(), callers),
                BatchMatrixRow.of(TOLD, "a call from an hour ago is repeated before the end", Fault.webhookOld())
                        .gives(pictures(), GOOGLE, GOOGLE_FEW));
    }
}
