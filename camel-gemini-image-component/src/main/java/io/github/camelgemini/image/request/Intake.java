package io.github.camelgemini.image.request;

import com.fasterxml.jackson.databind.JsonMappingException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.payload.PayloadStore;
import io.github.camelgemini.image.payload.json.RequestJson;
import io.github.camelgemini.image.request.fetch.LateThread;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.apache.camel.StreamCache;

/** Reads the streams of messages, with {@link InputLimits}. */
final class Intake {

    private static final int BLOCK = 16 * 1024;

    private final PayloadStore store;
    private final InputLimits limits;

    Intake(PayloadStore store, InputLimits limits) {
        this.store = store;
        this.limits = limits;
    }

    /** A read operation. */
    interface Reading<T> {

        T read() throws IOException;
    }

    /**
     * Copies a stream, which stays open.
     *
     * @throws InvalidRequestException when it has too many bytes, or takes too long
     */
    Payload copy(InputStream in, String name, ImageRequest.Builder request) throws IOException {
        return inTime(in, name, request, () -> {
            byte[] block = new byte[BLOCK];
            try (PayloadStore.Writer writer = store.newWriter()) {
                for (int count = in.read(block); count >= 0; count = in.read(block)) {
                    take(count, name, request);
                    writer.write(block, 0, count);
                }
                return writer.finish();
            }
        });
    }

    /** Copies one of Camel's stream caches from its beginning, whatever its position. */
    Payload copy(StreamCache cache, String name, ImageRequest.Builder request) throws IOException {
        return written(cache::writeTo, name, request);
    }

    /**
     * Writes a map, a list or a JSON tree as JSON; see {@link RequestJson#write}.
     *
     * @throws InvalidRequestException when it has too many bytes, or its streams do not end in time
     */
    Payload json(Object tree, String name, ImageRequest.Builder request) throws IOException {
        AtomicReference<InputStream> current = new AtomicReference<>(InputStream.nullInputStream());
        UnaryOperator<InputStream> guard = in -> {
            current.set(in);
            return new FilterInputStream(in) {
                @Override
                public int read(byte[] bytes, int offset, int count) throws IOException {
                    take(0, name, request);
                    return super.read(bytes, offset, count);
                }

                @Override
                public void close() throws IOException {
                    current.compareAndSet(in, InputStream.nullInputStream());
                    super.close();
                }
            };
        };
        try {
            return inTime(
                    () -> current.get().close(),
                    name,
                    request,
                    () -> written(out -> RequestJson.write(tree, out, guard), name, request));
        } catch (JsonMappingException e) {
            // Jackson's own exception around the one that ended it.
            if (e.getCause() instanceof InvalidRequestException refused) {
                throw refused;
            }
            throw e;
        }
    }

    private interface Writing {

        void to(OutputStream out) throws IOException;
    }

    private Payload written(Writing writing, String name, ImageRequest.Builder request) throws IOException {
        try (PayloadStore.Writer writer = store.newWriter()) {
            writing.to(new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    write(new byte[] {(byte) b}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int offset, int count) throws IOException {
                    take(count, name, request);
                    writer.write(bytes, offset, count);
                }
            });
            return writer.finish();
        }
    }

    /** Refuses data that is too large to be read. */
    void check(long length, String name) {
        if (length > limits.bytes()) {
            throw tooLarge(name, length + " bytes");
        }
    }

    private void take(int count, String name, ImageRequest.Builder request) {
        if (request.bring(count) > limits.bytes()) {
            throw tooLarge(name, "more bytes");
        }
        if (left(request) <= 0) {
            throw tooSlow(name, null);
        }
    }

    /**
     * Reads on this thread. When the time is up, the stream is closed. The thread is also interrupted, for streams that
     * ignore closing.
     *
     * @throws InvalidRequestException when it takes too long
     */
    <T> T inTime(Closeable stream, String name, ImageRequest.Builder request, Reading<T> reading) throws IOException {
        Interruption late = new Interruption(stream);
        CompletableFuture<Void> limit =
                new CompletableFuture<Void>().completeOnTimeout(null, left(request), TimeUnit.NANOSECONDS);
        limit.thenRunAsync(late, LateThread::run);
        try {
            T read = reading.read();
            if (late.end()) {
                if (read instanceof Payload payload) {
                    payload.discard();
                }
                throw tooSlow(name, null);
            }
            return read;
        } catch (IOException e) {
            if (late.end()) {
                throw tooSlow(name, e);
            }
            throw e;
        } finally {
            late.end();
            limit.cancel(false);
        }
    }

    /** In nanoseconds. */
    private long left(ImageRequest.Builder request) {
        return limits.time().isZero()
                ? Long.MAX_VALUE
                : limits.time().toNanos() - (System.nanoTime() - request.begun());
    }

    private InvalidRequestException tooLarge(String name, String what) {
        return new InvalidRequestException(
                name + " is too large: the message has " + what + ", but the limit is maxInputBytes=" + limits.bytes());
    }

    private InvalidRequestException tooSlow(String name, IOException cause) {
        return new InvalidRequestException(
                name + " did not end within requestTimeout=" + limits.time().toMillis() + " ms", cause);
    }

    /** Ends the reading of a stream that gives no data. */
    private static final class Interruption implements Runnable {

        private final Closeable stream;
        private final Thread reader = Thread.currentThread();
        private boolean begun;
        private boolean ended;

        Interruption(Closeable stream) {
            this.stream = stream;
        }

        @Override
        public void run() {
            synchronized (this) {
                if (ended) {
                    return;
                }
                begun = true;
                reader.interrupt();
            }
            try {
                stream.close();
            } catch (IOException e) {
                // The stream is given up in any case.
            }
        }

        /** Called when reading has ended. Returns whether it was interrupted; later work of the thread is not. */
        synchronized boolean end() {
            if (begun && !ended) {
                Thread.interrupted();
            }
            ended = true;
            return begun;
        }
    }
}
