package io.velostream.bench.report;

import io.velostream.bench.run.Measurement;
import io.velostream.bench.run.RunResult;
import io.velostream.bench.run.Statistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The median, least and largest ratio of two systems over the repetitions. Both runs of a pair belong to the same repetition,
 * so they ran within a few minutes of each other on an equally busy machine.
 *
 * @param pairs how many repetitions count
 */
public record PairedRatio(double median, double least, double largest, int pairs) {

    /**
     * The ratio of a measured figure; empty when no repetition has a valid pair. A pair is void when one of the outputs is wrong
     * or when the systems wrote different numbers of rows, because then they did different work.
     */
    public static Optional<PairedRatio> of(
            List<RunResult> numerators, List<RunResult> denominators, ToDoubleFunction<Measurement> figure) {
        List<Double> ratios = new ArrayList<>();
        for (RunResult a : numerators) {
            for (RunResult b : denominators) {
                if (a.repetition() == b.repetition() && isPair(a, b)) {
                    ratios.add(figure.applyAsDouble(a.measurement().orElseThrow())
                            / figure.applyAsDouble(b.measurement().orElseThrow()));
                }
            }
        }
        if (ratios.isEmpty()) {
            return Optional.empty();
        }
        double least = ratios.stream().mapToDouble(r -> r).min().orElseThrow();
        double largest = ratios.stream().mapToDouble(r -> r).max().orElseThrow();
        return Optional.of(new PairedRatio(Statistics.median(ratios), least, largest, ratios.size()));
    }

    private static boolean isPair(RunResult a, RunResult b) {
        return a.isValid() && b.isValid() && a.verdict().rows() == b.verdict().rows();
    }
}
