package io.github.camelgemini.emulator.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Paints and encodes drawings, as many in parallel as the heap allows. Keeps the latest pictures, so that the same
 * request is painted only once.
 */
public final class Studio implements AutoCloseable {

    /**
     * A 4K picture takes up to 57 MB before it is encoded, in one array. A heap of 256 MB may not have room for a
     * second one in one piece.
     */
    private static final long BYTES_PER_PAINTER = 200L << 20;

    private static final long KEPT_BYTES = 32L << 20;
    private static final float JPEG_QUALITY = 0.88f;
    private static final float PNG_SPEED_OVER_SIZE = 0.7f;

    private final ExecutorService painters;
    private final Map<String, CompletableFuture<EncodedPicture>> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long keptBytes;

    /** Creates a studio. Its threads are daemons, and end with {@link #close()}. */
    public Studio() {
        long fitting = Runtime.getRuntime().maxMemory() / BYTES_PER_PAINTER;
        int threads = (int) Math.max(1, Math.min(fitting, Runtime.getRuntime().availableProcessors()));
        painters = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "gemini-emulator-painter");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** The encoded picture. It is shared, and must not be changed. */
    public synchronized CompletableFuture<EncodedPicture> make(Drawing drawing) {
        String key = drawing.identity();
        CompletableFuture<EncodedPicture> known = kept.get(key);
        if (known != null) {
            return known;
        }
        CompletableFuture<EncodedPicture> picture = CompletableFuture.supplyAsync(
                () -> EncodedPicture.of(drawing, encode(Painter.paint(drawing), drawing.mimeType())), painters);
        kept.put(key, picture);
        CompletableFuture<EncodedPicture> unused = picture.whenComplete((made, failure) -> account(key, made));
        return picture;
    }

    private synchronized void account(String key, EncodedPicture made) {
        if (made == null) {
            kept.remove(key);
            return;
        }
        keptBytes += made.drawn().length;
        Iterator<CompletableFuture<EncodedPicture>> oldest = kept.values().iterator();
        while (keptBytes > KEPT_BYTES && oldest.hasNext()) {
            EncodedPicture victim = oldest.next().getNow(null);
            if (victim != null) {
                keptBytes -= victim.drawn().length;
                oldest.remove();
            }
        }
    }

    private static byte[] encode(BufferedImage image, String mimeType) {
        ImageWriter writer = ImageIO.getImageWritersByMIMEType(mimeType).next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(mimeType.equals("image/jpeg") ? JPEG_QUALITY : PNG_SPEED_OVER_SIZE);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), param);
        } catch (IOException e) {
            throw new UncheckedIOException("A picture could not be encoded", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        painters.shutdownNow();
    }
}
