package io.github.camelgemini.emulator.api;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What is to be made of a request at a service that draws later, and how such a service says things. */
public final class Queueing {

    /** How often, and how late, an end is made known by a webhook. */
    public enum Webhook {
        /** Once, at the end. */
        USUAL,
        TWICE,
        /** Not at all. */
        LOST,
        /** And a call before it that the service has not made. */
        FORGED,
        /** And a call before it, signed an hour ago; where nothing is signed as usual. */
        OLD
    }

    /** How long it is in the queue; null for the usual time. */
    public Duration takes;
    /** It is in the queue forever. */
    public boolean neverEnds;
    /** Why it fails; null when it does not. */
    public String failure;
    /** A batch is given up at the end. */
    public boolean expires;
    /** Requests of a batch for which no result comes, from 1. */
    public final Set<Integer> missing = new TreeSet<>();
    /** Requests of a batch that fail, from 1. */
    public final Set<Integer> failing = new TreeSet<>();
    /** Results of a batch whose line is broken, from 1. */
    public final Set<Integer> broken = new TreeSet<>();
    /** Results of a batch that come twice, from 1. */
    public final Set<Integer> repeated = new TreeSet<>();
    /** Results of a batch come in another order than its requests. */
    public boolean shuffled;
    /** How long after its end a batch that has succeeded names no results. */
    public Duration resultsDelay = Duration.ZERO;

    /** See {@link Webhook}. */
    public Webhook webhook = Webhook.USUAL;
    /** How long after the end the webhook is called. */
    public Duration webhookDelay = Duration.ZERO;
    /** How long after the end its pictures are there; null for ever. */
    public Duration picturesLast;
    /** Its pictures, or the file of its results, are at another name of this machine than the one that the client calls. */
    public boolean otherHost;
    /** The answer to the submission comes when the picture is there. */
    public boolean blocking;

    /** The envelope of inference.sh's answers of old. */
    public boolean oldestEnvelope;
    /** The status numbers of inference.sh of old. */
    public boolean oldStatusNumbers;
    /** Statuses of inference.sh as names. */
    public boolean statusNames;
    /** The field of an object in which inference.sh gives a picture's address; null for the address alone. */
    public String pictureField;
    /** Whether inference.sh says what a picture was made of. */
    public boolean outputMeta = true;
    /** Whether inference.sh refuses more requests in a minute than its documents allow. */
    public boolean rateLimits;
    /** What the app of inference.sh lacks, as {@code type key message}; null for nothing. */
    public Requirement requirement;

    /** Where GMI's list of requests is; null for a bare list. */
    public String listField = "requests";
    /** Whether GMI can cancel. */
    public boolean cancels = true;
    /** The statuses of GMI that only its API reference and other clients know. */
    public boolean rareStatuses;
    /** GMI says why a request has failed within its outcome. */
    public boolean errorInOutcome;

    /** How long it is in a queue where this time is usual; nothing when it never ends. */
    public Optional<Duration> time(Duration usual) {
        return neverEnds ? Optional.empty() : Optional.of(takes == null ? usual : takes);
    }

    /** Where its pictures are, for a client that knows the service by this address. */
    public String pictureHost(String url) {
        if (!otherHost) {
            return url;
        }
        return url.contains("//localhost")
                ? url.replace("//localhost", "//127.0.0.1")
                : url.replaceFirst("//127[0-9.]+", "//localhost");
    }

    /** What has to be set up before an app of inference.sh can run. */
    public record Requirement(String type, String key, String message) {}
}
