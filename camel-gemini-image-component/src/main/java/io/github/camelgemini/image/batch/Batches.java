package io.github.camelgemini.image.batch;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.github.camelgemini.image.model.Asked;
import io.github.camelgemini.image.model.ImageSize;
import io.github.camelgemini.image.model.ServiceTier;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/** The batches in a repository. Everyone can read a batch; only the owner of its {@link #hold} can change it. */
public final class Batches {

    /** Keys on a page: about 100 KB of text. */
    static final int KEYS_OF_PAGE = 1_000;

    /** Parts of a delivered batch in a row: about 80 KB. */
    private static final int PARTS_OF_PAGE = 200;

    private static final int MOST_VERSIONS = 1_000;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private final BatchRepository repository;

    /** The batches in this repository. */
    public Batches(BatchRepository repository) {
        this.repository = repository;
    }

    /** The ids of all batches. */
    public Set<String> ids() throws IOException {
        return repository.batches();
    }

    /** The data of a batch, or empty. */
    public Optional<Batch> find(String id) throws IOException {
        return read(id, Batch.class);
    }

    /**
     * @param number of the part, from 1
     */
    public Optional<BatchPart> part(String id, int number) throws IOException {
        return parts(id).part(number);
    }

    /** Reads the parts of a batch one after another. */
    Parts parts(String id) {
        return new Parts(id);
    }

    /** Reads parts. The parts of a delivered batch are read a page at a time. Used by one thread. */
    final class Parts {

        private final String id;
        private BatchPart[] page = {};

        private Parts(String id) {
            this.id = id;
        }

        /**
         * @param number from 1
         */
        Optional<BatchPart> part(int number) throws IOException {
            Optional<BatchPart> known = ofPage(number);
            if (known.isEmpty()) {
                known = read(rowOfPart(id, number), BatchPart.class);
            }
            if (known.isEmpty()) {
                page = read(rowOfParts(id, number), BatchPart[].class).orElse(new BatchPart[0]);
                known = ofPage(number);
            }
            return known;
        }

        private Optional<BatchPart> ofPage(int number) {
            return Arrays.stream(page).filter(part -> part.number() == number).findFirst();
        }
    }

    /** The known job ids of a batch. */
    Set<String> jobs(String id) throws IOException {
        Set<String> jobs = new HashSet<>();
        int parts = find(id).map(Batch::parts).orElse(0);
        Parts all = parts(id);
        for (int number = 1; number <= parts; number++) {
            all.part(number).map(BatchPart::jobId).ifPresent(jobs::add);
        }
        return jobs;
    }

    /** Reads the keys of a part in their order, a page at a time. */
    public void keys(String id, BatchPart part, Consumer<BatchKey> each) throws IOException {
        for (int page = 1; page <= part.pages(); page++) {
            String row = rowOfPage(id, part.number(), page);
            Optional<JsonNode> json = read(row, JsonNode.class);
            if (json.isEmpty()) {
                throw new IOException("The keys of batch " + row + " no longer exist in the batch repository");
            }
            List<Asked> asked = new ArrayList<>();
            json.get().path("asked").forEach(item -> asked.add(asked(item)));
            json.get()
                    .path("keys")
                    .forEach(key -> each.accept(new BatchKey(
                            key.path(0).asText(), asked.get(key.path(1).asInt()), key.get(2))));
        }
    }

    /** Stops the submission of a batch. The submitting process notices by itself, so this needs no hold. */
    void cancel(String id) throws IOException {
        repository.put(rowOfCancel(id), "{}", 0);
    }

    /** Whether the submission of a batch was stopped. */
    boolean isCancelled(String id) throws IOException {
        return repository.get(rowOfCancel(id)).isPresent();
    }

    /** Whether someone works on a batch now. */
    boolean isHeld(String id) throws IOException {
        Optional<BatchRepository.Hold> hold = repository.hold(id);
        hold.ifPresent(BatchRepository.Hold::close);
        return hold.isEmpty();
    }

    /** Reserves a batch, whether it exists or not; empty when another one has reserved it. */
    public Optional<Held> hold(String id) throws IOException {
        return repository.hold(id).map(hold -> new Held(id, hold));
    }

    private static String rowOfCancel(String id) {
        return id + "#cancel";
    }

    private static String rowOfPart(String id, int number) {
        return "%s#%04d".formatted(id, number);
    }

    private static String rowOfParts(String id, int number) {
        return "%s#parts.%04d".formatted(id, (number - 1) / PARTS_OF_PAGE);
    }

    private static String rowOfPage(String id, int part, int page) {
        return "%s#%04d.%04d".formatted(id, part, page);
    }

    private <T> Optional<T> read(String row, Class<T> type) throws IOException {
        Optional<BatchRepository.Entry> entry = repository.get(row);
        return entry.isEmpty()
                ? Optional.empty()
                : Optional.of(parse(row, entry.get().text(), type));
    }

    private static <T> T parse(String row, String text, Class<T> type) throws IOException {
        try {
            return JSON.readValue(text, type);
        } catch (JacksonException e) {
            throw new IOException("The stored batch " + row + " cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    /** A batch that is reserved for the caller. Used by one thread at a time. */
    public final class Held implements AutoCloseable {

        private final String id;
        private final BatchRepository.Hold hold;
        /** Versions of rows that were read. Missing ones are read again. */
        private final Map<String, Long> versions = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
                return size() > MOST_VERSIONS;
            }
        };
        /** Numbers of parts with repeated requests, once known. */
        private Set<String> askedAgain;

        private Held(String id, BatchRepository.Hold hold) {
            this.id = id;
            this.hold = hold;
        }

        /** The id of the batch. */
        public String id() {
            return id;
        }

        /** Whether the reservation is still valid. */
        public boolean lasts() {
            return hold.lasts();
        }

        /** Whether the submission was stopped. */
        boolean isCancelled() throws IOException {
            return Batches.this.isCancelled(id);
        }

        /** The stored data; empty when the batch does not exist yet. */
        public Optional<Batch> batch() throws IOException {
            return load(id, Batch.class);
        }

        /** Stores the data of the batch. */
        public void save(Batch batch) throws IOException {
            store(id, JSON.writeValueAsString(batch));
        }

        /**
         * @param number from 1
         */
        public Optional<BatchPart> part(int number) throws IOException {
            return load(rowOfPart(id, number), BatchPart.class);
        }

        /** Stores the data of a part. */
        public void save(BatchPart part) throws IOException {
            store(rowOfPart(id, part.number()), JSON.writeValueAsString(part));
            if (part.again() && askedAgain != null) {
                askedAgain.add(part.digest());
            }
        }

        /** Whether a part that repeats requests already exists, by the text stored in place of its digest. */
        boolean asksAgain(Batch batch, String digest) throws IOException {
            if (askedAgain == null) {
                Set<String> all = new HashSet<>();
                for (int number = 1; batch.resubmits() > 0 && number <= batch.parts(); number++) {
                    part(number).filter(BatchPart::again).map(BatchPart::digest).ifPresent(all::add);
                }
                askedAgain = all;
            }
            return askedAgain.contains(digest);
        }

        /**
         * Stores a delivered batch in less space. A queue has a part for each request, and a database is often asked
         * for all its row names.
         */
        void saveDelivered(Batch batch) throws IOException {
            if (batch.isDelivered()) {
                return;
            }
            save(batch.delivered());
            repository.delivered().filter(DeliveredInMemory.class::isInstance).ifPresent(keys -> ((DeliveredInMemory)
                            keys)
                    .forget(id));
            for (int first = 1; batch.parts() > 1 && first <= batch.parts(); first += PARTS_OF_PAGE) {
                List<BatchPart> page = new ArrayList<>();
                for (int number = first; number < first + PARTS_OF_PAGE && number <= batch.parts(); number++) {
                    part(number).ifPresent(page::add);
                }
                store(rowOfParts(id, first), JSON.writeValueAsString(page));
                for (BatchPart part : page) {
                    forget(rowOfPart(id, part.number()));
                }
            }
        }

        /** Deletes a part that no service has. */
        void forget(BatchPart part) throws IOException {
            forgetKeys(part);
            forget(rowOfPart(id, part.number()));
        }

        /** Stores a page of keys. */
        void saveKeys(int part, int page, List<BatchKey> keys) throws IOException {
            ObjectNode json = JSON.createObjectNode();
            ArrayNode askedOnce = json.putArray("asked");
            Map<Asked, Integer> places = new HashMap<>();
            ArrayNode all = json.putArray("keys");
            for (BatchKey key : keys) {
                int place = places.computeIfAbsent(key.asked(), asked -> {
                    askedOnce.add(write(asked));
                    return askedOnce.size() - 1;
                });
                ArrayNode row = all.addArray().add(key.key()).add(place);
                if (key.request() != null) {
                    row.add(key.request());
                }
            }
            store(rowOfPage(id, part, page), JSON.writeValueAsString(json));
        }

        /** The known job ids. */
        Set<String> jobs() throws IOException {
            return Batches.this.jobs(id);
        }

        /** Reads the keys of a part in their order, a page at a time. */
        public void keys(BatchPart part, Consumer<BatchKey> each) throws IOException {
            Batches.this.keys(id, part, each);
        }

        /** Deletes the keys of a part whose results were all delivered. */
        public void forgetKeys(BatchPart part) throws IOException {
            forgetKeys(part.number(), part.pages());
        }

        void forgetKeys(int part, int pages) throws IOException {
            for (int page = 1; page <= pages; page++) {
                forget(rowOfPage(id, part, page));
            }
        }

        /** Deletes the batch and everything that belongs to it. */
        public void forget() throws IOException {
            Optional<Batch> batch = batch();
            for (int number = 1; batch.isPresent() && number <= batch.get().parts(); number++) {
                Optional<BatchPart> part = part(number);
                if (part.isPresent()) {
                    forget(part.get());
                }
            }
            forget(id);
        }

        private <T> Optional<T> load(String row, Class<T> type) throws IOException {
            Optional<BatchRepository.Entry> entry = repository.get(row);
            versions.put(row, entry.map(BatchRepository.Entry::version).orElse(0L));
            return entry.isEmpty()
                    ? Optional.empty()
                    : Optional.of(parse(row, entry.get().text(), type));
        }

        private void store(String row, String text) throws IOException {
            Long known = versions.get(row);
            long version = known != null
                    ? known
                    : repository.get(row).map(BatchRepository.Entry::version).orElse(0L);
            OptionalLong stored = hold.lasts() ? repository.put(row, text, version) : OptionalLong.empty();
            if (stored.isEmpty()) {
                throw new IOException("Batch " + id + " is also processed by another process, which changed " + row);
            }
            versions.put(row, stored.getAsLong());
        }

        private void forget(String row) throws IOException {
            repository.remove(row);
            versions.remove(row);
        }

        @Override
        public void close() {
            hold.close();
        }
    }

    private static ObjectNode write(Asked asked) {
        ObjectNode json = JSON.createObjectNode().put("model", asked.model());
        if (asked.size() != null) {
            json.put("size", asked.size().wireName());
        }
        return json.put("references", asked.references())
                .put("tier", asked.tier().wireName());
    }

    private static Asked asked(JsonNode json) {
        return new Asked(
                json.path("model").asText(),
                json.has("size") ? ImageSize.parse(json.path("size").asText()) : null,
                json.path("references").asInt(),
                ServiceTier.parse(json.path("tier").asText()),
                true);
    }
}
