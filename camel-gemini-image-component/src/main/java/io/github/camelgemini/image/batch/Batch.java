package io.github.camelgemini.image.batch;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * What is remembered of a batch.
 *
 * @param id that it was given, or that was made for it
 * @param service whose it is, as in the option {@code service}
 * @param server host that was called; only endpoints that call the same one bring its results
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
        return new Batch(
                id,
                service,
                server,
                stage,
                parts + 1,
                requests + more,
                fingerprint,
                created,
                submitted,
                webhook,
                succeeded,
                failed,
                resubmits);
    }

    /** The same without its last part, which no service has. */
    Batch withoutPart(long fewer) {
        return new Batch(
                id,
                service,
                server,
                stage,
                parts - 1,
                requests - fewer,
                fingerprint,
                created,
                submitted,
                webhook,
                succeeded,
                failed,
                resubmits);
    }

    /** The same, as one all of which is with the service. */
    Batch submitted(String ofRequests) {
        return new Batch(
                id,
                service,
                server,
                Stage.SUBMITTED,
                parts,
                requests,
                ofRequests,
                created,
                Instant.now(),
                webhook,
                succeeded,
                failed,
                resubmits);
    }

    /** The same with one part more, which asks for requests again. */
    Batch withPartAgain() {
        return new Batch(
                id,
                service,
                server,
                stage,
                parts + 1,
                requests,
                fingerprint,
                created,
                submitted,
                webhook,
                succeeded,
                failed,
                resubmits + 1);
    }

    /** The same with results that were delivered. */
    Batch with(long moreSucceeded, long moreFailed) {
        return new Batch(
                id,
                service,
                server,
                stage,
                parts,
                requests,
                fingerprint,
                created,
                submitted,
                webhook,
                succeeded + moreSucceeded,
                failed + moreFailed,
                resubmits);
    }

    /** The same, as one all of whose results have been delivered. */
    Batch delivered() {
        return new Batch(
                id,
                service,
                server,
                Stage.DELIVERED,
                parts,
                requests,
                fingerprint,
                created,
                submitted,
                webhook,
                succeeded,
                failed,
                resubmits);
    }

    @JsonIgnore
    public boolean isDelivered() {
        return stage == Stage.DELIVERED;
    }
}
