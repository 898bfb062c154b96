package io.velostream.engine.runtime.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velostream.engine.runtime.operator.OutputBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class FanOutProducerTest {

    private static final Header[] NONE = new Header[0];
    private static final int PARTITIONS = 12;

    private final List<String> callbacks = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final UnitProgress progress = new UnitProgress();

    @Test
    void sendsEachRowAndCompletesOnceAfterTheLastAcknowledgementWithItsMetadata() {
        MockProducer<byte[], byte[]> sent = producer(false);

        new FanOutProducer(sent, progress).send(standing("log", 3, rows("a", "b", "c")), this::called);

        assertThat(sent.history()).hasSize(3).allSatisfy(record -> {
            assertThat(record.partition()).isEqualTo(3);
            assertThat(record.headers()).isEmpty();
        });
        sent.completeNext();
        sent.completeNext();
        assertThat(callbacks).isEmpty();
        sent.completeNext();
        assertThat(callbacks).containsExactly("acknowledged log-3@2");
    }

    @Test
    void completesAtOnceWithTheFirstErrorAsItCame() {
        MockProducer<byte[], byte[]> sent = producer(false);

        new FanOutProducer(sent, progress).send(standing("log", 0, rows("a", "b", "c")), this::called);
        sent.completeNext();
        sent.errorNext(new ProducerFencedException("fenced"));
        sent.completeNext();

        assertThat(callbacks).containsExactly("ProducerFencedException fenced");
    }

    @Test
    void passesAnExceptionOfASendOnUnwrappedAndReportsNothingMore() {
        MockProducer<byte[], byte[]> sent = producer(true);
        sent.sendException = new KafkaException("broken");

        assertThatThrownBy(() -> new FanOutProducer(sent, progress).send(standing("log", 0, rows("a")), this::called))
                .isSameAs(sent.sendException);
        assertThat(callbacks).isEmpty();
    }

    @Test
    void partitionsARepartitionTopicByMurmur2OfTheKeyWhateverTheProducersPartitioner() {
        MockProducer<byte[], byte[]> sent = producer(true);
        OutputBatch batch = new OutputBatch(16);
        IntStream.range(0, 200).forEach(i -> TestStages.write(batch, ("key" + i).getBytes(UTF_8), new byte[1], i));

        new FanOutProducer(sent, progress).send(standing("by-key", null, new OutputRows(batch, true)), this::called);

        assertThat(sent.history())
                .hasSize(200)
                .allSatisfy(record -> assertThat(record.partition())
                        .isEqualTo(org.apache.kafka.clients.producer.internals.BuiltInPartitioner.partitionForKey(
                                record.key(), PARTITIONS)));
        assertThat(callbacks).hasSize(1);
    }

    @Test
    void leavesTheRowsOfASinkToTheProducersPartitioner() {
        MockProducer<byte[], byte[]> sent = producer(true);
        OutputBatch batch = new OutputBatch(16);
        TestStages.write(batch, new byte[] {1}, new byte[] {2}, 5);

        new FanOutProducer(sent, progress).send(standing("by-key", null, new OutputRows(batch, false)), this::called);

        assertThat(sent.history())
                .singleElement()
                .satisfies(record -> assertThat(record.partition()).isNull());
    }

    @Test
    void namesThePartitionOfATopicThatHasButOne() {
        MockProducer<byte[], byte[]> sent = producer(false);

        new FanOutProducer(sent, progress).send(standing("single", null, rows("a", "b")), this::called);

        assertThat(sent.history())
                .hasSize(2)
                .allSatisfy(record -> assertThat(record.partition()).isZero());
        sent.completeNext();
        assertThat(callbacks).isEmpty();
        sent.completeNext();
        assertThat(callbacks).containsExactly("acknowledged single-0@1");
    }

    @Test
    void sendsAControlRecordToEveryPartition() {
        MockProducer<byte[], byte[]> sent = producer(true);
        OutputBatch batch = new OutputBatch(16);
        batch.addBroadcast(0, 4, 5);

        new FanOutProducer(sent, progress).send(standing("by-key", null, new OutputRows(batch, true)), this::called);

        assertThat(sent.history().stream().map(ProducerRecord::partition))
                .containsExactlyElementsOf(
                        IntStream.range(0, PARTITIONS).boxed().toList());
        assertThat(callbacks).hasSize(1);
    }

    @Test
    void copiesRowsSoThatTheirBatchCanBeUsedAgain() {
        MockProducer<byte[], byte[]> sent = producer(true);
        OutputBatch batch = new OutputBatch(16);
        TestStages.write(batch, "k".getBytes(UTF_8), "first".getBytes(UTF_8), 5);
        FanOutProducer producer = new FanOutProducer(sent, progress);

        producer.send(standing("out", null, new OutputRows(batch, false)), this::called);
        batch.clear();
        TestStages.write(batch, "k".getBytes(UTF_8), "other".getBytes(UTF_8), 6);

        assertThat(new String(sent.history().getFirst().value(), UTF_8)).isEqualTo("first");
    }

    @Test
    void aSentinelWithoutRowsOrRowsWithoutASentinelIsFatalAndNeverSent() {
        MockProducer<byte[], byte[]> sent = producer(true);
        FanOutProducer producer = new FanOutProducer(sent, progress);
        ProducerRecord<byte[], byte[]> sentinel = new ProducerRecord<>("out", ReferenceHeader.SENTINEL);
        ProducerRecord<byte[], byte[]> leak = new ProducerRecord<>(
                "out", null, 0L, null, new byte[] {1}, new RecordHeaders(new Header[] {new ReferenceHeader("x")}));

        assertThatThrownBy(() -> producer.send(sentinel, this::called)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> producer.send(leak, this::called)).isInstanceOf(IllegalStateException.class);
        assertThat(sent.history()).isEmpty();
    }

    @Test
    void tellsOncePerCommitWhichTopicsTookWhatWasSentAndWhichDidNot() {
        MockProducer<byte[], byte[]> sent = producer(false);
        FanOutProducer producer = new FanOutProducer(sent, progress, outcomes());
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(standing("log", 0, rows("a", "b")), this::called);
        producer.send(standing("out", 0, rows("a")), this::called);
        producer.send(standing("log", 0, rows("c")), this::called);
        producer.flush();
        assertThat(told).isEmpty();
        producer.commitTransaction();
        assertThat(told).containsExactly("committed [log, out]");

        producer.beginTransaction();
        producer.send(standing("out", 0, rows("a")), this::called);
        producer.send(standing("out", 0, rows("b")), this::called);
        sent.errorNext(new TimeoutException("late"));
        sent.errorNext(new TimeoutException("late"));
        producer.abortTransaction();

        assertThat(told).containsExactly("committed [log, out]", "refused out late");
    }

    @Test
    void withoutTransactionsAFlushTellsThatTheTopicsTookWhatWasSent() {
        MockProducer<byte[], byte[]> sent = producer(true);
        FanOutProducer producer = new FanOutProducer(sent, progress, outcomes());
        producer.send(standing("out", 0, rows("a")), this::called);

        producer.flush();
        producer.flush();

        assertThat(told).containsExactly("committed [out]");
    }

    private SendOutcomes outcomes() {
        return new SendOutcomes() {
            @Override
            public void committed(Set<String> topics) {
                told.add("committed " + new TreeSet<>(topics));
            }

            @Override
            public void refused(String topic, Exception cause) {
                told.add("refused " + topic + " " + cause.getMessage());
            }
        };
    }

    @Test
    void neverCommitsATransactionInWhichASendFailed() {
        MockProducer<byte[], byte[]> sent = producer(false);
        FanOutProducer producer = new FanOutProducer(sent, progress);
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(standing("out", 0, rows("a")), this::called);
        sent.errorNext(new TimeoutException("late"));

        assertThatThrownBy(producer::commitTransaction)
                .isInstanceOf(KafkaException.class)
                .isNotInstanceOf(TimeoutException.class)
                .hasMessageContaining("not committed");
        assertThatThrownBy(() -> producer.sendOffsetsToTransaction(Map.of(), group()))
                .isInstanceOf(KafkaException.class);
        producer.abortTransaction();
        assertThatThrownBy(producer::beginTransaction).isInstanceOf(KafkaException.class);
        assertThat(sent.transactionCommitted()).isFalse();
    }

    @Test
    void aFencedProducerStaysFencedToTheRuntime() {
        MockProducer<byte[], byte[]> sent = producer(false);
        FanOutProducer producer = new FanOutProducer(sent, progress);
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(standing("out", 0, rows("a")), this::called);
        sent.errorNext(new ProducerFencedException("fenced"));

        assertThatThrownBy(producer::commitTransaction).isInstanceOf(ProducerFencedException.class);
    }

    @Test
    void aCommitThatTimesOutIsFatalSinceItMayHaveTakenPlace() {
        MockProducer<byte[], byte[]> sent = producer(true);
        FanOutProducer producer = new FanOutProducer(sent, progress);
        producer.initTransactions();
        producer.beginTransaction();
        sent.commitTransactionException = new TimeoutException("late");

        assertThatThrownBy(producer::commitTransaction)
                .isInstanceOf(KafkaException.class)
                .isNotInstanceOf(TimeoutException.class);
    }

    @Test
    void tellsOfCommitsOnlyOnceTheyTookPlace() {
        MockProducer<byte[], byte[]> sent = producer(true);
        FanOutProducer producer = new FanOutProducer(sent, progress);
        TopicPartition partition = new TopicPartition("in", 0);
        List<String> afterCommit = new ArrayList<>();
        producer.initTransactions();

        producer.beginTransaction();
        progress.onceCommitted(() -> afterCommit.add("aborted"));
        producer.abortTransaction();
        producer.beginTransaction();
        progress.onceCommitted(() -> afterCommit.add("committed"));
        producer.sendOffsetsToTransaction(Map.of(partition, new OffsetAndMetadata(7)), group());
        assertThat(progress.committedOffsets()).isEmpty();
        producer.commitTransaction();

        assertThat(progress.committedOffsets()).containsEntry(partition, 7L);
        assertThat(afterCommit).containsExactly("committed");
    }

    private void called(RecordMetadata metadata, Exception exception) {
        callbacks.add(
                exception == null
                        ? "acknowledged " + metadata.topic() + "-" + metadata.partition() + "@" + metadata.offset()
                        : exception.getClass().getSimpleName() + " " + exception.getMessage());
    }

    private static ConsumerGroupMetadata group() {
        try (MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest")) {
            return consumer.groupMetadata();
        }
    }

    private static ListedRows rows(String... values) {
        ListedRows rows = new ListedRows();
        for (String value : values) {
            rows.add(value.getBytes(UTF_8), value.getBytes(UTF_8), 1, NONE);
        }
        return rows;
    }

    private static ProducerRecord<byte[], byte[]> standing(String topic, Integer partition, FanOutRows rows) {
        return new ProducerRecord<>(
                topic, partition, 0L, null, ReferenceHeader.SENTINEL, new RecordHeaders(new Header[] {
                    new ReferenceHeader(rows)
                }));
    }

    private static MockProducer<byte[], byte[]> producer(boolean autoComplete) {
        List<PartitionInfo> partitions = new ArrayList<>();
        for (String topic : List.of("by-key", "log", "out")) {
            IntStream.range(0, PARTITIONS)
                    .forEach(p -> partitions.add(new PartitionInfo(topic, p, Node.noNode(), new Node[0], new Node[0])));
        }
        partitions.add(new PartitionInfo("single", 0, Node.noNode(), new Node[0], new Node[0]));
        Cluster cluster = new Cluster("c", List.of(), partitions, java.util.Set.of(), java.util.Set.of());
        return new MockProducer<>(
                cluster, autoComplete, (Partitioner) null, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
