package io.velostream.engine.sql.type;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A type of the SQL. {@link #toString()} gives its SQL spelling.
 *
 * <p>How a value of each type lives in memory, outside the typed slots of a row: BOOLEAN {@link Boolean}, BIGINT
 * {@link Long}, DOUBLE {@link Double}, DECIMAL {@link java.math.BigDecimal} of exactly the type's scale, STRING
 * {@link String}, BYTES {@code byte[]}, TIMESTAMP milliseconds since the epoch, DATE days since the epoch, TIME
 * milliseconds of the day and INTERVAL milliseconds (each a {@link Long}), ARRAY {@link List}, MAP and STRUCT
 * {@link java.util.Map} with text keys in insertion order, ANY one of these, and NULL always the Java null.
 */
public sealed interface SqlType {

    /** The types without parameters. INTEGER and BIGINT are one type of 64 bits, FLOAT and DOUBLE too. */
    enum Simple implements SqlType {
        BOOLEAN,
        BIGINT,
        DOUBLE,
        STRING,
        BYTES,
        TIMESTAMP,
        DATE,
        TIME,
        INTERVAL,
        /** A column of an undeclared source: each value carries its own type at run time. */
        ANY,
        /** The type of the literal NULL; it coerces to every other. */
        NULL
    }

    /**
     * An exact number.
     *
     * @param precision digits in all, 1 to 38
     * @param scale digits after the point, 0 to precision
     */
    record Decimal(int precision, int scale) implements SqlType {
        @Override
        public String toString() {
            return "DECIMAL(" + precision + ", " + scale + ")";
        }
    }

    /** A list of values of one type. */
    record Array(SqlType element) implements SqlType {
        @Override
        public String toString() {
            return "ARRAY<" + element + ">";
        }
    }

    /** Values by text key. */
    record MapOf(SqlType value) implements SqlType {
        @Override
        public String toString() {
            return "MAP<STRING, " + value + ">";
        }
    }

    /** Named fields in their declared order. */
    record Struct(List<Field> fields) implements SqlType {
        public Struct {
            fields = List.copyOf(fields);
        }

        @Override
        public String toString() {
            return fields.stream()
                    .map(field -> field.name() + " " + field.type())
                    .collect(Collectors.joining(", ", "STRUCT<", ">"));
        }
    }

    /** One field of a {@link Struct}. */
    record Field(String name, SqlType type) {}

    /** The type of a map's or struct's member with this key; ANY where the type does not say. */
    default SqlType member(@Nullable Object name) {
        return switch (this) {
            case SqlType.MapOf map -> map.value();
            case SqlType.Struct struct ->
                struct.fields().stream()
                        .filter(field -> field.name().equals(name))
                        .map(SqlType.Field::type)
                        .findFirst()
                        .orElse(Simple.ANY);
            default -> Simple.ANY;
        };
    }

    /** Whether arithmetic applies: BIGINT, DOUBLE or DECIMAL. */
    default boolean isNumeric() {
        return this == Simple.BIGINT || this == Simple.DOUBLE || this instanceof Decimal;
    }
}
