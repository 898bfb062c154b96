package io.velostream.engine.runtime.topology;

import io.velostream.engine.runtime.operator.OutputBatch;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * What a stage wrote. The batch is reused by its stage once the send has returned, so keys and values are copied.
 *
 * @param partitionedByKey whether it goes to a repartition topic
 */
record OutputRows(OutputBatch batch, boolean partitionedByKey) implements FanOutRows {

    @Override
    public int size() {
        return batch.size();
    }

    @Override
    public byte @Nullable [] key(int row) {
        return batch.key(row);
    }

    @Override
    public byte @Nullable [] value(int row) {
        return batch.value(row);
    }

    @Override
    public long timestamp(int row) {
        return batch.timestamp(row);
    }

    @Override
    public Header[] headers(int row) {
        return batch.headers(row);
    }

    @Override
    public boolean isBroadcast(int row) {
        return batch.isBroadcast(row);
    }
}
