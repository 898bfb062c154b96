package io.velostream.engine.sql.analysis;

import io.velostream.engine.sql.tree.TypeName;
import io.velostream.engine.sql.type.Coercions;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Type names → types. */
final class TypeResolver {

    private static final Map<String, SqlType> NAMES = new LinkedHashMap<>();

    static {
        for (String name : List.of("BIGINT", "INTEGER", "INT", "SMALLINT", "TINYINT", "LONG")) {
            NAMES.put(name, Simple.BIGINT);
        }
        for (String name : List.of("DOUBLE", "FLOAT", "REAL")) {
            NAMES.put(name, Simple.DOUBLE);
        }
        for (String name : List.of("STRING", "VARCHAR", "TEXT", "CHAR", "JSON")) {
            NAMES.put(name, Simple.STRING);
        }
        for (String name : List.of("BOOLEAN", "BOOL")) {
            NAMES.put(name, Simple.BOOLEAN);
        }
        for (String name : List.of("BYTES", "BINARY", "VARBINARY")) {
            NAMES.put(name, Simple.BYTES);
        }
        NAMES.put("TIMESTAMP", Simple.TIMESTAMP);
        NAMES.put("DATETIME", Simple.TIMESTAMP);
        NAMES.put("DATE", Simple.DATE);
        NAMES.put("TIME", Simple.TIME);
        NAMES.put("INTERVAL", Simple.INTERVAL);
    }

    private static final List<String> DECIMALS = List.of("DECIMAL", "NUMERIC", "DEC");
    private static final int DEFAULT_SCALE = 9;

    private static final String HINT =
            "types are BIGINT, DOUBLE, DECIMAL(p, s), STRING, BOOLEAN, TIMESTAMP, DATE, TIME, BYTES, ARRAY<T>,"
                    + " MAP<STRING, T> and STRUCT<name T, …>";

    private final Problems problems;

    TypeResolver(Problems problems) {
        this.problems = problems;
    }

    SqlType resolve(TypeName name) {
        return switch (name) {
            case TypeName.Named named -> named(named);
            case TypeName.ArrayOf array -> new SqlType.Array(resolve(array.element()));
            case TypeName.MapOf map -> map(map);
            case TypeName.Struct struct ->
                new SqlType.Struct(struct.fields().stream()
                        .map(field -> new SqlType.Field(field.name().name(), resolve(field.type())))
                        .toList());
        };
    }

    private SqlType map(TypeName.MapOf map) {
        if (resolve(map.key()) != Simple.STRING) {
            problems.add(
                    ProblemCode.UNKNOWN_TYPE, map.key().location(), "the keys of a MAP are STRING", "MAP<STRING, …>");
        }
        return new SqlType.MapOf(resolve(map.value()));
    }

    private SqlType named(TypeName.Named name) {
        String upper = name.name().toUpperCase(Locale.ROOT);
        if (upper.equals("SCALEDINTEGER")) {
            return decimal(name, 18, 4);
        }
        if (DECIMALS.contains(upper)) {
            return name.parameters().size() == 1
                    ? decimal(name, Coercions.MAX_PRECISION, 0)
                    : decimal(name, Coercions.MAX_PRECISION, DEFAULT_SCALE);
        }
        SqlType type = NAMES.get(upper);
        if (type == null) {
            List<String> known = new ArrayList<>(NAMES.keySet());
            known.addAll(DECIMALS);
            problems.add(
                    ProblemCode.UNKNOWN_TYPE,
                    name.location(),
                    "unknown type `" + name.name() + "`" + NearestName.suggestion(name.name(), known),
                    HINT);
            return Simple.ANY;
        }
        return type;
    }

    private SqlType decimal(TypeName.Named name, int defaultPrecision, int defaultScale) {
        List<Integer> parameters = name.parameters();
        int precision = parameters.isEmpty() ? defaultPrecision : parameters.getFirst();
        int scale = parameters.size() < 2 ? defaultScale : parameters.get(1);
        if (precision < 1 || precision > Coercions.MAX_PRECISION || scale < 0 || scale > precision) {
            problems.add(
                    ProblemCode.UNKNOWN_TYPE,
                    name.location(),
                    "DECIMAL(" + precision + ", " + scale + ") is not possible",
                    "the precision is 1 to 38, the scale 0 to the precision");
            return new SqlType.Decimal(Coercions.MAX_PRECISION, DEFAULT_SCALE);
        }
        return new SqlType.Decimal(precision, scale);
    }
}
