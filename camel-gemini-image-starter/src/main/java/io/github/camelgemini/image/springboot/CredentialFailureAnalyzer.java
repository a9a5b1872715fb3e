package io.github.camelgemini.image.springboot;

import io.github.camelgemini.image.error.AuthenticationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Explains a failed start when a credential is missing or cannot be read. */
final class CredentialFailureAnalyzer extends AbstractFailureAnalyzer<AuthenticationException> {

    private final WrittenProperties properties;

    CredentialFailureAnalyzer(Environment environment) {
        this.properties = new WrittenProperties(environment);
    }

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, AuthenticationException cause) {
        return new FailureAnalysis(
                StartFailure.description(rootFailure, cause),
                StartFailure.action(properties.linesOf(StartFailure.CREDENTIALS), true),
                cause);
    }
}
