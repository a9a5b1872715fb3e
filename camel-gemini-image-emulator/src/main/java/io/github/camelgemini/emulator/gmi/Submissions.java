package io.github.camelgemini.emulator.gmi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import io.github.camelgemini.emulator.api.Drawings;
import io.github.camelgemini.emulator.api.EndedModels;
import io.github.camelgemini.emulator.api.Generation;
import io.github.camelgemini.emulator.api.HostedPictures;
import io.github.camelgemini.emulator.api.Incoming;
import io.github.camelgemini.emulator.api.ReferenceFetch;
import io.github.camelgemini.emulator.api.References;
import io.github.camelgemini.emulator.picture.Drawing;
import io.github.camelgemini.emulator.picture.ReferencePicture;
import io.github.camelgemini.emulator.queue.Job;
import io.github.camelgemini.emulator.queue.Jobs;
import io.github.camelgemini.emulator.queue.Kept;
import io.github.camelgemini.emulator.queue.PicturesToCome;
import io.github.camelgemini.emulator.time.EmulatorClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Accepts requests into the queue, while the balance is sufficient. */
record Submissions(
        Jobs jobs,
        Optional<BigDecimal> balance,
        EmulatorClock clock,
        Duration queueTime,
        EndedModels ended,
        PicturesToCome pictures,
        HostedPictures hosted,
        ReferenceFetch fetch) {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Google's prices, which GMI uses for Gemini 3 Pro; GMI's own for this model are not published. */
    private static final Map<String, BigDecimal> PRICES = Map.of(
            "512", new BigDecimal("0.045"),
            "1K", new BigDecimal("0.067"),
            "2K", new BigDecimal("0.101"),
            "4K", new BigDecimal("0.151"));

    /** The outcome of a submission: a job, or an error. */
    record Taken(Job job, GmiError refusal) {}

    /** Accepts a request. If a reference picture is missing, the request fails at its end. */
    CompletableFuture<Taken> take(GmiRequest request, Incoming incoming) {
        return References.of(request.references(), fetch, incoming.url()).handle((references, failure) -> {
            Optional<References> had = Optional.ofNullable(references);
            try {
                return take(request, had, failure != null, incoming);
            } finally {
                had.ifPresent(References::close);
            }
        });
    }

    private Taken take(GmiRequest request, Optional<References> references, boolean missing, Incoming incoming) {
        Generation generation = incoming.generation();
        int number = generation.parts ? generation.pictures : 0;
        BigDecimal price = PRICES.get(request.size()).multiply(BigDecimal.valueOf(number));
        synchronized (jobs) {
            if (balance.filter(all -> all.subtract(held()).compareTo(price) < 0).isPresent()) {
                return new Taken(null, GmiError.outOfCredits());
            }
            if (!ended.call(request.model().id())) {
                return new Taken(null, GmiError.modelNotFound(request.model().id()));
            }
            Job job = new Job(order(request, references, missing, number, price, incoming));
            jobs.add(job);
            return new Taken(job, null);
        }
    }

    private BigDecimal held() {
        Instant now = clock.instant();
        return jobs.all().stream().map(job -> job.held(now)).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private Job.Order order(
            GmiRequest request,
            Optional<References> references,
            boolean missing,
            int number,
            BigDecimal price,
            Incoming incoming) {
        Generation generation = incoming.generation();
        List<Drawing.Tile> tiles = Kept.tiles(references.map(References::tiles).orElse(List.of()));
        List<ReferencePicture> kept = new ArrayList<>(tiles.stream()
                .map(Drawing.Tile::picture)
                .filter(Objects::nonNull)
                .toList());
        Drawings drawings = new Drawings(request.wish(tiles), request.model(), generation);
        Instant now = clock.instant();
        Optional<Duration> takes = generation.queue.time(queueTime);
        return new Job.Order(
                UUID.randomUUID().toString(),
                request.model().id(),
                request.prompt(),
                now,
                now,
                takes,
                byAddress(request.payload(), incoming.url(), kept),
                "",
                drawings,
                pictures.announce(drawings, number, generation, takes.map(now::plus)),
                missing ? Optional.of("failed to download input image") : failure(generation, number),
                price,
                generation,
                kept);
    }

    private static Optional<String> failure(Generation generation, int pictures) {
        if (generation.queue.failure != null) {
            return Optional.of(generation.queue.failure);
        }
        return pictures > 0
                ? Optional.empty()
                : Optional.of("No image was generated: " + generation.finishReason
                        + (generation.finishMessage == null ? "" : " " + generation.finishMessage));
    }

    /**
     * The payload with a URL in place of each picture, so that it can be sent again as the history of the next turn.
     */
    private JsonNode byAddress(JsonNode node, String url, List<ReferencePicture> kept) {
        if (node instanceof POJONode pojo) {
            return NODES.textNode(address((ReferencePicture) pojo.getPojo(), "", url, kept));
        }
        if (node.isArray()) {
            ArrayNode copy = NODES.arrayNode();
            node.forEach(element -> copy.add(byAddress(element, url, kept)));
            return copy;
        }
        if (!node.isObject()) {
            return node;
        }
        ObjectNode copy = NODES.objectNode();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (field.getValue().path("data") instanceof POJONode data) {
                String mimeType = field.getValue().path("mimeType").asText();
                copy.putObject("fileData")
                        .put("mimeType", mimeType)
                        .put("fileUri", address((ReferencePicture) data.getPojo(), mimeType, url, kept));
            } else {
                copy.set(field.getKey(), byAddress(field.getValue(), url, kept));
            }
        }
        return copy;
    }

    private String address(ReferencePicture picture, String mimeType, String url, List<ReferencePicture> kept) {
        try {
            ReferencePicture copy = picture.copy();
            kept.add(copy);
            return url + hosted.keep(mimeType.isEmpty() ? copy.mimeType() : mimeType, copy::body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
