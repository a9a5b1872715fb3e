package io.github.camelgemini.image.springboot;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains a failed start when the emulator does not start. */
final class EmulatorFailureAnalyzer extends AbstractFailureAnalyzer<EmulatorFailure> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, EmulatorFailure cause) {
        return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
    }
}
