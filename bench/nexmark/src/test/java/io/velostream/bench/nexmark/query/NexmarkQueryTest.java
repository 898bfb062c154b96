package io.velostream.bench.nexmark.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.bench.nexmark.event.Event;
import io.velostream.bench.nexmark.event.EventGenerator;
import io.velostream.bench.nexmark.event.EventJson;
import io.velostream.bench.nexmark.event.NexmarkSpec;
import io.velostream.bench.nexmark.job.Feed;
import io.velostream.bench.nexmark.job.InMemoryJob;
import io.velostream.bench.nexmark.job.JobCompiler;
import io.velostream.bench.nexmark.job.StagesJob;
import io.velostream.bench.nexmark.job.StreamsJob;
import io.velostream.engine.plan.physical.JobPlan;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every query gives what was computed without the engine, whatever the size of a batch. */
class NexmarkQueryTest {

    private static final EventGenerator EVENTS = new EventGenerator(NexmarkSpec.stretched(5_000, 7));

    static Stream<Arguments> runs() {
        return Stream.of(NexmarkQuery.values())
                .flatMap(query -> Stream.of(1, 7, 1000).map(batch -> Arguments.of(query, batch)));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void givesWhatWasComputedWithoutTheEngine(NexmarkQuery query, int batchSize) {
        assertThat(Verification.problems(query.expect(EVENTS), outputs(new StreamsJob(plan(query)), batchSize)))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void givesTheSameWithoutKafkaStreams(NexmarkQuery query) {
        assertThat(Verification.problems(query.expect(EVENTS), outputs(new StagesJob(plan(query)), 100)))
                .isEmpty();
    }

    private static JobPlan plan(NexmarkQuery query) {
        return new JobCompiler().compile(query.sql());
    }

    private static Map<String, List<InMemoryJob.Row>> outputs(InMemoryJob started, int batchSize) {
        try (InMemoryJob job = started) {
            Feed feed = new Feed(job.inputs(), batchSize, job::feed);
            EventJson.sideInput(0).forEach(feed::add);
            for (Event event : EVENTS) {
                feed.add(EventJson.record(event));
            }
            feed.end();
            return job.outputs();
        }
    }
}
