package io.velostream.engine.plan.expression;

import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;

/** The system columns that belong to a record; {@code _window_start} and {@code _window_end} are aggregate slots. */
public enum SystemColumnKind {
    /** Record timestamp, milliseconds. */
    TIMESTAMP("_timestamp", Simple.BIGINT),
    /** Event time, milliseconds. */
    EVENT_TIME("_event_time", Simple.BIGINT),
    OFFSET("_offset", Simple.BIGINT),
    PARTITION("_partition", Simple.BIGINT),
    /** The record key as text. */
    KEY("_key", Simple.STRING),
    TOPIC("_topic", Simple.STRING),
    /** The whole record as it came, for {@code SELECT *} behind a repartition topic; nobody can name it. */
    RECORD("*", Simple.ANY);

    private final String columnName;
    private final SqlType type;

    SystemColumnKind(String columnName, SqlType type) {
        this.columnName = columnName;
        this.type = type;
    }

    /** The column's name in lower case; it is matched ignoring case. */
    public String columnName() {
        return columnName;
    }

    /** The column's type. */
    public SqlType type() {
        return type;
    }
}
