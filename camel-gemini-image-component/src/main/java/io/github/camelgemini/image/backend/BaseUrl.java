package io.github.camelgemini.image.backend;

import io.github.camelgemini.image.error.InvalidRequestException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * The option {@code baseUrl}, checked when a route starts. Without this check a wrong URL would give status 404 at the
 * first message, which the API also answers for an unknown model.
 *
 * @param url scheme, host and path, without a slash at the end; null if the option is not set
 * @param apiVersion the version at the end of the path, or the option {@code apiVersion}; may be null
 */
public record BaseUrl(String url, String apiVersion) {

    /**
     * Versions as in the URLs of Google's documentation: {@code v1}, {@code v1beta}, {@code v1beta1}, {@code v1alpha}.
     */
    private static final String VERSION = "v\\d+(?:(?:alpha|beta)\\d*)?";

    private static final Pattern API_VERSION = Pattern.compile("[A-Za-z0-9._-]*");
    private static final Pattern VERSION_AT_THE_END = Pattern.compile("(.*)/(" + VERSION + ")/*");
    private static final Pattern METHOD = Pattern.compile(
            "/" + VERSION + "/(?:models|projects|publishers|files|openai)(?:[/:]|$)|/images/(?:generations|edits)/*$");

    private static final String RIGHT =
            "write scheme, host and path of the server, such as https://gateway.example.com/gemini";

    /**
     * Reads the option, and takes a version at the end of the path off the URL.
     *
     * @param baseUrl the option {@code baseUrl}; may be null
     * @param apiVersion the option {@code apiVersion}; may be null
     * @throws InvalidRequestException names the option, what is wrong with it, and what is allowed
     */
    public static BaseUrl of(String baseUrl, String apiVersion) {
        if (apiVersion != null && !API_VERSION.matcher(apiVersion).matches()) {
            throw new InvalidRequestException("option apiVersion '" + apiVersion
                    + "' must be a version such as v1 or v1beta, without slashes; put a path into baseUrl");
        }
        if (baseUrl == null || baseUrl.isBlank()) {
            return new BaseUrl(null, apiVersion);
        }
        HttpUrl url = parse(baseUrl);
        if (METHOD.matcher(url.encodedPath()).find()) {
            throw wrong(shown(baseUrl.strip()), "is the URL of an API method, which the component appends itself");
        }
        String server = withoutSlash(url);
        Matcher version = VERSION_AT_THE_END.matcher(url.encodedPath());
        // With a version of its own beside it, the path is used unchanged.
        boolean understood = version.matches() && (apiVersion == null || apiVersion.equals(version.group(2)));
        return understood
                ? new BaseUrl(
                        server.substring(0, server.length() - version.group(2).length() - 1)
                                .replaceFirst("/+$", ""),
                        version.group(2))
                : new BaseUrl(server, apiVersion);
    }

    /**
     * Reads the option for a service that uses the whole path unchanged.
     *
     * @return scheme, host and path, without a slash at the end; null if the option is not set
     * @throws InvalidRequestException as {@link #of}
     */
    public static String asItIs(String baseUrl) {
        return baseUrl == null || baseUrl.isBlank() ? null : withoutSlash(parse(baseUrl));
    }

    private static String withoutSlash(HttpUrl url) {
        return url.toString().replaceFirst("/+$", "");
    }

    private static HttpUrl parse(String baseUrl) {
        String written = baseUrl.strip();
        HttpUrl url = HttpUrl.parse(written);
        if (url == null) {
            throw wrong(
                    shown(written),
                    hasScheme(written) ? "is not the URL of a server" : "does not begin with https:// or http://");
        }
        if (!url.encodedUsername().isEmpty() || !url.encodedPassword().isEmpty()) {
            throw wrong(
                    url.host(),
                    "has a user or password before the host, which is not sent; use apiKey with apiKeyPlacement, or"
                            + " additionalHeader");
        }
        if (url.query() != null || url.fragment() != null) {
            throw wrong(
                    shown(written),
                    "has a query or fragment, which is not sent; set a key with apiKey and apiKeyPlacement=QUERY");
        }
        return url;
    }

    /** The URL for display; the unchanged text if it is not a URL. */
    public static String shownOf(String baseUrl) {
        try {
            return of(baseUrl, null).url();
        } catch (InvalidRequestException e) {
            return shown(baseUrl.strip());
        }
    }

    private static boolean hasScheme(String written) {
        return written.regionMatches(true, 0, "https://", 0, 8) || written.regionMatches(true, 0, "http://", 0, 7);
    }

    /** Leaves out what may be a credential: everything before an {@code @} and after a {@code ?}. */
    private static String shown(String written) {
        return written.replaceFirst("[^/]*@", "").replaceFirst("[?#].*", "?…");
    }

    private static InvalidRequestException wrong(String value, String why) {
        return new InvalidRequestException("option baseUrl '" + value + "' " + why + "; " + RIGHT);
    }
}
