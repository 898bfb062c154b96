package io.velostream.engine.plan.expression;

import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An analysed expression over the slots of its operator's input row: every name is resolved, every node typed, every
 * coercion explicit as a {@link Cast}. NULL follows three-valued logic everywhere. Where a side's type is ANY, the
 * runtime decides by the value.
 */
public sealed interface Expression {

    /** The type of the result. */
    SqlType type();

    /** A slot of the input row. */
    record Slot(int index, String name, SqlType type) implements Expression {}

    /**
     * A constant in the form that {@link SqlType} describes.
     *
     * @param value null for the literal NULL
     */
    record Literal(@Nullable Object value, SqlType type) implements Expression {}

    /** Record metadata: a column that is not in {@code *}. */
    record SystemColumn(SystemColumnKind kind) implements Expression {
        @Override
        public SqlType type() {
            return kind.type();
        }
    }

    /** {@code + - * / %} on numbers; both sides already have one type unless one is ANY. */
    record Arithmetic(ArithmeticOperator operator, Expression left, Expression right, SqlType type)
            implements Expression {}

    /** Unary minus. */
    record Negate(Expression operand, SqlType type) implements Expression {}

    /** {@code = <> < <= > >=}. */
    record Comparison(ComparisonOperator operator, Expression left, Expression right) implements Expression {
        @Override
        public SqlType type() {
            return Simple.BOOLEAN;
        }
    }

    /** Conjunction of at least two operands. */
    record And(List<Expression> operands) implements Expression {
        public And {
            operands = List.copyOf(operands);
        }

        @Override
        public SqlType type() {
            return Simple.BOOLEAN;
        }
    }

    /** Disjunction of at least two operands. */
    record Or(List<Expression> operands) implements Expression {
        public Or {
            operands = List.copyOf(operands);
        }

        @Override
        public SqlType type() {
            return Simple.BOOLEAN;
        }
    }

    /** Negation; NOT NULL is NULL. */
    record Not(Expression operand) implements Expression {
        @Override
        public SqlType type() {
            return Simple.BOOLEAN;
        }
    }

    /** {@code IS NULL}; never NULL itself. */
    record IsNull(Expression operand) implements Expression {
        @Override
        public SqlType type() {
            return Simple.BOOLEAN;
        }
    }

    /** {@code x IN (a, b, …)} over expressions. */
    record In(Expression operand, List<Expression> candidates) implements Expression {
        public In {
            candidates = List.copyOf(candidates);
        }

        @Override
        public SqlType type() {
            return Simple.BOOLEAN;
        }
    }

    /** {@code LIKE} with {@code %} and {@code _}, and an optional escape character. */
    record Like(Expression operand, Expression pattern, Optional<Character> escape) implements Expression {
        @Override
        public SqlType type() {
            return Simple.BOOLEAN;
        }
    }

    /** Searched CASE; the operand form is rewritten to it. */
    record Case(List<When> branches, Optional<Expression> otherwise, SqlType type) implements Expression {
        public Case {
            branches = List.copyOf(branches);
        }
    }

    /** One branch of a {@link Case}. */
    record When(Expression condition, Expression result) {}

    /** Conversion; a value that cannot be converted is a record error. */
    record Cast(Expression operand, SqlType type) implements Expression {}

    /** {@code ||}: NULL if either side is. */
    record Concat(Expression left, Expression right) implements Expression {
        @Override
        public SqlType type() {
            return Simple.STRING;
        }
    }

    /** {@code a.b} on a STRUCT, MAP or ANY. */
    record Field(Expression operand, String name, SqlType type) implements Expression {}

    /** {@code a[n]} (1-based) on an ARRAY, {@code m['k']} on a MAP. */
    record Index(Expression operand, Expression index, SqlType type) implements Expression {}

    /**
     * A scalar function of the catalogue.
     *
     * @param function the catalogue's canonical name, upper case
     * @param signature which overload, as the catalogue names it
     */
    record Call(String function, String signature, List<Expression> arguments, SqlType type) implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /** {@code TRY_CAST}: as {@link Cast}, but a value that cannot be converted becomes NULL. */
    record TryCast(Expression operand, SqlType type) implements Expression {}

    /**
     * An argument of a function that applies it to values.
     *
     * @param parameters what the body's {@link Parameter}s with these numbers stand for
     */
    record Lambda(List<Parameter> parameters, Expression body) implements Expression {
        public Lambda {
            parameters = List.copyOf(parameters);
        }

        /** The type of what the body yields. */
        @Override
        public SqlType type() {
            return body.type();
        }
    }

    /**
     * A parameter of a lambda.
     *
     * @param number how many parameters of lambdas around it there are before it
     */
    record Parameter(int number, String name, SqlType type) implements Expression {}
}
