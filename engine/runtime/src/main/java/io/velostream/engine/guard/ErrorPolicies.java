package io.velostream.engine.guard;

import io.velostream.engine.plan.physical.ErrorHandling;

/** What a query's text asks for as a policy. */
public final class ErrorPolicies {

    private ErrorPolicies() {}

    /** The policy of a strategy. */
    public static ErrorPolicy of(ErrorHandling.Strategy strategy) {
        return switch (strategy) {
            case DEAD_LETTER -> ErrorPolicy.DEAD_LETTER;
            case SKIP -> ErrorPolicy.SKIP;
            case FAIL -> ErrorPolicy.FAIL;
            case RETRY -> ErrorPolicy.RETRY;
        };
    }
}
