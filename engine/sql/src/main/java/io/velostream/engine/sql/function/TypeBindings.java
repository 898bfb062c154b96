package io.velostream.engine.sql.function;

import io.velostream.engine.sql.type.Coercions;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the variables of a signature stand for in one call. Filled argument by argument. */
public final class TypeBindings {

    private final Map<String, SqlType> types = new HashMap<>();

    /** Nothing is known yet. */
    public TypeBindings() {}

    /**
     * Takes an argument into account.
     *
     * @return whether it goes together with the arguments before it
     */
    public boolean bind(TypePattern pattern, SqlType type) {
        return switch (pattern) {
            case TypePattern.Variable variable -> {
                Optional<SqlType> common = Coercions.common(types.getOrDefault(variable.name(), Simple.NULL), type);
                common.ifPresent(known -> types.put(variable.name(), known));
                yield common.isPresent();
            }
            case TypePattern.ListOf list ->
                switch (type) {
                    case SqlType.Array array -> bind(list.element(), array.element());
                    case Simple simple when simple == Simple.ANY -> bind(list.element(), Simple.ANY);
                    default -> true;
                };
            case TypePattern.MapOf map ->
                switch (type) {
                    case SqlType.MapOf other -> bind(map.value(), other.value());
                    case SqlType.Struct struct -> bind(map.value(), commonField(struct));
                    case Simple simple when simple == Simple.ANY -> bind(map.value(), Simple.ANY);
                    default -> true;
                };
            default -> true;
        };
    }

    private static SqlType commonField(SqlType.Struct struct) {
        return Coercions.common(
                        struct.fields().stream().map(SqlType.Field::type).toList())
                .orElse(Simple.ANY);
    }

    /** Makes a variable stand for a type, whatever it stood for. */
    public void set(TypePattern pattern, SqlType type) {
        if (pattern instanceof TypePattern.Variable variable) {
            types.put(variable.name(), type);
        }
    }

    /** The type that the pattern means; ANY for what no argument has said. */
    public SqlType resolve(TypePattern pattern) {
        return switch (pattern) {
            case TypePattern.Exact exact -> exact.type();
            case TypePattern.AnyDecimal _ -> new SqlType.Decimal(Coercions.MAX_PRECISION, 9);
            case TypePattern.Anything _ -> Simple.ANY;
            case TypePattern.Variable variable -> types.getOrDefault(variable.name(), Simple.NULL);
            case TypePattern.ListOf list -> new SqlType.Array(inContainer(list.element()));
            case TypePattern.MapOf map -> new SqlType.MapOf(inContainer(map.value()));
            case TypePattern.Lambda lambda -> resolve(lambda.result());
        };
    }

    private SqlType inContainer(TypePattern pattern) {
        SqlType type = resolve(pattern);
        return type == Simple.NULL ? Simple.ANY : type;
    }
}
