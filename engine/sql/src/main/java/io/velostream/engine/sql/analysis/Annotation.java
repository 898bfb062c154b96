package io.velostream.engine.sql.analysis;

import io.velostream.engine.sql.tree.Location;

/**
 * One {@code -- @name: value}.
 *
 * @param name in lower case
 * @param value without quotes around it
 * @param location of the name with its {@code @}
 * @param ordinal place in the text of the statement that it is about
 */
public record Annotation(String name, String value, Location location, int ordinal) {}
