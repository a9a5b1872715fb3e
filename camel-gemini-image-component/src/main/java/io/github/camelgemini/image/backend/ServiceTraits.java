package io.github.camelgemini.image.backend;

import java.util.List;
import java.util.Set;

/**
 * What a service takes. Checks, documentation and telemetry follow it: what is not here is refused before any call, with the
 * names of the services that have it.
 *
 * @param service the value of the option {@code service}
 * @param face the key of its facts in the model catalog, by which a service with several faces tells them apart
 * @param title its name in sentences, such as {@code AI/ML API}
 * @param provider its name in telemetry, {@code gen_ai.provider.name}
 * @param baseUrl where it is unless {@code baseUrl} says otherwise; null when that depends on other options
 * @param keyVariables environment variables that hold its key where the option {@code apiKey} is not set; the first one that is
 *     set counts
 * @param options the connection options that it has and not every service does
 * @param parameters the parameters of a request that it takes, by the names of their options
 * @param references how it takes reference pictures
 * @param operations what it can be asked for
 * @param emulatorPath where its emulator is, below the address of the emulator; empty for the root, null when it has none
 */
public record ServiceTraits(
        String service,
        String face,
        String title,
        String provider,
        String baseUrl,
        List<String> keyVariables,
        Set<String> options,
        Set<String> parameters,
        References references,
        Set<Ability> operations,
        String emulatorPath) {

    /** Copies the collections. */
    public ServiceTraits {
        keyVariables = List.copyOf(keyVariables);
        options = Set.copyOf(options);
        parameters = Set.copyOf(parameters);
        operations = Set.copyOf(operations);
    }

    /** What a service can be asked for; each operation of the component needs one. */
    public enum Ability {
        /** Pictures of prompts, with or without reference pictures. */
        GENERATE,
        /** Turns that go on with what was drawn before. */
        CHAT,
        COUNT_TOKENS,
        MODELS,
        /** Pictures that are drawn later. */
        BATCH,
        /** Calls of a web address when what is drawn later is done. */
        WEBHOOK
    }

    /**
     * How reference pictures can be given.
     *
     * @param ways at least one
     * @param most how many a request may have, whatever the model takes; {@link Integer#MAX_VALUE} to leave it to the model
     */
    public record References(Set<Way> ways, int most) {

        /** Copies the set. */
        public References {
            ways = Set.copyOf(ways);
        }
    }

    /** A way of giving a reference picture. */
    public enum Way {
        /** In the request itself; also what pictures by {@code https:} become, fetched by the component. */
        INLINE,
        /** By its {@code https:} address, which the service asks itself; nothing is fetched here. */
        BY_URL,
        /** By a name in the storage of the service, such as {@code gs:} or a file of the Files API. */
        STORED
    }

    public boolean can(Ability ability) {
        return operations.contains(ability);
    }
}
