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
 * Reference pictures named by URI in the option or header {@code referenceImages}.
 *
 * <p>A message may name only what cannot reach into this machine or its network: {@code data:}, {@code gs:}, files of the
 * Files API, and {@code https:} and {@code http:} with the rules of {@link ReferenceFetcher}. {@code file:}, {@code classpath:} and {@code ref:} (a bean of the registry) are the route author's.
 */
final class ReferenceUris {

    private static final Set<String> ROUTE_ONLY = Set.of("file", "classpath", "ref");
    private static final Set<String> WEB = Set.of("http", "https");
    private static final Set<String> SCHEMES = Set.of("file", "classpath", "ref", "data", "gs");
    private static final Pattern FILES_API =
            Pattern.compile("((?<server>https?://.+)/v[0-9a-z]+/)?files/[a-z0-9-]{1,40}");
    /** What the Developer API calls itself in the URIs of files, also behind a gateway. */
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
     * Adds the pictures that the request names to those it carries; nothing is fetched yet.
     *
     * @param fromMessage whether a message named them, and so what they may lead to
     */
    void read(ImageRequest.Builder request, boolean fromMessage) {
        for (String uri : request.get(Parameter.REFERENCE_IMAGES).orElse(List.of())) {
            request.addReferenceImage(picture(normal(uri), fromMessage, request));
        }
    }

    /**
     * Adds the pictures that a message names or brings along in its JSON.
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
     * Fetches what is named by URL, and puts it in its place. What the service is to fetch is only checked, by the same rules
     * and within the same time.
     *
     * @param largest how many bytes a picture may have by the model's limit
     * @param most how many bytes all may have together
     * @return done when all are there, at once if none needs to be fetched; fails with the first failure
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

    /** The picture whose shape {@code aspectRatio=auto} takes, if its bytes are not here yet; else null. */
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

    /** A host without a public address is one that the service cannot ask, whoever named it. */
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
     * Everything else at such a path is a page like any other. Where the service reads no files, those of Google's own server
     * are still known as such, to be refused with the names of the services that do.
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

    /** What contents of a message may name: the API itself, and nobody here, reads it with the route's rights. */
    Optional<ReferenceImage.Remote> ofTheApi(String uri) {
        return uri.startsWith("gs://") || isFileOfTheApi(uri)
                ? Optional.of(new ReferenceImage.Remote(uri, null))
                : Optional.empty();
    }

    /** What a conversation that was kept may name: what was checked when it was said. */
    Optional<ReferenceImage.Remote> ofKept(String uri) {
        boolean stored = uri.startsWith("gs://") || FILES_API.matcher(uri).matches();
        boolean byUrl = !stored && service.asksUrls() && WEB.contains(scheme(uri));
        return stored || byUrl ? Optional.of(new ReferenceImage.Remote(uri, null, byUrl)) : Optional.empty();
    }

    /** The same URI without blanks around it, and with its scheme in lower case. */
    static String normal(String written) {
        String uri = written.strip();
        String scheme = scheme(uri);
        return scheme.isEmpty() ? uri : scheme + uri.substring(scheme.length());
    }

    /**
     * Refuses, when a route starts, what names no picture, or one that the service cannot read; whether the picture is there is
     * seen by each message.
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

    /** Services that take URIs take the picture in their place, too. */
    private static InputStream bareBase64(String text, boolean fromMessage) {
        if (!BASE64.matcher(text).matches()) {
            throw unknown(text);
        }
        return decoded(text, fromMessage);
    }

    /**
     * Decoded as it is read, so that only the Base64 text itself, which the message already holds, is in memory. Blanks are read
     * over, as in the Base64 of large JSON.
     */
    private static InputStream decoded(String base64, boolean fromMessage) {
        // Camel's reading of endpoint URIs turns each + into a space.
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
