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
 * The batches of the Developer API. Does not use the SDK (google-genai 2.0.0): it reads all results as one text, with
 * up to 15 MB for each picture, and drops counts and failures.
 */
final class BatchesApi {

    private static final MediaType JSON_TYPE = MediaType.get("application/json");

    private final ApiCalls calls;
    private final String version;

    /**
     * @param http places the key where it belongs
     */
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
     * Creates a batch.
     *
     * @param model its name at the API
     * @param batch the JSON of the batch
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

    /** The operation of a batch, without its results. */
    JsonNode get(String name, Consumer<Call> track) {
        ErrorContext about = about("for " + name);
        return operation(calls.json(calls.request(url(name)).build(), track, about), about);
    }

    /** Checks that an operation has a name. Without one it could not be polled. */
    private JsonNode operation(JsonNode answer, ErrorContext about) {
        calls.checkHas("name", answer, about);
        return answer;
    }

    /** A page of the list, without the results. */
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

    /** Deletes an uploaded file that no batch uses. If this fails, the file expires after 48 hours. */
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
            // Google answers 404 or 403 for a file that does not exist.
            throw ApiCalls.notThere("The results of the batch do not exist at the service", e);
        }
    }

    /** Opens the operation of a batch with its results; the caller closes the answer. */
    ApiCalls.Download open(String name, Consumer<Call> track) {
        return calls.open(url(name), track, about("for " + name));
    }

    private HttpUrl url(String path) {
        return calls.url(version + "/" + path).build();
    }
}
