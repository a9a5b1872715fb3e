package io.github.camelgemini.image.repository;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camelgemini.image.model.Grounding;
import io.github.camelgemini.image.model.Usage;
import io.github.camelgemini.image.payload.ImageInfo;
import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.payload.PayloadSource;
import io.github.camelgemini.image.payload.PayloadStore;
import io.github.camelgemini.image.result.GeneratedImage;
import io.github.camelgemini.image.result.ImageResult;
import io.github.camelgemini.image.result.RemoteImage;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The format of a stored result: the length of a JSON object in four bytes, the object with the request and what the
 * service said, and the bytes of the pictures one after another.
 */
final class KeptResult {

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    /** The largest object; the text of a model has a few pages at most. */
    private static final int MOST_FACTS = 16 << 20;

    private static final int BLOCK = 16 * 1024;

    private record Picture(long length, String mimeType, int width, int height, int orientation) {}

    private record Facts(
            String request,
            List<Picture> pictures,
            String text,
            List<String> thoughts,
            String model,
            String responseId,
            String finishReason,
            String finishMessage,
            Usage usage,
            Grounding grounding,
            List<RemoteImage> remoteImages) {}

    private KeptResult() {}

    /**
     * @param request digest that identifies the request
     */
    static PayloadSource of(String request, ImageResult result) throws IOException {
        List<Picture> pictures = new ArrayList<>();
        long sum = 0;
        for (GeneratedImage image : result.images()) {
            ImageInfo info = image.info();
            pictures.add(new Picture(image.length(), info.mimeType(), info.width(), info.height(), info.orientation()));
            sum += image.length();
        }
        byte[] facts = JSON.writeValueAsBytes(new Facts(
                request,
                pictures,
                result.text(),
                result.thoughts(),
                result.model(),
                result.responseId(),
                result.finishReason(),
                result.finishMessage(),
                result.usage(),
                result.grounding(),
                result.remoteImages()));
        byte[] head = ByteBuffer.allocate(Integer.BYTES + facts.length)
                .putInt(facts.length)
                .put(facts)
                .array();
        return new Joined(head, result.images(), head.length + sum);
    }

    private record Joined(byte[] head, List<GeneratedImage> images, long length) implements PayloadSource {

        @Override
        public InputStream newInputStream() throws IOException {
            List<InputStream> all = new ArrayList<>();
            all.add(new ByteArrayInputStream(head));
            for (GeneratedImage image : images) {
                all.add(image.newInputStream());
            }
            return new SequenceInputStream(Collections.enumeration(all));
        }
    }

    /** Thrown when the result under an id belongs to another request. */
    static final class OfAnotherRequestException extends Exception {

        private static final long serialVersionUID = 1L;
    }

    /**
     * Reads a result. It has no cost and no attempts.
     *
     * @param request digest of the expected request
     * @throws IOException when it cannot be read, is not a result, or is incomplete
     */
    static ImageResult read(InputStream in, String request, PayloadStore store)
            throws IOException, OfAnotherRequestException {
        DataInputStream data = new DataInputStream(in);
        Facts facts = facts(data);
        if (!facts.request().equals(request)) {
            throw new OfAnotherRequestException();
        }
        List<Payload> payloads = new ArrayList<>();
        List<GeneratedImage> images = new ArrayList<>();
        try {
            for (Picture picture : facts.pictures()) {
                Payload payload = read(data, picture.length(), store);
                payloads.add(payload);
                images.add(new GeneratedImage(
                        payload,
                        new ImageInfo(picture.mimeType(), picture.width(), picture.height(), picture.orientation())));
            }
            return result(images, facts);
        } catch (IOException e) {
            payloads.forEach(Payload::discard);
            throw e;
        } catch (IllegalArgumentException | NullPointerException e) {
            payloads.forEach(Payload::discard);
            throw new IOException("it is not a stored result", e);
        }
    }

    private static ImageResult result(List<GeneratedImage> images, Facts facts) {
        return new ImageResult(
                images,
                facts.text(),
                facts.thoughts(),
                facts.model(),
                facts.responseId(),
                facts.finishReason(),
                facts.finishMessage(),
                facts.usage(),
                BigDecimal.ZERO,
                facts.grounding(),
                0,
                null,
                facts.remoteImages(),
                List.of());
    }

    private static Facts facts(DataInputStream data) throws IOException {
        int length = data.readInt();
        if (length <= 0 || length > MOST_FACTS) {
            throw new IOException("it is not a stored result");
        }
        try {
            Facts facts = JSON.readValue(data.readNBytes(length), Facts.class);
            if (facts == null || facts.request() == null || facts.pictures() == null) {
                throw new IOException("it is not a stored result");
            }
            return facts;
        } catch (JsonProcessingException e) {
            throw new IOException("it is not a stored result: " + e.getOriginalMessage(), e);
        }
    }

    private static Payload read(InputStream in, long length, PayloadStore store) throws IOException {
        try (PayloadStore.Writer writer = store.newWriter()) {
            byte[] block = new byte[BLOCK];
            long left = length;
            while (left > 0) {
                int count = in.read(block, 0, (int) Math.min(block.length, left));
                if (count < 0) {
                    throw new EOFException("the end of an image is missing");
                }
                writer.write(block, 0, count);
                left -= count;
            }
            return writer.finish();
        }
    }
}
