package io.velostream.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.engine.sql.analysis.SqlProblem;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuestionCompilerTest {

    private final QuestionCompiler compiler =
            new QuestionCompiler("CREATE STREAM velo_jobs (name STRING, state STRING) WITH ('topic' = 'velo_jobs');");

    private List<String> refused(String sql) {
        Question question = compiler.compile(sql);
        assertThat(question).isInstanceOf(Question.Refused.class);
        return ((Question.Refused) question)
                .problems().stream()
                        .map((SqlProblem problem) -> problem.line() + ":" + problem.column() + ": " + problem.message())
                        .toList();
    }

    private Question.Select select(String sql) {
        Question question = compiler.compile(sql);
        assertThat(question).isInstanceOf(Question.Select.class);
        return (Question.Select) question;
    }

    @Test
    void aSelectIsOneStageFromTheTopicToTheResult() {
        Question.Select select = select("SELECT id, a + 1 AS b FROM orders WHERE a > 2 LIMIT 7");

        assertThat(select.stages()).hasSize(1);
        assertThat(select.limit()).isEqualTo(OptionalLong.of(7));
    }

    @Test
    void eachBranchOfAUnionIsRead() {
        assertThat(select("SELECT a FROM t UNION ALL SELECT a FROM u").stages()).hasSize(2);
    }

    @Test
    void declarationsBeforeItSayWhatTheNamesMean() {
        assertThat(refused("CREATE STREAM o (id BIGINT) WITH ('topic' = 'o'); SELECT amount FROM o"))
                .singleElement()
                .asString()
                .startsWith("1:58: column `amount` does not exist in `o`");
    }

    @Test
    void placesAreThoseOfTheTextThatWasAsked() {
        assertThat(refused("SELECT nam\nFROM velo_jobs"))
                .singleElement()
                .asString()
                .isEqualTo("1:8: column `nam` does not exist in `velo_jobs`; did you mean `name`?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                SELECT k, COUNT(*) AS n FROM t GROUP BY k                       | needs state
                SELECT DISTINCT k FROM t                                        | needs state
                SELECT l.a, r.b FROM l JOIN r ON l.k = r.k WITHIN 5 SECONDS     | needs state
                SELECT LAG(a) OVER (ROWS WINDOW BUFFER 9 ROWS) AS b FROM t      | needs state
                CREATE STREAM o AS SELECT a FROM t                              | is a job
                START JOB o AS SELECT a FROM t                                  | is a job
                SELECT a FROM t; SELECT b FROM t                                | only the last statement may ask
                CREATE STREAM t (a BIGINT) WITH ('topic' = 't')                 | asks nothing
                SELECT a FROM t LIMIT 0                                         | LIMIT needs a whole number from 1
                SELECT FROM t                                                   | FROM
                """)
    void saysWhatCannotBeAskedOnce(String sql, String words) {
        assertThat(refused(sql)).first().asString().contains(words);
    }

    @Test
    void commandsAreAnsweredFromTheDeclarations() {
        assertThat(((Question.Answered) compiler.compile("DESCRIBE velo_jobs")).rows())
                .extracting(row -> row.get("column"))
                .containsExactly("name", "state");
        assertThat(((Question.Answered) compiler.compile("EXPLAIN SELECT name FROM velo_jobs")).rows())
                .extracting(row -> row.get("plan"))
                .anySatisfy(line -> assertThat(line.toString()).contains("scan velo_jobs"));
        assertThat(compiler.compile("SHOW JOBS")).isInstanceOf(Question.Jobs.class);
    }

    @ParameterizedTest
    @CsvSource({"STOP JOB a", "PAUSE JOB a", "RESUME JOB a", "ROLLBACK JOB a", "DROP STREAM a", "TERMINATE a"})
    void whatChangesJobsIsToldApart(String sql) {
        assertThat(compiler.compile(sql)).isInstanceOf(Question.Change.class);
    }
}
