package io.velostream.bench.shape;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.bench.nexmark.job.Feed;
import io.velostream.bench.nexmark.job.InMemoryJob;
import io.velostream.bench.nexmark.job.JobCompiler;
import io.velostream.bench.nexmark.job.StagesJob;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each shape gives what was computed without the engine. */
class ShapeTest {

    private static final Market MARKET = new Market(30_000, 3);

    @ParameterizedTest
    @EnumSource
    void givesWhatWasComputedWithoutTheEngine(Shape shape) {
        try (InMemoryJob job = new StagesJob(new JobCompiler().compile(shape.sql()))) {
            Feed feed = new Feed(job.inputs(), 100, job::feed);
            MARKET.records().forEach(feed::add);
            feed.end();

            Result found = Result.of(job.outputs().getOrDefault("out", List.of()), shape.column());

            Result expected = shape.expected(MARKET);
            assertThat(expected.rows()).isPositive();
            assertThat(found.rows()).isEqualTo(expected.rows());
            assertThat(found.isLike(expected))
                    .as("%s instead of %s", found, expected)
                    .isTrue();
            assertThat(job.outputs()).doesNotContainKey("out.dlq");
        }
    }
}
