package io.github.camelgemini.image.backend.inferencesh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.image.backend.KnownJobs;
import io.github.camelgemini.image.backend.OneResult;
import io.github.camelgemini.image.backend.PictureFetch;
import io.github.camelgemini.image.backend.ServiceMeans;
import io.github.camelgemini.image.backend.Steps;
import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.JobDraft;
import io.github.camelgemini.image.backend.batch.JobPage;
import io.github.camelgemini.image.backend.batch.JobResults;
import io.github.camelgemini.image.backend.batch.JobState;
import io.github.camelgemini.image.backend.http.UploadedReferences;
import io.github.camelgemini.image.error.BatchNotFoundException;
import io.github.camelgemini.image.error.ErrorContext;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.ModelNotFoundException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.error.RetryableError;
import io.github.camelgemini.image.model.Asked;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.request.ImageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The tasks of inference.sh: jobs with one request each. They have no names. If a submission was not answered, its task
 * is found by the input; a task that belongs to a known submission is not taken.
 */
final class InferenceshTasks implements ImageBatches {

    private static final int TASKS_OF_A_PAGE = 50;
    /** The largest number of pages in which a task is looked for. */
    private static final int MOST_PAGES = 40;
    /** The largest difference between the clock of the service and the local clock. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private final InferenceshApi api;
    private final ModelCatalog catalog;
    private final UploadedReferences references;
    private final PictureFetch fetch;
    private final KnownJobs known = new KnownJobs();

    InferenceshTasks(InferenceshApi api, ServiceMeans means) {
        this.api = api;
        this.catalog = means.catalog().at(InferenceshTraits.TRAITS.face());
        this.references = new UploadedReferences(api.calls(), new FilePlaces(api));
        // The route has chosen this server, so its pictures may also be in a private network.
        this.fetch =
                (uri, by) -> means.pictures().fetch(uri, api.calls().isOfServer(uri) ? PictureFetch.By.SERVER : by);
    }

    @Override
    public void check(ImageRequest request) {
        // The traits say what the service takes.
    }

    @Override
    public JobDraft draft() {
        return new TaskDraft(api, references, catalog, known);
    }

    @Override
    public CompletableFuture<Optional<Job>> find(Mark mark) {
        return Steps.then(
                listed(mark, "", 1, new KnownJobs.Listed(List.of(), List.of(), true)),
                listed -> known.take(listed, mark, InferenceshTraits.TRAITS.title()),
                job -> {});
    }

    private CompletableFuture<KnownJobs.Listed> listed(Mark mark, String cursor, int page, KnownJobs.Listed before) {
        return Steps.then(
                page(cursor, TASKS_OF_A_PAGE),
                found -> {
                    List<Job> same = new ArrayList<>(before.same());
                    List<String> unclear = new ArrayList<>(before.unclear());
                    Instant oldest = mark.since().minus(SKEW);
                    boolean older = false;
                    List<Task> tasks = tasks(found);
                    for (Task task : tasks) {
                        if (task.created() != null && task.created().isBefore(oldest)) {
                            older = true;
                        } else if (!task.input().isObject()) {
                            unclear.add(task.id());
                        } else if (isSame(task, mark)) {
                            same.add(task.job());
                        }
                    }
                    boolean more = !(older && isNewestFirst(tasks))
                            && found.path("has_next").asBoolean();
                    same.sort(Comparator.comparing(Job::created, Comparator.nullsLast(Comparator.reverseOrder())));
                    String next = next(found);
                    return more && next != null && page < MOST_PAGES
                            ? listed(mark, next, page + 1, new KnownJobs.Listed(same, unclear, true))
                            : CompletableFuture.completedFuture(new KnownJobs.Listed(same, unclear, !more));
                },
                listed -> {});
    }

    /** Whether all following tasks are older. This order is requested, but not documented, so it is checked. */
    private static boolean isNewestFirst(List<Task> tasks) {
        Instant before = Instant.MAX;
        for (Task task : tasks) {
            if (task.created() == null || task.created().isAfter(before)) {
                return false;
            }
            before = task.created();
        }
        return true;
    }

    /** An account also has tasks of other apps, some of which take the same input. */
    private static boolean isSame(Task task, Mark mark) {
        String app = task.app() == null ? TaskInput.appOf(mark.fingerprint()) : task.app();
        return !mark.others().contains(task.id())
                && TaskInput.fingerprint(app, task.input()).equals(mark.fingerprint());
    }

    @Override
    public CompletableFuture<Job> retrieve(String id) {
        return Steps.apply(task(id), Task::job);
    }

    private CompletableFuture<Task> task(String id) {
        CompletableFuture<JsonNode> got = api.get(Task.path(id), about(id));
        return Steps.apply(notFoundAsBatch(got, id), Task::new);
    }

    private ErrorContext about(String id) {
        return api.calls().context().about("for task " + id);
    }

    /** Status 404 means an unknown task here, not an unknown model. */
    private static <T> CompletableFuture<T> notFoundAsBatch(CompletableFuture<T> call, String id) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Steps.endWith(result, call);
        call.whenComplete((answer, failure) -> {
            Throwable cause = failure == null ? null : Steps.cause(failure);
            if (cause == null) {
                result.complete(answer);
            } else if (cause instanceof ModelNotFoundException unknown) {
                result.completeExceptionally(new BatchNotFoundException(
                        "inference.sh has no task '" + id + "'",
                        new ProviderError(
                                unknown.getHttpStatus(),
                                unknown.getProviderStatus(),
                                unknown.getProviderMessage(),
                                null)));
            } else {
                result.completeExceptionally(cause);
            }
        });
        return result;
    }

    @Override
    public CompletableFuture<JobPage> list(String cursor, int most) {
        return Steps.apply(
                page(cursor == null ? "" : cursor, Math.min(most, TASKS_OF_A_PAGE)),
                page -> new JobPage(tasks(page).stream().map(Task::job).toList(), next(page)));
    }

    private CompletableFuture<JsonNode> page(String cursor, int limit) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("cursor", cursor)
                .put("limit", limit)
                .put("direction", "next");
        json.putArray("filters");
        json.putArray("sort").addObject().put("field", "created_at").put("dir", "desc");
        return api.post("/tasks/list", json, api.calls().context().about("for the list of tasks"));
    }

    private static List<Task> tasks(JsonNode page) {
        JsonNode items = page.isArray() ? page : page.path("items");
        if (!items.isArray() && !items.isNull()) {
            // A task may be missing from a list in an unknown form although it exists and is billed.
            throw new MalformedResponseException(
                    "inference.sh lists its tasks in an unknown format", ProviderError.NONE, null);
        }
        List<Task> tasks = new ArrayList<>();
        items.forEach(item -> tasks.add(new Task(item)));
        return tasks;
    }

    private static String next(JsonNode page) {
        String cursor = page.path("next_cursor").asText("");
        return page.path("has_next").asBoolean() && !cursor.isEmpty() ? cursor : null;
    }

    @Override
    public CompletableFuture<Job> cancel(String id) {
        CompletableFuture<Job> result = new CompletableFuture<>();
        CompletableFuture<JsonNode> cancelled =
                notFoundAsBatch(api.post(Task.path(id) + "/cancel", null, about(id)), id);
        Steps.endWith(result, cancelled);
        cancelled.whenComplete((answer, failure) -> {
            Throwable cause = failure == null ? null : Steps.cause(failure);
            if (cause instanceof RetryableError || cause instanceof BatchNotFoundException) {
                result.completeExceptionally(cause);
                return;
            }
            // The answer for a task that has already ended is not documented.
            CompletableFuture<Job> retrieved = retrieve(id);
            Steps.endWith(result, retrieved);
            retrieved.whenComplete((job, unseen) -> {
                if (unseen != null) {
                    result.completeExceptionally(cause == null ? Steps.cause(unseen) : cause);
                } else if (cause == null || job.state().isDone()) {
                    result.complete(job);
                } else {
                    result.completeExceptionally(cause);
                }
            });
        });
        return result;
    }

    @Override
    public CompletableFuture<JobResults> results(String id, Function<String, Asked> asked) {
        return Steps.then(task(id), task -> CompletableFuture.completedFuture(results(task, asked)), JobResults::close);
    }

    private JobResults results(Task task, Function<String, Asked> asked) {
        if (task.state() == JobState.SUCCEEDED) {
            return new OneResult(new TaskPictures(task, asked.apply(null), catalog, fetch).results());
        }
        if (task.state() == JobState.FAILED) {
            Asked what = asked.apply(null);
            GeminiImageException failure = TaskFailure.of(
                    api.calls().redact(task.error()), task.id(), what == null ? task.app() : what.model());
            return OneResult.failed(failure);
        }
        return JobResults.NONE;
    }
}
