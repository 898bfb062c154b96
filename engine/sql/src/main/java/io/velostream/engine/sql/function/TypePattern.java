package io.velostream.engine.sql.function;

import io.velostream.engine.sql.type.Coercions;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A parameter or result of a function: a type, perhaps with variables that stand for whatever type the arguments have.
 * {@link #toString()} gives the spelling of the reference, such as {@code ARRAY<T>}.
 */
public sealed interface TypePattern {

    /** Exactly this type, or what is silently converted to it. */
    record Exact(SqlType type) implements TypePattern {
        @Override
        public String toString() {
            return type.toString();
        }
    }

    /** A DECIMAL of any precision and scale. */
    record AnyDecimal() implements TypePattern {
        @Override
        public String toString() {
            return "DECIMAL";
        }
    }

    /** A value of any type, taken as it is. */
    record Anything() implements TypePattern {
        @Override
        public String toString() {
            return "ANY";
        }
    }

    /** The same type wherever the name occurs in a signature; arguments are converted to their common type. */
    record Variable(String name) implements TypePattern {
        @Override
        public String toString() {
            return name;
        }
    }

    /** An ARRAY. */
    record ListOf(TypePattern element) implements TypePattern {
        @Override
        public String toString() {
            return "ARRAY<" + element + ">";
        }
    }

    /** A MAP with text keys; a STRUCT is taken too. */
    record MapOf(TypePattern value) implements TypePattern {
        @Override
        public String toString() {
            return "MAP<STRING, " + value + ">";
        }
    }

    /** A lambda: {@code (x, y) => result}. */
    record Lambda(List<TypePattern> parameters, TypePattern result) implements TypePattern {
        public Lambda {
            parameters = List.copyOf(parameters);
        }

        @Override
        public String toString() {
            String taken = parameters.stream().map(TypePattern::toString).collect(Collectors.joining(", "));
            return (parameters.size() == 1 ? taken : "(" + taken + ")") + " => " + result;
        }
    }

    /** How far a value of the type is from the pattern; {@link Integer#MAX_VALUE} where it does not fit. */
    default int cost(SqlType from) {
        return switch (this) {
            case Exact exact -> Coercions.cost(from, exact.type());
            case AnyDecimal _ -> Coercions.cost(from, Coercions.BIGINT_AS_DECIMAL);
            case Anything _ -> Coercions.cost(from, Simple.ANY);
            case Variable _ -> from == Simple.NULL ? 0 : from == Simple.ANY ? 1 : 4;
            case Lambda _ -> 0;
            case ListOf list ->
                switch (from) {
                    case SqlType.Array array -> list.element().cost(array.element());
                    default -> unknown(from);
                };
            case MapOf map ->
                switch (from) {
                    case SqlType.MapOf other -> map.value().cost(other.value());
                    case SqlType.Struct struct ->
                        struct.fields().stream()
                                .mapToInt(field -> map.value().cost(field.type()))
                                .reduce(
                                        1,
                                        (a, b) -> a == Integer.MAX_VALUE || b == Integer.MAX_VALUE
                                                ? Integer.MAX_VALUE
                                                : Math.max(a, b));
                    default -> unknown(from);
                };
        };
    }

    private static int unknown(SqlType from) {
        return from == Simple.NULL ? 0 : from == Simple.ANY ? 1 : Integer.MAX_VALUE;
    }
}
