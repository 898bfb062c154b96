package io.velostream.engine.runtime.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velostream.engine.guard.ErrorPolicy;
import io.velostream.engine.guard.RateLimitedLog;
import io.velostream.engine.guard.RetryLedger;
import io.velostream.engine.plan.physical.StagePlan;
import io.velostream.engine.runtime.operator.RecordFailure;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class StageProcessorTest {

    private static final TopicPartition PARTITION = new TopicPartition("in", 3);

    @TempDir
    Path directory;

    private final FanOut fanOut = new FanOut(true);
    private final UnitProgress progress = new UnitProgress();
    private final StageMeter meter = new StageMeter();
    private final RetryLedger retries = new RetryLedger(2);
    private final List<String> forwarded = new ArrayList<>();
    private int timeouts;

    @Test
    void forwardsABatchAsOneRecordOnceAProducerHasAnnouncedItself() {
        fanOut.announce();
        StageProcessor processor = started(ErrorPolicy.SKIP, true);

        processor.process(batch("a", "b", "c"));

        assertThat(forwarded).containsExactly("copy-0-out: 3 rows");
    }

    @Test
    void forwardsEachRowAloneWhileNoProducerHasAnnouncedItself() {
        StageProcessor processor = started(ErrorPolicy.SKIP, true);

        processor.process(batch("a", "b", "c"));

        assertThat(forwarded).containsExactly("copy-0-out: a", "copy-0-out: b", "copy-0-out: c");
    }

    @Test
    void takesARecordThatCameAlone() {
        StageProcessor processor = started(ErrorPolicy.SKIP, true);

        processor.process(new Record<>(bytes("k"), bytes("alone"), 5, new RecordHeaders()));

        assertThat(forwarded).containsExactly("copy-0-out: alone");
    }

    @Test
    void leavesNothingPendingAndCountsItsPositionWhenItReturns() {
        fanOut.announce();
        StageProcessor processor = started(ErrorPolicy.DEAD_LETTER, true);

        processor.process(batch("a", "bad", "c"));

        assertThat(forwarded).containsExactly("copy-0-out: 2 rows", "copy-0-dead-letters: 1 rows");
        assertThat(progress.positions()).containsEntry(PARTITION, 13L);
        assertThat(progress.inFlight()).isEqualTo(3);
        assertThat(meter.read().counts().recordsIn()).isEqualTo(3);
        assertThat(meter.read().counts().recordsFailed()).isEqualTo(1);
    }

    @Test
    void aRetryGoesOnWhereItWasAndNeverAppliesARecordTwice() {
        StageProcessor processor = started(ErrorPolicy.SKIP, false);
        Record<byte[], Object> batch = batch("a", "b", "c");
        timeouts = 2;

        assertThatThrownBy(() -> processor.process(batch)).isInstanceOf(TimeoutException.class);
        assertThatThrownBy(() -> processor.process(batch)).isInstanceOf(TimeoutException.class);
        assertThat(progress.positions()).isEmpty();
        processor.process(batch);

        assertThat(forwarded).containsExactly("copy-0-out: a", "copy-0-out: b", "copy-0-out: c");
        assertThat(meter.read().counts().recordsIn()).isEqualTo(3);
    }

    @Test
    void aTimeoutUnderExactlyOnceEndsTheUnitInsteadOfTheTask() {
        StageProcessor processor = started(ErrorPolicy.SKIP, true);
        timeouts = 1;

        assertThatThrownBy(() -> processor.process(batch("a")))
                .isInstanceOf(StreamsException.class)
                .hasCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void failsBeforeTheRecordWhenThatIsTheStrategy() {
        StageProcessor processor = started(ErrorPolicy.FAIL, true);

        assertThatThrownBy(() -> processor.process(batch("a", "bad"))).isInstanceOf(RecordFailure.class);
        assertThat(forwarded).isEmpty();
    }

    @Test
    void goesBackToARecordAsOftenAsItsQuerySaysAndThenBuriesIt() {
        fanOut.announce();

        for (int attempt = 1; attempt <= 3; attempt++) {
            StageProcessor rebuilt = started(ErrorPolicy.RETRY, true);
            if (attempt < 3) {
                assertThatThrownBy(() -> rebuilt.process(batch("a", "bad"))).isInstanceOf(RecordFailure.class);
            } else {
                rebuilt.process(batch("a", "bad"));
            }
        }

        assertThat(forwarded).containsExactly("copy-0-out: 1 rows", "copy-0-dead-letters: 1 rows");
        assertThat(meter.letters().count()).isEqualTo(1);
        assertThat(meter.letters().code()).isEqualTo("BAD_VALUE");
    }

    @Test
    void beginsAnewWhenStreamsInitialisesItAgain() {
        StageProcessor processor = processor(ErrorPolicy.SKIP, false);
        processor.init(context());
        timeouts = 1;
        assertThatThrownBy(() -> processor.process(batch("a"))).isInstanceOf(TimeoutException.class);

        processor.close();
        processor.init(context());
        processor.process(batch("b"));

        assertThat(forwarded).containsExactly("copy-0-out: b");
    }

    private StageProcessor started(ErrorPolicy policy, boolean exactlyOnce) {
        StageProcessor processor = processor(policy, exactlyOnce);
        processor.init(context());
        return processor;
    }

    private StageProcessor processor(ErrorPolicy policy, boolean exactlyOnce) {
        StagePlan plan = TestPlans.copy("copy", "in", "out").stages().getFirst();
        StageNode node = new StageNode(
                "copy",
                plan,
                "in",
                Optional.empty(),
                0,
                List.of(),
                false,
                false,
                "copy-0-out",
                "copy-0-dead-letters",
                meter);
        return new StageProcessor(
                node,
                new UnitRuntime(
                        "job",
                        TestStages::create,
                        policy,
                        retries,
                        exactlyOnce,
                        Integer.MAX_VALUE,
                        true,
                        fanOut,
                        progress,
                        new RateLimitedLog(LoggerFactory.getLogger("test"), InstantSource.system()),
                        InstantSource.system(),
                        new BatchTuning()));
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private ProcessorContext<byte[], Object> context() {
        Properties config = PlainTopology.properties("app", directory);
        MockProcessorContext<Object, Object> context =
                new MockProcessorContext<>(config, new TaskId(0, 3), directory.toFile()) {
                    @Override
                    public void forward(Record record, String child) {
                        if (timeouts > 0) {
                            timeouts--;
                            throw new TimeoutException("no metadata");
                        }
                        forwarded.add(child + ": " + describe(record.value()));
                    }
                };
        context.setRecordMetadata("in", 3, 10);
        return (ProcessorContext) context;
    }

    private static String describe(Object value) {
        return value instanceof FanOutRows rows ? rows.size() + " rows" : new String((byte[]) value, UTF_8);
    }

    private static Record<byte[], Object> batch(String... values) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            records.add(new ConsumerRecord<>("in", 3, 10 + i, bytes("k"), bytes(values[i])));
        }
        return new Record<>(null, new MergedBatch(records), 5, new RecordHeaders());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
