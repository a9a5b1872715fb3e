package io.github.camelgemini.image.backend.google;

import io.github.camelgemini.image.backend.Ends;
import io.github.camelgemini.image.backend.batch.JobResult;
import io.github.camelgemini.image.backend.batch.JobResults;
import io.github.camelgemini.image.model.Asked;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import okhttp3.Call;

/** What a batch job of Vertex AI has drawn: one file or several, one after another. */
final class VertexResults implements JobResults {

    private final Iterator<String> files;
    private final CloudStorage storage;
    private final Function<String, Asked> asked;
    private final BatchCalls calls;
    private final Ends ends = new Ends();
    private GoogleResults current;

    VertexResults(List<String> files, CloudStorage storage, Function<String, Asked> asked, BatchCalls calls) {
        this.files = files.iterator();
        this.storage = storage;
        this.asked = asked;
        this.calls = calls;
    }

    @Override
    public JobResult next() throws IOException {
        while (true) {
            JobResult next = current == null ? null : current.next();
            if (next != null || !files.hasNext()) {
                return next;
            }
            if (ends.came()) {
                throw new IOException("The results were closed");
            }
            if (current != null) {
                current.close();
                ends.forget();
            }
            current = GoogleResults.ofFile(storage.open(files.next(), this::track), asked, calls, -1);
            ends.add(current::close);
        }
    }

    private void track(Call call) {
        ends.add(call::cancel);
    }

    @Override
    public void close() {
        ends.run();
    }
}
