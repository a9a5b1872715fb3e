package io.github.camelgemini.image.request;

import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.ReferenceImageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.support.ResourceHelper;

/**
 * Reference pictures named by URI in the option or header {@code referenceImages}.
 *
 * <p>A message may name only what cannot reach into this machine: {@code data:}, {@code gs:} and files of the Files API.
 * {@code file:}, {@code classpath:} and {@code ref:} (a bean of the registry) are the route author's.
 */
final class ReferenceUris {

    private static final Set<String> ROUTE_ONLY = Set.of("file", "classpath", "ref");
    private static final Pattern FILES_API = Pattern.compile("(https://[^/]+/v[0-9a-z]+/)?files/[a-z0-9-]{1,40}");

    private final CamelContext context;
    private final BodyReader bodies;

    ReferenceUris(CamelContext context, BodyReader bodies) {
        this.context = context;
        this.bodies = bodies;
    }

    /**
     * Adds the pictures that the request names to those it carries.
     *
     * @param fromMessage whether a message named them, and so whether only harmless schemes are allowed
     */
    void read(ImageRequest.Builder request, boolean fromMessage) {
        for (String uri : request.get(Parameter.REFERENCE_IMAGES).orElse(List.of())) {
            request.addReferenceImage(picture(uri, fromMessage, request));
        }
    }

    /** Whether the API itself, and nobody here, reads what it names. */
    static boolean isForTheApi(String uri) {
        return uri.startsWith("gs://") || FILES_API.matcher(uri).matches();
    }

    private ReferenceImage picture(String uri, boolean fromMessage, ImageRequest.Builder request) {
        String scheme = uri.contains(":") ? uri.substring(0, uri.indexOf(':')).toLowerCase(Locale.ROOT) : "";
        if (fromMessage && ROUTE_ONLY.contains(scheme)) {
            throw new InvalidRequestException(
                    Parameter.REFERENCE_IMAGES.headerName() + " '" + Values.quote(uri) + "': " + scheme
                            + ": can only be written in the route itself, as option referenceImages; a message may name data:, gs:"
                            + " and files of the Files API");
        }
        if (FILES_API.matcher(uri).matches()) {
            return new ReferenceImage.Remote(uri, null);
        }
        return switch (scheme) {
            case "data" -> inline(dataUri(uri), "data URI in referenceImages", request);
            case "gs" -> new ReferenceImage.Remote(uri, typeByExtension(uri));
            case "file" -> inline(Path.of(path(uri)), uri, request);
            case "classpath" -> classpath(uri, request);
            case "ref" -> inline(bean(uri.substring("ref:".length())), uri, request);
            default ->
                throw new InvalidRequestException("referenceImages '" + Values.quote(uri)
                        + "' must be data:, gs:// or a file of the Files API (files/name); in the route itself also file:,"
                        + " classpath: or ref:");
        };
    }

    private ReferenceImage inline(Object value, String name, ImageRequest.Builder request) {
        ReferenceImage.Inline picture = bodies.read(value, name, "image/*", StandardCharsets.UTF_8, request)
                .picture();
        if (picture == null) {
            throw new ReferenceImageException(name + " is text, not a picture");
        }
        return picture;
    }

    private ReferenceImage classpath(String uri, ImageRequest.Builder request) {
        try (InputStream in = ResourceHelper.resolveMandatoryResourceAsInputStream(context, uri)) {
            return inline(in, uri, request);
        } catch (IOException e) {
            throw new ReferenceImageException("reference picture " + uri + " cannot be read: " + e.getMessage(), e);
        }
    }

    private Object bean(String name) {
        Object bean = context.getRegistry().lookupByName(name);
        if (bean == null) {
            throw new ReferenceImageException("reference picture ref:" + name + " names no bean of the registry");
        }
        return bean;
    }

    /** Decoded as it is read, so that only the Base64 text itself, which the message already holds, is in memory. */
    private static InputStream dataUri(String uri) {
        int comma = uri.indexOf(',');
        if (comma < 0 || !uri.substring(0, comma).toLowerCase(Locale.ROOT).endsWith(";base64")) {
            throw new ReferenceImageException("a data URI in referenceImages must look like data:image/png;base64,…");
        }
        // Camel's reading of endpoint URIs turns each + into a space, which Base64 does not have.
        byte[] base64 = uri.substring(comma + 1).replace(' ', '+').getBytes(StandardCharsets.ISO_8859_1);
        return Base64.getMimeDecoder().wrap(new ByteArrayInputStream(base64));
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
        return lower.endsWith(".heif") ? "image/heif" : "image/jpeg";
    }
}
