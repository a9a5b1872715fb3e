package io.github.camelgemini.image.backend.google;

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
import io.github.camelgemini.image.payload.json.AnswerLimits;
import io.github.camelgemini.image.payload.json.JsonValues;
import io.github.camelgemini.image.payload.json.MalformedAnswerException;
import io.github.camelgemini.image.payload.json.ResponseJson;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Response;

/** What a batch has drawn, a line at a time: as a file of JSON Lines, or within the operation. */
final class GoogleResults implements JobResults {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern KEY = Pattern.compile("\"key\"\\s*:\\s*(\"(?:[^\"\\\\]|\\\\.)*\")");
    private static final byte[] INLINE = "\"inlinedResponses\"".getBytes(StandardCharsets.US_ASCII);

    private final Response response;
    private final JsonValues values;
    private final boolean lines;
    private final Function<String, Asked> asked;
    private final BatchCalls calls;
    private final Ends ends = new Ends();

    private GoogleResults(
            Response response, JsonValues values, boolean lines, Function<String, Asked> asked, BatchCalls calls) {
        this.response = response;
        this.values = values;
        this.lines = lines;
        this.asked = asked;
        this.calls = calls;
    }

    /** @param response a file of JSON Lines, closed with the results */
    static GoogleResults ofFile(Response response, Function<String, Asked> asked, BatchCalls calls) {
        return new GoogleResults(response, JsonValues.ofLines(response.body().byteStream()), true, asked, calls);
    }

    /** @param response the operation, closed with the results */
    static GoogleResults inline(Response response, Function<String, Asked> asked, BatchCalls calls) throws IOException {
        InputStream in = response.body().byteStream();
        // An object in which the array has the same name.
        goBehind(in);
        goBehind(in);
        return new GoogleResults(response, JsonValues.ofArray(in), false, asked, calls);
    }

    /** Names have no quotation marks within, so that no other place can look like it before the first answer comes. */
    private static void goBehind(InputStream in) throws IOException {
        int matched = 0;
        while (matched < INLINE.length) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("The batch has no results in it");
            }
            matched = next == INLINE[matched] ? matched + 1 : next == INLINE[0] ? 1 : 0;
        }
    }

    @Override
    public JobResult next() throws IOException {
        if (!values.next()) {
            return null;
        }
        JsonNode json;
        try {
            json = ResponseJson.read(values, calls.means().store(), AnswerLimits.DEFAULT);
        } catch (MalformedAnswerException e) {
            values.passOver();
            if (!values.isWhole()) {
                throw new EOFException("The results end in the middle of one: " + e.getMessage());
            }
            return new JobResult(
                    keyOfBroken(),
                    null,
                    new MalformedResponseException(
                            "A result of the batch is broken: " + calls.api().redact(e.getMessage()),
                            ProviderError.NONE,
                            e));
        }
        JsonNode key = json.has("key") ? json.path("key") : json.at("/metadata/key");
        return result(key.isMissingNode() ? null : key.asText(), json);
    }

    private String keyOfBroken() throws IOException {
        Matcher key = KEY.matcher(values.beginning());
        return key.find() ? JSON.readValue(key.group(1), String.class) : null;
    }

    private JobResult result(String key, JsonNode json) {
        Asked of = asked.apply(key);
        ErrorContext context = calls.api().context().forModel(of.model(), null);
        JsonNode answer = json.path("response");
        try {
            Optional<ErrorResponse> error = ErrorResponse.within(json, calls.api()::redact, null);
            if (error.isPresent()) {
                ResponseJson.discard(json);
                return new JobResult(key, null, GoogleError.toException(error.get(), context));
            }
            return new JobResult(key, Answered.ofBatch(of, answer, calls.catalog(), calls.fetch(), ends::add), null);
        } catch (GeminiImageException e) {
            return new JobResult(key, null, e);
        }
    }

    @Override
    public void close() {
        ends.run();
        response.close();
    }
}
