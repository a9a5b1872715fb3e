package io.github.camelgemini.image.backend.google;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.error.BatchNotFoundException;
import io.github.camelgemini.image.error.ErrorContext;
import io.github.camelgemini.image.error.ReferenceImageException;
import io.github.camelgemini.image.payload.PayloadSource;
import io.github.camelgemini.image.payload.json.SourceRequestBody;
import java.io.IOException;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * Batches of the Developer API. Not by the SDK, which reads what a batch has drawn as one text, up to 15 MB for each picture, and
 * drops its counts and failures (google-genai 2.0.0).
 */
final class BatchesApi {

    private static final MediaType JSON_TYPE = MediaType.get("application/json");

    private final ApiCalls calls;
    private final String version;

    /** @param http places the key where it belongs */
    BatchesApi(GoogleConnection connection, OkHttpClient http) {
        this.calls =
                new ApiCalls(connection, http, FilesApi.server(connection), GoogleError.context(connection.surface()));
        this.version = connection.apiVersion() == null ? "v1beta" : connection.apiVersion();
    }

    ApiCalls calls() {
        return calls;
    }

    private ErrorContext about(String what) {
        return calls.context().about(what);
    }

    /**
     * Makes a batch.
     *
     * @param model as the API names it
     * @param batch as the API has it
     * @return the operation
     */
    JsonNode create(String model, PayloadSource batch, Consumer<Call> track) {
        ErrorContext about = calls.context().forModel(model, null);
        HttpUrl url = url((model.contains("/") ? model : "models/" + model) + ":batchGenerateContent");
        Request.Builder request = calls.request(url);
        try {
            request.post(new SourceRequestBody(JSON_TYPE, batch));
        } catch (IOException e) {
            throw calls.failure(e, about);
        }
        return operation(calls.jsonLater(request.build(), track, about), about);
    }

    /** The operation of a batch, without what it has drawn. */
    JsonNode get(String name, Consumer<Call> track) {
        ErrorContext about = about("for " + name);
        return operation(calls.json(calls.request(url(name)).build(), track, about), about);
    }

    /** An operation has a name; one without is none that could be asked for again. */
    private JsonNode operation(JsonNode answer, ErrorContext about) {
        calls.checkHas("name", answer, about);
        return answer;
    }

    /** A page of the list, without what they have drawn. */
    JsonNode list(String pageToken, int pageSize, Consumer<Call> track) {
        HttpUrl.Builder url = url("batches").newBuilder().addQueryParameter("pageSize", Integer.toString(pageSize));
        if (pageToken != null) {
            url.addQueryParameter("pageToken", pageToken);
        }
        ErrorContext about = about("to the list of batches");
        try {
            JsonNode list = calls.json(calls.request(url.build()).build(), track, about);
            calls.checkIsList("operations", list, about);
            return list;
        } catch (BatchNotFoundException e) {
            throw ApiCalls.notThere("The server has no list of batches", e);
        }
    }

    void cancel(String name, Consumer<Call> track) {
        Request request = calls.request(url(name + ":cancel"))
                .post(RequestBody.create("{}", JSON_TYPE))
                .build();
        calls.run(request, track, about("to the cancellation of " + name));
    }

    /** Removes an uploaded file that no batch was made of; that it stays for 48 hours harms nobody. */
    void deleteFile(String name, Consumer<Call> track) {
        calls.run(calls.request(url(name)).delete().build(), track, about("to the deletion of " + name));
    }

    /** Opens a file of results; the caller closes the answer. */
    ApiCalls.Download download(String file, Consumer<Call> track) {
        HttpUrl url = calls.url("download/" + version + "/" + file + ":download")
                .addQueryParameter("alt", "media")
                .build();
        try {
            return calls.open(url, track, about("for the results in " + file));
        } catch (BatchNotFoundException | ReferenceImageException e) {
            // 404 and 403, which is Google's word for a file that is not there.
            throw ApiCalls.notThere("The results of the batch do not exist at the service", e);
        }
    }

    /** Opens the operation of a batch with what it has drawn; the caller closes the answer. */
    ApiCalls.Download open(String name, Consumer<Call> track) {
        return calls.open(url(name), track, about("for " + name));
    }

    private HttpUrl url(String path) {
        return calls.url(version + "/" + path).build();
    }
}
