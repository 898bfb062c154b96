package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.logical.SourceDefinition;
import io.velostream.engine.sql.tree.Statement.ObjectKind;
import io.velostream.engine.sql.type.SqlType;
import java.util.List;
import java.util.Optional;

/**
 * What a query sees of a stream or table that it reads.
 *
 * @param open whether fields beyond the columns may be read, as ANY
 * @param eventTimeField the field that carries event time
 */
record RelationSchema(
        String name,
        ObjectKind kind,
        List<Column> columns,
        boolean open,
        Optional<String> eventTimeField,
        SourceDefinition source) {
    RelationSchema {
        columns = List.copyOf(columns);
    }

    /**
     * A column.
     *
     * @param fromKey whether it is read from the record key only
     */
    record Column(String name, SqlType type, boolean fromKey) {}

    /** The same under another name. */
    RelationSchema named(String other) {
        return new RelationSchema(other, kind, columns, open, eventTimeField, source);
    }

    List<String> columnNames() {
        return columns.stream().map(Column::name).toList();
    }
}
