package io.velostream.operator.job;

import java.util.List;

/**
 * What somebody found about a job's SQL.
 *
 * @param valid whether it can run
 * @param problems errors and warnings as {@code line:column: message}
 * @param judge who found it, such as {@code engine 0.1.0}
 */
public record Judgement(boolean valid, List<String> problems, String judge) {

    public Judgement {
        problems = List.copyOf(problems);
    }
}
