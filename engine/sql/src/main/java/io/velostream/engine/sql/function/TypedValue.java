package io.velostream.engine.sql.function;

import io.velostream.engine.sql.type.SqlType;
import org.jspecify.annotations.Nullable;

/**
 * An argument of any type together with its type, for functions to which a TIMESTAMP is something else than the BIGINT
 * that holds it.
 *
 * @param value in the form that {@link SqlType} describes
 */
public record TypedValue(@Nullable Object value, SqlType type) {}
