package io.velostream.operator.job;

import io.velostream.engine.plan.Compilation;
import io.velostream.engine.plan.CompileOptions;
import io.velostream.engine.plan.SqlCompiler;
import io.velostream.engine.sql.analysis.SqlProblem;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Judges by the compiler that the engine of the same version has. Verdicts are remembered, for a job is looked at far more often
 * than it changes. Safe for use by several threads.
 */
public final class CompilerSqlJudge implements SqlJudge {

    private static final int REMEMBERED = 1000;

    private final SqlCompiler compiler = new SqlCompiler();
    private final String name;
    private final Map<Question, Judgement> verdicts = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Question, Judgement> eldest) {
            return size() > REMEMBERED;
        }
    });

    /** @param version of the compiler, as it is named in conditions */
    public CompilerSqlJudge(String version) {
        this.name = "engine " + version;
    }

    @Override
    public Judgement judge(String sql, Map<String, String> variables) {
        Question question = new Question(sql, Map.copyOf(variables));
        Judgement known = verdicts.get(question);
        if (known != null) {
            return known;
        }
        Judgement verdict = compile(question);
        verdicts.put(question, verdict);
        return verdict;
    }

    private Judgement compile(Question question) {
        Compilation compilation =
                compiler.compile(question.sql(), new CompileOptions(question.variables(), Map.of(), false));
        return new Judgement(
                compilation instanceof Compilation.Compiled,
                compilation.problems().stream().map(SqlProblem::toString).toList(),
                name);
    }

    private record Question(String sql, Map<String, String> variables) {}
}
