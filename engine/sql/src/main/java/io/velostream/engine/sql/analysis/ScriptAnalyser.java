package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.logical.LogicalQuery;
import io.velostream.engine.plan.physical.InsertPlan;
import io.velostream.engine.sql.analysis.QueryAnalyser.AnalysedQuery;
import io.velostream.engine.sql.analysis.QueryAnalyser.Target;
import io.velostream.engine.sql.command.ScriptJob.Status;
import io.velostream.engine.sql.function.FunctionCatalogue;
import io.velostream.engine.sql.parser.ParsedScript;
import io.velostream.engine.sql.tree.Command;
import io.velostream.engine.sql.tree.Identifier;
import io.velostream.engine.sql.tree.Location;
import io.velostream.engine.sql.tree.Query;
import io.velostream.engine.sql.tree.Statement;
import io.velostream.engine.sql.tree.Statement.ObjectKind;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Analyses the statements of a text in the order of their dependencies. */
public final class ScriptAnalyser {

    private final Problems problems;
    private final Variables variables;
    private final RelationCatalogue catalogue = new RelationCatalogue();
    private final SourceResolver sources;
    private final QueryAnalyser queries;
    private final FunctionCatalogue functions;
    private final boolean implicitTopics;
    private final List<Insert> inserts = new ArrayList<>();

    /**
     * For one text.
     *
     * @param variables values from outside, and the dialect
     * @param properties WITH entries for the whole application
     * @param implicitTopics whether a source without entries is the topic of its own name
     */
    public ScriptAnalyser(
            Problems problems,
            FunctionCatalogue functions,
            Variables variables,
            Map<String, String> properties,
            boolean implicitTopics) {
        this.problems = problems;
        this.variables = variables;
        this.functions = functions;
        this.implicitTopics = implicitTopics;
        PropertyReader reader = new PropertyReader(problems, variables, properties);
        Topics topics = new Topics(problems, implicitTopics);
        this.sources = new SourceResolver(problems, catalogue, reader, topics, variables.dialect());
        this.queries = new QueryAnalyser(problems, functions, variables, sources, reader, topics);
    }

    /**
     * Analyses a whole text.
     *
     * @param annotations those of the text
     */
    public AnalysedScript analyse(ParsedScript script, List<Annotation> annotations) {
        ScriptLedger ledger = new ScriptLedger(problems);
        JobSettings settings = new JobSettings(annotations);
        CommandAnalyser commands = new CommandAnalyser(problems, ledger, settings, variables);
        for (int i = 0; i < script.statements().size() && !problems.isFull(); i++) {
            apply(script.statements().get(i), i, script, ledger, commands);
        }
        List<LogicalQuery> analysed = analyse(ledger.entries(), settings);
        List<InsertPlan> rows = inserts();
        if (ledger.entries().stream().noneMatch(ScriptLedger.Entry::isQuery)
                && inserts.isEmpty()
                && !commands.hasAny()
                && !problems.hasErrors()) {
            problems.add(
                    ProblemCode.NO_QUERY,
                    Location.START,
                    "the text has no query, so there is nothing to run",
                    "add CREATE STREAM name AS SELECT … FROM source;");
        }
        return commands.finish(script, analysed, catalogue, functions, this::explained)
                .withInserts(rows);
    }

    private void apply(
            Statement statement, int index, ParsedScript script, ScriptLedger ledger, CommandAnalyser commands) {
        ScriptLedger.Version version =
                new ScriptLedger.Version(statement, index, script.ordinals().get(index), variables.all());
        switch (statement) {
            case Statement.Declare declare -> ledger.create(declare.name(), version, declare.existing());
            case Statement.CreateAs create -> ledger.create(create.name(), version, create.existing());
            case Statement.InsertSelect insert -> ledger.insert(insert.name(), version);
            case Statement.InsertValues values -> inserts.add(new Insert(values, variables.all()));
            case Statement.Assign assign -> assign(assign);
            case Statement.SelectQuery select ->
                problems.add(
                        ProblemCode.NOT_A_JOB,
                        select.location(),
                        "a bare SELECT has nowhere to write to, so it cannot run as a job",
                        "write CREATE STREAM name AS before it");
            case Command command -> commands.apply(command, index, version.ordinal());
        }
    }

    /** An INSERT INTO … VALUES and the variables at its place. */
    private record Insert(Statement.InsertValues statement, Map<String, String> variables) {}

    private List<InsertPlan> inserts() {
        List<InsertPlan> plans = new ArrayList<>();
        for (Insert insert : inserts) {
            variables.use(insert.variables());
            Statement.InsertValues values = insert.statement();
            String name =
                    "values_" + (plans.size() + 1) + "_into_" + values.name().name();
            target(values)
                    .flatMap(schema -> new InsertAnalyser(problems, functions, variables).analyse(name, values, schema))
                    .ifPresent(plans::add);
        }
        return plans;
    }

    private Optional<RelationSchema> target(Statement.InsertValues values) {
        Optional<RelationSchema> known = sources.known(values.name());
        if (known.isEmpty() && !implicitTopics) {
            reportUnknown(values.name(), "create it first");
        }
        return known.isPresent() || !implicitTopics ? known : Optional.of(sources.resolve(values.name(), List.of()));
    }

    private void reportUnknown(Identifier name, String hint) {
        problems.add(
                ProblemCode.UNKNOWN_RELATION,
                name.location(),
                "`" + name.name() + "` does not exist" + NearestName.suggestion(name.name(), catalogue.names()),
                hint);
    }

    private void assign(Statement.Assign assign) {
        variables.assign(assign.key(), assign.value(), assign.location());
        if (assign.key().startsWith("ksql.")
                && PropertyReader.setting(assign.key()).isEmpty()) {
            problems.add(
                    ProblemCode.PROPERTY_WITHOUT_EFFECT,
                    assign.location(),
                    "`" + assign.key() + "` is a setting of ksqlDB's server that has no effect here");
        }
    }

    /** What the annotations before a statement say. */
    private record Notes(List<MetricDeclaration> metrics, List<Annotation> annotations) {
        static final Notes NONE = new Notes(List.of(), List.of());
    }

    private List<LogicalQuery> analyse(List<ScriptLedger.Entry> entries, JobSettings settings) {
        List<Statement> flows = new ArrayList<>();
        Map<Statement, ScriptLedger.Entry> entryOf = new IdentityHashMap<>();
        for (ScriptLedger.Entry entry : entries) {
            if (entry.statement() instanceof Statement.Declare declare) {
                variables.use(entry.version().variables());
                sources.declare(declare);
            } else {
                flows.add(entry.statement());
                entryOf.put(entry.statement(), entry);
            }
        }
        List<LogicalQuery> analysed = new ArrayList<>();
        MetricReader metrics = new MetricReader(problems);
        for (Statement flow : new DependencyOrder(problems).order(flows)) {
            if (problems.isFull()) {
                break;
            }
            ScriptLedger.Entry entry = Objects.requireNonNull(entryOf.get(flow));
            variables.use(entry.version().variables());
            List<Annotation> own = settings.annotations(entry.version().ordinal());
            List<LogicalQuery> all = analyse(flow, entry.name().name(), new Notes(metrics.read(own), own));
            if (entry.status() == Status.RUNNING) {
                analysed.addAll(all);
            }
        }
        return analysed;
    }

    /** The query of EXPLAIN, which is analysed like any other and not run. */
    private List<LogicalQuery> explained(Statement statement) {
        return switch (statement) {
            case Statement.SelectQuery select ->
                create(
                        new Statement.CreateAs(
                                select.location(),
                                ObjectKind.STREAM,
                                new Identifier(select.location(), "explained", true),
                                List.of(),
                                select.query()),
                        Notes.NONE);
            default -> analyse(statement, "explained", Notes.NONE);
        };
    }

    private List<LogicalQuery> analyse(Statement flow, String name, Notes notes) {
        return switch (flow) {
            case Statement.CreateAs create -> create(create, notes);
            case Statement.InsertSelect insert -> insert(insert, name, notes);
            default -> List.of();
        };
    }

    private List<LogicalQuery> create(Statement.CreateAs create, Notes notes) {
        TypeResolver types = new TypeResolver(problems);
        List<RelationSchema.Column> columns = create.columns().stream()
                .map(column -> new RelationSchema.Column(column.name().name(), types.resolve(column.type()), false))
                .toList();
        Identifier sink = create.query().into().orElse(create.name());
        Target target =
                new Target(create.name().name(), sink, create.kind(), columns, notes.metrics(), notes.annotations());
        Optional<AnalysedQuery> analysed = queries.analyse(target, create.query());
        analysed.map(AnalysedQuery::output).ifPresent(output -> {
            catalogue.add(output);
            if (!output.name().equals(create.name().name())) {
                catalogue.add(output.named(create.name().name()));
            }
        });
        return withInner(analysed);
    }

    private List<LogicalQuery> insert(Statement.InsertSelect insert, String name, Notes notes) {
        Optional<RelationSchema> known = sources.known(insert.name());
        if (known.isEmpty() && !implicitTopics && !namesTopic(insert.query(), insert.name())) {
            reportUnknown(
                    insert.name(), "create it first, or add '" + insert.name().name() + ".topic' = '…' to WITH");
        }
        List<RelationSchema.Column> columns = insert.columns().isEmpty()
                ? known.filter(schema -> !schema.open())
                        .map(RelationSchema::columns)
                        .orElse(List.of())
                : insert.columns().stream().map(column -> column(known, column)).toList();
        Target target = new Target(
                name,
                insert.name(),
                known.map(RelationSchema::kind).orElse(ObjectKind.STREAM),
                columns,
                notes.metrics(),
                notes.annotations());
        return withInner(queries.analyse(target, insert.query(), known));
    }

    private static List<LogicalQuery> withInner(Optional<AnalysedQuery> analysed) {
        List<LogicalQuery> all = new ArrayList<>();
        analysed.ifPresent(each -> {
            all.addAll(each.inner());
            all.add(each.query());
        });
        return all;
    }

    private RelationSchema.Column column(Optional<RelationSchema> target, Identifier name) {
        Optional<RelationSchema.Column> column = target.flatMap(schema -> schema.columns().stream()
                .filter(each -> name.matches(each.name()))
                .findFirst());
        if (column.isEmpty() && target.isPresent() && !target.get().open()) {
            problems.add(
                    ProblemCode.UNKNOWN_COLUMN,
                    name.location(),
                    "column `" + name.name() + "` does not exist in `"
                            + target.get().name() + "`"
                            + NearestName.suggestion(name.name(), target.get().columnNames()),
                    "its columns are " + String.join(", ", target.get().columnNames()));
        }
        return column.orElse(new RelationSchema.Column(name.name(), Simple.ANY, false));
    }

    private static boolean namesTopic(Query query, Identifier name) {
        return query.properties().stream()
                .anyMatch(property -> property.key()
                        .regionMatches(
                                true, 0, name.name() + ".topic", 0, name.name().length() + 6));
    }
}
