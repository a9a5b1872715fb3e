package io.github.camelgemini.image.error;

import java.util.List;

/**
 * Who was asked, and what for, as far as the sentences of exceptions need it.
 *
 * @param service its name at the beginning of a sentence, such as {@code AI/ML API}
 * @param keyVariables environment variables that may hold its key; empty where a key is not what is missing
 * @param about what was asked for, to follow "answered HTTP 404"; empty when there is nothing to say
 * @param model the model that was asked, or null
 * @param successor the model that took its place, if the catalog knows one, else null
 */
public record ErrorContext(String service, List<String> keyVariables, String about, String model, String successor) {

    /** Copies the list. */
    public ErrorContext {
        keyVariables = List.copyOf(keyVariables);
    }

    /** Of a service that nothing was asked for yet. */
    public static ErrorContext of(String service, List<String> keyVariables) {
        return new ErrorContext(service, keyVariables, "", null, null);
    }

    /** A call of a model; null for a call of none. */
    public ErrorContext forModel(String name, String itsSuccessor) {
        return new ErrorContext(service, keyVariables, name == null ? "" : "for model " + name, name, itsSuccessor);
    }

    /** A call that is not of a model. */
    public ErrorContext about(String what) {
        return new ErrorContext(service, keyVariables, what, null, null);
    }

    /** Where the user has to look after a key was refused, as a sentence after another; empty when it is no key. */
    public String whereTheKeyIs() {
        return keyVariables.isEmpty()
                ? ""
                : " Check the option apiKey, or the environment variable " + String.join(" or ", keyVariables) + ".";
    }
}
