package io.github.camelgemini.image.error;

import java.util.List;

/**
 * The service and the call, as the messages of exceptions name them.
 *
 * @param service its name at the beginning of a sentence, such as {@code AI/ML API}
 * @param keyVariables environment variables that may hold its key; empty if a missing key cannot be the cause
 * @param about what was requested, to follow "answered HTTP 404"; may be empty
 * @param model the model that was called, or null
 * @param successor the model that replaced it, if the catalog knows one, else null
 */
public record ErrorContext(String service, List<String> keyVariables, String about, String model, String successor) {

    /** Copies the list. */
    public ErrorContext {
        keyVariables = List.copyOf(keyVariables);
    }

    /** The context of a service before any call. */
    public static ErrorContext of(String service, List<String> keyVariables) {
        return new ErrorContext(service, keyVariables, "", null, null);
    }

    /** The context of a call to a model; null for a call without one. */
    public ErrorContext forModel(String name, String itsSuccessor) {
        return new ErrorContext(service, keyVariables, name == null ? "" : "for model " + name, name, itsSuccessor);
    }

    /** The context of a call without a model. */
    public ErrorContext about(String what) {
        return new ErrorContext(service, keyVariables, what, null, null);
    }

    /** A sentence that tells the user where to check the key; empty when there is no key. */
    public String whereTheKeyIs() {
        return keyVariables.isEmpty()
                ? ""
                : " Check the option apiKey, or the environment variable " + String.join(" or ", keyVariables) + ".";
    }
}
