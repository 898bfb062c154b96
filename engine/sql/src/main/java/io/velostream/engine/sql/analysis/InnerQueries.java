package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.logical.LogicalQuery;
import io.velostream.engine.sql.analysis.QueryAnalyser.AnalysedQuery;
import io.velostream.engine.sql.analysis.QueryAnalyser.Target;
import io.velostream.engine.sql.tree.Expr;
import io.velostream.engine.sql.tree.Identifier;
import io.velostream.engine.sql.tree.Location;
import io.velostream.engine.sql.tree.Property;
import io.velostream.engine.sql.tree.Query;
import io.velostream.engine.sql.tree.Relation;
import io.velostream.engine.sql.tree.Select;
import io.velostream.engine.sql.tree.Statement.ObjectKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Queries within one statement: those of WITH … AS, subqueries in FROM, and what a UNION without ALL removes duplicates
 * from. Each becomes a stream or table of its own, as if it had been written before the statement; its name, hence its
 * topic, is the statement's with its own behind a dot.
 */
final class InnerQueries {

    private final Problems problems;
    private final SourceResolver sources;
    private final QueryAnalyser queries;
    private final String owner;
    private final List<Property> statement;
    private final List<LogicalQuery> analysed = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final Map<String, RelationSchema> unlessRead = new HashMap<>();

    InnerQueries(
            Problems problems, SourceResolver sources, QueryAnalyser queries, String owner, List<Property> statement) {
        this.problems = problems;
        this.sources = sources;
        this.queries = queries;
        this.owner = owner;
        this.statement = statement;
    }

    /** What was analysed and is read, each behind those that it reads. */
    List<LogicalQuery> analysed() {
        return analysed.stream()
                .filter(query -> !unlessRead.containsKey(query.name())
                        || sources.isRead(Objects.requireNonNull(unlessRead.get(query.name()))))
                .toList();
    }

    /** Makes the names of WITH … AS known to the sources. */
    void define(List<Query.CommonTable> tables) {
        Set<String> defined = new HashSet<>();
        for (Query.CommonTable table : tables) {
            if (!defined.add(RelationCatalogue.key(table.name().name()))) {
                problems.add(
                        ProblemCode.DUPLICATE_NAME,
                        table.name().location(),
                        "`" + table.name().name() + "` is defined twice in this WITH",
                        "rename one of the two");
                continue;
            }
            analyse(table.name(), renamed(table)).ifPresent(schema -> {
                sources.define(table.name(), schema);
                unlessRead.put(schema.name(), schema);
            });
        }
    }

    /** The query with the names of {@code name (a, b) AS (…)} for its columns. */
    private Query renamed(Query.CommonTable table) {
        if (table.columns().isEmpty()) {
            return table.query();
        }
        Query query = table.query();
        Select first = query.selects().getFirst();
        boolean countable = first.items().stream().noneMatch(Select.Item.Star.class::isInstance);
        if (countable && first.items().size() != table.columns().size()) {
            problems.add(
                    ProblemCode.COLUMN_COUNT,
                    table.columns().getFirst().location(),
                    "`" + table.name().name() + "` names " + table.columns().size() + " columns, but its query gives "
                            + first.items().size(),
                    "name each column");
            return query;
        }
        if (!countable) {
            problems.add(
                    ProblemCode.COLUMN_COUNT,
                    table.columns().getFirst().location(),
                    "* cannot be given other names here",
                    "name the columns in the select list");
            return query;
        }
        List<Select.Item> items = new ArrayList<>();
        for (int i = 0; i < first.items().size(); i++) {
            Select.Item.Expression item = (Select.Item.Expression) first.items().get(i);
            items.add(new Select.Item.Expression(
                    item.location(),
                    item.expression(),
                    Optional.of(table.columns().get(i)),
                    item.primaryKey()));
        }
        List<Select> selects = new ArrayList<>(query.selects());
        selects.set(0, first.withItems(items));
        return query.withSelects(selects);
    }

    /** A subquery in FROM. */
    Optional<RelationSchema> derived(Relation.Derived derived) {
        return analyse(derived.alias(), derived.query())
                .map(schema -> schema.named(derived.alias().name()));
    }

    /** The rows of a UNION with its duplicates, under the name that the statement then reads without them. */
    Optional<Query> withoutDuplicates(Query query) {
        Identifier name = new Identifier(query.location(), "union", true);
        Query all = new Query(
                query.location(),
                List.of(),
                query.selects(),
                query.unions().stream()
                        .map(union -> new Query.Union(union.location(), true))
                        .toList(),
                List.of(),
                Optional.empty(),
                query.emit(),
                Optional.empty(),
                List.of());
        Optional<RelationSchema> schema = analyse(name, all);
        schema.ifPresent(each -> sources.define(name, each));
        Location place = query.unions().stream()
                .filter(union -> !union.all())
                .findFirst()
                .map(Query.Union::location)
                .orElse(query.location());
        return schema.map(each -> new Query(
                query.location(),
                List.of(),
                List.of(new Select(
                        query.location(),
                        Optional.of(place),
                        List.of(new Select.Item.Star(place, Optional.empty())),
                        Optional.of(new Relation.Named(name, Optional.empty())),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of())),
                List.of(),
                query.orderBy(),
                query.limit(),
                Optional.empty(),
                query.into(),
                query.properties()));
    }

    private Optional<RelationSchema> analyse(Identifier name, Query query) {
        String full = owner + "." + name.name().toLowerCase(Locale.ROOT);
        for (int i = 2; !names.add(full); i++) {
            full = owner + "." + name.name().toLowerCase(Locale.ROOT) + "_" + i;
        }
        List<Property> properties = new ArrayList<>(statement.stream()
                .filter(entry -> SourceResolver.isOfSources(entry, owner))
                .toList());
        properties.addAll(query.properties());
        Target target = new Target(
                full, new Identifier(name.location(), full, true), kind(query), List.of(), List.of(), List.of());
        Optional<AnalysedQuery> result = queries.analyseInner(target, query.withProperties(properties));
        result.ifPresent(each -> {
            analysed.addAll(each.inner());
            analysed.add(each.query().asInner());
        });
        return result.map(AnalysedQuery::output);
    }

    /** Groups without a window change, and so do rows that are made one by one of a table's; all else is rows that stay. */
    private ObjectKind kind(Query query) {
        return groups(query) || isOfTable(query) ? ObjectKind.TABLE : ObjectKind.STREAM;
    }

    private static boolean groups(Query query) {
        return query.selects().size() == 1
                && query.selects().getFirst().window().isEmpty()
                && query.selects().getFirst().distinct().isEmpty()
                && (query.selects().getFirst().groupBy().isPresent()
                        || query.selects().getFirst().items().stream().anyMatch(InnerQueries::aggregates));
    }

    private static boolean aggregates(Select.Item item) {
        return item instanceof Select.Item.Expression(Location _, Expr value, Optional<Identifier> _, boolean _)
                && ExprNames.hasAggregate(value);
    }

    private boolean isOfTable(Query query) {
        Select select = query.selects().getFirst();
        return query.selects().size() == 1
                && query.limit().isEmpty()
                && query.commonTables().isEmpty()
                && select.window().isEmpty()
                && select.distinct().isEmpty()
                && select.items().stream()
                        .noneMatch(item -> item instanceof Select.Item.Expression value
                                && ExprNames.hasWindowFunction(value.expression()))
                && select.from().filter(this::isTable).isPresent();
    }

    private boolean isTable(Relation relation) {
        return switch (relation) {
            case Relation.Named named ->
                sources.known(named.name())
                        .filter(schema -> schema.kind() == ObjectKind.TABLE)
                        .isPresent();
            case Relation.Derived derived -> kind(derived.query()) == ObjectKind.TABLE;
            case Relation.Join join -> isTable(join.left()) && isTable(join.right());
            case Relation.Address _ -> false;
        };
    }
}
