package io.velostream.engine.plan;

import io.velostream.engine.plan.logical.LogicalQuery;
import io.velostream.engine.plan.physical.InsertPlan;
import io.velostream.engine.plan.physical.JobPlan;
import io.velostream.engine.sql.analysis.AnalysedScript;
import io.velostream.engine.sql.analysis.Annotation;
import io.velostream.engine.sql.analysis.AnnotationReader;
import io.velostream.engine.sql.analysis.DialectChooser;
import io.velostream.engine.sql.analysis.Problems;
import io.velostream.engine.sql.analysis.ScriptAnalyser;
import io.velostream.engine.sql.analysis.Variables;
import io.velostream.engine.sql.command.CommandAnswer;
import io.velostream.engine.sql.command.CommandRunner;
import io.velostream.engine.sql.function.FunctionCatalogue;
import io.velostream.engine.sql.parser.ParsedScript;
import io.velostream.engine.sql.parser.SqlParser;
import io.velostream.engine.sql.tree.Command;
import io.velostream.engine.sql.tree.Dialect;
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
        Dialect dialect = new DialectChooser(problems).choose(script.statements(), options.dialect());
        if (dialect == Dialect.KSQLDB) {
            // What is wrong with the text has been reported.
            script = SqlParser.withUpperCaseNames(new Problems()).parse(sql);
        }
        List<Annotation> annotations = new AnnotationReader(problems).read(script.comments());
        AnalysedScript analysed = new ScriptAnalyser(
                        problems,
                        functions,
                        new Variables(problems, options.variables(), dialect),
                        options.properties(),
                        options.implicitTopics())
                .analyse(script, annotations);
        if (problems.hasErrors()) {
            return new Compilation.Refused(problems.inOrder());
        }
        Planned planned = plan(analysed.queries(), analysed.inserts());
        return new Compilation.Compiled(
                planned.plan(),
                planned.explained(),
                problems.inOrder(),
                analysed.asked().stream().map(this::answer).toList(),
                analysed.catalogue().jobs(),
                dialect);
    }

    private record Planned(JobPlan plan, Explanation explained) {}

    private Planned plan(List<LogicalQuery> queries, List<InsertPlan> inserts) {
        Optimizer optimizer = new Optimizer(functions);
        List<Optimizer.Optimized> optimized =
                Inlining.of(queries).stream().map(optimizer::optimize).toList();
        JobPlan plan = new PhysicalPlanner()
                .plan(optimized.stream().map(Optimizer.Optimized::query).toList());
        JobPlan whole = new JobPlan(plan.units(), inserts);
        return new Planned(whole, Explanation.of(() -> ExplainText.of(optimized, whole)));
    }

    /** The rows of a statement that asks something. */
    CommandAnswer answer(AnalysedScript.Asked asked) {
        CommandRunner runner = new CommandRunner(asked.catalogue());
        return new CommandAnswer(
                asked.text(),
                switch (asked.command()) {
                    case Command.Show show -> runner.show(show);
                    case Command.ShowCreate show -> runner.createText(show.name());
                    case Command.Describe describe -> runner.columns(describe.name());
                    case Command.Explain _ ->
                        CommandRunner.lines(
                                "plan",
                                plan(asked.explained(), List.of()).explained().text());
                    default -> List.of();
                });
    }
}
