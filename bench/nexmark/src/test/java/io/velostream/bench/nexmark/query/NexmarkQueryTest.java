package io.velostream.bench.nexmark.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.bench.nexmark.event.Event;
import io.velostream.bench.nexmark.event.EventGenerator;
import io.velostream.bench.nexmark.event.EventJson;
import io.velostream.bench.nexmark.event.NexmarkSpec;
import io.velostream.bench.nexmark.job.Feed;
import io.velostream.bench.nexmark.job.InMemoryJob;
import io.velostream.bench.nexmark.job.JobCompiler;
import io.velostream.bench.nexmark.job.StreamsJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every query gives what was computed without the engine, whatever the size of a batch. */
class NexmarkQueryTest {

    private static final EventGenerator EVENTS = new EventGenerator(NexmarkSpec.stretched(5_000, 7));

    static Stream<Arguments> runs() throws IOException {
        List<String> open = open();
        return Stream.of(NexmarkQuery.values())
                .filter(query -> !open.contains(query.id()))
                .flatMap(query -> Stream.of(1, 1000).map(batch -> Arguments.of(query, batch)));
    }

    /** Those that wait for what the language does not run yet. */
    private static List<String> open() throws IOException {
        return Files.readAllLines(Path.of("queries-open.txt"));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void givesWhatWasComputedWithoutTheEngine(NexmarkQuery query, int batchSize) {
        Map<String, List<InMemoryJob.Row>> outputs;
        try (InMemoryJob job = new StreamsJob(new JobCompiler().compile(query.sql()))) {
            Feed feed = new Feed(job.inputs(), batchSize, job::feed);
            EventJson.sideInput(0).forEach(feed::add);
            for (Event event : EVENTS) {
                feed.add(EventJson.record(event));
            }
            feed.end();
            outputs = job.outputs();
        }

        assertThat(Verification.problems(query.expect(EVENTS), outputs)).isEmpty();
    }
}
