package io.velostream.engine.runtime.topology;

import io.velostream.engine.guard.ErrorPolicy;
import io.velostream.engine.guard.RateLimitedLog;
import io.velostream.engine.guard.RetryLedger;
import io.velostream.engine.runtime.operator.Stage;
import io.velostream.engine.runtime.operator.StageSettings;
import java.time.InstantSource;

/**
 * What the processors of one unit share.
 *
 * @param retries what the strategy Retry goes by
 * @param exactlyOnce whether Streams works in transactions
 * @param rowLimit largest row that the producer takes, key and value together, in bytes
 * @param bounded whether time moves with records only
 * @param tuning what can be changed while the unit runs
 */
record UnitRuntime(
        String job,
        StageFactory factory,
        ErrorPolicy errorPolicy,
        RetryLedger retries,
        boolean exactlyOnce,
        int rowLimit,
        boolean bounded,
        FanOut fanOut,
        UnitProgress progress,
        RateLimitedLog log,
        InstantSource clock,
        BatchTuning tuning) {

    Stage stage(StageNode node, int partition) {
        return factory.create(
                node.plan(),
                new StageSettings(partition, node.upstreamPartitions(), clock.millis(), bounded, node.sides()));
    }

    StageEmitter emitter(StageNode node) {
        return new StageEmitter(node, this);
    }
}
