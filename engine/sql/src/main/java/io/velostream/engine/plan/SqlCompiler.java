package io.velostream.engine.plan;

import io.velostream.engine.plan.logical.LogicalQuery;
import io.velostream.engine.plan.physical.JobPlan;
import io.velostream.engine.sql.analysis.AnnotationCheck;
import io.velostream.engine.sql.analysis.Problems;
import io.velostream.engine.sql.analysis.ScriptAnalyser;
import io.velostream.engine.sql.function.FunctionCatalogue;
import io.velostream.engine.sql.parser.ParsedScript;
import io.velostream.engine.sql.parser.SqlParser;
import java.util.List;

/** Text of SQL → what runs: parse, analyse, rewrite, plan. Immutable and safe for use by several threads. */
public final class SqlCompiler {

    private final FunctionCatalogue functions;

    /** A compiler with the functions that come with the engine. */
    public SqlCompiler() {
        this(FunctionCatalogue.standard());
    }

    /** A compiler with other functions. */
    public SqlCompiler(FunctionCatalogue functions) {
        this.functions = functions;
    }

    /** Compiles a whole text. Never throws for what is in the text: every problem of it is in the result. */
    public Compilation compile(String sql, CompileOptions options) {
        Problems problems = new Problems();
        ParsedScript script = new SqlParser(problems).parse(sql);
        new AnnotationCheck(problems).check(script.comments());
        List<LogicalQuery> queries = new ScriptAnalyser(
                        problems, functions, options.variables(), options.properties(), options.implicitTopics())
                .analyse(script);
        if (problems.hasErrors()) {
            return new Compilation.Refused(problems.inOrder());
        }
        Optimizer optimizer = new Optimizer(functions);
        List<Optimizer.Optimized> optimized =
                queries.stream().map(optimizer::optimize).toList();
        JobPlan plan = new PhysicalPlanner()
                .plan(optimized.stream().map(Optimizer.Optimized::query).toList());
        return new Compilation.Compiled(plan, ExplainText.of(optimized, plan.units()), problems.inOrder());
    }
}
