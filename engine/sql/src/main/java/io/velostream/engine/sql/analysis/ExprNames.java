package io.velostream.engine.sql.analysis;

import io.velostream.engine.sql.tree.Expr;
import io.velostream.engine.sql.tree.Identifier;
import io.velostream.engine.sql.tree.Query;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Looks into syntactic expressions without analysing them. */
final class ExprNames {

    private ExprNames() {}

    /** Whether the expression mentions a column of this name. */
    static boolean mentions(Expr expression, Identifier name) {
        Deque<Expr> open = new ArrayDeque<>(List.of(expression));
        while (!open.isEmpty()) {
            Expr next = open.pop();
            if (next instanceof Expr.Name column && column.identifier().matches(name.name())) {
                return true;
            }
            open.addAll(children(next));
        }
        return false;
    }

    /** Whether an aggregate stands somewhere in the expression. */
    static boolean hasAggregate(Expr expression) {
        Deque<Expr> open = new ArrayDeque<>(List.of(expression));
        while (!open.isEmpty()) {
            Expr next = open.pop();
            if (next instanceof Expr.Call call
                    && call.over().isEmpty()
                    && AggregateFunctions.find(call.name(), false).isPresent()) {
                return true;
            }
            open.addAll(children(next));
        }
        return false;
    }

    /** Whether a function goes OVER rows somewhere in the expression. */
    static boolean hasWindowFunction(Expr expression) {
        Deque<Expr> open = new ArrayDeque<>(List.of(expression));
        while (!open.isEmpty()) {
            Expr next = open.pop();
            if (next instanceof Expr.Call call && call.over().isPresent()) {
                return true;
            }
            open.addAll(children(next));
        }
        return false;
    }

    /** The subqueries in the expression, not those within them. */
    static List<Query> queries(Expr expression) {
        List<Query> queries = new ArrayList<>();
        Deque<Expr> open = new ArrayDeque<>(List.of(expression));
        while (!open.isEmpty()) {
            Expr next = open.pop();
            switch (next) {
                case Expr.Subquery node -> queries.add(node.query());
                case Expr.Exists node -> queries.add(node.query());
                case Expr.InQuery node -> queries.add(node.query());
                case Expr.QuantifiedCompare node -> queries.add(node.query());
                default -> {}
            }
            open.addAll(children(next));
        }
        return queries;
    }

    static List<Expr> children(Expr expression) {
        return switch (expression) {
            case Expr.Dereference node -> List.of(node.base());
            case Expr.Index node -> List.of(node.base(), node.index());
            case Expr.Negate node -> List.of(node.operand());
            case Expr.Binary node -> List.of(node.left(), node.right());
            case Expr.Compare node -> List.of(node.left(), node.right());
            case Expr.QuantifiedCompare node -> List.of(node.left());
            case Expr.And node -> node.operands();
            case Expr.Or node -> node.operands();
            case Expr.Not node -> List.of(node.operand());
            case Expr.IsNull node -> List.of(node.operand());
            case Expr.IsTruth node -> List.of(node.operand());
            case Expr.IsDistinct node -> List.of(node.left(), node.right());
            case Expr.Between node -> List.of(node.operand(), node.lower(), node.upper());
            case Expr.In node -> with(node.operand(), node.candidates());
            case Expr.InQuery node -> List.of(node.operand());
            case Expr.Like node -> List.of(node.operand(), node.pattern());
            case Expr.Case node -> ofCase(node);
            case Expr.Cast node -> List.of(node.operand());
            case Expr.Call node -> node.arguments();
            case Expr.Lambda node -> List.of(node.body());
            default -> List.of();
        };
    }

    private static List<Expr> with(Expr first, List<Expr> rest) {
        List<Expr> all = new ArrayList<>(List.of(first));
        all.addAll(rest);
        return all;
    }

    private static List<Expr> ofCase(Expr.Case node) {
        List<Expr> all = new ArrayList<>();
        node.operand().ifPresent(all::add);
        for (Expr.When branch : node.branches()) {
            all.add(branch.condition());
            all.add(branch.result());
        }
        node.otherwise().ifPresent(all::add);
        return all;
    }
}
