package io.velostream.engine.sql.parser;

import io.velostream.engine.sql.analysis.ProblemCode;
import io.velostream.engine.sql.analysis.Problems;
import io.velostream.engine.sql.parser.generated.VeloSqlParser.*;
import io.velostream.engine.sql.tree.Expr;
import io.velostream.engine.sql.tree.Identifier;
import io.velostream.engine.sql.tree.Location;
import io.velostream.engine.sql.tree.Property;
import io.velostream.engine.sql.tree.Query;
import io.velostream.engine.sql.tree.Relation;
import io.velostream.engine.sql.tree.Relation.JoinKind;
import io.velostream.engine.sql.tree.Select;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Parse tree → queries. */
final class QueryBuilder {

    private final Problems problems;
    private final ExpressionBuilder expressions;
    private final PropertyBuilder properties;

    QueryBuilder(Problems problems) {
        this.problems = problems;
        this.expressions = new ExpressionBuilder(problems, this);
        this.properties = new PropertyBuilder();
    }

    ExpressionBuilder expressions() {
        return expressions;
    }

    Query build(QueryContext node) {
        if (node.RECURSIVE() != null) {
            problems.add(
                    ProblemCode.NOT_SUPPORTED,
                    Locations.of(node.RECURSIVE().getSymbol()),
                    "WITH RECURSIVE does not run on streams",
                    "leave RECURSIVE out, or write the steps as statements");
        }
        List<Query.CommonTable> commonTables = node.commonTable().stream()
                .map(table -> new Query.CommonTable(
                        Locations.identifier(table.identifier()),
                        table.identifierList() == null
                                ? List.of()
                                : ExpressionBuilder.identifiers(
                                        table.identifierList().identifier()),
                        build(table.query())))
                .toList();
        List<Select> selects = new ArrayList<>();
        List<ClauseReader> clauses = new ArrayList<>();
        List<QueryTermContext> terms = node.queryTerm();
        for (int i = 0; i < terms.size(); i++) {
            ClauseReader reader = new ClauseReader(problems, expressions, properties, i == terms.size() - 1);
            terms.get(i).clause().forEach(reader::read);
            clauses.add(reader);
            selects.add(select(terms.get(i), reader));
        }
        ClauseReader last = clauses.getLast();
        return new Query(
                Locations.of(node.getStart()),
                commonTables,
                selects,
                node.union().stream()
                        .map(union -> new Query.Union(Locations.of(union), union.ALL() != null))
                        .toList(),
                last.orderBy,
                Optional.ofNullable(last.limit),
                Optional.ofNullable(last.emit),
                Optional.ofNullable(last.into),
                last.properties);
    }

    private Select select(QueryTermContext node, ClauseReader clauses) {
        return new Select(
                Locations.of(node.getStart()),
                Optional.ofNullable(node.DISTINCT()).map(word -> Locations.of(word.getSymbol())),
                node.selectItem().stream().map(this::item).toList(),
                Optional.ofNullable(node.fromClause()).map(this::from),
                Optional.ofNullable(clauses.where),
                Optional.ofNullable(clauses.groupBy),
                Optional.ofNullable(clauses.having),
                Optional.ofNullable(clauses.window),
                clauses.partitionBy);
    }

    private Select.Item item(SelectItemContext node) {
        Location location = Locations.of(node);
        return switch (node) {
            case AllColumnsContext ignored -> new Select.Item.Star(location, Optional.empty());
            case AllColumnsOfContext all ->
                new Select.Item.Star(location, Optional.of(Locations.identifier(all.identifier())));
            case SelectExpressionContext expression ->
                new Select.Item.Expression(
                        location,
                        expressions.build(expression.expression()),
                        optional(expression.alias),
                        expression.PRIMARY() != null);
            default -> throw new IllegalStateException("no builder for " + node.getClass());
        };
    }

    private static Optional<Identifier> optional(@Nullable IdentifierContext node) {
        return Optional.ofNullable(node).map(Locations::identifier);
    }

    private Relation from(FromClauseContext node) {
        Relation result = relation(node.relation(0));
        for (int i = 1; i < node.relation().size(); i++) {
            RelationContext next = node.relation(i);
            result = new Relation.Join(
                    Locations.of(next.getStart()),
                    JoinKind.CROSS,
                    result,
                    relation(next),
                    Optional.empty(),
                    List.of(),
                    Optional.empty());
        }
        return result;
    }

    private Relation relation(RelationContext node) {
        Relation result = primary(node.relationPrimary());
        for (JoinedContext joined : node.joined()) {
            result = join(result, joined);
        }
        return result;
    }

    private Relation primary(RelationPrimaryContext node) {
        return switch (node) {
            case NamedRelationContext named ->
                new Relation.Named(Locations.identifier(named.identifier(0)), optional(named.alias));
            case AddressRelationContext address ->
                new Relation.Address(
                        Locations.of(address.getStart()),
                        address.STRING() == null
                                ? address.URI().getText()
                                : Locations.string(address.STRING().getSymbol()),
                        optional(address.alias));
            case DerivedRelationContext derived ->
                new Relation.Derived(
                        Locations.of(derived.getStart()), build(derived.query()), Locations.identifier(derived.alias));
            default -> throw new IllegalStateException("no builder for " + node.getClass());
        };
    }

    private Relation join(Relation left, JoinedContext node) {
        Optional<Expr> on = Optional.empty();
        List<Identifier> using = List.of();
        Optional<Relation.Within> within = Optional.empty();
        Duration grace = Duration.ZERO;
        for (JoinBoundContext bound : node.joinBound()) {
            switch (bound) {
                case OnBoundContext condition -> on = Optional.of(expressions.build(condition.expression()));
                case UsingBoundContext columns ->
                    using = ExpressionBuilder.identifiers(
                            columns.identifierList().identifier());
                case WithinBoundContext time -> {
                    Duration before = expressions.duration(time.duration(0)).value();
                    Duration after = time.duration().size() > 1
                            ? expressions.duration(time.duration(1)).value()
                            : before;
                    within = Optional.of(
                            new Relation.Within(Locations.of(time.getStart()), before, after, Duration.ZERO));
                }
                case GraceBoundContext time ->
                    grace = expressions.duration(time.duration()).value();
                default -> {}
            }
        }
        Duration kept = grace;
        return new Relation.Join(
                Locations.of(node.getStart()),
                kind(node.joinKind()),
                left,
                primary(node.relationPrimary()),
                on,
                using,
                within.map(bound -> new Relation.Within(bound.location(), bound.before(), bound.after(), kept)));
    }

    private static JoinKind kind(JoinKindContext node) {
        if (node.LEFT() != null) {
            return JoinKind.LEFT;
        } else if (node.RIGHT() != null) {
            return JoinKind.RIGHT;
        } else if (node.FULL() != null) {
            return JoinKind.FULL;
        }
        return node.CROSS() != null ? JoinKind.CROSS : JoinKind.INNER;
    }

    List<Property> properties(List<WithPropertiesContext> nodes) {
        return nodes.stream().flatMap(node -> properties.build(node).stream()).toList();
    }
}
