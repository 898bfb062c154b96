package io.velostream.engine.sql.tree;

/** One entry of a WITH clause, such as {@code 'orders.topic' = 'orders'}. */
public record Property(Location keyLocation, String key, Location valueLocation, String value) {}
