package io.github.camelgemini.emulator.api;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** How a service with a queue processes a request, and the variants of its format. */
public final class Queueing {

    /** When the webhook is called. */
    public enum Webhook {
        /** Once, at the end. */
        USUAL,
        /** Twice, at the end. */
        TWICE,
        /** Never. */
        LOST,
        /** Also before the end, by a forger. */
        FORGED,
        /** Also before the end, with a signature of an hour ago. The same as {@link #USUAL} without signatures. */
        OLD
    }

    /** The time in the queue; null for the default. */
    public Duration takes;
    /** Whether it stays in the queue forever. */
    public boolean neverEnds;
    /** Why it fails; null when it does not. */
    public String failure;
    /** Whether a batch expires. */
    public boolean expires;
    /** Requests of a batch without a result, from 1. */
    public final Set<Integer> missing = new TreeSet<>();
    /** Requests of a batch that fail, from 1. */
    public final Set<Integer> failing = new TreeSet<>();
    /** Results of a batch with an invalid line, from 1. */
    public final Set<Integer> broken = new TreeSet<>();
    /** Results of a batch that come twice, from 1. */
    public final Set<Integer> repeated = new TreeSet<>();
    /** Whether the results of a batch come in another order than its requests. */
    public boolean shuffled;
    /** How long after its end a successful batch names its results. */
    public Duration resultsDelay = Duration.ZERO;

    /** When the webhook is called. */
    public Webhook webhook = Webhook.USUAL;
    /** How long after the end the webhook is called. */
    public Duration webhookDelay = Duration.ZERO;
    /** How long after the end its pictures exist; null for ever. */
    public Duration picturesLast;
    /** Whether its pictures, or its results file, are on another host name than the one that the client calls. */
    public boolean otherHost;
    /** Whether the submission is answered only when the picture is ready. */
    public boolean blocking;

    /** Whether inference.sh uses its old envelope. */
    public boolean oldestEnvelope;
    /** Whether inference.sh uses its old status numbers. */
    public boolean oldStatusNumbers;
    /** Whether inference.sh writes statuses as names. */
    public boolean statusNames;
    /** The field in which inference.sh gives a picture's URL; null for the URL alone. */
    public String pictureField;
    /** Whether inference.sh gives {@code output_meta}. */
    public boolean outputMeta = true;
    /** Whether inference.sh applies its documented rate limits. */
    public boolean rateLimits;
    /** What the account lacks for the app of inference.sh; null for nothing. */
    public Requirement requirement;

    /** The field with GMI's list of requests; null for a bare list. */
    public String listField = "requests";
    /** Whether GMI supports cancelling. */
    public boolean cancels = true;
    /** Whether GMI uses the statuses that only its API reference and other clients know. */
    public boolean rareStatuses;
    /** Whether GMI puts the error of a failed request into its outcome. */
    public boolean errorInOutcome;

    /** The time in the queue, with this default; empty when it never ends. */
    public Optional<Duration> time(Duration usual) {
        return neverEnds ? Optional.empty() : Optional.of(takes == null ? usual : takes);
    }

    /** The server of its pictures, for a client that calls the service at this URL. */
    public String pictureHost(String url) {
        if (!otherHost) {
            return url;
        }
        return url.contains("//localhost")
                ? url.replace("//localhost", "//127.0.0.1")
                : url.replaceFirst("//127[0-9.]+", "//localhost");
    }

    /** Something that must be set up before an app of inference.sh can run. */
    public record Requirement(String type, String key, String message) {}
}
