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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The facts about the Gemini image models. They are used for information and checks. An unknown model id is passed on
 * to the API unchecked. Immutable.
 *
 * <p>A model may differ between services: {@link #at} gives the catalog for one service. A service with several APIs
 * has an entry for each, called a face. An entry of a model lists the differences under {@code at}: facts that override
 * the model's own, the {@code name} of the model there, and further {@code aliases}. Without such facts, the model's
 * own apply. A model that is {@code false} at a face is not in that catalog, because the service does not have it or
 * does not document it; its id is passed on unchecked. A face that is not listed under {@code services} has the models
 * with their own facts, without limits and formats of a single face.
 *
 * <p>The standard catalog is the resource {@code models.json} beside this class. A user's file has the same form, and
 * only needs the entries that differ:
 *
 * <pre>{@code
 * {"models": {
 *   "gemini-nano-banana-2.1": {"prices": {"input": 1.20, "source": "our contract"},
 *                              "at": {"aimlapi": {"prices": {"perImage": {"1K": 0.05}}}}},
 *   "our-alias":              {"like": "gemini-3.1-flash-image"}
 * }}
 * }</pre>
 *
 * <p>Objects are merged field by field. Lists are replaced, and so are tables that an entry refers to by name. A group
 * of facts that a user changes has the user's source, date and note, not the original ones.
 */
public final class ModelCatalog {
    private static final String RESOURCE = "models.json";

    private final CatalogFile file;
    /** Null for the models with their own facts, independent of a service. */
    private final String face;

    private final ModelCatalog asTheyAre;
    private final Map<String, ModelSpec> models;
    private final Map<String, ModelSpec> byName;
    private final List<ServiceFace> faces;
    private final Map<String, ModelCatalog> byFace;

    private ModelCatalog(CatalogFile file) {
        this.file = file;
        this.face = null;
        this.asTheyAre = this;
        this.models = Collections.unmodifiableMap(file.models());
        this.byName = models;
        this.faces = List.copyOf(file.faces());
        this.byFace = faces.stream()
                .collect(Collectors.toUnmodifiableMap(ServiceFace::name, of -> new ModelCatalog(this, of.name())));
    }

    private ModelCatalog(ModelCatalog asTheyAre, String face) {
        this.file = asTheyAre.file;
        this.face = face;
        this.asTheyAre = asTheyAre;
        this.models = Collections.unmodifiableMap(file.models(face));
        this.byName = byName(models, face);
        this.faces = asTheyAre.faces;
        this.byFace = Map.of();
    }

    /** An id always means its own model, even if a service uses that name for another one. */
    private static Map<String, ModelSpec> byName(Map<String, ModelSpec> models, String face) {
        Map<String, ModelSpec> byName = new HashMap<>(models);
        models.forEach((id, model) -> Stream.concat(Stream.of(model.nameAtService()), model.aliases().stream())
                .filter(name -> !models.containsKey(name))
                .forEach(name -> {
                    ModelSpec other = byName.put(name, model.named(name));
                    if (other != null) {
                        throw new IllegalArgumentException(
                                "model '" + id + "': the name '" + name + "' at " + face + " is that of " + other.id());
                    }
                }));
        return byName;
    }

    /**
     * The catalog that comes with the component.
     *
     * @return always the same object
     */
    public static ModelCatalog standard() {
        return Standard.CATALOG;
    }

    /**
     * Adds a user's entries, or changes single facts of known ones.
     *
     * @param json a catalog file; not closed here
     * @return a new catalog, for the same face
     * @throws IllegalArgumentException when the file is invalid; names entry and field
     * @throws IOException when the file can't be read
     */
    public ModelCatalog with(Reader json) throws IOException {
        ModelCatalog changed = new ModelCatalog(file.with(CatalogFile.read(json)));
        return face == null ? changed : changed.at(face);
    }

    /**
     * Adds a user's entries, or changes single facts of known ones.
     *
     * @param json a catalog file in UTF-8; not closed here
     * @return a new catalog, for the same face
     * @throws IllegalArgumentException when the file is invalid; names entry and field
     * @throws IOException when the file can't be read
     */
    public ModelCatalog with(InputStream json) throws IOException {
        return with(new InputStreamReader(json, StandardCharsets.UTF_8));
    }

    /**
     * The models as one face of a service offers them. Cheap, so it may be called often.
     *
     * @param face as in {@link ServiceFace#name}
     * @return always the same object; when the face is unknown, the models with their own facts
     */
    public ModelCatalog at(String face) {
        return asTheyAre.byFace.getOrDefault(face, asTheyAre);
    }

    /**
     * The services that offer models, one entry for each face.
     *
     * @return in the order of the file, including those that this version cannot call
     */
    public List<ServiceFace> faces() {
        return faces;
    }

    /**
     * The values of the option {@code service} that this version can call.
     *
     * @return in the order of the file
     */
    public List<String> services() {
        return faces.stream()
                .filter(ServiceFace::available)
                .map(ServiceFace::service)
                .distinct()
                .toList();
    }

    /**
     * The face that this catalog describes.
     *
     * @return empty for the models with their own facts, independent of a service
     */
    public Optional<ServiceFace> face() {
        return faces.stream().filter(of -> of.name().equals(face)).findFirst();
    }

    /**
     * The other faces where a model meets a condition.
     *
     * @param id as for {@link #find}
     * @param rule the condition, for the model as the face offers it
     * @return in the order of the file, only those that this version can call; empty when the model is unknown
     */
    public List<ServiceFace> otherFaces(String id, Predicate<ModelSpec> rule) {
        return find(id).map(ModelSpec::id).stream()
                .flatMap(own -> faces.stream()
                        .filter(of -> of.available() && !of.name().equals(face))
                        .filter(of -> at(of.name()).find(own).filter(rule).isPresent()))
                .toList();
    }

    /**
     * Finds a model.
     *
     * @param id bare, or as a resource name: {@code models/…}, {@code
     *     projects/…/locations/…/publishers/google/models/…}. In the catalog of a face also the service's own name for
     *     it, which is then its {@link ModelSpec#nameAtService}.
     * @return empty when the catalog does not know the model; it may exist nevertheless
     */
    public Optional<ModelSpec> find(String id) {
        return Optional.ofNullable(byName.get(ModelId.bare(id)));
    }

    /**
     * Finds the id of a model by any of its names.
     *
     * @param name as for {@link #find}, at any service
     * @return empty when the name is unknown
     */
    public Optional<String> idOf(String name) {
        return Stream.concat(Stream.of(asTheyAre), faces.stream().map(of -> at(of.name())))
                .flatMap(catalog -> catalog.find(name).stream())
                .map(ModelSpec::id)
                .findFirst();
    }

    /**
     * A single name for a model that can be called by several.
     *
     * @param name as for {@link #find}
     * @return the id; for an unknown model, the name without the parts of a resource name
     */
    public String oneNameOf(String name) {
        return find(name).map(ModelSpec::id).orElseGet(() -> ModelId.bare(name));
    }

    /**
     * All models, including retired ones.
     *
     * @return in the order of the file, newest first
     */
    public Collection<ModelSpec> specs() {
        return models.values();
    }

    /**
     * The model to use today (UTC) instead of a deprecated or retired one.
     *
     * @param id as for {@link #find}
     * @return a bare id; empty when the model is unknown, Google recommends no other, or this face does not offer the
     *     other
     */
    public Optional<String> successorOf(String id) {
        return successorOf(id, LocalDate.now(ZoneOffset.UTC));
    }

    /**
     * The model to use instead of a deprecated or retired one. Skips successors that are themselves replaced by then.
     *
     * @param id as for {@link #find}
     * @param day on which it is to be used
     * @return a bare id; empty when the model is unknown, Google recommends no other, or this face does not offer the
     *     other
     */
    public Optional<String> successorOf(String id, LocalDate day) {
        Optional<String> successor = directSuccessor(id);
        Set<String> seen = new HashSet<>();
        while (successor.filter(seen::add).isPresent() && isOnTheWayOut(successor.get(), day)) {
            successor = directSuccessor(successor.get());
        }
        return successor;
    }

    /** Only a successor that is offered here is useful. */
    private Optional<String> directSuccessor(String id) {
        return find(id).flatMap(model -> model.lifeCycle().successor())
                .filter(other ->
                        find(other).isPresent() || asTheyAre.find(other).isEmpty());
    }

    private boolean isOnTheWayOut(String id, LocalDate day) {
        return directSuccessor(id).isPresent()
                && find(id).orElseThrow().lifeCycle().stageOn(day).compareTo(LifeCycle.Stage.DEPRECATED) >= 0;
    }

    /** Loaded at first use. */
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
