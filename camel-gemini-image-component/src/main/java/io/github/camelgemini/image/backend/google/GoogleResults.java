package io.github.camelgemini.image.backend.google;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgemini.image.backend.Ends;
import io.github.camelgemini.image.backend.batch.JobResult;
import io.github.camelgemini.image.backend.batch.JobResults;
import io.github.camelgemini.image.backend.gemini.Answered;
import io.github.camelgemini.image.error.ErrorContext;
import io.github.camelgemini.image.error.ErrorResponse;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.model.Asked;
import io.github.camelgemini.image.model.ServiceTier;
import io.github.camelgemini.image.payload.json.AnswerLimits;
import io.github.camelgemini.image.payload.json.JsonValues;
import io.github.camelgemini.image.payload.json.MalformedAnswerException;
import io.github.camelgemini.image.payload.json.ResponseJson;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The results of a batch, read one by one: from a file of JSON Lines, or from the operation. */
final class GoogleResults implements JobResults {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern KEY = Pattern.compile("\"key\"\\s*:\\s*(\"(?:[^\"\\\\]|\\\\.)*\")");
    private static final byte[] INLINE = "\"inlinedResponses\"".getBytes(StandardCharsets.US_ASCII);

    private final ApiCalls.Download download;
    private final JsonValues values;
    private final Function<String, Asked> asked;
    private final BatchCalls calls;
    private final Ends ends = new Ends();
    /** -1 if not known. */
    private final long expected;

    private long came;

    private GoogleResults(
            ApiCalls.Download download,
            JsonValues values,
            Function<String, Asked> asked,
            BatchCalls calls,
            long expected) {
        this.expected = expected;
        this.download = download;
        this.values = values;
        this.asked = asked;
        this.calls = calls;
    }

    /**
     * Results in a file.
     *
     * @param download JSON Lines, closed with the results
     * @param expected how many results there should be; -1 if not known
     */
    static GoogleResults ofFile(
            ApiCalls.Download download, Function<String, Asked> asked, BatchCalls calls, long expected) {
        InputStream in = download.response().body().byteStream();
        return new GoogleResults(download, JsonValues.ofLines(in), asked, calls, expected);
    }

    /**
     * @param download the operation, closed with the results
     */
    static GoogleResults inline(ApiCalls.Download download, Function<String, Asked> asked, BatchCalls calls) {
        InputStream in = download.response().body().byteStream();
        try {
            // An object that contains the array under the same name.
            goBehind(in);
            goBehind(in);
        } catch (IOException e) {
            download.close();
            throw calls.api().failure(e, calls.context().about("for the results of a batch"));
        }
        return new GoogleResults(download, JsonValues.ofArray(in), asked, calls, -1);
    }

    /** The request data by key. Unknown keys are priced by the model of the job. */
    static Function<String, Asked> known(Function<String, Asked> asked, String model) {
        return key -> {
            Asked remembered = key == null ? null : asked.apply(key);
            return remembered == null ? new Asked(model, null, 0, ServiceTier.STANDARD, true) : remembered.inBatch();
        };
    }

    /** The field's name cannot occur earlier in the text, because names contain no quotation marks. */
    private static void goBehind(InputStream in) throws IOException {
        int matched = 0;
        while (matched < INLINE.length) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("The batch has no results");
            }
            matched = next == INLINE[matched] ? matched + 1 : next == INLINE[0] ? 1 : 0;
        }
    }

    @Override
    public JobResult next() throws IOException {
        try {
            return read();
        } catch (IOException e) {
            throw new IOException(
                    "Reading the results of a batch failed before they were complete: "
                            + e.getClass().getSimpleName() + ": " + e.getMessage(),
                    e);
        }
    }

    private JobResult read() throws IOException {
        if (!values.next()) {
            if (came < expected && !download.isFramed()) {
                // The connection may also have broken between two lines.
                throw new EOFException("The results end after " + came + " of " + expected);
            }
            return null;
        }
        came++;
        JsonNode json;
        try {
            json = ResponseJson.read(values, calls.means().store(), AnswerLimits.DEFAULT);
        } catch (MalformedAnswerException e) {
            values.passOver();
            if (!values.isWhole() && !download.isFramed()) {
                throw new EOFException("The results end in the middle of a result: " + e.getMessage());
            }
            if (came == 1 && !values.beginning().stripLeading().startsWith("{")) {
                // Such an answer comes from a proxy, so no request counts as missing.
                throw new IOException(
                        "not a result of a batch, but " + calls.api().redact(e.getMessage()));
            }
            return new JobResult(
                    keyOfBroken(),
                    null,
                    new MalformedResponseException(
                            "A result of the batch is malformed: " + calls.api().redact(e.getMessage()),
                            ProviderError.NONE,
                            e));
        }
        try {
            return result(key(json), json);
        } finally {
            ends.forget();
        }
    }

    /** Whether the answer declares its length or uses chunks, so that a broken connection is not taken for its end. */
    boolean isFramed() {
        return download.isFramed();
    }

    private String keyOfBroken() {
        Matcher key = KEY.matcher(values.beginning());
        try {
            return key.find() ? JSON.readValue(key.group(1), String.class) : null;
        } catch (JsonProcessingException e) {
            // The connection broke here too.
            return null;
        }
    }

    private static String key(JsonNode json) {
        JsonNode key = json.has("key") ? json.path("key") : json.at("/metadata/key");
        return key.isValueNode() && !key.isNull() ? key.asText() : KeyLabels.key(json.at("/request/labels"));
    }

    private JobResult result(String key, JsonNode json) {
        Asked of = asked.apply(key);
        // Vertex AI repeats the request with its pictures.
        ResponseJson.discard(json.path("request"));
        JsonNode answer = json.path("response");
        if (answer.isObject() && !answer.isEmpty()) {
            try {
                return new JobResult(
                        key, Answered.ofBatch(of, answer, calls.catalog(), calls.fetch(), ends::add), null);
            } catch (GeminiImageException e) {
                return new JobResult(key, null, e);
            }
        }
        ErrorContext context = calls.context().forModel(of.model(), successor(of.model()));
        GeminiImageException failure = VertexStatus.of(json, calls.api()::redact)
                .or(() -> ErrorResponse.within(json, calls.api()::redact, null))
                .map(error -> GoogleError.toException(error, context))
                .orElseGet(() -> new MalformedResponseException(
                        "A result of the batch contains neither an answer nor an error",
                        ProviderError.ofModel(of.model()),
                        null));
        ResponseJson.discard(json);
        return new JobResult(key, null, failure);
    }

    private String successor(String model) {
        return model == null ? null : calls.catalog().successorOf(model).orElse(null);
    }

    @Override
    public void close() {
        ends.run();
        download.close();
    }
}
