package io.github.camelgemini.image;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.apache.camel.util.StringHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds secrets in endpoint URIs. Camel hides them in some of the places that show a URI, but not in all. */
final class SecretsInUris {

    private static final Logger LOG = LoggerFactory.getLogger(SecretsInUris.class);

    private static final List<String> SECRETS = List.of("apiKey", "webhookSecret");
    /** A URL up to its host, encoded or not. */
    private static final Pattern USER = Pattern.compile(
            "(?i)([?&]baseUrl=(?:RAW[({])?https?(?::|%3A)(?:/|%2F){2})(?:(?!/|%2F|[?]|%3F|#|%23|&).)*(?:@|%40)");

    private final AtomicBoolean warned = new AtomicBoolean();

    /**
     * Warns once for each component when a URI contains a secret, plain or in {@code RAW()}. A placeholder counts too.
     */
    void warn(Map<String, Object> parameters, String uri) {
        SECRETS.stream()
                .filter(secret -> parameters.keySet().stream().anyMatch(secret::equalsIgnoreCase))
                .findFirst()
                .filter(secret -> !warned.getAndSet(true))
                .ifPresent(secret -> LOG.warn(
                        "Option {} is in the URI of an endpoint ({}). Camel shows this URI unmasked in route dumps and in the"
                                + " exchange property CamelToEndpoint, even if the value is in RAW() or a placeholder. Set the option"
                                + " on the component instead: camel.component.gemini-image.{}",
                        secret,
                        StringHelper.before(uri, "?"),
                        StringHelper.camelCaseToDash(secret)));
    }

    /** The URI without user and password in {@code baseUrl}. Camel does not hide them, and no server receives them. */
    static String withoutUser(String uri) {
        return USER.matcher(uri).replaceAll("$1");
    }
}
