package io.velostream.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.engine.plan.physical.JobPlan;
import io.velostream.engine.plan.physical.QueryPlan;
import io.velostream.engine.plan.physical.StageOutput;
import io.velostream.engine.plan.physical.StagePlan;
import io.velostream.engine.sql.analysis.SqlProblem;
import java.util.List;
import java.util.Map;

/** Compiles texts for tests. */
public final class Compiled {

    private static final SqlCompiler COMPILER = new SqlCompiler();
    private static final CompileOptions OPTIONS = new CompileOptions(Map.of(), Map.of(), true);

    private Compiled() {}

    /** The plan of a text that must be right. */
    public static JobPlan plan(String sql) {
        Compilation compilation = COMPILER.compile(sql, OPTIONS);
        assertThat(compilation.problems())
                .filteredOn(problem -> problem.severity() == SqlProblem.Severity.ERROR)
                .isEmpty();
        return ((Compilation.Compiled) compilation).plan();
    }

    /** The only query of a text. */
    public static QueryPlan query(String sql) {
        JobPlan plan = plan(sql);
        assertThat(plan.units()).hasSize(1);
        assertThat(plan.units().getFirst().queries()).hasSize(1);
        return plan.units().getFirst().queries().getFirst();
    }

    /** The only stage of a text's only query. */
    public static StagePlan stage(String sql) {
        QueryPlan query = query(sql);
        assertThat(query.stages()).hasSize(1);
        return query.stages().getFirst();
    }

    /** What a query writes. */
    public static StageOutput.Sink sink(String sql) {
        return (StageOutput.Sink) query(sql).stages().getLast().output();
    }

    /** The problems of a text that must be refused, as {@code line:column: message}. */
    public static List<String> refused(String sql) {
        return refused(sql, OPTIONS);
    }

    /** The same with other options. */
    public static List<String> refused(String sql, CompileOptions options) {
        Compilation compilation = COMPILER.compile(sql, options);
        assertThat(compilation).isInstanceOf(Compilation.Refused.class);
        return compilation.problems().stream()
                .map(problem -> problem.line() + ":" + problem.column() + ": " + problem.message())
                .toList();
    }

    /** The warnings of a text that runs. */
    public static List<String> warnings(String sql) {
        Compilation compilation = COMPILER.compile(sql, OPTIONS);
        assertThat(compilation).isInstanceOf(Compilation.Compiled.class);
        return compilation.problems().stream()
                .map(problem -> problem.line() + ":" + problem.column() + ": " + problem.message())
                .toList();
    }
}
