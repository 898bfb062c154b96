package io.velostream.bench.shape;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.velostream.bench.nexmark.job.InMemoryJob.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * What tells one result from another: how many rows, and the sum of one of their columns.
 *
 * @param sum exact but for a relative difference of a billionth where the column is a mean
 */
record Result(long rows, double sum) {

    private static final JsonFactory JSON = new JsonFactory();
    private static final double EXACT = 1e-9;

    /** That of rows as the engine wrote them. */
    static Result of(List<Row> rows, String column) {
        double sum = 0;
        long count = 0;
        for (Row row : rows) {
            byte[] value = row.value();
            if (value != null) {
                count++;
                sum += number(value, column);
            }
        }
        return new Result(count, sum);
    }

    private static double number(byte[] json, String column) {
        try (JsonParser parser = JSON.createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isNumeric() && column.equals(parser.currentName())) {
                    return parser.getDoubleValue();
                }
            }
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException("A row is no JSON", e);
        }
    }

    boolean isLike(Result other) {
        return rows == other.rows && Math.abs(sum - other.sum) <= EXACT * Math.max(1, Math.abs(sum));
    }
}
