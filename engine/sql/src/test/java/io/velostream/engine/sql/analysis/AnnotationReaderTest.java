package io.velostream.engine.sql.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.engine.plan.Compiled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnnotationReaderTest {

    private static final String QUERY = "\nCREATE STREAM out AS SELECT id FROM t;";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-- @app: orders",
                "-- @Job_Mode: TRANSACTIONAL",
                "-- @batch_size: 50",
                "-- @metric: velo_ms\n"
                        + "-- @metric_type: histogram\n"
                        + "-- @metric_field: id\n"
                        + "-- @metric_help: \"ms\"\n"
                        + "-- @metric_buckets: 10, 100",
                "-- mail to ops@example.org: they know",
                "-- an ordinary comment",
            })
    void knownAnnotationsAndCommentsAreFine(String comment) {
        assertThat(Compiled.warnings(comment + QUERY)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0000',
            value = {
                "-- @metric_tpye: counter | 1:4: unknown annotation @metric_tpye; did you mean `metric_type`?",
                "-- @metric_type: counters | 1:4: the annotation @metric_type cannot be 'counters'",
                "-- @batch_size: 20000 | 1:4: the annotation @batch_size cannot be '20000'",
                "-- @job_mode simple | 1:4: the annotation @job_mode has no colon, so it is ignored",
                "-- @app: | 1:4: the annotation @app cannot be ''",
            })
    void aWarningSaysWhatIsWrong(String comment, String warning) {
        assertThat(Compiled.warnings(comment + QUERY)).containsExactly(warning);
    }

    @Test
    void warningsDoNotStopTheText() {
        assertThat(Compiled.query("-- @nonsense: x" + QUERY).name()).isEqualTo("out");
    }
}
