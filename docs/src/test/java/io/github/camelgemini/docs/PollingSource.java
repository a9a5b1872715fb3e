package io.github.camelgemini.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The source of a route's messages, as written in a page, a class or a YAML file.
 *
 * @param where the file
 * @param uri of the endpoint, or the name of a source Kamelet
 * @param options of the endpoint, including those in the URI
 * @param failuresAreHandled whether an error handler beside it handles failures
 * @param removesHeaders whether the route, or another one beside it, removes headers
 */
record PollingSource(
        String where, String uri, Map<String, String> options, boolean failuresAreHandled, boolean removesHeaders) {

    /** A message does not come again by itself: the caller decides, or the next message is a different one. */
    private static final Set<String> NEVER_AGAIN = Set.of(
            // The results of a batch come again with growing pauses, and are not billed again.
            "gemini-image",
            "direct",
            "seda",
            "timer",
            "scheduler",
            "quartz",
            "cron",
            "platform-http",
            "rest",
            "kamelet",
            "timer-source",
            "cron-source");

    private static final Set<String> FILES = Set.of("file", "ftp", "ftps", "sftp", "smb");
    private static final Set<String> MAIL = Set.of("imap", "imaps", "pop3", "pop3s");
    private static final Set<String> QUEUES = Set.of("jms", "activemq", "activemq6", "amqp", "sjms", "sjms2");

    /** Or it comes again after a pause, and the route behind it has dead letters. */
    private static final Pattern HANDLED = Pattern.compile(
            "deadLetterChannel|\\.handled\\(true\\)|handled:\\s*(true|constant: \"?true)|errorHandler:\\s*sink:"
                    + "|doCatch\\(Throwable\\.class\\)[^;]*\\.delay\\(");

    private static final Pattern FROM = Pattern.compile("\\bfrom[CF]?\\(");
    private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern ENDPOINT_DSL = Pattern.compile("\\s*(\\w+)\\(");
    /** Of Markdown, of AsciiDoc. */
    private static final Pattern BLOCK = Pattern.compile(
            "(?s)^```(\\w+)\\n(.*?)^```|^\\[source,(\\w+)[^\\n]*\\n----\\n(.*?)^----", Pattern.MULTILINE);

    /** Whether a failed message comes again with the next poll, and is billed again. */
    boolean bringsAFailedMessageAgain() {
        String scheme = scheme();
        if (NEVER_AGAIN.contains(scheme) || failuresAreHandled) {
            return false;
        }
        if (FILES.contains(scheme)) {
            return !options.containsKey("moveFailed") && !"1".equals(options.get("repeatCount"));
        }
        if (scheme.equals("kafka")) {
            return "true".equals(options.get("breakOnFirstError")) || "false".equals(options.get("autoCommitEnable"));
        }
        if (QUEUES.contains(scheme)) {
            return "true".equals(options.get("transacted"));
        }
        // Mail, object stores, databases, and unknown components.
        return true;
    }

    /** Whether unknown senders can set headers of its messages. */
    boolean bringsHeadersOfStrangers() {
        String scheme = scheme();
        return scheme.equals("kafka") || QUEUES.contains(scheme) || MAIL.contains(scheme) || scheme.startsWith("{{");
    }

    private String scheme() {
        return uri.replaceFirst("[:?].*", "");
    }

    /** All sources in a file. */
    static List<PollingSource> in(Path file) {
        String text = read(file);
        String where = file.toString();
        if (where.endsWith(".java")) {
            return inJava(where, text);
        }
        if (where.endsWith(".yaml")) {
            return inYaml(where, text);
        }
        // The error handlers of a page may be in another block.
        List<PollingSource> sources =
                new ArrayList<>(inJava(where, blocks(text, "java").collect(Collectors.joining("\n"))));
        blocks(text, "yaml").forEach(block -> sources.addAll(inYaml(where, block)));
        return sources;
    }

    private static Stream<String> blocks(String page, String language) {
        return BLOCK.matcher(page)
                .results()
                .filter(block -> language.equals(block.group(1)) || language.equals(block.group(3)))
                .map(block -> block.group(1) != null ? block.group(2) : block.group(4));
    }

    static List<PollingSource> inJava(String where, String code) {
        List<PollingSource> sources = new ArrayList<>();
        List<Integer> starts =
                FROM.matcher(code).results().map(MatchResult::end).toList();
        for (int i = 0; i < starts.size(); i++) {
            // Everything before the first route applies to all routes.
            String all = code.substring(0, starts.get(0));
            String own = code.substring(starts.get(i), i + 1 < starts.size() ? starts.get(i + 1) : code.length());
            String uri = uri(argument(own));
            if (!uri.isEmpty()) {
                boolean handled = HANDLED.matcher(all + own).find();
                sources.add(source(where, uri, Map.of(), handled, code.contains("removeHeaders(")));
            }
        }
        return sources;
    }

    /** The text up to the closing parenthesis. */
    private static String argument(String code) {
        int open = 1;
        boolean text = false;
        for (int i = 0; i < code.length(); i++) {
            char c = code.charAt(i);
            if (c == '"' && (i == 0 || code.charAt(i - 1) != '\\')) {
                text = !text;
            } else if (!text && (c == '(' || c == ')')) {
                open += c == '(' ? 1 : -1;
                if (open == 0) {
                    return code.substring(0, i);
                }
            }
        }
        return code;
    }

    /**
     * The string literals of an argument, joined; {@code file("prompts")} is from the endpoint DSL. Empty when there
     * are none.
     */
    private static String uri(String argument) {
        String texts =
                TEXT.matcher(argument).results().map(text -> text.group(1)).collect(Collectors.joining());
        Matcher dsl = ENDPOINT_DSL.matcher(argument);
        return dsl.lookingAt() ? dsl.group(1) + ":" + texts : texts;
    }

    static List<PollingSource> inYaml(String where, String yaml) {
        List<PollingSource> sources = new ArrayList<>();
        try {
            Object tree = new Load(LoadSettings.builder().build()).loadFromString(yaml);
            collect(where, tree, handledIn(where, yaml), yaml.contains("removeHeaders:"), sources);
        } catch (YamlEngineException e) {
            // A part of a page that is not complete YAML.
        }
        return sources;
    }

    private static void collect(
            String where, Object node, boolean handled, boolean removes, List<PollingSource> sources) {
        if (node instanceof List<?> list) {
            list.forEach(item -> collect(where, item, handled, removes, sources));
        } else if (node instanceof Map<?, ?> map) {
            for (String name : List.of("from", "source")) {
                if (map.get(name) instanceof Map<?, ?> from) {
                    sources.addAll(sourceInYaml(where, from, handled, removes));
                }
            }
            map.values().forEach(value -> collect(where, value, handled, removes, sources));
        }
    }

    private static List<PollingSource> sourceInYaml(String where, Map<?, ?> from, boolean handled, boolean removes) {
        Object uri = from.get("uri");
        if (uri == null && from.get("ref") instanceof Map<?, ?> kamelet) {
            uri = kamelet.get("name");
        }
        if (uri == null) {
            return List.of();
        }
        Object options = from.get("parameters") != null ? from.get("parameters") : from.get("properties");
        return List.of(
                source(where, uri.toString(), options instanceof Map<?, ?> map ? map : Map.of(), handled, removes));
    }

    /** An error handler for all routes may be in another file beside it. */
    private static boolean handledIn(String where, String yaml) {
        if (HANDLED.matcher(yaml).find()) {
            return true;
        }
        Path folder = Path.of(where).getParent();
        if (folder == null || !where.endsWith(".yaml")) {
            return false;
        }
        try (Stream<Path> beside = Files.list(folder)) {
            return beside.filter(file -> file.toString().endsWith(".yaml"))
                    .map(PollingSource::read)
                    .anyMatch(text -> text.contains("routeConfiguration:")
                            && HANDLED.matcher(text).find());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PollingSource source(
            String where, String uri, Map<?, ?> parameters, boolean handled, boolean removes) {
        Map<String, String> options = new LinkedHashMap<>();
        parameters.forEach((name, value) -> options.put(name.toString(), String.valueOf(value)));
        if (uri.contains("?")) {
            for (String option : uri.substring(uri.indexOf('?') + 1).split("&")) {
                String[] parts = option.split("=", 2);
                options.put(parts[0], parts.length > 1 ? parts[1] : "");
            }
        }
        return new PollingSource(where, uri, options, handled, removes);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
