package io.velostream.bench.shape;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Function;

/** The shapes, with the rates that were published for them: of an operator alone, and of a whole job in memory. */
enum Shape {
    SELECT_WHERE(739_467, 656_000, "id", Expectations::dear),
    ROWS_WINDOW(946_436, 960_000, "mean", Expectations::means),
    GROUP_BY_CONTINUOUS(297_129, 319_000, "total", Expectations::totals),
    HAVING(332_796, 0, "n", Expectations::many),
    TUMBLING(808_383, 365_000, "total", Expectations::windows),
    TUMBLING_CHANGES(0, 8_741, "total", Expectations::windowChanges),
    SCALAR_SUBQUERY(534_013, 0, "most", Expectations::most),
    EXISTS(1_231_293, 0, "id", Expectations::ofGold),
    IN_SUBQUERY(1_230_397, 0, "id", Expectations::ofGold),
    CORRELATED(649_203, 0, "lim", Expectations::limits),
    ANY_ALL(1_364_195, 0, "id", Expectations::between),
    STREAM_STREAM_JOIN(536_583, 0, "id", Expectations::paid),
    TIMEBASED_JOIN(498_984, 0, "id", Expectations::paidSoon),
    STREAM_TABLE_JOIN(314_037, 0, "id", Expectations::known);

    private final long operatorRate;
    private final long jobRate;
    private final String column;
    private final Function<Market, Result> expectation;

    Shape(long operatorRate, long jobRate, String column, Function<Market, Result> expectation) {
        this.operatorRate = operatorRate;
        this.jobRate = jobRate;
        this.column = column;
        this.expectation = expectation;
    }

    /** The name in lower case, as files have it. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Finds one by its name in any case.
     *
     * @throws IllegalArgumentException when there is none
     */
    static Shape of(String name) {
        for (Shape shape : values()) {
            if (shape.id().equalsIgnoreCase(name.strip())) {
                return shape;
            }
        }
        throw new IllegalArgumentException("There is no shape " + name + "; there are "
                + List.of(values()).stream().map(Shape::id).toList());
    }

    /** Records a second of an operator alone, as published; empty where nothing is. */
    OptionalLong operatorRate() {
        return operatorRate == 0 ? OptionalLong.empty() : OptionalLong.of(operatorRate);
    }

    /** Records a second of a whole job in memory, as published; empty where nothing is. */
    OptionalLong jobRate() {
        return jobRate == 0 ? OptionalLong.empty() : OptionalLong.of(jobRate);
    }

    /** The column of the rows that is summed. */
    String column() {
        return column;
    }

    /** What must come out, computed without the engine. */
    Result expected(Market market) {
        return expectation.apply(market);
    }

    /** The query with the declarations of what it reads. */
    String sql() {
        return resource("sources") + resource(id());
    }

    private static String resource(String name) {
        String path = "/shapes/" + name + ".sql";
        try (InputStream in = Shape.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("The class path has no " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The query " + path + " cannot be read", e);
        }
    }
}
