package io.velostream.engine.sql.parser;

import io.velostream.engine.sql.analysis.NearestName;
import io.velostream.engine.sql.analysis.ProblemCode;
import io.velostream.engine.sql.analysis.Problems;
import io.velostream.engine.sql.parser.generated.VeloSqlParser.*;
import io.velostream.engine.sql.tree.Expr;
import io.velostream.engine.sql.tree.Identifier;
import io.velostream.engine.sql.tree.Location;
import io.velostream.engine.sql.tree.Property;
import io.velostream.engine.sql.tree.Query;
import io.velostream.engine.sql.tree.Select;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the clauses after FROM and holds them to their order: WHERE; then GROUP BY before HAVING, with WINDOW anywhere
 * among them; then ORDER BY, LIMIT; and EMIT, INTO and WITH at the end in any order. Each stands at most once.
 */
final class ClauseReader {

    private enum Clause {
        WHERE(1),
        PARTITION_BY(2),
        GROUP_BY(3),
        WINDOW(3),
        HAVING(3),
        ORDER_BY(4),
        LIMIT(5),
        EMIT(6),
        INTO(6),
        WITH(6);

        private final int rank;

        Clause(int rank) {
            this.rank = rank;
        }

        String text() {
            return name().replace('_', ' ');
        }
    }

    private static final String ORDER =
            "the order is SELECT … FROM … WHERE … GROUP BY … HAVING … WINDOW … ORDER BY … LIMIT … EMIT … WITH; WINDOW"
                    + " may also stand before GROUP BY or HAVING";

    private final Problems problems;
    private final ExpressionBuilder expressions;
    private final PropertyBuilder propertyBuilder;
    private final boolean lastOfUnion;
    private final Map<Clause, Location> seen = new EnumMap<>(Clause.class);

    @Nullable Expr where;

    Select.@Nullable GroupBy groupBy;

    @Nullable Expr having;

    Select.@Nullable Window window;
    List<Expr> partitionBy = List.of();
    List<Expr.SortItem> orderBy = List.of();
    Query.@Nullable Limit limit;
    Query.@Nullable Emit emit;

    @Nullable Identifier into;

    final List<Property> properties = new ArrayList<>();

    ClauseReader(
            Problems problems, ExpressionBuilder expressions, PropertyBuilder propertyBuilder, boolean lastOfUnion) {
        this.problems = problems;
        this.expressions = expressions;
        this.propertyBuilder = propertyBuilder;
        this.lastOfUnion = lastOfUnion;
    }

    void read(ClauseContext node) {
        Location location = Locations.of(node.getStart());
        switch (node) {
            case WhereClauseContext clause -> {
                order(Clause.WHERE, location);
                where = expressions.build(clause.expression());
            }
            case GroupByClauseContext clause -> {
                order(Clause.GROUP_BY, location);
                groupBy = new Select.GroupBy(location, expressions.all(clause.expression()));
            }
            case HavingClauseContext clause -> {
                order(Clause.HAVING, location);
                having = expressions.build(clause.expression());
            }
            case WindowClauseContext clause -> {
                order(Clause.WINDOW, location);
                window = window(location, clause);
            }
            case PartitionByClauseContext clause -> {
                order(Clause.PARTITION_BY, location);
                partitionBy = expressions.all(clause.expression());
            }
            default -> readOfWhole(location, node);
        }
    }

    /** Clauses that belong to all selects of a UNION, so they stand after the last one. */
    private void readOfWhole(Location location, ClauseContext node) {
        switch (node) {
            case OrderByClauseContext clause -> {
                order(Clause.ORDER_BY, location);
                orderBy = expressions.sortItems(clause.sortItem());
            }
            case LimitClauseContext clause -> {
                order(Clause.LIMIT, location);
                limit = new Query.Limit(location, expressions.build(clause.expression()));
            }
            case EmitClauseContext clause -> {
                order(Clause.EMIT, location);
                emit = new Query.Emit(location, emitsChanges(Locations.identifier(clause.emitMode)));
            }
            case IntoClauseContext clause -> {
                order(Clause.INTO, location);
                into = Locations.identifier(clause.identifier());
            }
            case WithClauseContext clause -> {
                order(Clause.WITH, location);
                properties.addAll(propertyBuilder.build(clause.withProperties()));
            }
            default -> throw new IllegalStateException("no builder for " + node.getClass());
        }
        if (!lastOfUnion) {
            problems.add(
                    ProblemCode.CLAUSE_ORDER,
                    location,
                    "this clause belongs to the whole UNION, so it stands after its last SELECT",
                    "move it to the end");
        }
    }

    private void order(Clause clause, Location location) {
        if (seen.containsKey(clause)) {
            problems.add(
                    ProblemCode.CLAUSE_ORDER,
                    location,
                    clause.text() + " is here a second time; the first is on line "
                            + seen.get(clause).line(),
                    "join the two");
        } else if (clause == Clause.GROUP_BY && seen.containsKey(Clause.HAVING)) {
            problems.add(ProblemCode.CLAUSE_ORDER, location, "GROUP BY must come before HAVING", ORDER);
        } else {
            seen.keySet().stream()
                    .filter(earlier -> earlier.rank > clause.rank)
                    .findFirst()
                    .ifPresent(earlier -> problems.add(
                            ProblemCode.CLAUSE_ORDER,
                            location,
                            clause.text() + " must come before " + earlier.text(),
                            ORDER));
        }
        seen.putIfAbsent(clause, location);
    }

    private boolean emitsChanges(Identifier mode) {
        switch (mode.name().toUpperCase(Locale.ROOT)) {
            case "CHANGES" -> {
                return true;
            }
            case "FINAL" -> {
                return false;
            }
            default -> {
                problems.add(
                        ProblemCode.UNKNOWN_WORD,
                        mode.location(),
                        "unknown EMIT mode `" + mode.name() + "`: it is EMIT CHANGES or EMIT FINAL"
                                + NearestName.suggestion(mode.name(), List.of("CHANGES", "FINAL")),
                        "EMIT CHANGES writes a row for every change, EMIT FINAL one when a window closes");
                return true;
            }
        }
    }

    private Select.Window window(Location location, WindowClauseContext node) {
        return new Select.Window(
                location,
                Locations.identifier(node.kind),
                node.windowArgument().stream().map(this::argument).toList());
    }

    private Select.Argument argument(WindowArgumentContext node) {
        Location location = Locations.of(node);
        return switch (node) {
            case LabelledArgumentContext labelled ->
                new Select.Argument(
                        location,
                        Optional.of(labelled.label.getText().toUpperCase(Locale.ROOT)),
                        expressions.duration(labelled.duration()));
            case AdvanceArgumentContext advance ->
                new Select.Argument(location, Optional.of("ADVANCE"), expressions.duration(advance.duration()));
            case GraceArgumentContext grace ->
                new Select.Argument(location, Optional.of("GRACE"), expressions.duration(grace.duration()));
            case UnitArgumentContext unit -> new Select.Argument(location, Optional.empty(), expressions.amount(unit));
            case PlainArgumentContext plain ->
                new Select.Argument(location, Optional.empty(), expressions.build(plain.expression()));
            default -> throw new IllegalStateException("no builder for " + node.getClass());
        };
    }
}
