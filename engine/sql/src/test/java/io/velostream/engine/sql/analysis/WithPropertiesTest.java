package io.velostream.engine.sql.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.engine.plan.Compilation;
import io.velostream.engine.plan.CompileOptions;
import io.velostream.engine.plan.Compiled;
import io.velostream.engine.plan.SqlCompiler;
import io.velostream.engine.plan.physical.SourceSpec;
import io.velostream.engine.plan.physical.SourceSpec.LateData;
import io.velostream.engine.plan.physical.StageInput;
import io.velostream.engine.plan.physical.StageOutput;
import io.velostream.engine.plan.physical.StagePlan;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WithPropertiesTest {

    @Test
    void entriesOfSourceAndSinkInsideAStatement() {
        StagePlan stage = Compiled.stage("""
            CREATE STREAM out AS SELECT id FROM t EMIT CHANGES WITH (
              't.type' = 'kafka_source', 't.topic' = 'in', 't.event.time.field' = 'ts', 't.watermark.strategy' =
              'bounded_out_of_orderness', 't.watermark.max_out_of_orderness' = '5s', 't.fetch.min.bytes' = '100',
              'out.type' = 'kafka_sink', 'out.topic.name' = 'result', 'out.format' = 'json', 'out.linger.ms' = '20',
              'late.data.strategy' = 'update_previous', 'auto.offset.reset' = 'latest', key.passthrough = true);
            """);

        SourceSpec source = ((StageInput.Topic) stage.input()).source();
        assertThat(source.topic()).isEqualTo("in");
        assertThat(source.eventTime().slot()).contains(1);
        assertThat(source.watermark().maxOutOfOrderness()).isEqualTo(Duration.ofSeconds(5));
        assertThat(source.lateData()).isEqualTo(LateData.UPDATE_PREVIOUS);
        assertThat(source.properties())
                .containsOnly(Map.entry("fetch.min.bytes", "100"), Map.entry("auto.offset.reset", "latest"));
        StageOutput.Sink sink = (StageOutput.Sink) stage.output();
        assertThat(sink.topic()).isEqualTo("result");
        assertThat(sink.properties()).containsOnly(Map.entry("linger.ms", "20"));
        assertThat(sink.key()).isEqualTo(new StageOutput.KeySpec.Passthrough());
    }

    @Test
    void withMayStandBeforeAsAndEmitBehindIt() {
        StageOutput.Sink sink =
                Compiled.sink("CREATE STREAM out WITH ('out.topic' = 'x') AS SELECT id FROM t EMIT CHANGES;");

        assertThat(sink.topic()).isEqualTo("x");
    }

    @Test
    void ksqlDeclarationIsRead() {
        StagePlan stage = Compiled.stage("""
            CREATE STREAM pageviews (user VARCHAR KEY, url STRING, at BIGINT)
              WITH (KAFKA_TOPIC='views', VALUE_FORMAT='JSON', KEY_FORMAT='KAFKA_TEXT', TIMESTAMP='at');
            CREATE TABLE n AS SELECT user, COUNT(*) AS n FROM pageviews
              WINDOW TUMBLING (SIZE 30 SECONDS, GRACE PERIOD 1 MINUTE) GROUP BY user EMIT CHANGES;
            """.replace("KAFKA_TEXT", "TEXT"));

        assertThat(((StageInput.Topic) stage.input()).source().topic()).isEqualTo("views");
        assertThat(((StageInput.Topic) stage.input()).source().eventTime())
                .isEqualTo(new SourceSpec.EventTime(Optional.of(1), Optional.empty()));
    }

    @Test
    void aWrongWindowOfAKsqlDbTableIsOneProblemAtItsPlace() {
        String sql = """
            CREATE STREAM views (user VARCHAR KEY) WITH (KAFKA_TOPIC = 'views', VALUE_FORMAT = 'JSON');
            CREATE TABLE hits AS SELECT user, COUNT(*) AS n FROM views WINDOW HOPPING (SIUTE) GROUP BY user;
            """;

        assertThat(Compiled.refused(sql))
                .allSatisfy(problem -> assertThat(problem).startsWith("2:"));
    }

    @Test
    void entriesOfTheApplicationAreWeaker() {
        CompileOptions options =
                new CompileOptions(Map.of(), Map.of("late.data.strategy", "dead_letter", "t.topic", "weak"), true);

        Compilation.Compiled compiled = (Compilation.Compiled) new SqlCompiler()
                .compile("CREATE STREAM out AS SELECT id FROM t WITH ('t.topic' = 'strong');", options);

        SourceSpec source = ((StageInput.Topic) compiled.plan()
                        .units()
                        .getFirst()
                        .queries()
                        .getFirst()
                        .stages()
                        .getFirst()
                        .input())
                .source();
        assertThat(source.lateData()).isEqualTo(LateData.DEAD_LETTER);
        assertThat(source.topic()).isEqualTo("strong");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '\u0000', textBlock = """
                't.type' = 'kafkaa_source'          | 1:56 | did you mean `kafka_source`?
                't.topik' = 'x'                     | 1:45 | unknown key `topik` in WITH; did you mean `topic`?
                'output.topic' = 'x'                | 1:45 | `output` is no source and no sink
                't.watermark.max_out_of_orderness' = 'soon' | 1:82 | is not a duration
                't.late.data.strategy' = 'dropp'    | 1:70 | did you mean `drop`?
                't.format' = 'avro'                 | 1:58 | the format avro is not supported yet
                't.type' = 's3_source'              | 1:56 | is not supported yet
                'out.topic' = 'a b'                 | 1:59 | cannot be the name of a topic
                """)
    void saysWhatIsWrongWithAnEntry(String entry, String place, String words) {
        assertThat(Compiled.refused("CREATE STREAM out AS SELECT id FROM t WITH (" + entry + ");"))
                .first()
                .asString()
                .startsWith(place + ":")
                .contains(words);
    }

    @Test
    void keysWithoutEffectAreWarnedAbout() {
        assertThat(Compiled.warnings("CREATE STREAM out AS SELECT id FROM t WITH ('batch.strategy' = 'fixed_size');"))
                .containsExactly("1:45: `batch.strategy` has no effect in this version");
    }

    @Test
    void sourceMustHaveATopicUnlessTopicsAreImplicit() {
        assertThat(Compiled.refused("CREATE STREAM out AS SELECT id FROM t;", CompileOptions.defaults()))
                .containsExactly("1:37: the source `t` has no topic");
    }

    @Test
    void variablesAreOneLiteralEach() {
        CompileOptions options =
                new CompileOptions(Map.of("limit", "10", "name", "x' OR '1'='1", "topic", "orders"), Map.of(), true);

        Compilation compilation = new SqlCompiler()
                .compile(
                        "CREATE STREAM out AS SELECT id FROM t WHERE a > ${limit} AND n = ${name} AND r = ${region:eu}"
                                + " WITH ('t.topic' = '${topic}-v1');",
                        options);

        assertThat(((Compilation.Compiled) compilation).logicalPlan())
                .contains("(a > 10) AND (n = 'x'' OR ''1''=''1') AND (r = 'eu')")
                .contains("topic orders-v1");
    }
}
