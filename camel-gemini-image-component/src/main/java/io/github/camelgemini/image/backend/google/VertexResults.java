package io.github.camelgemini.image.backend.google;

import io.github.camelgemini.image.backend.Ends;
import io.github.camelgemini.image.backend.batch.JobResult;
import io.github.camelgemini.image.backend.batch.JobResults;
import io.github.camelgemini.image.model.Asked;
import java.io.EOFException;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import okhttp3.Call;

/** The results of a batch job of Vertex AI, from one or more files. */
final class VertexResults implements JobResults {

    private final Iterator<String> files;
    private final CloudStorage storage;
    private final Function<String, Asked> asked;
    private final BatchCalls calls;
    private final Ends ends = new Ends();
    private final long expected;
    private GoogleResults current;
    private long came;
    private boolean framed = true;

    /**
     * @param expected how many results there should be; -1 if not known
     */
    VertexResults(
            List<String> files, long expected, CloudStorage storage, Function<String, Asked> asked, BatchCalls calls) {
        this.files = files.iterator();
        this.expected = expected;
        this.storage = storage;
        this.asked = asked;
        this.calls = calls;
    }

    @Override
    public JobResult next() throws IOException {
        while (true) {
            JobResult next = current == null ? null : current.next();
            if (next != null) {
                came++;
                return next;
            }
            if (!files.hasNext()) {
                if (came < expected && !framed) {
                    // A connection may also have broken between two lines.
                    throw new EOFException("The results end after " + came + " of " + expected);
                }
                return null;
            }
            if (ends.came()) {
                throw new IOException("The results were closed");
            }
            if (current != null) {
                current.close();
                ends.forget();
            }
            current = GoogleResults.ofFile(storage.open(files.next(), this::track), asked, calls, -1);
            framed &= current.isFramed();
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
