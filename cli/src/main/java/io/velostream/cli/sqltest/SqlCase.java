package io.velostream.cli.sqltest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One SQL case, as it stands in a YAML file: a text, what flows in, and what must come out. The format is described in
 * {@code docs/reference/sql-cases.md}.
 *
 * @param properties WITH entries for the whole application
 * @param inputs records by topic, in offset order
 * @param loadFirst topics whose records all come before the others
 * @param files files to create below {@code ${SUITE_DIR}}, by relative path
 */
public record SqlCase(
        String name,
        String group,
        String sql,
        Map<String, String> properties,
        Map<String, List<Input>> inputs,
        List<String> loadFirst,
        Map<String, String> files,
        Expectation expectation) {

    /** {@code group/name}, as reports and filters use it. */
    public String id() {
        return group + "/" + name;
    }

    /**
     * A record to feed.
     *
     * @param value payload as bytes of text; empty is a tombstone
     * @param timestamp milliseconds
     * @param sequence order across topics, where given
     */
    public record Input(
            Optional<String> key,
            Optional<String> value,
            long timestamp,
            Map<String, String> headers,
            Optional<Long> sequence) {}

    /** How output records are compared. */
    public enum Match {
        /** Every output record. */
        ROWS,
        /** Every update, in order. */
        CHANGELOG,
        /** The last record of each output key. */
        FINAL_PER_KEY
    }

    /**
     * What must come out.
     *
     * @param rows acceptable alternatives of rows by topic; one unless the case says {@code expected_any}
     * @param keys expected output keys by topic; the empty topic stands for the only one
     * @param error for a text that must be refused
     */
    public record Expectation(
            List<Map<String, List<JsonNode>>> rows,
            boolean partial,
            boolean unordered,
            boolean ignoreColumnCase,
            Match match,
            Map<String, List<JsonNode>> keys,
            Map<String, List<JsonNode>> raw,
            Map<String, List<JsonNode>> timestamps,
            Map<String, List<JsonNode>> windows,
            Map<String, List<JsonNode>> headers,
            List<String> absentHeaders,
            Map<String, Double> metrics,
            Map<String, List<JsonNode>> deadLetters,
            List<JsonNode> result,
            Optional<ExpectedError> error) {}

    /**
     * A refusal: its place over the whole text, and one of the texts that its message must contain.
     *
     * @param column 1-based; must lie within the offending token
     */
    public record ExpectedError(int line, int column, List<String> containsAny) {}
}
