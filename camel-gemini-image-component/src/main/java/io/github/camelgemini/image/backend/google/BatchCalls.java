package io.github.camelgemini.image.backend.google;

import io.github.camelgemini.image.backend.PictureFetch;
import io.github.camelgemini.image.backend.ServiceMeans;
import io.github.camelgemini.image.error.ErrorContext;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.model.ModelSpec;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.ReferenceImage;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.RequestBody;

/** What calls for batches have in common. */
final class BatchCalls {

    private final StreamingClient client;
    private final ApiCalls api;
    private final InlineLimits limits;
    /** Null if uploads are off. */
    private final ReferenceUploads uploads;

    private final ServiceMeans means;
    private final ModelCatalog catalog;
    private final PictureFetch fetch;

    BatchCalls(
            StreamingClient client,
            ApiCalls api,
            InlineLimits limits,
            ReferenceUploads uploads,
            ServiceMeans means,
            ModelCatalog catalog,
            PictureFetch fetch) {
        this.client = client;
        this.api = api;
        this.limits = limits;
        this.uploads = uploads;
        this.means = means;
        this.catalog = catalog;
        this.fetch = fetch;
    }

    /** The body that {@code generate} would send, with large pictures uploaded. Blocks. */
    RequestBody body(ImageRequest request) {
        Set<ReferenceImage.Inline> large = limits.toUploadForBatch(request);
        ImageRequest sent = large.isEmpty()
                ? request
                : uploads.uploadForBatch(request, large).join();
        limits.check(sent);
        return client.body(sent);
    }

    /** The name of the model at the API. */
    String model(ImageRequest request) {
        return catalog.find(request.model()).map(ModelSpec::nameAtService).orElse(request.model());
    }

    /** The server that gives the results. */
    ApiCalls api() {
        return api;
    }

    /** The service, for messages. */
    ErrorContext context() {
        return api.context();
    }

    ModelCatalog catalog() {
        return catalog;
    }

    PictureFetch fetch() {
        return fetch;
    }

    ServiceMeans means() {
        return means;
    }

    /** Runs calls on a thread of its own. Cancelling the future ends the current one. */
    <T> CompletableFuture<T> onWorker(Work<T> work, Consumer<T> discard) {

        Tracked tracked = new Tracked();
        CompletableFuture<T> result = new CompletableFuture<>();
        result.whenComplete((done, failure) -> {
            if (result.isCancelled()) {
                tracked.cancel();
            }
        });
        try {
            means.workers().execute(() -> {
                try {
                    T answer = work.run(tracked);
                    if (!result.complete(answer)) {
                        discard.accept(answer);
                    }
                } catch (Throwable e) {
                    result.completeExceptionally(e);
                }
            });
        } catch (RuntimeException e) {
            // No thread is available.
            result.completeExceptionally(e);
        }
        return result;
    }

    /** A sequence of calls. */
    interface Work<T> {
        T run(Consumer<Call> track) throws IOException;
    }

    private static final class Tracked implements Consumer<Call> {

        private Call call;
        private boolean cancelled;

        @Override
        public synchronized void accept(Call next) {
            call = next;
            if (cancelled) {
                next.cancel();
            }
        }

        synchronized void cancel() {
            cancelled = true;
            if (call != null) {
                call.cancel();
            }
        }
    }
}
