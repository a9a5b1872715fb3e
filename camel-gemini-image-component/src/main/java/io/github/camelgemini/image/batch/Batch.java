package io.github.camelgemini.image.batch;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Objects;

/**
 * The stored data of a batch.
 *
 * @param id given by the route, or generated
 * @param service as in the option {@code service}
 * @param server host and project that were called; only endpoints that call the same ones deliver its results
 * @param stage its progress
 * @param parts number of jobs so far
 * @param requests number of requests so far
 * @param fingerprint of all its requests; null while it is being submitted
 * @param created when the submission began
 * @param submitted when the submission ended, or null
 * @param webhook public address that the service calls, or null
 * @param succeeded number of delivered results with pictures
 * @param failed number of delivered results without pictures
 * @param resubmits how many of its parts repeat requests that were not processed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Batch(
        String id,
        String service,
        String server,
        Stage stage,
        int parts,
        long requests,
        String fingerprint,
        Instant created,
        Instant submitted,
        String webhook,
        long succeeded,
        long failed,
        int resubmits) {

    /** The progress of a batch. */
    public enum Stage {
        /** Its requests are being sent. */
        SUBMITTING,
        /** The service has all its requests. */
        SUBMITTED,
        /** All its results were delivered. */
        DELIVERED
    }

    /** A batch whose submission begins. */
    static Batch begin(String id, String service, String server, String webhook) {
        return new Batch(id, service, server, Stage.SUBMITTING, 0, 0, null, Instant.now(), null, webhook, 0, 0, 0);
    }

    /** The same batch with one more part. */
    Batch withPart(long more) {
        return with(parts + 1, requests + more, resubmits);
    }

    /** The same batch without its last part, which the service does not have. */
    Batch withoutPart(long fewer) {
        return with(parts - 1, requests - fewer, resubmits);
    }

    /** The same batch with one more part, which repeats requests. */
    Batch withPartAgain() {
        return with(parts + 1, requests, resubmits + 1);
    }

    private Batch with(int ofParts, long ofRequests, int again) {
        return new Batch(
                id,
                service,
                server,
                stage,
                ofParts,
                ofRequests,
                fingerprint,
                created,
                submitted,
                webhook,
                succeeded,
                failed,
                again);
    }

    /** The same batch after its submission. */
    Batch submitted(String ofRequests) {
        return at(Stage.SUBMITTED, ofRequests, Instant.now(), succeeded, failed);
    }

    /** The same batch with more delivered results. */
    Batch with(long moreSucceeded, long moreFailed) {
        return at(stage, fingerprint, submitted, succeeded + moreSucceeded, failed + moreFailed);
    }

    /** The same batch after the delivery of all its results. */
    Batch delivered() {
        return at(Stage.DELIVERED, fingerprint, submitted, succeeded, failed);
    }

    private Batch at(Stage now, String ofRequests, Instant since, long withPictures, long without) {
        return new Batch(
                id,
                service,
                server,
                now,
                parts,
                requests,
                ofRequests,
                created,
                since,
                webhook,
                withPictures,
                without,
                resubmits);
    }

    /**
     * Whether an endpoint can see its jobs: it calls the same server and project, or the same server if the batch was
     * submitted without naming a project.
     *
     * @param ofEndpoint its service
     * @param server host and project that it calls
     */
    public boolean isWith(String ofEndpoint, String server) {
        boolean unnamed = this.server != null && server != null && server.startsWith(this.server + "/projects/");
        return service.equals(ofEndpoint) && (Objects.equals(this.server, server) || unnamed);
    }

    /** Whether all its results were delivered. */
    @JsonIgnore
    public boolean isDelivered() {
        return stage == Stage.DELIVERED;
    }
}
