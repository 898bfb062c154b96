package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.logical.LogicalQuery;
import io.velostream.engine.sql.analysis.AnalysedScript.Asked;
import io.velostream.engine.sql.command.CommandRunner;
import io.velostream.engine.sql.command.ScriptCatalogue;
import io.velostream.engine.sql.command.ScriptJob;
import io.velostream.engine.sql.command.ScriptMetric;
import io.velostream.engine.sql.command.ScriptObject;
import io.velostream.engine.sql.function.FunctionCatalogue;
import io.velostream.engine.sql.parser.ParsedScript;
import io.velostream.engine.sql.tree.Command;
import io.velostream.engine.sql.tree.Identifier;
import io.velostream.engine.sql.tree.Statement;
import io.velostream.engine.sql.tree.Statement.ObjectKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Applies the commands of a text in their order and notes what each that gives rows can see: the objects that exist at
 * its place.
 */
final class CommandAnalyser {

    private static final int MOST_QUESTIONS = 200;

    private final Problems problems;
    private final ScriptLedger ledger;
    private final JobSettings settings;
    private final Variables variables;
    private final List<Pending> pending = new ArrayList<>();
    private boolean tooMany;

    /** A command that gives rows, and what existed at its place. */
    private record Pending(
            Command command, int index, Set<String> objects, List<ScriptJob> jobs, Map<String, String> variables) {}

    CommandAnalyser(Problems problems, ScriptLedger ledger, JobSettings settings, Variables variables) {
        this.problems = problems;
        this.ledger = ledger;
        this.settings = settings;
        this.variables = variables;
    }

    /** Whether the text asks anything. */
    boolean hasAny() {
        return !pending.isEmpty();
    }

    void apply(Command command, int index, int ordinal) {
        switch (command) {
            case Command.Drop drop -> ledger.drop(drop);
            case Command.Control control -> ledger.control(control);
            case Command.Deploy deploy ->
                ledger.deploy(
                        deploy,
                        new ScriptLedger.Version(
                                new Statement.CreateAs(
                                        deploy.location(), ObjectKind.STREAM, deploy.name(), List.of(), deploy.query()),
                                index,
                                ordinal,
                                variables.all()));
            case Command.Rollback rollback -> ledger.rollback(rollback);
            case Command.Unset unset -> variables.remove(unset.key());
            case Command.Change change -> reportChange(change);
            case Command.Show show
            when !CommandRunner.isAnswerable(show.subject()) ->
                problems.add(
                        ProblemCode.NEEDS_CLUSTER,
                        show.location(),
                        "SHOW " + show.subject() + " asks a running cluster, so it gives nothing here",
                        "velo sql --cluster URL 'SHOW " + show.subject() + " …'");
            default -> ask(command, index);
        }
    }

    /** Each answer may tell of every object of the text, so that many of them would be many times its size. */
    private void ask(Command command, int index) {
        if (pending.size() < MOST_QUESTIONS) {
            pending.add(new Pending(command, index, objectsNow(), ledger.jobs(settings), variables.all()));
        } else if (pending.size() == MOST_QUESTIONS && !tooMany) {
            tooMany = true;
            problems.add(
                    ProblemCode.TOO_LARGE,
                    command.location(),
                    "the text asks more than " + MOST_QUESTIONS + " questions with SHOW, DESCRIBE and EXPLAIN",
                    "ask the others in a text of their own");
        }
    }

    private Set<String> objectsNow() {
        Set<String> names = new HashSet<>();
        ledger.entries().stream()
                .filter(ScriptLedger.Entry::isObject)
                .forEach(entry -> names.add(RelationCatalogue.key(entry.name().name())));
        return names;
    }

    private void reportChange(Command.Change change) {
        String remedy = switch (change.verb()) {
            case "UPDATE" ->
                "write the changed rows with CREATE TABLE … AS SELECT, or INSERT INTO "
                        + change.name().name();
            case "DELETE" -> "filter the rows with WHERE, or send a record without a value to delete a key of a table";
            default -> "change its CREATE statement; velo diff says what that keeps";
        };
        problems.add(
                ProblemCode.NOT_A_JOB,
                change.location(),
                change.verb() + " changes rows or objects in place, which a stream does not have",
                remedy);
    }

    /**
     * Answers once everything is analysed.
     *
     * @param explain analyses the query of EXPLAIN
     */
    AnalysedScript finish(
            ParsedScript script,
            List<LogicalQuery> queries,
            RelationCatalogue relations,
            FunctionCatalogue functions,
            Function<Statement, List<LogicalQuery>> explain) {
        Set<String> functionNames = new TreeSet<>(functions.names());
        functionNames.addAll(AggregateFunctions.names());
        List<ScriptObject> objects = new ArrayList<>();
        for (ScriptLedger.Entry entry : ledger.entries()) {
            String text = script.texts().get(entry.version().index());
            relations.find(entry.name()).map(each -> object(each, text)).ifPresent(objects::add);
        }
        List<Asked> asked = new ArrayList<>();
        for (Pending each : pending) {
            Set<String> visible = each.objects();
            ScriptCatalogue catalogue = new ScriptCatalogue(
                    objects.stream()
                            .filter(object -> visible.contains(RelationCatalogue.key(object.name())))
                            .toList(),
                    each.jobs(),
                    metrics(queries),
                    functionNames,
                    each.variables());
            check(each.command(), catalogue);
            List<LogicalQuery> explained = each.command() instanceof Command.Explain question
                    ? explained(question, queries, explain)
                    : List.of();
            asked.add(new Asked(each.command(), script.texts().get(each.index()), catalogue, explained));
        }
        return new AnalysedScript(
                queries,
                List.of(),
                asked,
                new ScriptCatalogue(objects, ledger.jobs(settings), metrics(queries), functionNames, variables.all()));
    }

    private static List<ScriptMetric> metrics(List<LogicalQuery> queries) {
        return queries.stream()
                .flatMap(query -> query.branches().stream()
                        .flatMap(branch -> branch.metrics().stream())
                        .map(metric -> new ScriptMetric(
                                query.name(),
                                metric.name(),
                                metric.kind().name().toLowerCase(Locale.ROOT),
                                metric.help())))
                .distinct()
                .toList();
    }

    private List<LogicalQuery> explained(
            Command.Explain question, List<LogicalQuery> queries, Function<Statement, List<LogicalQuery>> explain) {
        Statement statement = question.statement();
        if (statement instanceof Command.Describe named) {
            return queries.stream()
                    .filter(query -> named.name().matches(query.name())
                            || query.name().startsWith(named.name().name() + "."))
                    .toList();
        }
        List<LogicalQuery> query = explain.apply(statement);
        if (query.isEmpty() && !problems.hasErrors()) {
            problems.add(
                    ProblemCode.NOT_A_JOB,
                    statement.location(),
                    "EXPLAIN explains a query, and this is none",
                    "EXPLAIN SELECT …, EXPLAIN CREATE STREAM … AS SELECT …, or EXPLAIN and a query's name");
        }
        return query;
    }

    private void check(Command command, ScriptCatalogue catalogue) {
        switch (command) {
            case Command.Describe describe -> known(describe.name(), catalogue);
            case Command.ShowCreate show -> known(show.name(), catalogue);
            case Command.Show show -> check(show, catalogue);
            case Command.Explain explain -> {
                if (explain.statement() instanceof Command.Describe named) {
                    knownJob(named.name(), catalogue);
                }
            }
            default -> {}
        }
    }

    private void check(Command.Show show, ScriptCatalogue catalogue) {
        show.name().ifPresent(name -> {
            switch (show.subject()) {
                case SCHEMA, PROPERTIES -> known(name, catalogue);
                case STATUS, VERSIONS, METRICS -> knownJob(name, catalogue);
                default ->
                    problems.add(
                            ProblemCode.SYNTAX,
                            name.location(),
                            "SHOW " + show.subject() + " takes no name",
                            "SHOW " + show.subject() + " LIKE '" + name.name() + "%'");
            }
        });
    }

    private void known(Identifier name, ScriptCatalogue catalogue) {
        List<String> names =
                catalogue.objects().stream().map(ScriptObject::name).toList();
        if (names.stream().noneMatch(name::matches)) {
            problems.add(
                    ProblemCode.UNKNOWN_RELATION,
                    name.location(),
                    "`" + name.name() + "` does not exist here" + NearestName.suggestion(name.name(), names),
                    names.isEmpty() ? "nothing was created before" : "known are " + String.join(", ", names));
        }
    }

    private void knownJob(Identifier name, ScriptCatalogue catalogue) {
        List<String> names = catalogue.jobs().stream().map(ScriptJob::name).toList();
        if (names.stream().noneMatch(name::matches)) {
            problems.add(
                    ProblemCode.UNKNOWN_RELATION,
                    name.location(),
                    "there is no job `" + name.name() + "` here" + NearestName.suggestion(name.name(), names),
                    names.isEmpty() ? "no query was created before" : "its jobs are " + String.join(", ", names));
        }
    }

    private static ScriptObject object(RelationSchema relation, String text) {
        List<ScriptObject.Setting> settings = new ArrayList<>();
        settings.add(new ScriptObject.Setting(
                "watermark.max_out_of_orderness",
                relation.source().watermark().maxOutOfOrderness().toMillis() + "ms"));
        relation.eventTimeField().ifPresent(field -> settings.add(new ScriptObject.Setting("event.time.field", field)));
        relation.source().properties().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(option -> settings.add(new ScriptObject.Setting(option.getKey(), option.getValue())));
        return new ScriptObject(
                relation.name(),
                relation.kind(),
                relation.open(),
                relation.source().topic(),
                relation.source().format().name().toLowerCase(Locale.ROOT),
                relation.columns().stream()
                        .map(column -> new ScriptObject.Column(
                                column.name(),
                                column.type(),
                                relation.source().keyColumns().contains(column.name())))
                        .toList(),
                settings,
                text);
    }
}
