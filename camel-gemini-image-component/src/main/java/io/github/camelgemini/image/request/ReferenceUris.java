package io.github.camelgemini.image.request;

import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.LocalStorageException;
import io.github.camelgemini.image.error.ReferenceImageException;
import io.github.camelgemini.image.model.AspectRatio;
import io.github.camelgemini.image.request.fetch.Fetching;
import io.github.camelgemini.image.request.fetch.ReferenceFetcher;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.support.ResourceHelper;

/**
 * The reference images in the option or header {@code referenceImages}.
 *
 * <p>A message may only use URIs that cannot access this machine or its network: {@code data:}, {@code gs:}, files of
 * the Files API, and {@code https:} and {@code http:} with the rules of {@link ReferenceFetcher}. Only the route may
 * use {@code file:}, {@code classpath:} and {@code ref:} (a bean of the registry).
 */
final class ReferenceUris {

    private static final Set<String> ROUTE_ONLY = Set.of("file", "classpath", "ref");
    private static final Set<String> WEB = Set.of("http", "https");
    private static final Set<String> SCHEMES = Set.of("file", "classpath", "ref", "data", "gs");
    private static final Pattern FILES_API =
            Pattern.compile("((?<server>https?://.+)/v[0-9a-z]+/)?files/[a-z0-9-]{1,40}");
    /** The Developer API in the URIs of files, which gateways also use. */
    private static final String GOOGLE = "https://generativelanguage.googleapis.com";

    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_\\-\\s]{32,}={0,2}\\s*");
    private static final Pattern DATA_HEAD = Pattern.compile("data:[^,]*;\\s*base64\\s*,", Pattern.CASE_INSENSITIVE);
    private static final Pattern BLANKS = Pattern.compile("\\s");
    private static final String ALLOWED =
            "must be https:, data:, gs:// or a file of the Files API (files/name). The option of the route also"
                    + " accepts file:, classpath: and ref:";

    private final CamelContext context;
    private final BodyReader bodies;
    private final ReferenceFetcher fetcher;
    private final ReferencesOfService service;
    private final String server;

    ReferenceUris(CamelContext context, BodyReader bodies, ReferenceFetcher fetcher, ReferencesOfService service) {
        this.context = context;
        this.bodies = bodies;
        this.fetcher = fetcher;
        this.service = service;
        this.server = service.server() == null ? GOOGLE : service.server().replaceFirst("/+$", "");
    }

    /**
     * Adds the pictures that a request refers to. Nothing is fetched yet.
     *
     * @param fromMessage whether a message refers to them, which restricts the allowed URIs
     */
    void read(ImageRequest.Builder request, boolean fromMessage) {
        for (String uri : request.get(Parameter.REFERENCE_IMAGES).orElse(List.of())) {
            request.addReferenceImage(picture(normal(uri), fromMessage, request));
        }
    }

    /**
     * Adds the pictures in the JSON of a message.
     *
     * @param pictures URIs or Base64 as text, and bytes
     */
    void add(List<Object> pictures, ImageRequest.Builder request) {
        for (Object picture : pictures) {
            request.addReferenceImage(
                    picture instanceof String uri
                            ? picture(normal(uri), true, request)
                            : inline(picture, "a reference image in the message body", request));
        }
    }

    /**
     * Fetches pictures by URL, and replaces the URLs by them. URLs that the service fetches are only checked, with the
     * same rules and the same time limit.
     *
     * @param largest the model's limit for a picture, in bytes
     * @param most limit for all pictures together, in bytes
     * @return completes when all pictures are there, at once if there are none to fetch; fails with the first failure
     */
    CompletableFuture<Void> fetch(ImageRequest.Builder request, long largest, long most) {
        Fetching fetching = new Fetching(fetcher, largest, most);
        ImageRequest asked = request.build();
        ReferenceImage measured = measured(asked);
        Map<ReferenceImage, CompletableFuture<ReferenceImage>> pictures = new IdentityHashMap<>();
        AtomicReference<Throwable> first = new AtomicReference<>();
        for (ReferenceImage image : asked.referenceImages()) {
            if (image instanceof ReferenceImage.ByUrl named) {
                CompletableFuture<ReferenceImage> ready = service.asksUrls() && image != measured
                        ? leftToService(named, fetching, request)
                        : fetched(named, fetching, request);
                pictures.put(image, ready.whenComplete((picture, failure) -> {
                    if (failure != null) {
                        first.compareAndSet(null, failure);
                    }
                }));
            }
        }
        return CompletableFuture.allOf(pictures.values().toArray(CompletableFuture[]::new))
                .handle((done, failure) -> {
                    if (failure != null) {
                        throw first.get() instanceof CompletionException wrapped
                                ? wrapped
                                : new CompletionException(first.get());
                    }
                    request.replaceImages(image ->
                            pictures.containsKey(image) ? pictures.get(image).join() : image);
                    return null;
                });
    }

    /** The picture whose shape {@code aspectRatio=auto} uses, if its bytes are not available yet; else null. */
    private static ReferenceImage measured(ImageRequest request) {
        if (request.get(Parameter.ASPECT_RATIO).filter(AspectRatio::isAuto).isEmpty()) {
            return null;
        }
        return request.referenceImages().stream()
                .filter(image -> image instanceof ReferenceImage.ByUrl
                        || (image instanceof ReferenceImage.Inline here
                                && here.info().isPicture()))
                .findFirst()
                .filter(ReferenceImage.ByUrl.class::isInstance)
                .orElse(null);
    }

    /** The service cannot fetch from a host without a public address, even if the route names it. */
    private static CompletableFuture<ReferenceImage> leftToService(
            ReferenceImage.ByUrl named, Fetching fetching, ImageRequest.Builder request) {
        return fetching.isPublic(named.target())
                .thenCompose(isPublic -> isPublic
                        ? CompletableFuture.completedFuture(
                                new ReferenceImage.Remote(named.target().url().toString(), null, true))
                        : fetched(named, fetching, request));
    }

    private static CompletableFuture<ReferenceImage> fetched(
            ReferenceImage.ByUrl named, Fetching fetching, ImageRequest.Builder request) {
        return fetching.fetch(named.target()).thenApply(picture -> {
            request.own(picture.payload());
            return new ReferenceImage.Inline(picture.payload(), picture.info());
        });
    }

    /**
     * Other URLs with such a path are ordinary web pages. If the service reads no files, files of Google's own server
     * are still recognized, to be refused with the names of services that read them.
     */
    private boolean isFileOfTheApi(String uri) {
        Matcher file = FILES_API.matcher(uri);
        if (!file.matches()) {
            return false;
        }
        String named = file.group("server");
        return named == null
                || named.equalsIgnoreCase(GOOGLE)
                || (service.readsFiles() && named.equalsIgnoreCase(server));
    }

    /** The URIs allowed in the contents of a message. The API reads them with the route's permissions. */
    Optional<ReferenceImage.Remote> ofTheApi(String uri) {
        return uri.startsWith("gs://") || isFileOfTheApi(uri)
                ? Optional.of(new ReferenceImage.Remote(uri, null))
                : Optional.empty();
    }

    /** The URIs allowed in a saved conversation, which were checked when they were first sent. */
    Optional<ReferenceImage.Remote> ofKept(String uri) {
        boolean stored = uri.startsWith("gs://") || FILES_API.matcher(uri).matches();
        boolean byUrl = !stored && service.asksUrls() && WEB.contains(scheme(uri));
        return stored || byUrl ? Optional.of(new ReferenceImage.Remote(uri, null, byUrl)) : Optional.empty();
    }

    /** The URI without surrounding white space, and with its scheme in lower case. */
    static String normal(String written) {
        String uri = written.strip();
        String scheme = scheme(uri);
        return scheme.isEmpty() ? uri : scheme + uri.substring(scheme.length());
    }

    /**
     * Refuses URIs of a route that cannot be a picture, or that the service cannot read. Whether the picture exists is
     * checked for each message.
     */
    void checkOfRoute(String written) {
        String uri = normal(written);
        String scheme = scheme(uri);
        if (scheme.equals("https") || scheme.equals("http")) {
            fetcher.target(uri, true);
        } else if (!(scheme.isEmpty()
                ? isFileOfTheApi(uri) || BASE64.matcher(uri).matches()
                : SCHEMES.contains(scheme))) {
            throw unknown(uri);
        }
        if (isFileOfTheApi(uri) || scheme.equals("gs")) {
            service.check()
                    .accept(ImageRequest.builder()
                            .addReferenceImage(new ReferenceImage.Remote(uri, null))
                            .build());
        }
    }

    private static String scheme(String uri) {
        return uri.contains(":") ? uri.substring(0, uri.indexOf(':')).toLowerCase(Locale.ROOT) : "";
    }

    private static InvalidRequestException unknown(String uri) {
        return new InvalidRequestException("referenceImages '" + Values.quote(uri) + "' " + ALLOWED);
    }

    private ReferenceImage picture(String uri, boolean fromMessage, ImageRequest.Builder request) {
        String scheme = scheme(uri);
        if (fromMessage && ROUTE_ONLY.contains(scheme)) {
            throw new InvalidRequestException("referenceImages '" + Values.quote(uri) + "': " + scheme
                    + ": is only allowed in the route itself, as option referenceImages. A message may use https:, http:, data:, gs:"
                    + " and files of the Files API");
        }
        if (isFileOfTheApi(uri)) {
            return new ReferenceImage.Remote(uri, null);
        }
        return switch (scheme) {
            case "https", "http" -> new ReferenceImage.ByUrl(fetcher.target(uri, !fromMessage));
            case "data" -> inline(dataUri(uri, fromMessage), "data URI in referenceImages", request);
            case "gs" -> new ReferenceImage.Remote(uri, typeByExtension(uri));
            case "file" -> inline(Path.of(path(uri)), uri, request);
            case "classpath" -> classpath(uri, request);
            case "ref" -> inline(bean(uri.substring("ref:".length())), uri, request);
            case "" -> inline(bareBase64(uri, fromMessage), "Base64 in referenceImages", request);
            default -> throw unknown(uri);
        };
    }

    private ReferenceImage inline(Object value, String name, ImageRequest.Builder request) {
        ReferenceImage.Inline picture = bodies.read(value, name, "image/*", StandardCharsets.UTF_8, request)
                .picture();
        if (picture == null) {
            throw new ReferenceImageException(name + " is text, not an image");
        }
        return picture;
    }

    private ReferenceImage classpath(String uri, ImageRequest.Builder request) {
        try (InputStream in = ResourceHelper.resolveMandatoryResourceAsInputStream(context, uri)) {
            return inline(in, uri, request);
        } catch (IOException e) {
            throw LocalStorageException.or(
                    e,
                    () -> new ReferenceImageException(
                            "reference image " + uri + " cannot be read: " + e.getMessage(), e));
        }
    }

    private Object bean(String name) {
        Object bean = context.getRegistry().lookupByName(name);
        if (bean == null) {
            throw new ReferenceImageException("reference image ref:" + name + " is not a bean in the registry");
        }
        return bean;
    }

    private static InputStream dataUri(String uri, boolean fromMessage) {
        Matcher head = DATA_HEAD.matcher(uri);
        if (!head.lookingAt()) {
            throw new ReferenceImageException("a data URI in referenceImages must look like data:image/png;base64,…");
        }
        return decoded(uri.substring(head.end()), fromMessage);
    }

    /** Services with URI fields also accept Base64 in them. */
    private static InputStream bareBase64(String text, boolean fromMessage) {
        if (!BASE64.matcher(text).matches()) {
            throw unknown(text);
        }
        return decoded(text, fromMessage);
    }

    /**
     * Decoded while it is read, so that only the Base64 text is in the heap, which the message holds anyway. White
     * space is skipped, as in the Base64 of large JSON.
     */
    private static InputStream decoded(String base64, boolean fromMessage) {
        // Camel turns each + in an endpoint URI into a space.
        String written = fromMessage ? base64 : base64.strip().replace(' ', '+');
        String standard =
                BLANKS.matcher(written).replaceAll("").replace('-', '+').replace('_', '/');
        return Base64.getDecoder().wrap(new ByteArrayInputStream(standard.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static String path(String uri) {
        return uri.substring("file:".length()).replaceFirst("^//(?=/)", "");
    }

    private static String typeByExtension(String uri) {
        String lower = uri.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".png")) {
            return "image/png";
        }
        if (lower.endsWith(".webp")) {
            return "image/webp";
        }
        if (lower.endsWith(".heic")) {
            return "image/heic";
        }
        if (lower.endsWith(".pdf")) {
            return "application/pdf";
        }
        if (lower.endsWith(".mp4") || lower.endsWith(".m4v")) {
            return "video/mp4";
        }
        if (lower.endsWith(".mov")) {
            return "video/quicktime";
        }
        if (lower.endsWith(".webm")) {
            return "video/webm";
        }
        return lower.endsWith(".heif") ? "image/heif" : "image/jpeg";
    }
}
