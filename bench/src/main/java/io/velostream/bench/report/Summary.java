package io.velostream.bench.report;

import io.velostream.bench.query.BenchQuery;
import io.velostream.bench.run.Measurement;
import io.velostream.bench.run.RunResult;
import io.velostream.bench.run.Statistics;
import io.velostream.bench.system.SystemUnderTest;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * All repetitions of one system on one query.
 *
 * @param results one a repetition
 */
public record Summary(BenchQuery query, SystemUnderTest system, List<RunResult> results) {

    /** Groups results by query and system, in the order of their first occurrence. */
    public static List<Summary> of(List<RunResult> results) {
        List<Summary> summaries = new ArrayList<>();
        for (RunResult result : results) {
            Summary summary = summaries.stream()
                    .filter(s -> s.query == result.query() && s.system == result.system())
                    .findFirst()
                    .orElseGet(() -> {
                        Summary fresh = new Summary(result.query(), result.system(), new ArrayList<>());
                        summaries.add(fresh);
                        return fresh;
                    });
            summary.results.add(result);
        }
        return summaries;
    }

    /** Whether every repetition came to its end with the right output. */
    public boolean verified() {
        return results.stream().allMatch(RunResult::isValid);
    }

    /** The median of a figure over the repetitions that came to an end; empty when none did. */
    public OptionalDouble median(ToDoubleFunction<Measurement> figure) {
        List<Double> values = results.stream()
                .flatMap(r -> r.measurement().stream())
                .map(figure::applyAsDouble)
                .toList();
        return values.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Statistics.median(values));
    }

    /** How many records each run's input holds. */
    public long records() {
        return results.getFirst().records();
    }
}
