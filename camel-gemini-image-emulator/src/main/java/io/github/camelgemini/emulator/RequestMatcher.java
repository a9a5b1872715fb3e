package io.github.camelgemini.emulator;

import java.util.Locale;

/** Says which requests a fault is for. */
@FunctionalInterface
public interface RequestMatcher {

    /** Whether the fault is for this request. */
    boolean matches(ReceivedRequest request);

    /** Every request. */
    static RequestMatcher any() {
        return request -> true;
    }

    /** Requests with this word or phrase, in any case, in the texts of their last turn. */
    static RequestMatcher prompt(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return request -> request.prompt().toLowerCase(Locale.ROOT).contains(lower);
    }

    /** Requests for this model, its id given without {@code models/}. */
    static RequestMatcher model(String id) {
        return request -> request.model().equals(id);
    }

    /** Requests for this service. */
    static RequestMatcher service(EmulatedService service) {
        return request -> request.service() == service;
    }

    /** Requests for this operation, as {@link ReceivedRequest#operation()} names it. */
    static RequestMatcher operation(String operation) {
        return request -> request.operation().equals(operation);
    }

    /** Requests that both match. */
    default RequestMatcher and(RequestMatcher other) {
        return request -> matches(request) && other.matches(request);
    }
}
