package io.velostream.engine.runtime.topology;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.jspecify.annotations.Nullable;

/**
 * Where a row of a repartition topic goes: murmur2 over the key's bytes, as Kafka's own producers do it, and every
 * partition for a control record. Rows by reference are left to {@link FanOutProducer}, which applies the same rule.
 */
final class KeyPartitioner implements StreamPartitioner<byte[], Object> {

    @Override
    public Optional<Set<Integer>> partitions(
            String topic, byte @Nullable [] key, @Nullable Object value, int numPartitions) {
        if (value instanceof RowSerializer.BroadcastRow) {
            return Optional.of(IntStream.range(0, numPartitions).boxed().collect(Collectors.toUnmodifiableSet()));
        }
        if (value instanceof FanOutRows) {
            return Optional.empty();
        }
        return Optional.of(Set.of(partition(key, numPartitions)));
    }

    /** The partition of a key; a row without one goes to the first partition, so that it stays in one place. */
    static int partition(byte @Nullable [] key, int numPartitions) {
        return key == null ? 0 : Utils.toPositive(Utils.murmur2(key)) % numPartitions;
    }
}
