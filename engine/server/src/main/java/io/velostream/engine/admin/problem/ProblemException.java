package io.velostream.engine.admin.problem;

import java.util.Map;

/** Ends a request with a problem. Carries no stack trace: it says something about the request, not about the code. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final transient Map<String, String> headers;

    /** Answers with the problem alone. */
    public ProblemException(Problem problem) {
        this(problem, Map.of());
    }

    /** Answers with the problem and headers such as {@code Retry-After}. */
    public ProblemException(Problem problem, Map<String, String> headers) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
        this.headers = Map.copyOf(headers);
    }

    Problem problem() {
        return problem;
    }

    Map<String, String> headers() {
        return headers;
    }
}
