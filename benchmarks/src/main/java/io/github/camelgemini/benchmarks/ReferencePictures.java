package io.github.camelgemini.benchmarks;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;

/** JPEG files of {@link Workload#REFERENCE_LENGTH} bytes to send: small pictures with padding after their end. */
final class ReferencePictures {

    private ReferencePictures() {}

    /** Files in this directory, created if missing. */
    static List<Path> in(Path directory, int count) throws IOException {
        Files.createDirectories(directory);
        List<Path> files = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            Path file = directory.resolve("reference-" + i + ".jpg");
            if (!Files.exists(file) || Files.size(file) != Workload.REFERENCE_LENGTH) {
                Files.write(file, Arrays.copyOf(jpeg(64 + i), Workload.REFERENCE_LENGTH));
            }
            files.add(file);
        }
        return files;
    }

    private static byte[] jpeg(int width) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, 64, BufferedImage.TYPE_INT_RGB), "jpg", out);
        return out.toByteArray();
    }
}
