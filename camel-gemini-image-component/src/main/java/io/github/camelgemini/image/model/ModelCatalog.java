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
 * What is known of the Gemini image models. It informs and checks, it does not decide: an id that it doesn't know is
 * simply passed on to the API. Immutable.
 *
 * <p>A model is not the same wherever it is sold: {@link #at} gives the catalog as one face of a service offers it. An entry may
 * say so under {@code at}, field by field over the model's own facts, with the {@code name} that it has there and further
 * {@code aliases}. What nothing is said of is as the model is. One that is {@code false} at a face is not in the catalog there:
 * the service does not have it, or nobody has said so, and its id is passed on unchecked as any unknown one is. A face that is
 * not under {@code services} has the models as they are, without limits and formats that are those of one face.
 *
 * <p>The standard catalog is the resource {@code models.json} beside this class; a user's file has the same form, and
 * need only hold what differs:
 *
 * <pre>{@code
 * {"models": {
 *   "gemini-nano-banana-2.1": {"prices": {"input": 1.20, "source": "our contract"},
 *                              "at": {"aimlapi": {"prices": {"perImage": {"1K": 0.05}}}}},
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
    /** Null for the models as they are, whoever offers them. */
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

    /** An id stands for its own model everywhere, also where a service has that name for another. */
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
     * @return always the same
     */
    public static ModelCatalog standard() {
        return Standard.CATALOG;
    }

    /**
     * Adds a user's entries, or changes single facts of known ones.
     *
     * @param json a catalog file; not closed here
     * @return a new catalog, of the same face
     * @throws IllegalArgumentException when the file is wrong, naming entry and field
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
     * @return a new catalog, of the same face
     * @throws IllegalArgumentException when the file is wrong, naming entry and field
     * @throws IOException when the file can't be read
     */
    public ModelCatalog with(InputStream json) throws IOException {
        return with(new InputStreamReader(json, StandardCharsets.UTF_8));
    }

    /**
     * The models as one face of a service offers them. Costs nothing.
     *
     * @param face as in {@link ServiceFace#name}
     * @return always the same; the models as they are, whoever offers them, when the face is unknown
     */
    public ModelCatalog at(String face) {
        return asTheyAre.byFace.getOrDefault(face, asTheyAre);
    }

    /**
     * Where models are sold.
     *
     * @return in the order of the file, those too that this version cannot call
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
     * Which face this catalog is of.
     *
     * @return empty for the models as they are, whoever offers them
     */
    public Optional<ServiceFace> face() {
        return faces.stream().filter(of -> of.name().equals(face)).findFirst();
    }

    /**
     * The other faces that offer a model so that something holds.
     *
     * @param id as for {@link #find}
     * @param rule whether it does, of the model as a face offers it
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
     * @param id bare, or as a resource name: {@code models/…},
     *     {@code projects/…/locations/…/publishers/google/models/…}; at a face also a name that the service has for it, which
     *     then is its {@link ModelSpec#nameAtService}
     * @return empty when the model is unknown here, which says nothing about whether it exists
     */
    public Optional<ModelSpec> find(String id) {
        return Optional.ofNullable(byName.get(ModelId.bare(id)));
    }

    /**
     * The id of the model that goes by a name anywhere.
     *
     * @param name as for {@link #find}, of whichever service
     * @return empty when the name is unknown
     */
    public Optional<String> idOf(String name) {
        return Stream.concat(Stream.of(asTheyAre), faces.stream().map(of -> at(of.name())))
                .flatMap(catalog -> catalog.find(name).stream())
                .map(ModelSpec::id)
                .findFirst();
    }

    /**
     * One name for all that a model may be asked by.
     *
     * @param name as for {@link #find}
     * @return the id; for a model that is not known, the name without that of the resource
     */
    public String oneNameOf(String name) {
        return find(name).map(ModelSpec::id).orElseGet(() -> ModelId.bare(name));
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
     * @return a bare id; empty when the model is unknown, Google advises no other, or that is not offered at this face
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
     * @return a bare id; empty when the model is unknown, Google advises no other, or that is not offered at this face
     */
    public Optional<String> successorOf(String id, LocalDate day) {
        Optional<String> successor = directSuccessor(id);
        Set<String> seen = new HashSet<>();
        while (successor.filter(seen::add).isPresent() && isOnTheWayOut(successor.get(), day)) {
            successor = directSuccessor(successor.get());
        }
        return successor;
    }

    /** One that is not offered here is no help. */
    private Optional<String> directSuccessor(String id) {
        return find(id).flatMap(model -> model.lifeCycle().successor())
                .filter(other ->
                        find(other).isPresent() || asTheyAre.find(other).isEmpty());
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
