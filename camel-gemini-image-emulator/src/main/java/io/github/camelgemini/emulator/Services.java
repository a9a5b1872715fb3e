package io.github.camelgemini.emulator;

import io.github.camelgemini.emulator.api.Api;
import io.github.camelgemini.emulator.api.EndedModels;
import io.github.camelgemini.emulator.api.HostedPictures;
import io.github.camelgemini.emulator.api.Incoming;
import io.github.camelgemini.emulator.api.Reply;
import io.github.camelgemini.emulator.api.Target;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** The services on the server, with what all of them have: pictures to fetch, and models that are shut down. */
final class Services {

    /** A service. */
    private record Entry(Api api, EndedModels ended, HostedPictures hosted) {}

    private final Map<EmulatedService, Entry> services = new EnumMap<>(EmulatedService.class);

    void add(EmulatedService service, Api api, EndedModels ended, HostedPictures hosted) {
        services.put(service, new Entry(api, ended, hosted));
    }

    Api api(EmulatedService service) {
        return services.get(service).api();
    }

    EndedModels ended(EmulatedService service) {
        return services.get(service).ended();
    }

    /** What a URL asks for. The path is the one below the service's own. */
    Optional<Target> target(EmulatedService service, String method, String path, String query) {
        return HostedPictures.isFor(method, path)
                ? Optional.of(new Target(Target.PICTURE, "", false, false))
                : api(service).target(method, path, query);
    }

    CompletableFuture<Reply> reply(EmulatedService service, Incoming incoming) {
        Entry entry = services.get(service);
        return HostedPictures.isFor(incoming.method(), incoming.path())
                ? entry.hosted().get(incoming.path())
                : entry.api().reply(incoming);
    }

    /** The operations of all services. */
    Set<String> operations() {
        Set<String> operations = new TreeSet<>(Set.of(Target.PICTURE));
        services.values().forEach(entry -> operations.addAll(entry.api().operations()));
        return operations;
    }

    void clear() {
        services.values().forEach(entry -> entry.api().clear());
    }

    void clearEndedModels() {
        services.values().forEach(entry -> entry.ended().clear());
    }
}
