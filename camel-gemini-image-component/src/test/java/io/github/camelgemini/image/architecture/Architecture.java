package io.github.camelgemini.image.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rules on the architecture page of the documentation. A violation is reported with the reason for the rule. */
final class Architecture {

    static final String ROOT = "io.github.camelgemini.image";

    /** The package of component and endpoint, which may use all others. */
    private static final String FACE = "";
    /** All packages that show text from outside use this one. */
    private static final String SECRET = "secret";

    /**
     * A package, and the packages that it may use.
     *
     * @param name below {@link #ROOT}
     * @param mayKnow packages that may be imported
     */
    private record Layer(String name, Set<String> mayKnow, String why) {

        Layer(String name, String why, String... mayKnow) {
            this(name, Set.of(mayKnow), why);
        }
    }

    private static final String BYTES_ONLY = "where bytes are has nothing to do with what is asked of a model";
    private static final String OF_A_SERVICE =
            "a service answers an ImageRequest, and knows no other service but one whose dialect it speaks";

    /** From top to bottom: no package may use one above. */
    private static final List<Layer> LAYERS = List.of(
            new Layer(
                    "produce",
                    "producers are given what they need by the endpoint, and know no service",
                    "connection batch repository request request.fetch result conversation observation resilience backend backend.batch error payload model"
                            .split(" ")),
            new Layer(
                    "consume",
                    "consumers are given what they need by the endpoint, and know no service",
                    "connection batch request result observation resilience backend backend.batch error payload model"
                            .split(" ")),
            new Layer(
                    "batch",
                    "batches are remembered and made of jobs the same way, whoever draws and whoever brings the results",
                    "files request result budget backend backend.batch error payload model".split(" ")),
            new Layer(
                    "repository",
                    "results are kept the same way, whoever drew them",
                    "files request result backend error payload model".split(" ")),
            new Layer(
                    "connection",
                    "what endpoints share has nothing to do with the messages that they take, nor with one service",
                    "request request.fetch result observation resilience budget backend backend.batch error payload model"
                            .split(" ")),
            new Layer(
                    "observation",
                    "who counts calls has no part in them",
                    "resilience budget request result error payload model".split(" ")),
            new Layer(
                    "resilience",
                    "retries and limits are the same for every service",
                    "budget backend backend.batch request result error model".split(" ")),
            new Layer(
                    "budget",
                    "what is spent is counted the same way for every service",
                    "backend backend.batch request result error model".split(" ")),
            service("inferencesh", "http"),
            service("gmi", "gemini", "http"),
            service("anyfast", "gemini", "http"),
            service("google", "gemini"),
            service("gemini"),
            service("http"),
            new Layer(
                    "backend",
                    "the seam is the same for every service",
                    "backend.batch request result error payload payload.json payload.spool model".split(" ")),
            new Layer(
                    "backend.batch",
                    "jobs are the same for every service",
                    "request result error payload model".split(" ")),
            new Layer(
                    "result",
                    "writing a message must not depend on who answered it",
                    "request error payload payload.json model".split(" ")),
            new Layer(
                    "request",
                    "reading a message must not depend on who will answer it",
                    "request.fetch error payload payload.json model".split(" ")),
            new Layer(
                    "request.fetch",
                    "pictures are fetched the same way whatever is asked of them",
                    "http error payload model".split(" ")),
            new Layer(
                    "conversation",
                    "where conversations are kept has nothing to do with what is said in them",
                    "payload"),
            new Layer("http", "a connection is mended the same way, whoever calls by it"),
            new Layer("files", "files are written without knowing what is in them"),
            new Layer("payload.json", BYTES_ONLY, "payload"),
            new Layer("payload", BYTES_ONLY, "payload.spool"),
            new Layer(
                    "error",
                    "every package throws these exceptions, so they know none of us but the nouns, and what a disk does",
                    "payload.spool model".split(" ")),
            new Layer("payload.spool", "files are kept without knowing what is in them"),
            new Layer(SECRET, "what must not be told is known to everybody, and knows none of us"),
            new Layer("model", "the field's nouns must be usable by everybody, so they know none of us"));

    /** A service; one that is built on the format of another names it above. */
    private static Layer service(String name, String... dialects) {
        return new Layer(
                "backend." + name,
                OF_A_SERVICE,
                Stream.concat(
                                Stream.of(
                                        "backend",
                                        "backend.batch",
                                        "request",
                                        "result",
                                        "error",
                                        "payload",
                                        "payload.json",
                                        "payload.spool",
                                        "http"),
                                Stream.concat(
                                        Stream.of("model"), Stream.of(dialects).map("backend."::concat)))
                        .toArray(String[]::new));
    }

    /**
     * A part of a package that others may use, if they may not use all of it.
     *
     * @param by pattern of the packages that use it
     * @param of the package
     * @param classes that they may use
     */
    private record Part(Pattern by, String of, Set<String> classes, String why) {

        Part(String by, String of, Set<String> classes, String why) {
            this(Pattern.compile(by), of, classes, why);
        }
    }

    private static final String ANSWERING = "to answer must not depend on how a message is read and written";

    private static final List<Part> PARTS = List.of(
            new Part(
                    "result",
                    "request",
                    Set.of("Turn", "RequestHeaders"),
                    "writing a message must not depend on the request, which may be long gone"),
            new Part(
                    "observation|backend.*",
                    "request",
                    Set.of(
                            "ImageRequest",
                            "Turn",
                            "Parameter",
                            "ReferenceImage",
                            "ProgressListener",
                            "ThoughtSignature"),
                    ANSWERING),
            new Part(
                    "observation|resilience|backend.*",
                    "result",
                    Set.of("ImageResult", "GeneratedImage", "RemoteImage"),
                    ANSWERING));

    /**
     * A library, and who may use it.
     *
     * @param names prefixes of class names
     * @param by full names of classes, or packages with {@code *}, below {@link #ROOT}
     */
    private record Library(List<String> names, List<String> by, String why) {}

    private static final String OPTIONAL = "applications without that library must not load a class that needs it";

    private static final List<Library> LIBRARIES = List.of(
            new Library(
                    List.of("com.google.genai", "com.google.auth", "com.google.api"),
                    // The type of the option client, and the check of tokens that Google signs.
                    List.of("backend.google.*", "GeminiImageConfiguration", "consume.SignedToken"),
                    "Google's SDK is one way to reach one service"),
            new Library(
                    List.of("org.apache.camel.component.http", "org.apache.hc", "org.apache.http"),
                    // The guard for routes that call by themselves.
                    List.of("backend.http.*", "request.fetch.PublicServers"),
                    "camel-http is optional, and wrapped for all services at one place"),
            new Library(List.of("io.micrometer"), List.of("observation.CallMeters"), OPTIONAL),
            new Library(List.of("io.opentelemetry"), List.of("observation.CallSpan"), OPTIONAL),
            new Library(
                    List.of("org.apache.camel.telemetry"), List.of("observation.GeminiImageSpanDecorator"), OPTIONAL));

    /** The parts of Camel that packages without access to exchanges may use. */
    private static final Map<String, List<String>> CAMEL = Map.of(
            "model", List.of(),
            "error", List.of(),
            "conversation", List.of(),
            "resilience", List.of(),
            "request.fetch", List.of(),
            "payload", List.of("Converter", "Exchange", "StreamCache"),
            "payload.json", List.of("StreamCache"),
            "payload.spool", List.of(),
            "backend", List.of("CamelContext", "support.jsse.SSLContextParameters"));

    /** The parts of Camel that a service may use. */
    private static final List<String> CAMEL_OF_SERVICE =
            List.of("CamelContext", "support.jsse.SSLContextParameters", "support.ResourceHelper");

    /** The libraries that the payload packages may use besides the JDK; Jackson is for {@code payload.json}. */
    private static final List<String> LIBRARIES_OF_BYTES = List.of(
            "java.",
            "com.fasterxml.jackson.",
            "okhttp3.",
            "okio.",
            "org.slf4j.",
            "org.apache.camel.",
            "com.drew.",
            "com.google.common.io.");

    private static final Pattern EMPTY_NAME = Pattern.compile(".*(Manager|Helper|Util|Utils|Impl)");

    /**
     * A dependency that closes a cycle and is accepted.
     *
     * @param from a class, below {@link #ROOT}
     * @param to another class of the same package
     */
    private record Accepted(String from, String to, String why) {}

    private static final List<Accepted> ACCEPTED = List.of(
            new Accepted(
                    "GeminiImageEndpoint",
                    "GeminiImageComponent",
                    "Camel's own: a component makes endpoints, and an endpoint has its component"),
            new Accepted(
                    "payload.ImageInfo",
                    "payload.ImageHeader",
                    "the factory of a value: ImageInfo.read is where a user looks for it, and its readers give the value"));

    private final List<SourceClass> classes;

    Architecture(SourceTree tree) {
        this.classes = tree.classes();
    }

    /** All violations. */
    List<String> broken() {
        return Stream.of(
                        arrowsUp(),
                        circlesOfPackages(),
                        circlesOfClasses(),
                        morePartsKnown(),
                        libraries(),
                        camelBelow(),
                        librariesOfBytes(),
                        emptyNames())
                .flatMap(List::stream)
                .toList();
    }

    /** Packages that use a forbidden one, and packages without a place. */
    List<String> arrowsUp() {
        List<String> broken = new ArrayList<>();
        for (SourceClass known : classes) {
            String from = below(known.packageName());
            if (from.equals(FACE)) {
                continue;
            }
            Layer layer = layer(from);
            if (layer == null) {
                broken.add("package " + from + " of " + known.name()
                        + " has no place in the architecture: say in Architecture.LAYERS whom it may know");
                continue;
            }
            for (String other : known.known()) {
                if (isOurs(other)
                        && !packageBelow(other).equals(SECRET)
                        && !layer.mayKnow().contains(packageBelow(other))
                        && !packageBelow(other).equals(from)) {
                    broken.add(from + "." + known.name() + " knows " + other + ", but arrows point down: "
                            + (packageBelow(other).equals(FACE)
                                    ? "what a lower package needs of an option is given to it by endpoint or component"
                                    : layer.why()));
                }
            }
        }
        return broken;
    }

    /** Null for a package without a place; services have theirs without being named. */
    private static Layer layer(String name) {
        Layer unnamed = name.startsWith("backend.") ? service(name.substring("backend.".length()), "http") : null;
        return LAYERS.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElse(unnamed);
    }

    List<String> circlesOfPackages() {
        Map<String, Set<String>> known = new TreeMap<>();
        for (SourceClass one : classes) {
            String from = below(one.packageName());
            one.known().stream()
                    .filter(this::isOurs)
                    .map(this::packageBelow)
                    .filter(to -> !to.equals(from))
                    .forEach(to ->
                            known.computeIfAbsent(from, name -> new TreeSet<>()).add(to));
        }
        return new Circles(known)
                .all().stream()
                        .map(circle -> "packages know each other: "
                                + String.join(
                                        " → ",
                                        circle.stream().map(Architecture::shown).toList())
                                + ", but the data goes one way through the packages, and those of a circle are one")
                        .toList();
    }

    List<String> circlesOfClasses() {
        Map<String, Set<String>> known = new TreeMap<>();
        for (SourceClass one : classes) {
            one.known().stream()
                    .filter(other -> isOurs(other) && packageBelow(other).equals(below(one.packageName())))
                    .forEach(other -> known.computeIfAbsent(below(one.fullName()), name -> new TreeSet<>())
                            .add(below(other)));
        }
        List<String> broken = new ArrayList<>();
        for (Accepted accepted : ACCEPTED) {
            Set<String> arrows = known.getOrDefault(accepted.from(), new TreeSet<>());
            boolean there =
                    classes.stream().anyMatch(one -> below(one.fullName()).equals(accepted.from()));
            boolean closesACircle =
                    arrows.contains(accepted.to()) && new Circles(known).reaches(accepted.to(), accepted.from());
            if (there && !closesACircle) {
                broken.add(accepted.from() + " → " + accepted.to()
                        + " closes no circle any more: take it out of Architecture.ACCEPTED");
            }
            arrows.remove(accepted.to());
        }
        new Circles(known)
                .all()
                .forEach(circle -> broken.add("classes know each other: " + String.join(" → ", circle)
                        + ", but none of them can be read or tested without the others: let one be given what it needs, or"
                        + " move what both need into a third"));
        return broken;
    }

    /** Packages that use more of another than they may. */
    List<String> morePartsKnown() {
        List<String> broken = new ArrayList<>();
        for (Part part : PARTS) {
            for (SourceClass one : classes) {
                String from = below(one.packageName());
                if (!part.by().matcher(from).matches()) {
                    continue;
                }
                one.known().stream()
                        .filter(other -> isOurs(other) && packageBelow(other).equals(part.of()))
                        .map(other -> other.substring(other.lastIndexOf('.') + 1))
                        .filter(other -> !part.classes().contains(other))
                        .forEach(other -> broken.add(from + "." + one.name() + " knows " + part.of() + "." + other
                                + ", but of package " + part.of() + " it may know "
                                + String.join(", ", new TreeSet<>(part.classes())) + " alone: " + part.why()));
            }
        }
        return broken;
    }

    List<String> libraries() {
        List<String> broken = new ArrayList<>();
        for (Library library : LIBRARIES) {
            for (SourceClass one : classes) {
                String by = below(one.packageName()) + ".*";
                if (!library.by().contains(below(one.fullName()))
                        && !library.by().contains(by)) {
                    one.known().stream()
                            .filter(name -> startsWithAny(name, library.names()))
                            .forEach(name -> broken.add(below(one.fullName()) + " knows " + name + ", but only "
                                    + String.join(", ", library.by()) + " may: " + library.why()));
                }
            }
        }
        return broken;
    }

    /** Uses of Camel in packages without access to exchanges. */
    List<String> camelBelow() {
        List<String> broken = new ArrayList<>();
        for (SourceClass one : classes) {
            String from = below(one.packageName());
            boolean service = from.startsWith("backend.") && !from.equals("backend.http");
            List<String> allowed = service ? CAMEL_OF_SERVICE : CAMEL.get(from);
            for (String name : one.known()) {
                String ofCamel =
                        name.startsWith("org.apache.camel.") ? name.substring("org.apache.camel.".length()) : null;
                boolean message = from.equals("backend.http")
                        && Set.of("Exchange", "Message", "*").contains(String.valueOf(ofCamel));
                if (ofCamel != null && (message || allowed != null && !allowed.contains(ofCamel))) {
                    broken.add(
                            from + "." + one.name() + " knows Camel's " + ofCamel
                                    + ", but only packages that read or write messages may: whoever is below them takes values");
                }
            }
        }
        return broken;
    }

    List<String> librariesOfBytes() {
        return classes.stream()
                .filter(one -> below(one.packageName()).matches("payload(\\..*)?"))
                .flatMap(one -> one.known().stream()
                        .filter(name -> !isOurs(name) && !startsWithAny(name, LIBRARIES_OF_BYTES))
                        .map(name -> below(one.fullName()) + " knows " + name
                                + ", but pictures are streamed the same way whoever fetches them"))
                .toList();
    }

    List<String> emptyNames() {
        return classes.stream()
                .filter(one -> EMPTY_NAME.matcher(one.name()).matches())
                .map(one -> below(one.fullName()) + " has a name that hides what the class is for")
                .toList();
    }

    private static boolean startsWithAny(String name, List<String> beginnings) {
        return beginnings.stream().anyMatch(beginning -> name.equals(beginning) || name.startsWith(beginning));
    }

    private static String shown(String name) {
        return name.equals(FACE) ? "the face" : name;
    }

    private boolean isOurs(String name) {
        return name.startsWith(ROOT + ".");
    }

    private String packageBelow(String className) {
        return below(className.substring(0, className.lastIndexOf('.')));
    }

    private static String below(String name) {
        return name.equals(ROOT) ? FACE : name.substring(ROOT.length() + 1);
    }
}
