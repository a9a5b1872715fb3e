package io.github.camelgemini.emulator.inferencesh;

/** inference.sh does not accept a request. */
final class RefusedByInferenceException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    RefusedByInferenceException(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
