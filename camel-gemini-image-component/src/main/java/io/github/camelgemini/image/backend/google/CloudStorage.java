package io.github.camelgemini.image.backend.google;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.error.BatchNotFoundException;
import io.github.camelgemini.image.error.ErrorContext;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.payload.PayloadSource;
import io.github.camelgemini.image.payload.json.SourceRequestBody;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/** The folder of the option {@code batchGcsUri}. Uses the JSON API of Cloud Storage, and never leaves this folder. */
final class CloudStorage {

    private static final Pattern FOLDER =
            Pattern.compile("gs://([a-z0-9][a-z0-9._-]{1,221}[a-z0-9])((?:/[^/?#\\s]+)*)/?");
    private static final String GOOGLE = "https://storage.googleapis.com";

    /** The largest number of pages, with up to 1,000 objects each. Results need a few. */
    private static final int MOST_PAGES = 20;

    private final ApiCalls calls;
    private final String bucket;
    /** Ends in a slash if it is not empty. */
    private final String folder;

    CloudStorage(GoogleConnection connection, OkHttpClient http) {
        Matcher parts = FOLDER.matcher(connection.batchGcsUri());
        if (!parts.matches()) {
            throw new InvalidRequestException(
                    "option batchGcsUri '" + connection.batchGcsUri() + "' must be gs://bucket or gs://bucket/folder");
        }
        this.bucket = parts.group(1);
        this.folder = parts.group(2).isEmpty() ? "" : parts.group(2).substring(1) + "/";
        this.calls = new ApiCalls(connection, http, server(connection), ErrorContext.of("Cloud Storage", List.of()));
    }

    /** A server that replaces Vertex AI also replaces Cloud Storage. */
    private static HttpUrl server(GoogleConnection connection) {
        HttpUrl vertex = VertexApi.server(connection);
        return vertex.host().endsWith("googleapis.com") ? HttpUrl.get(GOOGLE) : vertex;
    }

    /** The {@code gs:} URI of a file in the folder. */
    String uri(String name) {
        return "gs://" + bucket + "/" + folder + name;
    }

    /** Uploads a file into the folder. */
    void put(String name, PayloadSource source, String mimeType, Consumer<Call> track) {
        ErrorContext about = calls.context().about("to the upload of " + uri(name));
        HttpUrl url = calls.url("upload/storage/v1/b/" + bucket + "/o")
                .addQueryParameter("uploadType", "media")
                .addQueryParameter("name", folder + name)
                .build();
        try {
            Request request = calls.request(url)
                    .post(new SourceRequestBody(MediaType.get(mimeType), source))
                    .build();
            calls.run(request, track, about);
        } catch (IOException e) {
            throw calls.failure(e, about);
        } catch (BatchNotFoundException e) {
            throw noBucket(e);
        }
    }

    /** A bucket that does not exist means that the option is wrong. */
    private static InvalidRequestException noBucket(BatchNotFoundException failure) {
        return new InvalidRequestException(
                "option batchGcsUri names a bucket that does not exist: " + failure.getMessage(),
                ApiCalls.provider(failure),
                failure);
    }

    void delete(String name, Consumer<Call> track) {
        Request request = calls.request(object(folder + name).build()).delete().build();
        calls.run(request, track, calls.context().about("to the deletion of " + uri(name)));
    }

    /**
     * The objects below a folder inside this one, by their names in the bucket.
     *
     * @throws GeminiImageException when the URI is outside this folder
     */
    List<String> below(String uri, Consumer<Call> track) {
        String prefix = "gs://" + bucket + "/";
        if (!uri.startsWith(prefix + folder) || uri.contains("/../")) {
            throw new InvalidRequestException("The results of the batch are in " + uri
                    + ", which is not inside the option batchGcsUri " + prefix + folder);
        }
        String path = uri.substring(prefix.length()).replaceFirst("/*$", "/");
        List<String> names = new ArrayList<>();
        String page = "";
        int pages = 0;
        do {
            if (++pages > MOST_PAGES) {
                throw calls.endless("objects below " + uri);
            }
            HttpUrl.Builder url = calls.url("storage/v1/b/" + bucket + "/o").addQueryParameter("prefix", path);
            if (!page.isEmpty()) {
                url.addQueryParameter("pageToken", page);
            }
            JsonNode list;
            try {
                list = calls.json(
                        calls.request(url.build()).build(),
                        track,
                        calls.context().about("to the list of " + uri));
            } catch (BatchNotFoundException e) {
                throw noBucket(e);
            }
            list.path("items").forEach(item -> names.add(item.path("name").asText()));
            page = list.path("nextPageToken").asText("");
        } while (!page.isEmpty());
        return names;
    }

    /** Opens an object; the caller closes it. */
    ApiCalls.Download open(String object, Consumer<Call> track) {
        HttpUrl url = object(object).addQueryParameter("alt", "media").build();
        try {
            return calls.open(url, track, calls.context().about("for gs://" + bucket + "/" + object));
        } catch (BatchNotFoundException e) {
            throw ApiCalls.notThere("The results of the batch do not exist at the service", e);
        }
    }

    private HttpUrl.Builder object(String name) {
        return calls.url("storage/v1/b/" + bucket + "/o").addPathSegment(name);
    }
}
