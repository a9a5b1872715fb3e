package io.github.camelgemini.emulator;

import java.util.Locale;

/** Selects the requests that a fault applies to. */
@FunctionalInterface
public interface RequestMatcher {

    /** Whether the fault applies to this request. */
    boolean matches(ReceivedRequest request);

    /** Matches every request. */
    static RequestMatcher any() {
        return request -> true;
    }

    /** Matches requests with this word or phrase, in any case, in the texts of their last turn. */
    static RequestMatcher prompt(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return request -> request.prompt().toLowerCase(Locale.ROOT).contains(lower);
    }

    /** Matches requests for this model; the id is given without {@code models/}. */
    static RequestMatcher model(String id) {
        return request -> request.model().equals(id);
    }

    /** Matches requests to this service. */
    static RequestMatcher service(EmulatedService service) {
        return request -> request.service() == service;
    }

    /** Matches requests for this operation, as {@link ReceivedRequest#operation()} names it. */
    static RequestMatcher operation(String operation) {
        return request -> request.operation().equals(operation);
    }

    /** Matches requests that both match. */
    default RequestMatcher and(RequestMatcher other) {
        return request -> matches(request) && other.matches(request);
    }
}
