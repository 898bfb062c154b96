package io.velostream.engine.runtime.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IntakeGateTest {

    private static final TopicPartition SOURCE = new TopicPartition("orders", 0);
    private static final TopicPartition OTHER = new TopicPartition("orders", 1);
    private static final TopicPartition BETWEEN = new TopicPartition("app-x-repartition", 0);

    private final UnitProgress progress = new UnitProgress();
    private final IntakeGate gate = new IntakeGate(topic -> topic.equals("orders"), progress);
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final Consumer<byte[], byte[]> guarded = gate.guard(consumer);

    @BeforeEach
    void assign() {
        consumer.assign(List.of(SOURCE, OTHER, BETWEEN));
        consumer.updateBeginningOffsets(Map.of(SOURCE, 0L, OTHER, 0L, BETWEEN, 0L));
    }

    @Test
    void pausesSourcesOnlyWhileItIsShut() {
        gate.shut();
        poll();
        assertThat(consumer.paused()).containsExactlyInAnyOrder(SOURCE, OTHER);

        gate.open();
        poll();
        assertThat(consumer.paused()).isEmpty();
    }

    @Test
    void leavesSingleSourcesUnread() {
        gate.shutOnly(Set.of(SOURCE.topic(), BETWEEN.topic()));
        poll();
        assertThat(consumer.paused())
                .contains(SOURCE)
                .doesNotContain(BETWEEN)
                .allMatch(partition -> partition.topic().equals(SOURCE.topic()));

        gate.shutOnly(Set.of());
        poll();
        assertThat(consumer.paused()).isEmpty();
    }

    @Test
    void keepsPausedWhatStreamsItselfHadPaused() {
        guarded.pause(Set.of(SOURCE));
        gate.shut();
        poll();

        gate.open();
        poll();

        assertThat(consumer.paused()).containsExactly(SOURCE);
    }

    @Test
    void remembersWhatStreamsResumedMeanwhile() {
        guarded.pause(Set.of(SOURCE, BETWEEN));
        gate.shut();
        poll();

        guarded.resume(Set.of(SOURCE, BETWEEN));
        assertThat(consumer.paused()).containsExactlyInAnyOrder(SOURCE, OTHER);
        gate.open();
        poll();

        assertThat(consumer.paused()).isEmpty();
    }

    @Test
    void pausesPartitionsThatAnAssignmentBringsLater() {
        consumer.assign(List.of(SOURCE));
        gate.shut();
        poll();
        consumer.assign(List.of(SOURCE, OTHER));
        consumer.updateBeginningOffsets(Map.of(OTHER, 0L));

        poll();

        assertThat(consumer.paused()).containsExactlyInAnyOrder(SOURCE, OTHER);
    }

    @Test
    void holdsAPartitionUntilItsStageFreesIt() {
        progress.hold(SOURCE, "join");
        poll();
        assertThat(consumer.paused()).containsExactly(SOURCE);
        assertThat(guarded.currentLag(SOURCE)).hasValue(0);

        guarded.resume(Set.of(SOURCE));
        assertThat(consumer.paused()).containsExactly(SOURCE);

        progress.free(SOURCE, "join");
        poll();
        assertThat(consumer.paused()).isEmpty();
    }

    @Test
    void knowsATableToBeReadOnceItsRecordsUpToTheEndAreProcessed() {
        Consumer<byte[], byte[]> reading =
                new IntakeGate(topic -> true, topic -> topic.equals("orders"), progress).guard(consumer);
        consumer.updateEndOffsets(Map.of(SOURCE, 2L, OTHER, 0L));
        ConsumerRecord<byte[], byte[]> first =
                new ConsumerRecord<>(SOURCE.topic(), SOURCE.partition(), 0, new byte[0], new byte[0]);
        ConsumerRecord<byte[], byte[]> second =
                new ConsumerRecord<>(SOURCE.topic(), SOURCE.partition(), 1, new byte[0], new byte[0]);
        consumer.addRecord(first);
        consumer.addRecord(second);

        reading.poll(Duration.ZERO);
        assertThat(progress.isLoaded(SOURCE)).isFalse();

        progress.processed(SOURCE, new MergedBatch(List.of(first, second)));
        reading.poll(Duration.ZERO);
        assertThat(progress.isLoaded(SOURCE)).isTrue();
        assertThat(progress.isLoaded(BETWEEN)).isFalse();
    }

    @Test
    void tellsOfCommitsUnderAtLeastOnce() {
        guarded.commitSync(Map.of(SOURCE, new OffsetAndMetadata(9)));

        assertThat(progress.committedOffsets()).containsEntry(SOURCE, 9L);
    }

    @Test
    void letsExceptionsThroughAsTheyAre() {
        consumer.setPollException(new KafkaException("broken"));

        assertThatThrownBy(this::poll).isInstanceOf(KafkaException.class).hasMessage("broken");
    }

    private void poll() {
        guarded.poll(Duration.ZERO);
    }
}
