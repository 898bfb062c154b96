package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.expression.Expressions;
import io.velostream.engine.plan.logical.LogicalPlan;
import io.velostream.engine.plan.physical.RowLayout;
import io.velostream.engine.sql.function.FunctionCatalogue;
import io.velostream.engine.sql.function.FunctionOverload;
import io.velostream.engine.sql.tree.Expr;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The table functions of one SELECT, collected while its expressions are analysed. Until the row is known, the element of
 * each is a slot beyond those of the relations.
 */
final class ExplodeContext {

    private static final int FIRST = Subqueries.END;
    private static final int END = 1 << 20;

    private final Problems problems;
    private final FunctionCatalogue functions;
    private final List<Expression> arrays = new ArrayList<>();
    private Optional<Expr.Call> first = Optional.empty();
    private Optional<String> refusal = Optional.empty();

    ExplodeContext(Problems problems, FunctionCatalogue functions) {
        this.problems = problems;
        this.functions = functions;
    }

    /** No table function may stand in the select, which is of this kind. */
    void refuse(String kind) {
        refusal = Optional.of(kind);
    }

    /** Where a table function would stand in vain, if it may not stand in the select. */
    Optional<String> refusal() {
        return refusal;
    }

    /** The element of a call whose argument has been analysed. */
    Expression analyse(Expr.Call call, List<Expression> arguments) {
        String name = call.name().toUpperCase(Locale.ROOT);
        if (arguments.size() != 1) {
            problems.add(
                    ProblemCode.NO_OVERLOAD,
                    call.location(),
                    name + " takes one ARRAY, but here are " + arguments.size() + " arguments",
                    name + "(array)");
            return Poison.EXPRESSION;
        }
        Expression argument = arguments.getFirst();
        if (argument == Poison.EXPRESSION) {
            return argument;
        }
        if (!(argument.type() instanceof SqlType.Array) && argument.type() != Simple.ANY) {
            problems.add(
                    ProblemCode.NO_OVERLOAD,
                    call.location(),
                    name + " does not take (" + argument.type() + ")",
                    name + " takes an ARRAY; MAP_KEYS, MAP_VALUES and SPLIT make one of other values");
            return Poison.EXPRESSION;
        }
        first = first.or(() -> Optional.of(call));
        Expression array = name.equals(TableFunctions.CUBE_EXPLODE) ? combinations(argument) : argument;
        int index = arrays.indexOf(array);
        if (index < 0) {
            arrays.add(array);
            index = arrays.size() - 1;
        }
        return new Expression.Slot(FIRST + index, name.toLowerCase(Locale.ROOT), element(array));
    }

    private Expression combinations(Expression array) {
        List<SqlType> types = List.of(array.type());
        FunctionOverload overload =
                functions.candidates("CUBE_COMBINATIONS", types).getFirst();
        return new Expression.Call(
                overload.function(), overload.signature(), List.of(array), overload.resultType(types));
    }

    private static SqlType element(Expression array) {
        return array.type() instanceof SqlType.Array type ? type.element() : Simple.ANY;
    }

    static boolean isOfExplode(int slot) {
        return slot >= FIRST && slot < END;
    }

    /** Changes the expressions of all arrays. */
    void mapExpressions(UnaryOperator<Expression> change) {
        arrays.replaceAll(change);
    }

    /** The first call of the text, if there is any. */
    Optional<Expr.Call> first() {
        return first;
    }

    /** Makes a row for each element, behind the slots of the row. */
    LogicalPlan explode(LogicalPlan input) {
        if (arrays.isEmpty()) {
            return input;
        }
        List<RowLayout.Column> layout = new ArrayList<>(input.layout().columns());
        for (int i = 0; i < arrays.size(); i++) {
            layout.add(new RowLayout.Column("element_" + (i + 1), element(arrays.get(i))));
        }
        return new LogicalPlan.Explode(input, arrays, new RowLayout(layout));
    }

    /**
     * The expression over the row with the elements.
     *
     * @param width slots of the row before them
     */
    Expression inRow(Expression expression, int width) {
        return Expressions.rewrite(
                expression,
                each -> each instanceof Expression.Slot slot && isOfExplode(slot.index())
                        ? new Expression.Slot(width + slot.index() - FIRST, slot.name(), slot.type())
                        : each);
    }
}
