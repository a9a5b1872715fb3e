package io.github.camelgemini.endpoints;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A folder of this machine, or of a server. */
final class Folder implements Receiver {

    private final Path path;

    Folder() throws IOException {
        this(Files.createTempDirectory(Path.of("target").toAbsolutePath(), "pictures"));
    }

    Folder(Path path) {
        this.path = path;
    }

    @Override
    public Map<String, String> properties() {
        return Map.of("folder", path.toString());
    }

    @Override
    public Optional<Received> take() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(path)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        if (files.size() > 1) {
            throw new IllegalStateException("More than one picture came: " + files);
        }
        Optional<Received> received = Optional.empty();
        for (Path file : files) {
            String name = file.getFileName().toString();
            received = Optional.of(
                    name.endsWith(".zip")
                            ? unzip(file)
                            : Received.of(Files.newInputStream(file), Received.ending(name)));
            Files.delete(file);
        }
        return received;
    }

    private static Received unzip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                ZipInputStream zip = new ZipInputStream(in)) {
            ZipEntry entry = zip.getNextEntry();
            return Received.of(zip, Received.ending(entry.getName()));
        }
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path file : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }
}
