package io.github.camelgemini.image.batch;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Objects;

/**
 * What is remembered of a batch.
 *
 * @param id that it was given, or that was made for it
 * @param service whose it is, as in the option {@code service}
 * @param server host that was called, and project at it; only endpoints that call the same one bring its results
 * @param stage how far it is
 * @param parts jobs that it is made of, so far
 * @param requests that it has, so far
 * @param fingerprint of all its requests; null as long as it is being submitted
 * @param created when its submission began
 * @param submitted when its submission ended, or null
 * @param webhook public address that the service calls, or null
 * @param succeeded results with pictures that were delivered
 * @param failed results without, likewise
 * @param resubmits how many of its parts ask for requests again that were not drawn
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

    /** How far a batch is. */
    public enum Stage {
        /** Its requests are being sent. */
        SUBMITTING,
        /** All its requests are with the service. */
        SUBMITTED,
        /** All its results have been delivered. */
        DELIVERED
    }

    /** One whose submission begins. */
    static Batch begin(String id, String service, String server, String webhook) {
        return new Batch(id, service, server, Stage.SUBMITTING, 0, 0, null, Instant.now(), null, webhook, 0, 0, 0);
    }

    /** The same with one part more. */
    Batch withPart(long more) {
        return with(parts + 1, requests + more, resubmits);
    }

    /** The same without its last part, which no service has. */
    Batch withoutPart(long fewer) {
        return with(parts - 1, requests - fewer, resubmits);
    }

    /** The same with one part more, which asks for requests again. */
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

    /** The same, as one all of which is with the service. */
    Batch submitted(String ofRequests) {
        return at(Stage.SUBMITTED, ofRequests, Instant.now(), succeeded, failed);
    }

    /** The same with results that were delivered. */
    Batch with(long moreSucceeded, long moreFailed) {
        return at(stage, fingerprint, submitted, succeeded + moreSucceeded, failed + moreFailed);
    }

    /** The same, as one all of whose results have been delivered. */
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
     * Whether its jobs are known where an endpoint calls: at the same server and project, or at the same server when it was
     * submitted without naming a project.
     *
     * @param ofEndpoint its service
     * @param server host that it calls, and project at it
     */
    public boolean isWith(String ofEndpoint, String server) {
        boolean unnamed = this.server != null && server != null && server.startsWith(this.server + "/projects/");
        return service.equals(ofEndpoint) && (Objects.equals(this.server, server) || unnamed);
    }

    @JsonIgnore
    public boolean isDelivered() {
        return stage == Stage.DELIVERED;
    }
}
