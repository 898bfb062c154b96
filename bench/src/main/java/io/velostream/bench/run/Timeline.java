package io.velostream.bench.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What was sampled while a system ran: how far it is in the input, and the CPU time of its process and of the broker. Values
 * between two samples are interpolated on a straight line.
 */
public final class Timeline {
    /**
     * One sample.
     *
     * @param millis wall clock in epoch milliseconds
     * @param inputBytes bytes of the input handed to the system so far
     * @param engineNanos CPU time of the system's process so far
     * @param brokerNanos CPU time of the broker's process so far
     */
    public record Sample(double millis, long inputBytes, long engineNanos, long brokerNanos) {}

    private final List<Sample> samples = new ArrayList<>();

    /** Adds the next sample. */
    public synchronized void add(Sample sample) {
        samples.add(sample);
    }

    /** Bytes of the input handed out by the last sample. */
    public synchronized long inputBytes() {
        return samples.isEmpty() ? 0 : samples.getLast().inputBytes();
    }

    /** When the broker handed out the first input: the last sample before that, so that nothing of the work is left out. */
    public synchronized double inputStart() {
        double last = samples.getFirst().millis();
        for (Sample sample : samples) {
            if (sample.inputBytes() > 0) {
                return last;
            }
            last = sample.millis();
        }
        throw new IllegalStateException("The system never read its input");
    }

    /** When this share (0 to 1) of the input had been handed out. */
    public synchronized double inputReached(double share) {
        double wanted = share * samples.getLast().inputBytes();
        Sample before = samples.getFirst();
        for (Sample sample : samples) {
            if (sample.inputBytes() >= wanted) {
                double step = sample.inputBytes() - before.inputBytes();
                return step == 0
                        ? sample.millis()
                        : before.millis() + (sample.millis() - before.millis()) * (wanted - before.inputBytes()) / step;
            }
            before = sample;
        }
        return before.millis();
    }

    /** CPU time of the system's process at this time, in nanoseconds. */
    public double engineNanos(double millis) {
        return at(millis, Sample::engineNanos);
    }

    /** CPU time of the broker's process at this time, in nanoseconds. */
    public double brokerNanos(double millis) {
        return at(millis, Sample::brokerNanos);
    }

    private synchronized double at(double millis, ToDoubleFunction<Sample> value) {
        Sample before = samples.getFirst();
        for (Sample sample : samples) {
            if (sample.millis() >= millis) {
                double step = sample.millis() - before.millis();
                double share = step == 0 ? 0 : Math.max(0, (millis - before.millis()) / step);
                return value.applyAsDouble(before)
                        + share * (value.applyAsDouble(sample) - value.applyAsDouble(before));
            }
            before = sample;
        }
        return value.applyAsDouble(before);
    }
}
