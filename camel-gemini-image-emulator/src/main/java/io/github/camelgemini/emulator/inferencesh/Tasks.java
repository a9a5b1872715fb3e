package io.github.camelgemini.emulator.inferencesh;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.emulator.api.Drawings;
import io.github.camelgemini.emulator.api.Generation;
import io.github.camelgemini.emulator.api.Incoming;
import io.github.camelgemini.emulator.api.References;
import io.github.camelgemini.emulator.picture.Drawing;
import io.github.camelgemini.emulator.picture.ReferencePicture;
import io.github.camelgemini.emulator.queue.Ids;
import io.github.camelgemini.emulator.queue.Job;
import io.github.camelgemini.emulator.queue.Jobs;
import io.github.camelgemini.emulator.queue.Kept;
import io.github.camelgemini.emulator.queue.PicturesToCome;
import io.github.camelgemini.emulator.queue.Webhooks;
import io.github.camelgemini.emulator.time.EmulatorClock;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Creates tasks. Their pictures are made when they are fetched, so a task costs almost nothing. */
final class Tasks {

    private static final int ID_LENGTH = 26;

    private final Jobs jobs;
    private final EmulatorClock clock;
    private final Duration usualTime;
    private final PicturesToCome pictures;
    private final Webhooks webhooks;

    Tasks(Jobs jobs, EmulatorClock clock, Duration usualTime, PicturesToCome pictures) {
        this.jobs = jobs;
        this.clock = clock;
        this.usualTime = usualTime;
        this.pictures = pictures;
        this.webhooks = new Webhooks(clock, jobs);
    }

    /** Creates a task. Its reference pictures were fetched; if one is missing, the task fails. */
    Job submit(RunRequest request, Optional<References> references, Optional<String> missing, Incoming incoming) {
        Generation generation = incoming.generation();
        List<Drawing.Tile> tiles = Kept.tiles(references.map(References::tiles).orElse(List.of()));
        Drawings drawings = drawings(request, tiles, generation);
        int number = generation.parts ? request.numImages() * generation.pictures : 0;
        ObjectNode kept = (ObjectNode) Kept.json(request.json());
        kept.put("app", request.app().name()).put("app_id", request.app().id());
        Instant now = clock.instant();
        Instant start = request.runAt().filter(now::isBefore).orElse(now);
        Optional<Duration> takes = generation.queue.time(usualTime);
        List<String> paths = pictures.announce(drawings, number, generation, takes.map(start::plus));
        BigDecimal price = request.app().price(request.resolution(), number, request.searches());
        Job job = new Job(new Job.Order(
                Ids.next(ID_LENGTH),
                request.app().name(),
                request.prompt(),
                now,
                start,
                takes,
                kept,
                request.webhook(),
                drawings,
                paths,
                missing.or(() -> failure(generation, number)),
                price,
                generation,
                tiles.stream()
                        .map(Drawing.Tile::picture)
                        .filter(Objects::nonNull)
                        .toList()));
        jobs.add(job);
        webhooks.tell(
                job,
                () -> new TaskJson(job, clock.instant(), incoming.url(), incoming.generation()).webhook(),
                () -> new TaskJson(job, clock.instant(), incoming.url(), incoming.generation()).forgedWebhook());
        return job;
    }

    /** In the words of the app's source. */
    private static Optional<String> failure(Generation generation, int pictures) {
        if (generation.queue.failure != null) {
            return Optional.of(generation.queue.failure);
        }
        if (pictures > 0) {
            return Optional.empty();
        }
        String nothing = "Image generation/editing failed: No images were generated. ";
        if (generation.blockReason != null) {
            return Optional.of(nothing + "block_reason=" + generation.blockReason);
        }
        return Optional.of(nothing + "finish_reason=" + generation.finishReason
                + (generation.finishMessage == null ? "" : " " + generation.finishMessage));
    }

    private static Drawings drawings(RunRequest request, List<Drawing.Tile> tiles, Generation generation) {
        Optional<String> ratio = request.aspectRatio().or(() -> tiles.stream()
                .findFirst()
                .map(Drawing.Tile::picture)
                .flatMap(ReferencePicture::pixels)
                .map(request.app().model()::nearestRatio));
        Drawings.Wish wish = new Drawings.Wish(
                request.prompt(), ratio, Optional.of(request.resolution()), Optional.of(request.mimeType()), tiles);
        return new Drawings(wish, request.app().model(), generation);
    }
}
