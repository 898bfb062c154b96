package io.velostream.engine.plan;

import io.velostream.engine.plan.logical.LogicalQuery;
import io.velostream.engine.plan.physical.JobPlan;
import io.velostream.engine.plan.physical.StageInput;
import io.velostream.engine.plan.physical.StagePlan;
import io.velostream.engine.plan.physical.UnitPlan;
import io.velostream.engine.sql.analysis.AnalysedScript;
import io.velostream.engine.sql.analysis.ProblemCode;
import io.velostream.engine.sql.analysis.Problems;
import io.velostream.engine.sql.analysis.ScriptAnalyser;
import io.velostream.engine.sql.analysis.Variables;
import io.velostream.engine.sql.function.FunctionCatalogue;
import io.velostream.engine.sql.parser.ParsedScript;
import io.velostream.engine.sql.parser.SqlParser;
import io.velostream.engine.sql.tree.Command;
import io.velostream.engine.sql.tree.Dialect;
import io.velostream.engine.sql.tree.Expr;
import io.velostream.engine.sql.tree.Identifier;
import io.velostream.engine.sql.tree.Location;
import io.velostream.engine.sql.tree.Query;
import io.velostream.engine.sql.tree.Statement;
import io.velostream.engine.sql.tree.Statement.ObjectKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Texts that are asked once and end: declarations and settings, then one SELECT or a command. A SELECT filters and
 * computes row by row; what needs state or other partitions is left to jobs.
 */
public final class QuestionCompiler {

    private static final Identifier RESULT = new Identifier(Location.START, "result", true);

    private final FunctionCatalogue functions;
    private final ParsedScript declarations;

    /**
     * A compiler that knows some sources.
     *
     * @param declarations {@code CREATE STREAM name (…) WITH (…);} of each
     */
    public QuestionCompiler(String declarations) {
        this.functions = FunctionCatalogue.standard();
        Problems problems = new Problems();
        this.declarations = declarations.isBlank()
                ? new ParsedScript(List.of(), List.of(), List.of(), List.of())
                : new SqlParser(problems).parse(declarations);
        if (problems.hasErrors()) {
            throw new IllegalArgumentException("The declarations are wrong: " + problems.inOrder());
        }
    }

    /** Compiles a text. Never throws for what is in it. */
    public Question compile(String sql) {
        Problems problems = new Problems();
        ParsedScript script = new SqlParser(problems).parse(sql);
        if (problems.hasErrors()) {
            return new Question.Refused(problems.inOrder());
        }
        checkOrder(script, problems);
        Statement asked = script.statements().getLast();
        if (problems.hasErrors()) {
            return new Question.Refused(problems.inOrder());
        }
        return switch (asked) {
            case Command.Show show
            when show.subject() == Command.Subject.JOBS || show.subject() == Command.Subject.STATUS ->
                new Question.Jobs(show);
            case Command.Control control -> new Question.Change(control);
            case Command.Deploy deploy -> new Question.Change(deploy);
            case Command.Rollback rollback -> new Question.Change(rollback);
            case Command.Drop drop -> new Question.Change(drop);
            case Statement.SelectQuery select -> select(select, script, problems);
            default -> command(script, problems);
        };
    }

    /** Only the last statement asks; those before it say what the names mean. */
    private static void checkOrder(ParsedScript script, Problems problems) {
        List<Statement> statements = script.statements();
        for (int i = 0; i < statements.size(); i++) {
            Statement statement = statements.get(i);
            boolean last = i == statements.size() - 1;
            boolean declares = statement instanceof Statement.Declare || statement instanceof Statement.Assign;
            boolean runs = statement instanceof Statement.CreateAs
                    || statement instanceof Statement.InsertSelect
                    || statement instanceof Statement.InsertValues;
            if (runs) {
                problems.add(
                        ProblemCode.NOT_A_JOB,
                        statement.location(),
                        "a query that goes on for ever is a job, which is not started by asking",
                        "apply a VeloStreamJob with this text, or run it here with velo run FILE");
            } else if (last == declares) {
                problems.add(
                        ProblemCode.NO_QUERY,
                        statement.location(),
                        last
                                ? "the text declares, but asks nothing"
                                : "only the last statement may ask; those before it declare sources or SET variables",
                        last ? "add SELECT … FROM …;" : "ask one after the other");
            }
        }
    }

    private Question command(ParsedScript script, Problems problems) {
        AnalysedScript analysed = analyse(script, problems);
        if (problems.hasErrors() || analysed.asked().isEmpty()) {
            return new Question.Refused(problems.inOrder());
        }
        AnalysedScript.Asked asked = analysed.asked().getLast();
        return new Question.Answered(new SqlCompiler(functions).answer(asked).rows());
    }

    private Question select(Statement.SelectQuery select, ParsedScript script, Problems problems) {
        Query query = select.query();
        OptionalLong limit = limit(query);
        Statement named = new Statement.CreateAs(
                select.location(),
                ObjectKind.STREAM,
                RESULT,
                List.of(),
                limit.isPresent() ? query.withoutLimit() : query);
        List<Statement> statements = new ArrayList<>(script.statements());
        statements.set(statements.size() - 1, named);
        AnalysedScript analysed =
                analyse(new ParsedScript(statements, script.texts(), script.ordinals(), script.comments()), problems);
        if (problems.hasErrors()) {
            return new Question.Refused(problems.inOrder());
        }
        Optional<List<StagePlan>> stages = stages(analysed.queries());
        if (stages.isEmpty()) {
            problems.add(
                    ProblemCode.NOT_SUPPORTED,
                    select.location(),
                    "a SELECT that is asked once filters and computes row by row; this one joins, groups, orders or"
                            + " looks back, which needs state",
                    "run it as a job and ask for its result");
            return new Question.Refused(problems.inOrder());
        }
        return new Question.Select(stages.get(), limit);
    }

    /** LIMIT of rows that are not ordered is kept by whoever reads them; other forms are the analyser's to judge. */
    private static OptionalLong limit(Query query) {
        return query.orderBy().isEmpty()
                        && query.limit().isPresent()
                        && query.limit().get().rows() instanceof Expr.IntegerLiteral literal
                        && literal.digits().length() <= 15
                        && Long.parseLong(literal.digits()) > 0
                ? OptionalLong.of(Long.parseLong(literal.digits()))
                : OptionalLong.empty();
    }

    private AnalysedScript analyse(ParsedScript script, Problems problems) {
        List<Statement> statements = new ArrayList<>(declarations.statements());
        List<String> texts = new ArrayList<>(declarations.texts());
        // Behind all statements of the text, so that no annotation is taken for theirs.
        List<Integer> ordinals = new ArrayList<>(declarations.statements().stream()
                .map(each -> Integer.MAX_VALUE)
                .toList());
        statements.addAll(script.statements());
        texts.addAll(script.texts());
        ordinals.addAll(script.ordinals());
        return new ScriptAnalyser(
                        problems, functions, new Variables(problems, Map.of(), Dialect.VELOSTREAM), Map.of(), true)
                .analyse(new ParsedScript(statements, texts, ordinals, List.of()), List.of());
    }

    /** The stages, if each takes rows of a topic to the result by itself. */
    private Optional<List<StagePlan>> stages(List<LogicalQuery> queries) {
        Optimizer optimizer = new Optimizer(functions);
        JobPlan plan = new PhysicalPlanner()
                .plan(queries.stream()
                        .map(query -> optimizer.optimize(query).query())
                        .toList());
        List<StagePlan> stages = plan.units().stream()
                .map(UnitPlan::queries)
                .flatMap(List::stream)
                .flatMap(query -> query.stages().stream())
                .toList();
        boolean plain = plan.units().size() == 1
                && stages.stream()
                        .allMatch(stage -> stage.input() instanceof StageInput.Topic
                                && !stage.readsTable()
                                && stage.operators().stream()
                                        .allMatch(operator -> operator.store().isEmpty()
                                                && operator.sides().isEmpty()));
        boolean whole = plain
                && plan.units().getFirst().queries().stream()
                        .allMatch(query -> query.stages().size() == 1);
        return whole ? Optional.of(stages) : Optional.empty();
    }
}
