package io.github.camelgemini.image.payload;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

/** A file that is there as long as this object is reachable, since it keeps the {@link Content} that it belongs to. */
final class PayloadFile extends File {

    private static final long serialVersionUID = 1L;

    private final transient Content content;

    PayloadFile(Path path, Content content) {
        super(path.toString());
        this.content = content;
    }

    /** This: spool folders have absolute paths. */
    @Override
    public File getAbsoluteFile() {
        return this;
    }

    @Override
    public File getCanonicalFile() throws IOException {
        return new PayloadFile(Path.of(getCanonicalPath()), content);
    }

    @Override
    public Path toPath() {
        // Another one each time: a path that this referred to would keep itself.
        Path path = Path.of(getPath());
        return content == null ? path : content.keptBy(path);
    }
}
