package io.github.camelgemini.image;

import io.github.camelgemini.image.backend.ImageService;
import io.github.camelgemini.image.backend.ServiceOptions;
import io.github.camelgemini.image.backend.ServiceTraits;
import io.github.camelgemini.image.connection.Wanted;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.payload.PayloadStore;
import io.github.camelgemini.image.resilience.ResilienceSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the connection options of an endpoint. Refuses values that are out of range, and names the option. */
final class ConnectionOptions {

    private static final Pattern HOST_PATTERN =
            Pattern.compile("(\\*\\.)?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private final GeminiImageConfiguration options;
    private final BiFunction<GeminiImageConfiguration, String, Object> values;

    /** @param values gives the value of an option by its name */
    ConnectionOptions(GeminiImageConfiguration options, BiFunction<GeminiImageConfiguration, String, Object> values) {
        this.options = options;
        this.values = values;
    }

    /**
     * @param emulator base URL of the emulator to call instead of the service; null for none
     */
    Wanted wanted(ImageService service, String emulator) {
        return new Wanted(service, ofService(service, emulator), patience(), spool(), fetching());
    }

    /** The connection options for a service. */
    ServiceOptions ofService(ImageService service, String emulator) {
        Map<String, Object> own = new LinkedHashMap<>();
        service.traits().stream()
                .flatMap(traits -> traits.options().stream())
                .distinct()
                .forEach(name -> {
                    Object value = values.apply(options, name);
                    if (value != null) {
                        own.put(name, value);
                    }
                });
        return new ServiceOptions(
                options.getApiKey(),
                options.getBaseUrl(),
                options.getApiVersion(),
                options.getAdditionalHeader() == null ? Map.of() : options.getAdditionalHeader(),
                timeout("connectTimeout", options.getConnectTimeout()),
                timeout("idleTimeout", options.getIdleTimeout()),
                proxy(options),
                options.getSslContextParameters(),
                own,
                emulator);
    }

    /**
     * The names of the options that the route sets, among those that only some services have.
     *
     * @param autowired the client that Camel found in the registry by itself; it does not count as set
     */
    List<String> written(Collection<ServiceTraits> services, Object autowired) {
        GeminiImageConfiguration plain = new GeminiImageConfiguration();
        Set<String> names = new TreeSet<>();
        services.forEach(traits -> names.addAll(traits.options()));
        return names.stream()
                .filter(name -> {
                    Object value = values.apply(options, name);
                    return value != null && value != autowired && !value.equals(values.apply(plain, name));
                })
                .toList();
    }

    /** The models of the option {@code fallbackModels}. */
    static List<String> fallbackModels(GeminiImageConfiguration options) {
        return options.getFallbackModels() == null
                ? List.of()
                : Stream.of(options.getFallbackModels().split(","))
                        .map(String::strip)
                        .filter(model -> !model.isEmpty())
                        .toList();
    }

    private ResilienceSettings patience() {
        return new ResilienceSettings(
                options.getMaxRetries(),
                Duration.ofMillis(options.getRetryInitialDelay()),
                Duration.ofMillis(options.getRetryMaxDelay()),
                Duration.ofMillis(options.getRequestTimeout()),
                options.getMaxConcurrentRequests(),
                options.getRequestsPerMinute(),
                options.getMaxQueued(),
                fallbackModels(options),
                Duration.ofMillis(options.getFallbackPatience()));
    }

    private Wanted.Spool spool() {
        Long written = options.getSpoolThreshold();
        long threshold =
                written == null ? PayloadStore.defaultSpoolThreshold(options.getMaxConcurrentRequests()) : written;
        atLeast0("spoolThreshold", threshold);
        atLeast0("spoolLimit", options.getSpoolLimit());
        return new Wanted.Spool(
                Optional.ofNullable(options.getSpoolDirectory()).map(Path::of), threshold, options.getSpoolLimit());
    }

    /** @throws InvalidRequestException when it is not */
    static long positive(String option, long value) {
        if (value < 1) {
            throw new InvalidRequestException("option " + option + " '" + value + "' must be at least 1");
        }
        return value;
    }

    private static void atLeast0(String option, long bytes) {
        if (bytes < 0) {
            throw new InvalidRequestException("option " + option + " '" + bytes + "' must be at least 0 bytes");
        }
    }

    /** How pictures are fetched: with the endpoint's TLS and proxy options, and never with its credentials. */
    private Wanted.Fetching fetching() {
        List<String> hosts = options.getAllowedReferenceHosts() == null
                ? List.of()
                : Stream.of(options.getAllowedReferenceHosts().split(","))
                        .map(String::strip)
                        .toList();
        for (String host : hosts) {
            if (!HOST_PATTERN.matcher(host).matches()) {
                throw new InvalidRequestException("allowedReferenceHosts '" + host
                        + "' must be a host such as pictures.example.com, or *.example.com for all hosts below a domain,"
                        + " without scheme, port or path");
            }
        }
        return new Wanted.Fetching(
                hosts,
                options.isAllowPrivateReferences(),
                timeout("connectTimeout", options.getConnectTimeout()),
                proxy(options),
                options.getSslContextParameters());
    }

    private static Duration timeout(String option, long millis) {
        if (millis < 0 || millis > Integer.MAX_VALUE) {
            throw new InvalidRequestException("option " + option + " '" + millis + "' must be between 0 and "
                    + Integer.MAX_VALUE + " milliseconds; 0 means no limit");
        }
        return Duration.ofMillis(millis);
    }

    /** The proxy that the options name; null for none. */
    static ServiceOptions.HttpProxy proxy(GeminiImageConfiguration options) {
        String host = options.getProxyHost();
        if (host == null) {
            return null;
        }
        if (!HOST_PATTERN.matcher(host).matches()) {
            throw new InvalidRequestException("proxyHost '" + host.replaceFirst(".*@", "")
                    + "' must be a host such as proxy.example.com, without scheme, user, port or path");
        }
        if (options.getProxyPort() == null) {
            throw new InvalidRequestException("proxyHost '" + host + "' requires the option proxyPort as well");
        }
        return new ServiceOptions.HttpProxy(host, options.getProxyPort());
    }
}
