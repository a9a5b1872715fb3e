package io.github.camelgemini.image.result;

import io.github.camelgemini.image.error.LocalStorageException;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.model.Encoding;
import io.github.camelgemini.image.model.OutputFormat;
import io.github.camelgemini.image.payload.ImageInfo;
import io.github.camelgemini.image.payload.PayloadStore;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Converts pictures to the requested format, if the API did not. A picture that already has the format stays unchanged.
 */
public final class FormatConversion {

    private final PayloadStore store;
    private final long maxPixels;

    /**
     * @param maxPixels largest picture that is decoded, here or when a route asks for its pixels
     */
    public FormatConversion(PayloadStore store, long maxPixels) {
        this.store = store;
        this.maxPixels = maxPixels;
    }

    /**
     * Converts the pictures that need it.
     *
     * @param wanted empty to leave all unchanged
     * @return the result with pictures in the requested format; replaced ones are discarded, unless the turn contains
     *     them
     * @throws MalformedResponseException when a picture cannot be decoded or is too large; then all are discarded
     */
    public ImageResult apply(ImageResult result, Optional<Encoding> wanted) {
        result.images().forEach(image -> image.decodedUpTo(maxPixels));
        if (wanted.isEmpty()) {
            return result;
        }
        List<GeneratedImage> converted = new ArrayList<>();
        try {
            for (GeneratedImage image : result.images()) {
                boolean fits = image.mimeType().equals(wanted.get().format().mimeType());
                converted.add(fits ? image : convert(image, wanted.get()));
            }
        } catch (Error e) {
            // For example too little heap for the pixels.
            result.discard();
            converted.forEach(GeneratedImage::discard);
            throw e;
        } catch (IOException | RuntimeException e) {
            result.discard();
            converted.forEach(GeneratedImage::discard);
            throw LocalStorageException.or(
                    e,
                    () -> new MalformedResponseException(
                            "The image cannot be converted to "
                                    + wanted.get().format().mimeType() + ": " + e.getMessage(),
                            ProviderError.ofModel(result.model()),
                            e));
        }
        result.images().stream()
                .filter(image -> !converted.contains(image) && !result.says(image))
                .forEach(GeneratedImage::discard);
        return result.withImages(converted);
    }

    private GeneratedImage convert(GeneratedImage image, Encoding wanted) throws IOException {
        try (DecodingRoom room = DecodingRoom.take(Pixels.heap(image, image.info(), maxPixels))) {
            return encode(Pixels.read(image, image.info(), maxPixels), wanted);
        }
    }

    private GeneratedImage encode(BufferedImage decoded, Encoding wanted) throws IOException {
        OutputFormat format = wanted.format();
        // PNG supports palettes, grey, and 16 bits a sample; the others do not, and JPEG has no transparency.
        BufferedImage pixels = format == OutputFormat.PNG && Pixels.isOfSrgb(decoded)
                ? decoded
                : Pixels.plain(decoded, format != OutputFormat.JPEG);
        ImageWriter encoder =
                ImageIO.getImageWritersByMIMEType(format.mimeType()).next();
        try (PayloadStore.Writer writer = store.newWriter()) {
            ImageWriteParam parameters = encoder.getDefaultWriteParam();
            if (format != OutputFormat.PNG && wanted.quality() != null) {
                parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                if (parameters.getCompressionType() == null) {
                    parameters.setCompressionType(lossy(parameters.getCompressionTypes()));
                }
                parameters.setCompressionQuality(wanted.quality() / 100f);
            }
            try (ImageOutputStream out = new MemoryCacheImageOutputStream(writer)) {
                encoder.setOutput(out);
                encoder.write(null, new IIOImage(pixels, null, null), parameters);
            }
            ImageInfo info = new ImageInfo(format.mimeType(), pixels.getWidth(), pixels.getHeight(), 1);
            return new GeneratedImage(writer.finish(), info).decodedUpTo(maxPixels);
        } finally {
            encoder.dispose();
        }
    }

    /** A WebP plugin needs a compression type. For its lossless type, the quality means effort. */
    private static String lossy(String[] types) {
        return Arrays.stream(types)
                .filter("lossy"::equalsIgnoreCase)
                .findFirst()
                .orElse(types[0]);
    }
}
