package io.github.camelgemini.image.request;

import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.LocalStorageException;
import io.github.camelgemini.image.error.ReferenceImageException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.camel.Exchange;

/**
 * Reads the requests of a message one by one, whatever their number and size. Used by one thread, which may block.
 *
 * <p>The body is one request in any form that {@code generate} accepts, or many requests: an {@code Iterable}, an
 * {@code Iterator}, a Java stream, an array, a {@code Map} whose keys are not fields of a request, a JSON array, or
 * JSON Lines. Each item has any of these forms too, or is a list of texts and pictures, or an {@code Exchange} or
 * message with its own headers. A line may be {@code {"key": …, "request": …}}, as in Google's format. Headers and
 * picture attachments of the message apply to each request.
 *
 * <p>The key of a request comes from its header {@code CamelGeminiImageBatchKey}, its field {@code key}, or the {@code
 * Map}. Otherwise it is the number of the request, from 1. A request for several pictures becomes several requests,
 * with the keys {@code key/1}, {@code key/2}….
 *
 * <p>Keys are unique. If the body can be read twice, all keys in JSON, maps and messages are checked before the first
 * request is returned. A stream of bytes is copied to the spool for this. Bodies that cannot be read twice are an
 * {@code Iterator}, a Java stream, and an {@code Iterable} that is not a collection. Their keys are checked one by one.
 */
public final class BatchReader implements Iterator<KeyedRequest>, AutoCloseable {

    private final RequestReader reader;
    private final Exchange message;
    private final BatchKeys keys = new BatchKeys();
    private final Deque<KeyedRequest> pictures = new ArrayDeque<>();
    private BatchBody body;
    private BatchItems items;
    private BatchItemReader itemReader;
    private int position;

    /**
     * @param reader of messages with one request
     * @param exchange stays unchanged; a stream in its body is consumed
     */
    public BatchReader(RequestReader reader, Exchange exchange) {
        this.reader = reader;
        this.message = exchange;
    }

    /**
     * Refuses parameters that do not apply to batches.
     *
     * @throws InvalidRequestException names the parameter
     */
    public static void check(ImageRequest request) {
        if (request.get(Parameter.STREAM).orElse(false)) {
            throw withoutMeaning(Parameter.STREAM, "a batch is processed later", "generate");
        }
        for (Parameter<?> parameter : List.of(Parameter.CONVERSATION_ID, Parameter.CONVERSATION_ACTION)) {
            if (request.has(parameter)) {
                throw withoutMeaning(parameter, "each request of a batch is independent", "chat");
            }
        }
    }

    private static InvalidRequestException withoutMeaning(Parameter<?> parameter, String why, String operation) {
        return new InvalidRequestException(parameter + " cannot be used in a batch, because " + why
                + ". Remove it (option " + parameter + ", header " + parameter.headerName()
                + ", JSON field), or use gemini-image:" + operation);
    }

    /**
     * Whether there is another request.
     *
     * @throws InvalidRequestException when the body cannot be split into requests, or contains a key twice
     */
    @Override
    public boolean hasNext() {
        try {
            if (items == null) {
                open();
            }
            return !pictures.isEmpty() || items.hasNext();
        } catch (IOException e) {
            throw unreadable(e, position + 1);
        }
    }

    /**
     * Reads the next request. Copies made for it are discarded when the request is closed, and at the latest with this
     * reader.
     *
     * @throws InvalidRequestException or {@link ReferenceImageException}; the message begins with number and key of the
     *     request
     */
    @Override
    public KeyedRequest next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        if (pictures.isEmpty()) {
            position++;
            read();
        }
        KeyedRequest next = pictures.remove();
        try {
            keys.add(next.key(), position);
            return next;
        } catch (RuntimeException e) {
            next.close();
            throw e;
        }
    }

    private void open() throws IOException {
        body = new BatchBody(
                message, reader.values(), new BodyReader(reader.store(), InputLimits.NONE), reader.store());
        itemReader =
                new BatchItemReader(reader, reader.bodies().json(), reader.bodies(), reader.values(), body.exchange());
        if (body.isReadAgain()) {
            checkKeys(body.items());
        }
        items = body.items();
    }

    private void read() {
        Object item = null;
        BatchItemReader.Keyed read;
        try {
            item = items.next();
            read = itemReader.read(item);
            checkRead(read.request());
        } catch (IOException e) {
            throw unreadable(e, position);
        } catch (InvalidRequestException e) {
            throw new InvalidRequestException(name(item) + e.getMessage(), e);
        } catch (ReferenceImageException e) {
            throw new ReferenceImageException(name(item) + e.getMessage(), e);
        }
        try {
            String key = BatchKeys.check(read.key(), position);
            add(key == null ? String.valueOf(position) : key, read.request());
        } catch (RuntimeException e) {
            read.request().close();
            throw e;
        }
    }

    private static void checkRead(ImageRequest request) {
        try {
            check(request);
        } catch (InvalidRequestException e) {
            request.close();
            throw e;
        }
    }

    /** Each picture becomes a request of its own. Copies for all of them are discarded with the last. */
    private void add(String key, ImageRequest request) {
        int count = request.get(Parameter.NUM_IMAGES).orElse(1);
        for (int i = 0; i < count; i++) {
            ImageRequest.Builder one = request.ofPicture(i).toBuilder().set(Parameter.NUM_IMAGES, null);
            boolean last = i == count - 1;
            pictures.add(new KeyedRequest(keyOfPicture(key, i, count), last ? request.goingInto(one) : one.build()));
        }
    }

    private void checkKeys(BatchItems all) throws IOException {
        BatchKeys seen = new BatchKeys();
        ToldRequest.Teller teller = new ToldRequest.Teller(reader.template(), message);
        for (int number = 1; all.hasNext(); number++) {
            ToldRequest told = teller.of(all.next(), number);
            if (told != null) {
                String given = BatchKeys.check(told.key(), number);
                String key = given == null ? String.valueOf(number) : given;
                for (int i = 0; i < told.pictures(); i++) {
                    seen.add(keyOfPicture(key, i, told.pictures()), number);
                }
            }
        }
    }

    private static String keyOfPicture(String key, int index, int count) {
        return count == 1 ? key : key + "/" + (index + 1);
    }

    private String name(Object item) {
        Object key = itemReader.lastKey();
        return "request " + position + (item instanceof JsonItems.Item json ? ", line " + json.line() : "")
                + (key == null ? ": " : " (key '" + BatchKeys.quote(key) + "'): ");
    }

    private static GeminiImageException unreadable(IOException e, int position) {
        String where = e instanceof BrokenJsonException ? "the message body: " : "request " + position + ": ";
        return LocalStorageException.or(e, () -> new InvalidRequestException(where + e.getMessage(), e));
    }

    @Override
    public void close() {
        pictures.forEach(KeyedRequest::close);
        pictures.clear();
        if (body != null) {
            body.close();
        }
    }
}
