package io.github.camelgemini.image.produce;

import io.github.camelgemini.image.backend.Steps;
import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.JobPage;
import io.github.camelgemini.image.batch.BatchStates;
import io.github.camelgemini.image.batch.Batches;
import io.github.camelgemini.image.request.BatchHeaders;
import io.github.camelgemini.image.secret.OutsideText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * {@code gemini-image:batchRetrieve}, {@code batchCancel} and {@code batchList}. The first two keep the body of the
 * message, and set state and counts as headers. The list is a {@code List} of maps with JSON values.
 */
public class BatchStateProducer extends BatchesProducer {

    private static final int JOBS_OF_A_PAGE = 100;
    /** The name of a job that was submitted here: its batch, and the number of the part. */
    private static final Pattern NAME_OF_PART = Pattern.compile("(.+)\\.\\d{4,}");

    /** The operation of this producer. */
    public enum Question {
        RETRIEVE,
        CANCEL,
        LIST
    }

    private final Question question;

    public BatchStateProducer(Endpoint endpoint, ProducerMeans means, Question question) {
        super(endpoint, means);
        this.question = question;
    }

    @Override
    void answer(Exchange exchange, ImageBatches service, BatchMeans means) throws Exception {
        BatchStates states = new BatchStates(means.batches(), service);
        Message message = exchange.getMessage();
        switch (question) {
            case RETRIEVE -> write(states.retrieve(id(exchange, means)), message);
            case CANCEL -> write(states.cancel(id(exchange, means)), message);
            default -> list(service, means.batches(), message);
        }
    }

    private static void list(ImageBatches service, Batches batches, Message message) throws Exception {
        String cursor = message.getHeader(BatchHeaders.BATCH_CURSOR, String.class);
        JobPage page;
        try {
            page = service.list(cursor, JOBS_OF_A_PAGE).join();
        } catch (CompletionException e) {
            throw Steps.cause(e) instanceof RuntimeException known ? known : e;
        }
        List<Map<String, Object>> all = new ArrayList<>();
        for (Job job : page.jobs()) {
            all.add(describe(job, batches));
        }
        message.setBody(all);
        message.removeHeader(BatchHeaders.BATCH_CURSOR);
        if (page.next() != null) {
            message.setHeader(BatchHeaders.BATCH_CURSOR, OutsideText.address(page.next()));
        }
    }

    private static Map<String, Object> describe(Job job, Batches batches) throws Exception {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("jobId", job.id());
        Matcher name = NAME_OF_PART.matcher(String.valueOf(job.name()));
        if (name.matches() && batches.find(name.group(1)).isPresent()) {
            facts.put("batchId", name.group(1));
        }
        put(facts, "name", OutsideText.word(job.name()));
        facts.put("state", job.state().name());
        count(facts, "requests", job.requests());
        count(facts, "succeeded", job.succeeded());
        count(facts, "failed", job.failed());
        count(facts, "percent", job.percent());
        put(facts, "created", job.created());
        put(facts, "ended", job.ended());
        put(facts, "failure", job.failure());
        return facts;
    }

    private static void put(Map<String, Object> facts, String name, Object value) {
        if (value != null) {
            facts.put(name, value.toString());
        }
    }

    private static void count(Map<String, Object> facts, String name, long value) {
        if (value >= 0) {
            facts.put(name, value);
        }
    }
}
