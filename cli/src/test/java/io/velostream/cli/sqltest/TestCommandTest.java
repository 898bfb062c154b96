package io.velostream.cli.sqltest;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.cli.sqltest.Outcome.Output;
import io.velostream.engine.sql.analysis.SqlProblem;
import io.velostream.engine.sql.analysis.SqlProblem.Severity;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TestCommandTest {

    @TempDir
    Path folder;

    private final StringWriter printed = new StringWriter();

    @Test
    void passesWhenTheRowsAreThere() throws Exception {
        caseFile("""
            - name: copies
              group: basic
              sql: CREATE STREAM out AS SELECT id FROM t;
              inputs: {t: [{key: null, value: {id: 1}, ts: 5}]}
              expected: {out: [{id: 1}]}
              expected_keys: [null]
              expected_ts: {out: [5]}
            """);

        int exitCode = run(ran("out", output(null, "{\"id\":1}", 5)));

        assertThat(printed.toString()).isEqualTo("1 passed, 0 failed\n");
        assertThat(exitCode).isZero();
    }

    @Test
    void showsTheDifferenceOfAFailingCase() throws Exception {
        caseFile("""
            - name: copies
              group: basic
              sql: CREATE STREAM out AS SELECT id FROM t;
              expected: {out: [{id: 1}]}
            """);

        int exitCode = run(ran("out", output(null, "{\"id\":2}", 5)));

        assertThat(printed.toString()).contains("basic/copies: out: expected [{\"id\":1}], got [{\"id\":2}]");
        assertThat(printed.toString()).endsWith("0 passed, 1 failed\n");
        assertThat(exitCode).isEqualTo(1);
    }

    @Test
    void looksAtTheLastRecordOfEachKeyWhereTheCaseSaysSo() throws Exception {
        caseFile("""
            - name: counts
              sql: CREATE TABLE out AS SELECT k, COUNT(*) AS n FROM t GROUP BY k;
              match: final_per_key
              expected: {out: [{k: a, n: 2}, {k: b, n: 1}]}
            """);

        run(ran(
                "out",
                output("a", "{\"k\":\"a\",\"n\":1}", 1),
                output("b", "{\"k\":\"b\",\"n\":1}", 2),
                output("a", "{\"k\":\"a\",\"n\":2}", 3)));

        assertThat(printed.toString()).isEqualTo("1 passed, 0 failed\n");
    }

    @Test
    void anExpectedErrorMustBeAtItsPlaceAndSayOneOfTheWords() throws Exception {
        caseFile("""
            - name: misspelt
              sql: SELECT amuont FROM t;
              error: {line: 1, column: 9, contains_any: [amount]}
            """);
        SqlProblem inPlace = problem(1, 8, 6, "column amuont does not exist; did you mean amount?");
        SqlProblem elsewhere = problem(2, 8, 6, "column amuont does not exist; did you mean amount?");
        SqlProblem speechless = problem(1, 8, 6, "no");

        assertThat(run(new Outcome.Refused(List.of(inPlace)))).isZero();
        assertThat(run(new Outcome.Refused(List.of(elsewhere)))).isEqualTo(1);
        assertThat(run(new Outcome.Refused(List.of(speechless)))).isEqualTo(1);
        assertThat(run(ran("out"))).isEqualTo(1);
    }

    @Test
    void aSeriesWithoutLabelsStandsForItsSum() throws Exception {
        caseFile("""
            - name: failures
              sql: SELECT 1 FROM t;
              expected_metrics: {velo_failed_total: 3}
            """);

        int exitCode = run(new Outcome.Ran(
                Map.of(),
                Map.of("velo_failed_total{source=\"a\"}", 1.0, "velo_failed_total{source=\"b\"}", 2.0),
                List.of(),
                List.of()));

        assertThat(exitCode).isZero();
    }

    @Test
    void anUnknownFieldIsAnErrorThatNamesTheCase() throws Exception {
        caseFile("""
            - name: typo
              sql: SELECT 1 FROM t;
              expectd: {}
            """);

        int exitCode = run(ran("out"));

        assertThat(exitCode).isEqualTo(1);
        assertThat(printed.toString()).contains("case typo").contains("expectd");
    }

    @Test
    void writesAJUnitReport() throws Exception {
        caseFile("""
            - name: copies
              sql: CREATE STREAM out AS SELECT id FROM t;
              expected: {out: [{id: 1}]}
            """);
        Path report = folder.resolve("report/cases.xml");

        run(ran("out"), "--junit", report.toString());

        assertThat(report)
                .content()
                .contains("tests=\"1\"")
                .contains("failures=\"1\"")
                .contains("<failure");
    }

    private void caseFile(String yaml) throws Exception {
        Files.writeString(folder.resolve("cases.yaml"), yaml);
    }

    private int run(Outcome outcome, String... options) {
        printed.getBuffer().setLength(0);
        CommandLine commandLine = new CommandLine(new TestCommand((sqlCase, batch) -> outcome));
        commandLine.setOut(new PrintWriter(printed, true));
        commandLine.setErr(new PrintWriter(printed, true));
        commandLine.setExecutionExceptionHandler((failure, command, parsed) -> {
            printed.append(failure.getMessage()).append('\n');
            return 1;
        });
        String[] arguments = java.util.stream.Stream.concat(
                        java.util.Arrays.stream(options), java.util.stream.Stream.of(folder.toString()))
                .toArray(String[]::new);
        return commandLine.execute(arguments);
    }

    private static Outcome ran(String topic, Output... outputs) {
        return new Outcome.Ran(Map.of(topic, List.of(outputs)), Map.of(), List.of(), List.of());
    }

    private static Output output(String key, String value, long timestamp) {
        return new Output(Optional.ofNullable(key), Optional.of(value), timestamp, Map.of());
    }

    private static SqlProblem problem(int line, int column, int length, String message) {
        return new SqlProblem(Severity.ERROR, "VELO-1", line, column, length, message, Optional.empty());
    }
}
