package io.github.camelgemini.image.backend.google;

import com.google.genai.Client;
import io.github.camelgemini.image.backend.ApiKeyPlacement;
import io.github.camelgemini.image.backend.BaseUrl;
import io.github.camelgemini.image.backend.ServiceOptions;
import io.github.camelgemini.image.error.InvalidRequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The connection options that Google has and other services do not, with their types.
 *
 * @param all connection options of the route
 * @param vertexAi whether to call Vertex AI, or null if other options decide
 * @param project of Google Cloud, or null
 * @param location of Google Cloud, or null
 * @param serviceAccountKey resource with the key of a service account, or null
 * @param client from the registry, or null
 * @param batchGcsUri folder for the files of batches at Vertex AI, or null
 */
record GoogleOptions(
        ServiceOptions all,
        Boolean vertexAi,
        String project,
        String location,
        String serviceAccountKey,
        Client client,
        ApiKeyPlacement apiKeyPlacement,
        ReferenceUpload referenceUpload,
        String batchGcsUri) {

    /** The names of the options that only Google has. */
    static final Set<String> OWN = Set.of(
            "vertexAi",
            "project",
            "location",
            "serviceAccountKey",
            "client",
            "apiKeyPlacement",
            "apiVersion",
            "referenceUpload",
            "batchGcsUri");

    static final String DEFAULT_LOCATION = "global";

    static GoogleOptions of(ServiceOptions options) {
        return new GoogleOptions(
                options,
                options.own("vertexAi", Boolean.class).orElse(null),
                options.own("project", String.class).orElse(null),
                options.own("location", String.class).orElse(null),
                options.own("serviceAccountKey", String.class).orElse(null),
                options.own("client", Client.class).orElse(null),
                options.own("apiKeyPlacement", ApiKeyPlacement.class).orElse(ApiKeyPlacement.HEADER),
                options.own("referenceUpload", ReferenceUpload.class).orElse(ReferenceUpload.AUTO),
                options.own("batchGcsUri", String.class).orElse(null));
    }

    /** The options that lead to the same API as a client from the registry, for when an emulator replaces it. */
    GoogleOptions ofClient() {
        boolean vertex = client.vertexAI();
        return new GoogleOptions(
                all,
                vertex,
                vertex ? client.project() : project,
                vertex ? client.location() : location,
                serviceAccountKey,
                client,
                apiKeyPlacement,
                ReferenceUpload.INLINE,
                batchGcsUri);
    }

    /**
     * A client that Camel found in the registry is not used by an endpoint whose options name another server or
     * account.
     */
    boolean usesClient() {
        return client != null && !saysWhereToGo();
    }

    /** Whether an option names a server, a project or a credential. */
    private boolean saysWhereToGo() {
        return Stream.of(all.apiKey(), all.baseUrl(), project, location, serviceAccountKey, vertexAi)
                .anyMatch(Objects::nonNull);
    }

    /** The options that are set and give access to Google. */
    List<String> credentials() {
        List<String> credentials = new ArrayList<>();
        if (usesClient()) {
            credentials.add("client");
        }
        if (ServiceOptions.isDefined(all.apiKey())) {
            credentials.add("apiKey");
        }
        if (ServiceOptions.isDefined(project)) {
            credentials.add("project");
        }
        if (ServiceOptions.isDefined(serviceAccountKey)) {
            credentials.add("serviceAccountKey");
        }
        return credentials;
    }

    /** The server that they lead to; null for a client from the registry. */
    String url() {
        if (all.baseUrl() != null && !all.baseUrl().isBlank()) {
            return BaseUrl.shownOf(all.baseUrl());
        }
        if (usesClient()) {
            return null;
        }
        if (surface() == Surface.DEVELOPER) {
            return "https://generativelanguage.googleapis.com";
        }
        return vertexUrl(location);
    }

    /** The server of Vertex AI for a location, which may be null. */
    static String vertexUrl(String location) {
        if (location == null || location.equals(DEFAULT_LOCATION)) {
            return "https://aiplatform.googleapis.com";
        }
        // As Google's SDK does: us and eu are multi-regions with their own hosts.
        return location.equals("us") || location.equals("eu")
                ? "https://aiplatform." + location + ".rep.googleapis.com"
                : "https://" + location + "-aiplatform.googleapis.com";
    }

    /**
     * Which of the two APIs the options mean.
     *
     * @throws InvalidRequestException when they contradict each other
     */
    Surface surface() {
        boolean cloudOptions = project != null || location != null || serviceAccountKey != null;
        if (Boolean.FALSE.equals(vertexAi) && cloudOptions) {
            throw new InvalidRequestException(
                    "vertexAi 'false' contradicts project, location or serviceAccountKey, which"
                            + " are only for Vertex AI. Remove vertexAi or these options");
        }
        if (serviceAccountKey != null && project == null) {
            throw new InvalidRequestException("serviceAccountKey requires the option project as well");
        }
        if (serviceAccountKey != null && all.apiKey() != null) {
            throw new InvalidRequestException(
                    "apiKey and serviceAccountKey cannot be used together; remove one of them");
        }
        return cloudOptions || Boolean.TRUE.equals(vertexAi) ? Surface.VERTEX : Surface.DEVELOPER;
    }

    /** Leaves out values, since any of them may be secret. */
    @Override
    public String toString() {
        return "GoogleOptions[" + all + "]";
    }
}
