package io.velostream.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.engine.plan.logical.LogicalQuery;
import io.velostream.engine.sql.analysis.AnnotationReader;
import io.velostream.engine.sql.analysis.Problems;
import io.velostream.engine.sql.analysis.ScriptAnalyser;
import io.velostream.engine.sql.analysis.Variables;
import io.velostream.engine.sql.function.FunctionCatalogue;
import io.velostream.engine.sql.parser.ParsedScript;
import io.velostream.engine.sql.parser.SqlParser;
import io.velostream.engine.sql.tree.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether a rule has changed something is seen by the object, so that plans are never compared part by part. */
class OptimizerTest {

    private static final FunctionCatalogue FUNCTIONS = FunctionCatalogue.standard();

    static Stream<Path> plans() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/plans"))) {
            return files.sorted().toList().stream();
        }
    }

    private static List<LogicalQuery> analyse(String sql) {
        Problems problems = new Problems();
        ParsedScript script = new SqlParser(problems).parse(sql);
        return new ScriptAnalyser(
                        problems, FUNCTIONS, new Variables(problems, Map.of(), Dialect.VELOSTREAM), Map.of(), true)
                .analyse(script, new AnnotationReader(problems).read(script.comments()))
                .queries();
    }

    @ParameterizedTest
    @MethodSource("plans")
    void aSecondPassFindsNothingToDoAndGivesTheVerySamePlan(Path file) throws IOException {
        String sql = Files.readString(file).split("-- plan --", 2)[0];
        Optimizer optimizer = new Optimizer(FUNCTIONS);

        for (LogicalQuery query : analyse(sql)) {
            LogicalQuery once = optimizer.optimize(query).query();
            Optimizer.Optimized twice = optimizer.optimize(once);

            assertThat(twice.applied()).isEmpty();
            assertThat(twice.query().branches())
                    .zipSatisfy(
                            once.branches(),
                            (again, before) -> assertThat(again).isSameAs(before));
        }
    }

    @Test
    void namesOnlyRulesThatChangeSomething() {
        LogicalQuery query =
                analyse("CREATE STREAM out AS SELECT a FROM t WHERE b > 1 + 1").getFirst();

        assertThat(new Optimizer(FUNCTIONS).optimize(query).applied()).containsExactly("FoldConstants");
    }

    @Test
    void aPlanIsPutIntoWordsOnlyWhenItIsAskedFor() {
        AtomicInteger asked = new AtomicInteger();
        Explanation explanation = Explanation.of(() -> "text " + asked.incrementAndGet());
        assertThat(asked).hasValue(0);

        assertThat(explanation.text()).isEqualTo("text 1");
        assertThat(explanation.text()).isEqualTo("text 1");
        assertThat(asked).hasValue(1);
    }
}
