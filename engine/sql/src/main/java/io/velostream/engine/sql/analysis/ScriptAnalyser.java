package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.logical.LogicalQuery;
import io.velostream.engine.sql.analysis.QueryAnalyser.AnalysedQuery;
import io.velostream.engine.sql.analysis.QueryAnalyser.Target;
import io.velostream.engine.sql.function.FunctionCatalogue;
import io.velostream.engine.sql.parser.ParsedScript;
import io.velostream.engine.sql.tree.Identifier;
import io.velostream.engine.sql.tree.Location;
import io.velostream.engine.sql.tree.Query;
import io.velostream.engine.sql.tree.Statement;
import io.velostream.engine.sql.tree.Statement.ObjectKind;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Analyses the statements of a text in the order of their dependencies. */
public final class ScriptAnalyser {

    private final Problems problems;
    private final Variables variables;
    private final RelationCatalogue catalogue = new RelationCatalogue();
    private final SourceResolver sources;
    private final QueryAnalyser queries;
    private final boolean implicitTopics;

    /**
     * For one text.
     *
     * @param variables values from outside
     * @param properties WITH entries for the whole application
     * @param implicitTopics whether a source without entries is the topic of its own name
     */
    public ScriptAnalyser(
            Problems problems,
            FunctionCatalogue functions,
            Map<String, String> variables,
            Map<String, String> properties,
            boolean implicitTopics) {
        this.problems = problems;
        this.variables = new Variables(problems, variables);
        this.implicitTopics = implicitTopics;
        PropertyReader reader = new PropertyReader(problems, this.variables, properties);
        Topics topics = new Topics(problems, implicitTopics);
        this.sources = new SourceResolver(problems, catalogue, reader, topics);
        this.queries = new QueryAnalyser(problems, functions, this.variables, sources, reader, topics);
    }

    /** The queries of the text, each behind those that it reads. */
    public List<LogicalQuery> analyse(ParsedScript script) {
        Map<String, Identifier> names = new HashMap<>();
        List<Statement> flows = new ArrayList<>();
        for (Statement statement : script.statements()) {
            switch (statement) {
                case Statement.Declare declare -> {
                    if (isNew(names, declare.name())) {
                        sources.declare(declare);
                    }
                }
                case Statement.CreateAs create -> {
                    if (isNew(names, create.name())) {
                        flows.add(create);
                    }
                }
                case Statement.InsertSelect insert -> flows.add(insert);
                case Statement.Assign assign -> variables.assign(assign.key(), assign.value());
                case Statement.SelectQuery select ->
                    problems.add(
                            ProblemCode.NOT_A_JOB,
                            select.location(),
                            "a bare SELECT has nowhere to write to, so it cannot run as a job",
                            "write CREATE STREAM name AS before it");
                case Statement.Command command ->
                    problems.add(
                            ProblemCode.NOT_SUPPORTED,
                            command.location(),
                            command.verb() + " is not supported yet in this version");
            }
        }
        List<LogicalQuery> analysed = new ArrayList<>();
        for (Statement flow : new DependencyOrder(problems).order(flows)) {
            analyse(flow, analysed.size()).ifPresent(analysed::add);
        }
        if (analysed.isEmpty() && !problems.hasErrors()) {
            problems.add(
                    ProblemCode.NO_QUERY,
                    Location.START,
                    "the text has no query, so there is nothing to run",
                    "add CREATE STREAM name AS SELECT … FROM source;");
        }
        return analysed;
    }

    private boolean isNew(Map<String, Identifier> names, Identifier name) {
        Identifier earlier = names.putIfAbsent(RelationCatalogue.key(name.name()), name);
        if (earlier != null) {
            problems.add(
                    ProblemCode.DUPLICATE_NAME,
                    name.location(),
                    "`" + name.name() + "` already exists: it is created on line "
                            + earlier.location().line(),
                    "choose another name, or use INSERT INTO " + name.name() + " SELECT …");
        }
        return earlier == null;
    }

    private Optional<LogicalQuery> analyse(Statement flow, int index) {
        return switch (flow) {
            case Statement.CreateAs create -> create(create);
            case Statement.InsertSelect insert -> insert(insert, index);
            default -> Optional.empty();
        };
    }

    private Optional<LogicalQuery> create(Statement.CreateAs create) {
        TypeResolver types = new TypeResolver(problems);
        List<RelationSchema.Column> columns = create.columns().stream()
                .map(column -> new RelationSchema.Column(column.name().name(), types.resolve(column.type()), false))
                .toList();
        Identifier sink = create.query().into().orElse(create.name());
        Target target = new Target(create.name().name(), sink, create.kind(), columns);
        Optional<AnalysedQuery> analysed = queries.analyse(target, create.query());
        analysed.map(AnalysedQuery::output).ifPresent(catalogue::add);
        return analysed.map(AnalysedQuery::query);
    }

    private Optional<LogicalQuery> insert(Statement.InsertSelect insert, int index) {
        Optional<RelationSchema> known = sources.known(insert.name());
        if (known.isEmpty() && !implicitTopics && !namesTopic(insert.query(), insert.name())) {
            problems.add(
                    ProblemCode.UNKNOWN_RELATION,
                    insert.name().location(),
                    "`" + insert.name().name() + "` does not exist"
                            + NearestName.suggestion(insert.name().name(), catalogue.names()),
                    "create it first, or add '" + insert.name().name() + ".topic' = '…' to WITH");
        }
        List<RelationSchema.Column> columns = insert.columns().isEmpty()
                ? known.filter(schema -> !schema.open())
                        .map(RelationSchema::columns)
                        .orElse(List.of())
                : insert.columns().stream().map(column -> column(known, column)).toList();
        Target target = new Target(
                "insert_" + (index + 1) + "_into_" + insert.name().name(),
                insert.name(),
                known.map(RelationSchema::kind).orElse(ObjectKind.STREAM),
                columns);
        return queries.analyse(target, insert.query(), known).map(AnalysedQuery::query);
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
