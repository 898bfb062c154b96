package io.velostream.bench.system;

import org.jspecify.annotations.Nullable;

/** The aggregate that a Kafka Streams programmer keeps in a store as JSON: COUNT(*), COUNT and SUM of the amount. */
final class Totals {
    public long n;
    public long amounts;
    public double total;

    Totals add(@Nullable Double amount) {
        n++;
        if (amount != null) {
            amounts++;
            total += amount;
        }
        return this;
    }

    @Nullable Double sum() {
        return amounts == 0 ? null : total;
    }

    @Nullable Double mean() {
        return amounts == 0 ? null : total / amounts;
    }
}
