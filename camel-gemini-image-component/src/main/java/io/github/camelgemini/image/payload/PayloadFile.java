package io.github.camelgemini.image.payload;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

/** A file that exists while this object is reachable, because the object keeps its {@link Content}. */
final class PayloadFile extends File {

    private static final long serialVersionUID = 1L;

    private final transient Content content;

    PayloadFile(Path path, Content content) {
        super(path.toString());
        this.content = content;
    }

    /** Returns this object: spool folders have absolute paths. */
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
        // A new one each time: a path that this object refers to would keep itself reachable.
        Path path = Path.of(getPath());
        return content == null ? path : content.keptBy(path);
    }
}
