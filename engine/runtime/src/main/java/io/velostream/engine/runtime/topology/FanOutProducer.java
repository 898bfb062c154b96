package io.velostream.engine.runtime.topology;

import io.velostream.engine.guard.FaultHooks;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.jspecify.annotations.Nullable;

/**
 * Turns one record of the Streams runtime, which stands for {@link FanOutRows}, into its real records. The runtime's own
 * collector calls it, so that begin, order, errors and commit of the transaction stay the runtime's.
 *
 * <p>A transaction in which anything failed is never committed. Streams would commit it for its other tasks when one task
 * is corrupted ({@code TaskManager.handleCorruption}), and with it what the corrupted task had already sent; and a commit
 * that timed out may or may not have happened. In both cases this producer refuses with a {@link KafkaException}, which
 * ends the thread; the unit is closed and rebuilt from what is committed.
 */
final class FanOutProducer implements Producer<byte[], byte[]> {

    private final Producer<byte[], byte[]> delegate;
    private final UnitProgress progress;
    private final SendOutcomes outcomes;
    private final Set<String> written = new HashSet<>();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private String lastTopic = "";
    private boolean transactional;
    private Map<TopicPartition, OffsetAndMetadata> offsetsInTransaction = Map.of();
    private volatile @Nullable Exception failure;

    FanOutProducer(Producer<byte[], byte[]> delegate, UnitProgress progress) {
        this(delegate, progress, SendOutcomes.IGNORED);
    }

    FanOutProducer(Producer<byte[], byte[]> delegate, UnitProgress progress, SendOutcomes outcomes) {
        this.delegate = delegate;
        this.progress = progress;
        this.outcomes = outcomes;
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, @Nullable Callback callback) {
        String topic = record.topic();
        noteWritten(topic);
        Callback observed = (metadata, exception) -> {
            if (exception != null) {
                failure = exception;
                refused(topic, exception);
            }
            if (callback != null) {
                callback.onCompletion(metadata, exception);
            }
        };
        Object reference = ReferenceHeader.in(record.headers());
        if (record.value() != ReferenceHeader.SENTINEL && reference == null) {
            return delegate.send(record, observed);
        }
        if (record.value() == ReferenceHeader.SENTINEL && reference instanceof FanOutRows rows && rows.size() > 0) {
            return fanOut(record, rows, observed);
        }
        throw new IllegalStateException("A batch for topic " + record.topic()
                + " lost its rows on the way to the producer; set vectorised off and report this");
    }

    /** Topic names are the same objects from send to send, so that this costs a comparison. */
    @SuppressWarnings("ReferenceEquality")
    private void noteWritten(String topic) {
        if (topic != lastTopic) {
            lastTopic = topic;
            written.add(topic);
        }
    }

    private void refused(String topic, Exception cause) {
        if (refused.add(topic)) {
            outcomes.refused(topic, cause);
        }
    }

    private void tellCommitted() {
        if (!written.isEmpty()) {
            outcomes.committed(Set.copyOf(written));
            forgetWritten();
        }
    }

    private void forgetWritten() {
        written.clear();
        lastTopic = "";
        refused.clear();
    }

    private Future<RecordMetadata> fanOut(ProducerRecord<byte[], byte[]> record, FanOutRows rows, Callback observed) {
        Future<RecordMetadata> last = CompletableFuture.completedFuture(null);
        Integer chosen = record.partition();
        int partitions = 0;
        if (rows.partitionedByKey()) {
            partitions = partitionsFor(record.topic()).size();
        } else if (chosen == null) {
            try {
                chosen = onlyPartition(record.topic());
            } catch (ApiException e) {
                // What a send without metadata would do.
                observed.onCompletion(null, e);
                return CompletableFuture.failedFuture(e);
            }
        }
        SharedCallback callback = new SharedCallback(observed, records(rows, partitions));
        try {
            for (int row = 0; row < rows.size() && !callback.isCompleted(); row++) {
                FaultHooks.hit(FaultHooks.Point.IN_FAN_OUT);
                byte[] key = rows.key(row);
                byte[] value = rows.value(row);
                if (rows.isBroadcast(row)) {
                    for (int partition = 0; partition < partitions; partition++) {
                        last = sendOne(record.topic(), partition, rows, row, key, value, callback);
                    }
                } else {
                    Integer partition = rows.partitionedByKey()
                            ? Integer.valueOf(KeyPartitioner.partition(key, partitions))
                            : chosen;
                    last = sendOne(record.topic(), partition, rows, row, key, value, callback);
                }
            }
        } catch (RuntimeException e) {
            failure = e;
            callback.abandon();
            throw e;
        }
        return last;
    }

    /** The partition of a topic that has but one, told so that the producer need not choose for each record. */
    private @Nullable Integer onlyPartition(String topic) {
        List<PartitionInfo> partitions = partitionsFor(topic);
        return partitions.size() == 1 ? partitions.getFirst().partition() : null;
    }

    private static int records(FanOutRows rows, int partitions) {
        int records = rows.size();
        if (rows.partitionedByKey()) {
            for (int row = 0; row < rows.size(); row++) {
                records += rows.isBroadcast(row) ? partitions - 1 : 0;
            }
        }
        return records;
    }

    private Future<RecordMetadata> sendOne(
            String topic,
            @Nullable Integer partition,
            FanOutRows rows,
            int row,
            byte @Nullable [] key,
            byte @Nullable [] value,
            SharedCallback callback) {
        Header[] headers = rows.headers(row);
        return delegate.send(
                new ProducerRecord<>(
                        topic,
                        partition,
                        Math.max(0, rows.timestamp(row)),
                        key,
                        value,
                        headers.length == 0 ? null : List.of(headers)),
                callback);
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
        return send(record, null);
    }

    @Override
    public void initTransactions() {
        delegate.initTransactions();
    }

    @Override
    public void beginTransaction() {
        refuseAfterFailure();
        offsetsInTransaction = Map.of();
        transactional = true;
        forgetWritten();
        progress.forgetWaiting();
        delegate.beginTransaction();
    }

    @Override
    public void sendOffsetsToTransaction(
            Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata groupMetadata) {
        refuseAfterFailure();
        delegate.sendOffsetsToTransaction(offsets, groupMetadata);
        offsetsInTransaction = Map.copyOf(offsets);
    }

    @Override
    public void commitTransaction() {
        refuseAfterFailure();
        FaultHooks.hit(FaultHooks.Point.BEFORE_COMMIT);
        try {
            delegate.commitTransaction();
        } catch (TimeoutException e) {
            failure = e;
            throw new KafkaException("The commit of a transaction timed out; whether it took place is not known", e);
        }
        FaultHooks.hit(FaultHooks.Point.AFTER_COMMIT);
        progress.committed(offsetsInTransaction);
        offsetsInTransaction = Map.of();
        tellCommitted();
    }

    private void refuseAfterFailure() {
        Exception cause = failure;
        if (cause instanceof ProducerFencedException
                || cause instanceof InvalidProducerEpochException
                || cause instanceof InvalidPidMappingException) {
            throw (KafkaException) cause;
        }
        if (cause != null) {
            throw new KafkaException("A send of this transaction failed, so it is not committed: " + cause, cause);
        }
    }

    @Override
    public void abortTransaction() {
        offsetsInTransaction = Map.of();
        progress.forgetWaiting();
        forgetWritten();
        delegate.abortTransaction();
    }

    @Override
    public void registerMetricForSubscription(KafkaMetric metric) {
        delegate.registerMetricForSubscription(metric);
    }

    @Override
    public void unregisterMetricFromSubscription(KafkaMetric metric) {
        delegate.unregisterMetricFromSubscription(metric);
    }

    @Override
    public void flush() {
        delegate.flush();
        // Without transactions nothing else tells that the brokers have taken everything.
        if (!transactional && failure == null) {
            tellCommitted();
        }
    }

    @Override
    public List<PartitionInfo> partitionsFor(String topic) {
        return delegate.partitionsFor(topic);
    }

    @Override
    public Map<MetricName, ? extends Metric> metrics() {
        return delegate.metrics();
    }

    @Override
    public Uuid clientInstanceId(Duration timeout) {
        return delegate.clientInstanceId(timeout);
    }

    @Override
    public void close() {
        delegate.close();
    }

    @Override
    public void close(Duration timeout) {
        delegate.close(timeout);
    }
}
