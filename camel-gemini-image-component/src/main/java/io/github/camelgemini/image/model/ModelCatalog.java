package io.github.camelgemini.image.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of the Gemini image models. It informs and checks, it does not decide: an id that it doesn't know is
 * simply passed on to the API. Immutable.
 *
 * <p>The standard catalog is the resource {@code models.json} beside this class; a user's file has the same form, and
 * need only hold what differs:
 *
 * <pre>{@code
 * {"models": {
 *   "gemini-nano-banana-2.1": {"prices": {"input": 1.20, "source": "our contract"}},
 *   "our-alias":              {"like": "gemini-3.1-flash-image"}
 * }}
 * }</pre>
 *
 * <p>Objects are merged field by field; lists and tables named by an entry are replaced. A group of facts that a user
 * changes has the user's source, date and note, not the original's.
 */
public final class ModelCatalog {
    private static final String RESOURCE = "models.json";

    private final CatalogFile file;
    private final Map<String, ModelSpec> models;

    private ModelCatalog(CatalogFile file) {
        this.file = file;
        this.models = Collections.unmodifiableMap(file.models());
    }

    /**
     * The catalog that comes with the component.
     *
     * @return always the same
     */
    public static ModelCatalog standard() {
        return Standard.CATALOG;
    }

    /**
     * Adds a user's entries, or changes single facts of known ones.
     *
     * @param json a catalog file; not closed here
     * @return a new catalog
     * @throws IllegalArgumentException when the file is wrong, naming entry and field
     * @throws IOException when the file can't be read
     */
    public ModelCatalog with(Reader json) throws IOException {
        return new ModelCatalog(file.with(CatalogFile.read(json)));
    }

    /**
     * Adds a user's entries, or changes single facts of known ones.
     *
     * @param json a catalog file in UTF-8; not closed here
     * @return a new catalog
     * @throws IllegalArgumentException when the file is wrong, naming entry and field
     * @throws IOException when the file can't be read
     */
    public ModelCatalog with(InputStream json) throws IOException {
        return with(new InputStreamReader(json, StandardCharsets.UTF_8));
    }

    /**
     * Finds a model.
     *
     * @param id bare, or as a resource name: {@code models/…},
     *     {@code projects/…/locations/…/publishers/google/models/…}
     * @return empty when the model is unknown here, which says nothing about whether it exists
     */
    public Optional<ModelSpec> find(String id) {
        return Optional.ofNullable(models.get(ModelId.bare(id)));
    }

    /**
     * Every model, retired ones too.
     *
     * @return in the order of the file, newest first
     */
    public Collection<ModelSpec> specs() {
        return models.values();
    }

    /**
     * The model to use instead of a deprecated or retired one, today (UTC).
     *
     * @param id as for {@link #find}
     * @return a bare id; empty when the model is unknown, or Google advises no other
     */
    public Optional<String> successorOf(String id) {
        return successorOf(id, LocalDate.now(ZoneOffset.UTC));
    }

    /**
     * The model to use instead of a deprecated or retired one. Successors that have a successor themselves by then are
     * passed over.
     *
     * @param id as for {@link #find}
     * @param day on which it is to be used
     * @return a bare id; empty when the model is unknown, or Google advises no other
     */
    public Optional<String> successorOf(String id, LocalDate day) {
        Optional<String> successor = directSuccessor(id);
        Set<String> seen = new HashSet<>();
        while (successor.filter(seen::add).isPresent() && isOnTheWayOut(successor.get(), day)) {
            successor = directSuccessor(successor.get());
        }
        return successor;
    }

    private Optional<String> directSuccessor(String id) {
        return find(id).flatMap(model -> model.lifeCycle().successor());
    }

    private boolean isOnTheWayOut(String id, LocalDate day) {
        return directSuccessor(id).isPresent()
                && find(id).orElseThrow().lifeCycle().stageOn(day).compareTo(LifeCycle.Stage.DEPRECATED) >= 0;
    }

    /** Read when first asked for. */
    private static final class Standard {
        static final ModelCatalog CATALOG = read();

        private static ModelCatalog read() {
            try (InputStream json = ModelCatalog.class.getResourceAsStream(RESOURCE)) {
                return new ModelCatalog(CatalogFile.read(new InputStreamReader(json, StandardCharsets.UTF_8)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
