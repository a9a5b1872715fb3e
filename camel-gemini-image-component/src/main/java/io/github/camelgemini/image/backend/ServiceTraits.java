package io.github.camelgemini.image.backend;

import java.util.List;
import java.util.Set;

/**
 * What a service takes. Checks, documentation and telemetry use it. Everything else is refused before a call, with the
 * names of the services that have it.
 *
 * @param service the value of the option {@code service}
 * @param face the key of its facts in the model catalog; it tells the APIs of one service apart
 * @param title its name in sentences, such as {@code AI/ML API}
 * @param provider its name in telemetry, {@code gen_ai.provider.name}
 * @param baseUrl its address unless {@code baseUrl} is set; null if that depends on other options
 * @param keyVariables environment variables for the key if the option {@code apiKey} is not set; the first one that is
 *     set is used
 * @param options the connection options that this service has and others do not
 * @param parameters the request parameters that it takes, by the names of their options
 * @param references how it takes reference images
 * @param operations what it supports
 * @param emulatorPath path of its emulator below the emulator's address; empty for the root, null if it has none
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

    /** What a service can support. Each operation of the component needs one of these. */
    public enum Ability {
        /** Makes pictures from prompts, with or without reference images. */
        GENERATE,
        /** Continues a conversation with the pictures of earlier turns. */
        CHAT,
        /** Counts the tokens of a request. */
        COUNT_TOKENS,
        /** Lists its models. */
        MODELS,
        /** Processes requests later, as a batch or a job. */
        BATCH,
        /** Calls a webhook when a batch is done. */
        WEBHOOK
    }

    /**
     * How reference images can be given.
     *
     * @param ways at least one
     * @param most the largest number in a request, for every model; {@link Integer#MAX_VALUE} if only the model has a
     *     limit
     */
    public record References(Set<Way> ways, int most) {

        /** Copies the set. */
        public References {
            ways = Set.copyOf(ways);
        }
    }

    /** A way to give a reference image. */
    public enum Way {
        /** In the request itself. The component also fetches {@code https:} addresses and sends the bytes this way. */
        INLINE,
        /** By its {@code https:} address. The service fetches it, the component does not. */
        BY_URL,
        /** By a name in the storage of the service, such as {@code gs:} or a file of the Files API. */
        STORED
    }

    /** Whether the service supports this. */
    public boolean can(Ability ability) {
        return operations.contains(ability);
    }
}
