package io.velostream.engine.sql.command;

/** A metric that a query declares with {@code @metric}. */
public record ScriptMetric(String job, String metric, String type, String help) {}
