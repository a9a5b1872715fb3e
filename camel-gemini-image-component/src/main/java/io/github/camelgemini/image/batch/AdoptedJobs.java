package io.github.camelgemini.image.batch;

import io.github.camelgemini.image.backend.batch.Job;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stores jobs that were submitted elsewhere as batches with one part, whose keys are not known. */
public final class AdoptedJobs {

    private static final String PREFIX = "job-";
    private static final int LONGEST = 90 - PREFIX.length();
    private static final Pattern OTHERS = Pattern.compile("[^A-Za-z0-9._-]");
    private static final Pattern NAME_OF_PART = Pattern.compile("(.+)\\.\\d{4,}");

    private final Batches batches;
    private final String service;
    private final String server;

    /**
     * @param batches stores them
     * @param service of the jobs, as in the option {@code service}
     * @param server host that is called
     */
    public AdoptedJobs(Batches batches, String service, String server) {
        this.batches = batches;
        this.service = service;
        this.server = server;
    }

    /** The id under which a job is stored. */
    public static String idOf(String jobId) {
        String id = OTHERS.matcher(jobId).replaceAll("-");
        return PREFIX + id.substring(Math.max(0, id.length() - LONGEST));
    }

    /** Stores a job, unless it is already stored. */
    public void adopt(Job job) throws IOException {
        String id = idOf(job.id());
        if (batches.find(id).isPresent()) {
            return;
        }
        Optional<Batches.Held> hold = batches.hold(id);
        if (hold.isEmpty()) {
            return;
        }
        try (Batches.Held held = hold.get()) {
            if (held.batch().isPresent()) {
                return;
            }
            Instant created = Objects.requireNonNullElseGet(job.created(), Instant::now);
            held.part(1);
            held.save(new BatchPart(1, null, null, null, created, job.id(), null, job.requests(), 0, false, false));
            held.save(new Batch(
                    id,
                    service,
                    server,
                    Batch.Stage.SUBMITTED,
                    1,
                    job.requests(),
                    null,
                    created,
                    created,
                    null,
                    0,
                    0,
                    0));
        }
    }

    /**
     * Stores those jobs of a list that were not submitted here.
     *
     * @return whether there was a new one
     */
    public boolean adopt(List<Job> jobs) throws IOException {
        Ours ours = new Ours();
        boolean some = false;
        for (Job job : jobs) {
            if (!ours.has(job) && batches.find(idOf(job.id())).isEmpty()) {
                adopt(job);
                some = true;
            }
        }
        return some;
    }

    /** The jobs that were submitted here. Must be read after the list of jobs. */
    private final class Ours {

        private final Set<String> jobs = new HashSet<>();
        private boolean submitting;

        Ours() throws IOException {
            for (String id : batches.ids()) {
                Optional<Batch> batch = batches.find(id);
                Batches.Parts parts = batches.parts(id);
                for (int number = 1; batch.isPresent() && number <= batch.get().parts(); number++) {
                    parts.part(number).ifPresent(this::add);
                }
                submitting |= batch.isPresent() && batch.get().stage() == Batch.Stage.SUBMITTING;
            }
        }

        private void add(BatchPart part) {
            if (part.jobId() != null) {
                jobs.add(part.jobId());
            } else if (!part.delivered()) {
                // Such as one with repeated requests, whose batch was submitted earlier.
                submitting = true;
            }
        }

        boolean has(Job job) throws IOException {
            if (jobs.contains(job.id())) {
                return true;
            }
            if (job.name() == null) {
                // It may belong to a batch that is being submitted right now.
                return submitting;
            }
            Matcher name = NAME_OF_PART.matcher(job.name());
            return name.matches() && batches.find(name.group(1)).isPresent();
        }
    }
}
