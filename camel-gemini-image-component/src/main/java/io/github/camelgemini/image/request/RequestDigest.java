package io.github.camelgemini.image.request;

import io.github.camelgemini.image.error.ReferenceImageException;
import io.github.camelgemini.image.payload.PayloadSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Identifies requests, to recognize them when they are sent again. Equal for the same keys, parameters, texts and
 * pictures in the same order.
 */
public final class RequestDigest {

    private static final int BLOCK = 16 * 1024;

    /** Parameters that do not affect the picture, such as retries and the form of the result. */
    private static final Set<Parameter<?>> OF_THE_WAY =
            Set.of(Parameter.MAX_RETRIES, Parameter.OUTPUT, Parameter.STREAM, Parameter.PARTIAL_RESULTS);

    private final MessageDigest digest;

    /** An empty digest. */
    public RequestDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** The digest of a few texts. */
    public static String of(List<String> texts) {
        RequestDigest digest = new RequestDigest();
        texts.forEach(text -> digest.add(String.valueOf(text)));
        return digest.value();
    }

    /**
     * Adds a request of a batch.
     *
     * @throws ReferenceImageException when a reference image cannot be read
     */
    public void add(KeyedRequest keyed) {
        add(keyed.key());
        add(keyed.request());
    }

    /**
     * Adds a request.
     *
     * @throws ReferenceImageException when a reference image cannot be read
     */
    public void add(ImageRequest request) {
        for (Parameter<?> parameter : Parameter.ALL) {
            request.get(parameter)
                    .filter(value -> !OF_THE_WAY.contains(parameter))
                    .ifPresent(value -> {
                        add(parameter.optionName());
                        // In a fixed order, because maps may have any.
                        add(String.valueOf(value instanceof Map<?, ?> map ? new TreeMap<>(map) : value));
                    });
        }
        request.outputGcsUri().ifPresent(this::add);
        for (Turn turn : request.history()) {
            add(turn.role().name());
            for (Turn.Part part : turn.parts()) {
                if (part instanceof Turn.Text text) {
                    add("text");
                    add(text.text());
                } else if (part instanceof Turn.Picture picture) {
                    add(picture.image());
                }
            }
        }
        add("now");
        request.referenceImages().forEach(this::add);
    }

    private void add(ReferenceImage image) {
        if (image instanceof ReferenceImage.Remote remote) {
            add(remote.uri());
        } else if (image instanceof ReferenceImage.Inline inline) {
            add(inline.mimeType());
            add(inline.source());
        }
    }

    private void add(PayloadSource picture) {
        byte[] block = new byte[BLOCK];
        try (InputStream in = picture.newInputStream()) {
            add(String.valueOf(picture.length()));
            for (int count = in.read(block); count >= 0; count = in.read(block)) {
                digest.update(block, 0, count);
            }
        } catch (IOException e) {
            throw new ReferenceImageException("A reference image cannot be read: " + e.getMessage(), e);
        }
    }

    private void add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        // With its length, since otherwise "ab" and "c" would equal "a" and "bc".
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }

    /** The digest so far; more requests may be added. */
    public String value() {
        try {
            return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("SHA-256 of the JDK can be copied", e);
        }
    }
}
