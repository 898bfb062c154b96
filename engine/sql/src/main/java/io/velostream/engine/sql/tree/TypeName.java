package io.velostream.engine.sql.tree;

import java.util.List;

/** A type as written; the analysis knows which ones exist. */
public sealed interface TypeName {

    /** Where the type begins. */
    Location location();

    /**
     * {@code BIGINT}, {@code DECIMAL(10, 2)}.
     *
     * @param parameters the numbers in parentheses
     */
    record Named(Location location, String name, List<Integer> parameters) implements TypeName {
        public Named {
            parameters = List.copyOf(parameters);
        }
    }

    /** {@code ARRAY<T>}. */
    record ArrayOf(Location location, TypeName element) implements TypeName {}

    /** {@code MAP<K, V>}. */
    record MapOf(Location location, TypeName key, TypeName value) implements TypeName {}

    /** {@code STRUCT<a T, b U>}. */
    record Struct(Location location, List<Field> fields) implements TypeName {
        public Struct {
            fields = List.copyOf(fields);
        }
    }

    /** One field of a {@link Struct}. */
    record Field(Identifier name, TypeName type) {}
}
