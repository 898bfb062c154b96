package io.velostream.engine.runtime.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velostream.engine.runtime.operator.StageState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract between the store and this version of Streams, through Streams' own driver. */
class LiveStoreTest {

    private static final String STORE = "counts-counts";
    private static final String CHANGELOG = "app-" + STORE + "-changelog";
    private static final TopicPartition CHANGELOG_PARTITION = new TopicPartition(CHANGELOG, 0);

    @TempDir
    Path directory;

    @Test
    void writesWhatChangedToTheChangelogAtEachCommitAndNothingElse() {
        try (TopologyTestDriver driver = driver()) {
            TestInputTopic<byte[], byte[]> input = input(driver);

            input.pipeInput(bytes("a"), bytes("x"));
            input.pipeInput(bytes("b"), bytes("x"));
            input.pipeInput(bytes("a"), bytes("x"));

            var changes = driver.createOutputTopic(CHANGELOG, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            assertThat(changes.readKeyValuesToList().stream()
                            .map(change -> text(change.key) + "=" + text(change.value)))
                    .containsExactly("a=1", "b=1", "a=2");
        }
    }

    @Test
    void aCloseAfterACommitLeavesASnapshotOfThatCommit() throws IOException {
        try (TopologyTestDriver driver = driver()) {
            input(driver).pipeInput(bytes("a"), bytes("x"));
            LiveStore store = store(driver);

            store.commit(Map.of(CHANGELOG_PARTITION, 41L));
            store.close();

            assertThat(newest().orElseThrow().header().offset()).isEqualTo(41);
            assertThat(newest().orElseThrow().header().entries()).isEqualTo(1);
        }
    }

    @Test
    void aCloseWithUncommittedChangesLeavesNone() throws IOException {
        try (TopologyTestDriver driver = driver()) {
            input(driver).pipeInput(bytes("a"), bytes("x"));
            LiveStore store = store(driver);
            store.commit(Map.of(CHANGELOG_PARTITION, 41L));

            store.touched();
            store.close();

            assertThat(newest()).isEmpty();
        }
    }

    @Test
    void beginsWithItsSnapshotAndSaysItsOffset() throws IOException {
        EntryBuffer entries = new EntryBuffer();
        entries.entry(bytes("a"), bytes("7"));
        snapshots().write(new SnapshotFile.Header(41, System.currentTimeMillis(), 1), entries);

        try (TopologyTestDriver driver = driver()) {
            LiveStore store = store(driver);

            assertThat(store.committedOffset(CHANGELOG_PARTITION)).isEqualTo(41);
            assertThat(entries(store)).containsExactly(Map.entry("a", "7"));
        }
    }

    @Test
    void isPersistentAndKeepsItsOwnOffsets() {
        try (TopologyTestDriver driver = driver()) {
            LiveStore store = store(driver);

            assertThat(store.persistent()).isTrue();
            assertThat(managesOffsets(store)).isTrue();
            assertThat(store.isOpen()).isTrue();
        }
    }

    @Test
    void withoutASnapshotTheOffsetIsUnknownAndNotMissing() {
        try (TopologyTestDriver driver = driver()) {
            assertThat(store(driver).committedOffset(CHANGELOG_PARTITION)).isEqualTo(-4L);
        }
    }

    @Test
    void refusesToBeRevivedInPlace() {
        try (TopologyTestDriver driver = driver()) {
            LiveStore store = store(driver);

            assertThatThrownBy(() -> store.init(null, store)).isInstanceOf(RevivedStoreException.class);
        }
    }

    @Test
    void keepsItsStateWhenATaskIsRecycled() {
        try (TopologyTestDriver driver = driver()) {
            input(driver).pipeInput(bytes("a"), bytes("x"));
            LiveStore store = store(driver);

            store.clearCache();

            assertThat(entries(store)).containsEntry("a", "1");
        }
    }

    @Test
    void forgetsItsSnapshotsWhenStreamsSaysThatTheStateIsCorrupt() throws IOException {
        EntryBuffer entries = new EntryBuffer();
        entries.entry(bytes("a"), bytes("7"));
        snapshots().write(new SnapshotFile.Header(41, System.currentTimeMillis(), 1), entries);

        try (TopologyTestDriver driver = driver()) {
            LiveStore store = store(driver);

            store.commit(Map.of());

            assertThat(store.committedOffset(CHANGELOG_PARTITION)).isEqualTo(-4L);
            assertThat(newest()).isEmpty();
        }
    }

    @Test
    void aBatchThroughTheDriverGivesTheRowsOfItsRecordsOneByOne() {
        try (TopologyTestDriver driver = driver()) {
            ConsumerRecord<byte[], byte[]> merged = PlainTopology.merged(LongStream.range(0, 7)
                    .mapToObj(offset -> new ConsumerRecord<>(
                            "in",
                            0,
                            offset,
                            offset,
                            TimestampType.CREATE_TIME,
                            1,
                            1,
                            bytes("a"),
                            bytes("x"),
                            new RecordHeaders(),
                            Optional.empty()))
                    .toList());

            input(driver)
                    .pipeInput(new TestRecord<>(merged.key(), merged.value(), merged.headers(), merged.timestamp()));

            var output = driver.createOutputTopic("out", new ByteArrayDeserializer(), new ByteArrayDeserializer());
            assertThat(output.readRecordsToList()).hasSize(7).allSatisfy(row -> {
                assertThat(row.headers()).isEmpty();
                assertThat(row.value()).isNotEmpty();
            });
        }
    }

    private SnapshotDirectory snapshots() {
        return new SnapshotDirectory(directory.resolve("app").resolve("0_0").resolve(STORE));
    }

    private Optional<SnapshotDirectory.Found> newest() throws IOException {
        return snapshots().newest(System.currentTimeMillis());
    }

    private TopologyTestDriver driver() {
        Map<String, StageMeter> meters = new LinkedHashMap<>();
        return new TopologyTestDriver(
                PlainTopology.of(
                        TestPlans.unit(TestPlans.countByKey("counts", "in", "out")),
                        "app",
                        "app.dlq",
                        TestStages::create,
                        stage -> meters.computeIfAbsent(stage, id -> new StageMeter())),
                PlainTopology.properties("app", directory));
    }

    private static TestInputTopic<byte[], byte[]> input(TopologyTestDriver driver) {
        return driver.createInputTopic("in", new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static LiveStore store(TopologyTestDriver driver) {
        StateStore store = driver.getStateStore(STORE);
        return (LiveStore) store;
    }

    @SuppressWarnings("deprecation")
    private static boolean managesOffsets(LiveStore store) {
        return store.managesOffsets();
    }

    private static Map<String, String> entries(LiveStore store) {
        Map<String, String> entries = new LinkedHashMap<>();
        StageState state = store.stage().state().orElseThrow();
        state.all((key, value) -> entries.put(text(key), text(value)));
        return entries;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
