package io.velostream.engine.plan.physical;

import io.velostream.engine.sql.type.SqlType;
import java.util.List;

/** The slots of a row between two operators. */
public record RowLayout(List<Column> columns) {
    public RowLayout {
        columns = List.copyOf(columns);
    }

    /** One slot: its name is for people, the position is what counts. */
    public record Column(String name, SqlType type) {}
}
