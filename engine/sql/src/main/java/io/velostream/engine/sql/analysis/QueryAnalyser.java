package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.logical.LogicalPlan;
import io.velostream.engine.plan.logical.LogicalQuery;
import io.velostream.engine.plan.logical.LogicalQuery.Branch;
import io.velostream.engine.plan.logical.LogicalQuery.SinkDefinition;
import io.velostream.engine.plan.physical.MetricSpec;
import io.velostream.engine.plan.physical.QueryPlan.QueryKind;
import io.velostream.engine.plan.physical.SourceSpec.Format;
import io.velostream.engine.plan.physical.StageOutput.KeyEncoding;
import io.velostream.engine.plan.physical.StageOutput.KeySpec;
import io.velostream.engine.plan.physical.StageOutput.SinkColumn;
import io.velostream.engine.plan.physical.TimeBound;
import io.velostream.engine.sql.function.FunctionCatalogue;
import io.velostream.engine.sql.tree.Identifier;
import io.velostream.engine.sql.tree.Location;
import io.velostream.engine.sql.tree.Query;
import io.velostream.engine.sql.tree.Relation;
import io.velostream.engine.sql.tree.Select;
import io.velostream.engine.sql.tree.Statement.ObjectKind;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Analyses a query with its sink. */
final class QueryAnalyser {

    private final Problems problems;
    private final FunctionCatalogue functions;
    private final Variables variables;
    private final SourceResolver sources;
    private final PropertyReader properties;
    private final Topics topics;

    QueryAnalyser(
            Problems problems,
            FunctionCatalogue functions,
            Variables variables,
            SourceResolver sources,
            PropertyReader properties,
            Topics topics) {
        this.problems = problems;
        this.functions = functions;
        this.variables = variables;
        this.sources = sources;
        this.properties = properties;
        this.topics = topics;
    }

    /**
     * What a query comes to.
     *
     * @param output the schema that readers of its sink see
     * @param inner queries within it, which run before it
     */
    record AnalysedQuery(LogicalQuery query, RelationSchema output, List<LogicalQuery> inner) {
        AnalysedQuery {
            inner = List.copyOf(inner);
        }
    }

    /**
     * Where the result goes.
     *
     * @param queryName unique in the job
     * @param columns how the result's columns are to be named and typed; empty: as the query says
     * @param metrics what the statement's annotations declare
     * @param annotations those of the statement
     */
    record Target(
            String queryName,
            Identifier name,
            ObjectKind kind,
            List<RelationSchema.Column> columns,
            List<MetricDeclaration> metrics,
            List<Annotation> annotations) {
        Target {
            columns = List.copyOf(columns);
            metrics = List.copyOf(metrics);
            annotations = List.copyOf(annotations);
        }
    }

    /** Empty when something is wrong that leaves nothing to go on with. */
    Optional<AnalysedQuery> analyse(Target target, Query query) {
        return analyse(target, query, Optional.empty());
    }

    /**
     * The same for a sink that exists already.
     *
     * @param existing what INSERT INTO writes to, so its topic and format hold
     */
    Optional<AnalysedQuery> analyse(Target target, Query query, Optional<RelationSchema> existing) {
        properties.check(query.properties(), QueryObjects.of(target.name(), query));
        return analyseChecked(target, query, existing);
    }

    /** A query within a statement, whose WITH entries are the statement's and have been checked with it. */
    Optional<AnalysedQuery> analyseInner(Target target, Query query) {
        return analyseChecked(target, query, Optional.empty());
    }

    private Optional<AnalysedQuery> analyseChecked(Target target, Query query, Optional<RelationSchema> existing) {
        InnerQueries inner = new InnerQueries(problems, sources, this, target.queryName(), query.properties());
        sources.enter();
        try {
            inner.define(query.commonTables());
            boolean duplicates = query.unions().stream().allMatch(Query.Union::all);
            Optional<Query> flat = duplicates ? Optional.of(query) : inner.withoutDuplicates(query);
            return flat.flatMap(each -> analyseFlat(target, each, existing, inner));
        } finally {
            sources.leave();
        }
    }

    private Optional<AnalysedQuery> analyseFlat(
            Target target, Query query, Optional<RelationSchema> existing, InnerQueries inner) {
        reportUnsupported(query);
        MetricAnalyser meter = new MetricAnalyser(problems, functions, variables, target.metrics());
        List<AnalysedSelect> selects = new ArrayList<>();
        List<List<MetricSpec>> metrics = new ArrayList<>();
        for (Select select : query.selects()) {
            Select keyed = new PartitionKeys(problems).apply(select);
            analyse(metered(keyed, query, meter), query, target.name(), target.kind(), inner)
                    .map(meter::analyse)
                    .ifPresent(each -> {
                        selects.add(each.select());
                        metrics.add(each.metrics());
                    });
        }
        if (selects.size() < query.selects().size()) {
            return Optional.empty();
        }
        List<AnalysedSelect> aligned = new ResultColumns(problems).align(target, query, selects);
        List<AnalysedSelect> branches = variables.isKsqlDb()
                ? aligned.stream()
                        .map(each -> new KsqlDbLayout(problems).withKey(each, existing))
                        .toList()
                : aligned;
        Optional<Long> limit = query.orderBy().isEmpty() ? query.limit().flatMap(this::limit) : Optional.empty();
        limit.filter(rows -> branches.getFirst().columns().stream()
                        .anyMatch(column -> column.expression().isEmpty()))
                .ifPresent(rows -> problems.add(
                        ProblemCode.LIMIT_PER_PARTITION,
                        query.limit().orElseThrow().location(),
                        "LIMIT counts the rows of each partition by itself, since * of a source without declared"
                                + " columns cannot be gathered in one",
                        "name the columns, or declare the source"));
        PropertySet sink = properties.about(target.name().name(), query.properties());
        String topic = existing.map(schema -> schema.source().topic())
                .orElseGet(
                        () -> topics.ofSink(target.name().name(), target.name().location(), sink));
        Format format = existing.map(schema -> schema.source().format())
                .orElseGet(() -> sinkFormat(target, sink, branches.getFirst()));
        Format keyFormat = existing.map(schema -> schema.source().keyFormat())
                .orElseGet(() -> new FormatReader(problems).keyFormat(sink, keyFormatOf(branches.getFirst())));
        checkSink(sink);
        checkKeys(target, query, branches);
        List<Branch> planned = new ArrayList<>();
        for (int i = 0; i < branches.size(); i++) {
            AnalysedSelect branch = branches.get(i);
            planned.add(branch(
                    target,
                    sink,
                    keyFormat,
                    limit.map(rows -> branch.withPlan(new LogicalPlan.Limit(branch.plan(), rows)))
                            .orElse(branch),
                    metrics.get(i)));
        }
        SinkDefinition definition = new SinkDefinition(
                target.name().name(),
                topic,
                format,
                keyFormat,
                sink.clientOptions(false),
                existing.map(schema -> schema.source().options())
                        .orElseGet(() -> new FormatReader(problems).ofSink(sink)));
        QueryKind kind = target.kind() == ObjectKind.TABLE ? QueryKind.TABLE : QueryKind.STREAM;
        LogicalQuery logical = new LogicalQuery(
                target.queryName(),
                kind,
                definition,
                planned,
                new ErrorHandlingReader(problems).read(sink, target.annotations()),
                false);
        return Optional.of(new AnalysedQuery(
                logical, ResultColumns.schema(target, definition, branches.getFirst()), inner.analysed()));
    }

    private void reportUnsupported(Query query) {
        query.orderBy().stream()
                .findFirst()
                .filter(item -> query.selects().size() > 1)
                .ifPresent(item -> problems.add(
                        ProblemCode.UNORDERED,
                        item.expression().location(),
                        "ORDER BY would hold for the whole UNION, but its branches close their windows apart",
                        "write the UNION to a stream first, and order that"));
    }

    /** What the metrics want of a lone source is read beside what the SELECT wants. */
    private Select metered(Select select, Query query, MetricAnalyser meter) {
        return meter.withHiddenColumns(
                select,
                name -> select.from()
                        .filter(Relation.Named.class::isInstance)
                        .map(from -> sources.resolve(((Relation.Named) from).name(), query.properties()))
                        .filter(schema ->
                                schema.open() || schema.columnNames().stream().anyMatch(name::matches))
                        .isPresent());
    }

    private Optional<AnalysedSelect> analyse(
            Select select, Query query, Identifier sink, ObjectKind target, InnerQueries inner) {
        if (select.from().isEmpty()) {
            problems.add(
                    ProblemCode.MISSING_FROM,
                    select.location(),
                    "the query has no FROM: it reads nothing",
                    "add FROM and the name of a stream");
            return Optional.empty();
        }
        FromReader reader = new FromReader(problems, sources, inner, query.properties());
        return reader.read(select.from().get())
                .map(from -> new SelectAnalyser(
                                problems,
                                functions,
                                variables,
                                select,
                                order(query, sink),
                                from,
                                new SubqueryTables(problems, sources, reader, inner),
                                target)
                        .analyse());
    }

    private SelectAnalyser.Output order(Query query, Identifier target) {
        boolean ordered = !query.orderBy().isEmpty() && query.selects().size() == 1;
        Optional<Long> rows = ordered ? query.limit().flatMap(this::limit) : Optional.empty();
        Optional<TimeBound> joinBound =
                new JoinProperties(problems).bound(properties.about(target.name(), query.properties()));
        return new SelectAnalyser.Output(query.emit(), ordered ? query.orderBy() : List.of(), rows, joinBound);
    }

    private Optional<Long> limit(Query.Limit limit) {
        return Limits.rows(problems, limit);
    }

    private void checkSink(PropertySet sink) {
        sink.word(PropertyKey.TYPE, SinkTypes.ALL)
                .filter(type -> !type.equals("kafka_sink"))
                .ifPresent(type -> problems.add(
                        ProblemCode.NOT_SUPPORTED,
                        sink.entry(PropertyKey.TYPE).orElseThrow().location(),
                        "a sink of type " + type + " is not supported yet in this version",
                        "kafka_sink"));
    }

    /** In ksqlDB's dialect a result is written in the formats of what it is made of. */
    private Format keyFormatOf(AnalysedSelect select) {
        return variables.isKsqlDb() ? select.source().source().keyFormat() : Format.TEXT;
    }

    private List<OutputColumn> valueColumns(AnalysedSelect select) {
        return variables.isKsqlDb() ? KsqlDbLayout.valueColumns(select) : select.columns();
    }

    private Format sinkFormat(Target target, PropertySet sink, AnalysedSelect select) {
        Format usual = variables.isKsqlDb() ? select.source().source().format() : Format.JSON;
        Format format = new FormatReader(problems).format(sink, PropertyKey.FORMAT, usual);
        List<OutputColumn> columns = valueColumns(select);
        boolean named = columns.stream().allMatch(column -> column.expression().isPresent());
        Location place = sink.entry(PropertyKey.FORMAT)
                .map(PropertySet.Entry::location)
                .orElse(target.name().location());
        if (columns.isEmpty()) {
            problems.add(
                    ProblemCode.COLUMN_COUNT,
                    target.name().location(),
                    "every column of `" + target.name().name() + "` is in the record key, so that its value is empty",
                    "add a column, or take one twice with AS_VALUE");
        }
        if (format == Format.KAFKA) {
            if (!columns.stream().allMatch(QueryAnalyser::isText)) {
                problems.add(
                        ProblemCode.NOT_SUPPORTED,
                        place,
                        "a sink of the format kafka writes one STRING in this version",
                        "convert the column with CAST(… AS STRING), or choose json");
            }
            format = Format.TEXT;
        }
        if (format == Format.TEXT && (columns.size() != 1 || !named)) {
            problems.add(
                    ProblemCode.BAD_PROPERTY_VALUE,
                    place,
                    "a record of text is the value of one column, but `"
                            + target.name().name() + "` has "
                            + (named ? columns.size() : "any number of"),
                    "select one column, or choose json or csv");
        } else if (format == Format.CSV && !named) {
            problems.add(
                    ProblemCode.BAD_PROPERTY_VALUE,
                    place,
                    "CSV has its columns in a fixed order, but * of a source without declared columns has none",
                    "name the columns, or declare the source");
        }
        return format;
    }

    private static boolean isText(OutputColumn column) {
        return column.expression()
                .filter(value -> value.type() == Simple.STRING)
                .isPresent();
    }

    private Branch branch(
            Target target, PropertySet sink, Format keyFormat, AnalysedSelect select, List<MetricSpec> metrics) {
        List<SinkColumn> columns = valueColumns(select).stream()
                .map(column -> column.expression()
                        .map(value -> variables.isKsqlDb() ? KsqlDbLayout.inValue(value) : value)
                        .<SinkColumn>map(value -> new SinkColumn.Named(column.name(), value))
                        .orElseGet(SinkColumn.EveryField::new))
                .toList();
        KeySpec key = variables.isKsqlDb()
                ? new KsqlDbLayout(problems)
                        .key(select, keyFormat, target.name().location())
                : key(target, sink, keyFormat, select);
        return new Branch(select.plan(), columns, key, select.timestamp(), metrics);
    }

    private KeySpec key(Target target, PropertySet sink, Format format, AnalysedSelect select) {
        boolean table = target.kind() == ObjectKind.TABLE;
        List<Expression> primary = new ArrayList<>();
        ResultColumns.keyColumns(select)
                .forEach(column -> primary.add(column.expression().orElseThrow()));
        if (select.windowed() && sink.flag(PropertyKey.KEY_WINDOW, false)) {
            primary.addAll(select.windowBounds());
        }
        if (!primary.isEmpty()) {
            if (format == Format.TEXT) {
                return new KeySpec.Columns(primary, table);
            }
            if (format == Format.KAFKA) {
                new KsqlDbLayout(problems)
                        .checkPrimitive(
                                ResultColumns.keyColumns(select), target.name().location());
            }
            return new KeySpec.Columns(primary, table, Optional.of(new KeyEncoding(format, List.of(), 0, false)));
        }
        // A row of a table that is made of one row of another keeps that row's key.
        boolean keeps = select.plan().changes() && !hasJoin(select.plan());
        return keeps || sink.flag(PropertyKey.KEY_PASSTHROUGH, false) ? new KeySpec.Passthrough() : new KeySpec.None();
    }

    private static boolean hasJoin(LogicalPlan plan) {
        return switch (plan) {
            case LogicalPlan.Join _ -> true;
            case LogicalPlan.Filter filter -> hasJoin(filter.input());
            case LogicalPlan.Lookup lookup -> hasJoin(lookup.input());
            case LogicalPlan.Limit limit -> hasJoin(limit.input());
            default -> false;
        };
    }

    /** Only by its key can a row of a table be changed and deleted. */
    private void checkKeys(Target target, Query query, List<AnalysedSelect> branches) {
        for (int i = 0; i < branches.size(); i++) {
            AnalysedSelect branch = branches.get(i);
            if (target.kind() == ObjectKind.TABLE
                    && hasJoin(branch.plan())
                    && branch.plan().changes()
                    && ResultColumns.keyColumns(branch).isEmpty()) {
                problems.add(
                        ProblemCode.BAD_TABLE,
                        query.selects().get(i).location(),
                        "the rows of a join of tables have no key by which they can be changed or deleted",
                        "write PRIMARY KEY behind the columns that tell the rows apart");
            }
        }
    }
}
