package io.velostream.engine.sql.function;

import org.jspecify.annotations.Nullable;

/** A lambda of three parameters. */
@FunctionalInterface
public interface TriFunction<A, B, C, R> {

    /** The result. */
    @Nullable R apply(@Nullable A a, @Nullable B b, @Nullable C c);
}
