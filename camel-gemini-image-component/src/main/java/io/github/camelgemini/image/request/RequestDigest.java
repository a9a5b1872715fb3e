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

/** Knows requests again that come once more: the same for the same keys, parameters, words and pictures in the same order. */
public final class RequestDigest {

    private static final int BLOCK = 16 * 1024;

    /** How answers come, and how often they are asked for: with others of these, the same is drawn. */
    private static final Set<Parameter<?>> OF_THE_WAY =
            Set.of(Parameter.MAX_RETRIES, Parameter.OUTPUT, Parameter.STREAM, Parameter.PARTIAL_RESULTS);

    private final MessageDigest digest;

    /** Of nothing yet. */
    public RequestDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Of a few texts; the same for the same. */
    public static String of(List<String> texts) {
        RequestDigest digest = new RequestDigest();
        texts.forEach(text -> digest.add(String.valueOf(text)));
        return digest.value();
    }

    /** @throws ReferenceImageException when a reference picture cannot be read */
    public void add(KeyedRequest keyed) {
        add(keyed.key());
        add(keyed.request());
    }

    /** @throws ReferenceImageException when a reference picture cannot be read */
    public void add(ImageRequest request) {
        for (Parameter<?> parameter : Parameter.ALL) {
            request.get(parameter)
                    .filter(value -> !OF_THE_WAY.contains(parameter))
                    .ifPresent(value -> {
                        add(parameter.optionName());
                        // In one order, whatever that of the map is.
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
        // With its length, or "ab" and "c" would be "a" and "bc".
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }

    /** Of all so far; more may follow. */
    public String value() {
        try {
            return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("SHA-256 of the JDK can be copied", e);
        }
    }
}
