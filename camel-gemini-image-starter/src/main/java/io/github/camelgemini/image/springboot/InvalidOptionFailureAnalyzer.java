package io.github.camelgemini.image.springboot;

import io.github.camelgemini.image.error.InvalidRequestException;
import java.util.Collections;
import java.util.List;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Explains a failed start when an option is invalid, or credentials contradict each other. */
final class InvalidOptionFailureAnalyzer extends AbstractFailureAnalyzer<InvalidRequestException> {

    private final WrittenProperties properties;

    InvalidOptionFailureAnalyzer(Environment environment) {
        this.properties = new WrittenProperties(environment);
    }

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidRequestException cause) {
        List<String> named = WrittenProperties.optionsNamedIn(cause.getMessage());
        boolean credentials = !Collections.disjoint(named, StartFailure.CREDENTIALS);
        return new FailureAnalysis(
                StartFailure.description(rootFailure, cause),
                StartFailure.action(properties.linesOf(named), credentials),
                cause);
    }
}
