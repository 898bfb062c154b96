package io.velostream.engine.sql.command;

import io.velostream.engine.sql.tree.Statement.ObjectKind;
import io.velostream.engine.sql.type.SqlType;
import java.util.List;

/**
 * A stream or table of a text.
 *
 * @param open whether it may have fields beyond its columns
 * @param text the statement that creates it
 */
public record ScriptObject(
        String name,
        ObjectKind kind,
        boolean open,
        String topic,
        String format,
        List<Column> columns,
        List<Setting> settings,
        String text) {
    public ScriptObject {
        columns = List.copyOf(columns);
        settings = List.copyOf(settings);
    }

    /** A column. */
    public record Column(String name, SqlType type, boolean key) {}

    /** What SHOW PROPERTIES lists. */
    public record Setting(String name, String value) {}
}
