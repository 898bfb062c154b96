package io.velostream.engine.job;

import static io.velostream.engine.job.JobTestBed.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.local.kafka.LocalKafka;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The strategy Retry against a real broker. */
class RetriedRecordKafkaTest {

    @TempDir
    Path state;

    @Test
    void aRecordThatRetriesDoNotHelpIsADeadLetterAndNothingIsLostOrDoubled() {
        try (LocalKafka kafka = LocalKafka.builder().start()) {
            kafka.createTopic("numbers", 1);
            JobTestBed.produceValues(kafka, "numbers", List.of("{\"n\":5}", "{\"n\":0}", "{\"n\":2}"));
            try (var pod = JobTestBed.sqlPod(kafka, 0, state)) {
                pod.apply(TestDocuments.job("shares").sql("""
                        CREATE STREAM numbers (n BIGINT) WITH ('topic' = 'numbers', 'format' = 'json');
                        CREATE STREAM shares AS SELECT 10 / n AS share FROM numbers
                          WITH ('shares.topic' = 'shares', 'shares.format' = 'json',
                                'failure_strategy' = 'Retry', 'max_retries' = '1');
                        """).build());

                var letters = JobTestBed.read(kafka, "velostream.shop.shares.dlq", 3, 1);
                var rows = JobTestBed.read(kafka, "shares", 3, 2);

                assertThat(letters).singleElement().satisfies(letter -> {
                    assertThat(text(letter.value())).isEqualTo("{\"n\":0}");
                    assertThat(text(letter.headers()
                                    .lastHeader("velo.dlq.error.code")
                                    .value()))
                            .isEqualTo("DIVISION_BY_ZERO");
                });
                assertThat(rows.stream().map(row -> text(row.value())))
                        .containsExactlyInAnyOrder("{\"share\":2.0}", "{\"share\":5.0}");
                assertThat(pod.status("shares").orElseThrow().units().getFirst().rebuilds())
                        .isEqualTo(1);
                assertThat(pod.deadLetters()).singleElement().satisfies(counted -> {
                    assertThat(counted.topic()).isEqualTo("velostream.shop.shares.dlq");
                    assertThat(counted.count()).isEqualTo(1);
                    assertThat(counted.lastCode()).isEqualTo("DIVISION_BY_ZERO");
                });
            }
        }
    }
}
