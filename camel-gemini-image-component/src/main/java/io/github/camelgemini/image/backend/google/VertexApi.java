package io.github.camelgemini.image.backend.google;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.error.BatchNotFoundException;
import io.github.camelgemini.image.error.ErrorContext;
import io.github.camelgemini.image.error.ProviderError;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;

/** The batch jobs of Vertex AI, in the project and the location of the route. */
final class VertexApi {

    private static final MediaType JSON_TYPE = MediaType.get("application/json");
    private static final Pattern NAME =
            Pattern.compile("projects/[^/?#]+/locations/([^/?#]+)/batchPredictionJobs/([A-Za-z0-9_-]{1,100})");

    private final ApiCalls calls;
    private final String location;
    private final String jobs;

    /**
     * @param http the client that also calls models
     */
    VertexApi(GoogleConnection connection, OkHttpClient http) {
        this.calls = new ApiCalls(connection, http, server(connection), GoogleError.context(Surface.VERTEX));
        this.location = connection.location();
        this.jobs = (connection.apiVersion() == null ? "v1" : connection.apiVersion()) + "/projects/"
                + connection.project() + "/locations/" + location + "/batchPredictionJobs";
    }

    /** The server, found as the SDK does. */
    static HttpUrl server(GoogleConnection connection) {
        String server = connection.baseUrl() == null ? System.getenv("GOOGLE_VERTEX_BASE_URL") : connection.baseUrl();
        return HttpUrl.get(
                server == null || server.isBlank() ? GoogleOptions.vertexUrl(connection.location()) : server);
    }

    ApiCalls calls() {
        return calls;
    }

    JsonNode create(String job, String model, Consumer<Call> track) {
        ErrorContext about = calls.context().forModel(model, null);
        Request request = calls.request(calls.url(jobs).build())
                .post(RequestBody.create(job, JSON_TYPE))
                .build();
        JsonNode made = calls.jsonLater(request, track, about);
        calls.checkHas("name", made, about);
        return made;
    }

    JsonNode get(String name, Consumer<Call> track) {
        ErrorContext about = calls.context().about("for " + name);
        JsonNode job = calls.json(calls.request(url(name, "")).build(), track, about);
        calls.checkHas("name", job, about);
        return job;
    }

    /**
     * @param name only jobs with this name, or null for all
     */
    JsonNode list(String name, String pageToken, int pageSize, Consumer<Call> track) {
        HttpUrl.Builder url = calls.url(jobs).addQueryParameter("pageSize", Integer.toString(pageSize));
        if (name != null) {
            url.addQueryParameter("filter", "display_name=\"" + name + "\"");
        }
        if (pageToken != null) {
            url.addQueryParameter("pageToken", pageToken);
        }
        ErrorContext about = calls.context().about("to the list of batch jobs");
        try {
            JsonNode list = calls.json(calls.request(url.build()).build(), track, about);
            calls.checkIsList("batchPredictionJobs", list, about);
            return list;
        } catch (BatchNotFoundException e) {
            throw ApiCalls.notThere("Project and location have no list of batch jobs", e);
        }
    }

    void cancel(String name, Consumer<Call> track) {
        Request request = calls.request(url(name, ":cancel"))
                .post(RequestBody.create("{}", JSON_TYPE))
                .build();
        calls.run(request, track, calls.context().about("to the cancellation of " + name));
    }

    /** Always uses the route's project, whatever an id contains: projects also have a number. */
    private HttpUrl url(String name, String verb) {
        Matcher parts = NAME.matcher(name);
        if (!parts.matches() || !parts.group(1).equals(location)) {
            throw new BatchNotFoundException(
                    "No batch has the id '" + name + "'; ids of Vertex AI are like projects/…/locations/" + location
                            + "/batchPredictionJobs/123",
                    ProviderError.NONE);
        }
        return calls.url(jobs + "/" + parts.group(2) + verb).build();
    }
}
