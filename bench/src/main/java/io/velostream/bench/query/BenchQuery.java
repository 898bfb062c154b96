package io.velostream.bench.query;

import io.velostream.bench.query.Column.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The end-to-end queries. Their texts are the resources {@code queries/<id>.sql} and {@code flink/<id>.sql}. */
public enum BenchQuery {
    Q1("Q1", 1, "filter and project, all rows pass", projection()),
    Q1S("Q1s", 1, "filter and project, 10 % pass", projection()),
    Q2("Q2", 1, "one-minute tumbling COUNT, SUM, AVG by key, final", window()),
    Q3("Q3", 1, "continuous GROUP BY the key, one row an input", group("customer")),
    Q3R("Q3r", 12, "continuous GROUP BY another column over 12 partitions: a repartition", group("merchant")),
    Q4("Q4", 1, "stream-table join against 10,000 rows", tableJoin()),
    Q5("Q5", 1, "stream-stream join within one minute", streamJoin());

    private final String id;
    private final int partitions;
    private final String description;
    private final List<Column> columns;

    BenchQuery(String id, int partitions, String description, List<Column> columns) {
        this.id = id;
        this.partitions = partitions;
        this.description = description;
        this.columns = columns;
    }

    /** The name on the command line and in results. */
    public String id() {
        return id;
    }

    /** How many partitions the input and the output have. */
    public int partitions() {
        return partitions;
    }

    /** What it reads beside the orders, which is also the first part of the topic's name. */
    public Optional<Side> side() {
        return switch (this) {
            case Q4 -> Optional.of(Side.CUSTOMERS);
            case Q5 -> Optional.of(Side.PAYMENTS);
            default -> Optional.empty();
        };
    }

    /** A second input. */
    public enum Side {
        /** A table that is whole in its topic before the first order is joined. */
        CUSTOMERS("customers"),
        /** A stream that goes side by side with the orders, which then are kept by their own number. */
        PAYMENTS("payments");

        private final String topicName;

        Side(String topicName) {
            this.topicName = topicName;
        }

        /** The first part of the topic's name. */
        public String topicName() {
            return topicName;
        }
    }

    /** What it does, for the table. */
    public String description() {
        return description;
    }

    /** The output's columns: exactly these members must be in a row's JSON object. */
    public List<Column> columns() {
        return columns;
    }

    /** Whether rows are written as their input comes, not when time passes, so that the output tells how far the system is. */
    public boolean rowPerInput() {
        return this != Q2;
    }

    /** The score that a row must reach to pass. */
    public int minimumScore() {
        return this == Q1S ? 90 : 0;
    }

    /** The query with this name, in any case. */
    public static Optional<BenchQuery> find(String id) {
        return Arrays.stream(values()).filter(q -> q.id.equalsIgnoreCase(id)).findFirst();
    }

    /** All names, for messages. */
    public static String names() {
        return Arrays.stream(values()).map(BenchQuery::id).collect(Collectors.joining(", "));
    }

    private static List<Column> projection() {
        return List.of(
                new Column("id", Kind.INTEGER),
                new Column("customer", Kind.TEXT),
                new Column("product", Kind.TEXT),
                new Column("amount", Kind.NUMBER),
                new Column("total", Kind.NUMBER));
    }

    private static List<Column> window() {
        return List.of(
                new Column("customer", Kind.TEXT),
                new Column("n", Kind.INTEGER),
                new Column("total", Kind.NUMBER),
                new Column("average", Kind.NUMBER),
                new Column("window_start", Kind.INTEGER));
    }

    private static List<Column> tableJoin() {
        return List.of(
                new Column("id", Kind.INTEGER),
                new Column("customer", Kind.TEXT),
                new Column("name", Kind.TEXT),
                new Column("tier", Kind.TEXT),
                new Column("amount", Kind.NUMBER),
                new Column("discount", Kind.NUMBER));
    }

    private static List<Column> streamJoin() {
        return List.of(
                new Column("id", Kind.INTEGER),
                new Column("customer", Kind.TEXT),
                new Column("amount", Kind.NUMBER),
                new Column("payment", Kind.INTEGER),
                new Column("method", Kind.TEXT),
                new Column("paid", Kind.NUMBER));
    }

    private static List<Column> group(String by) {
        return List.of(new Column(by, Kind.TEXT), new Column("n", Kind.INTEGER), new Column("total", Kind.NUMBER));
    }
}
