package io.velostream.engine.runtime.expression;

import io.velostream.engine.runtime.row.Decimals;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.sql.function.FunctionCatalogue;
import io.velostream.engine.sql.function.FunctionOverload;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Calls of scalar functions. Those on numbers only are called with primitives; the others take objects, which is what
 * text functions work on anyway. Where the overload depends on the values, it is looked up by their types and
 * remembered.
 */
final class Calls {

    private Calls() {}

    static Evaluator of(String name, String signature, List<Evaluator> arguments, SqlType type) {
        FunctionCatalogue catalogue = FunctionCatalogue.standard();
        if (signature.equals(FunctionCatalogue.DYNAMIC)) {
            return FromObject.of(new DynamicCall(catalogue, name, arguments, type), type);
        }
        FunctionOverload overload = catalogue
                .find(name, signature)
                .orElseThrow(() ->
                        new IllegalArgumentException("The function " + name + signature + " is not in the catalogue."));
        return NumericCalls.of(overload, arguments, type)
                .orElseGet(() -> FromObject.of(new StaticCall(overload, arguments, type), type));
    }

    /** Fits what a function returned to the exact type of the call. */
    static @Nullable Object fit(@Nullable Object result, SqlType type, String function) {
        if (result instanceof BigDecimal number && type instanceof SqlType.Decimal decimal) {
            BigDecimal fitting = Decimals.fit(number, decimal);
            if (fitting == null) {
                throw Failures.overflow(decimal, function);
            }
            return fitting;
        }
        return result;
    }

    /** A call whose overload is known. */
    private static final class StaticCall implements FromObject.Source {
        private final Invocation invocation;
        private final Evaluator[] arguments;
        private final @Nullable Object[] values;
        private final SqlType type;

        StaticCall(FunctionOverload overload, List<Evaluator> arguments, SqlType type) {
            this.invocation = new Invocation(overload, arguments.size());
            this.arguments = arguments.toArray(Evaluator[]::new);
            this.values = new Object[arguments.size()];
            this.type = type;
        }

        @Override
        public @Nullable Object get(Row row) {
            for (int i = 0; i < arguments.length; i++) {
                values[i] = arguments[i].object(row);
                if (values[i] == null && !invocation.takesNull(i)) {
                    return null;
                }
            }
            return fit(invocation.call(values), type, invocation.name());
        }
    }

    /** A call whose overload follows from the values. */
    private static final class DynamicCall implements FromObject.Source {
        private final FunctionCatalogue catalogue;
        private final String name;
        private final Evaluator[] arguments;
        private final @Nullable Object[] values;
        private final SqlType type;
        private final Map<List<SqlType>, Resolved> resolved = new HashMap<>();
        private final SqlType[] types;

        private record Resolved(Invocation invocation, List<SqlType> wanted) {}

        DynamicCall(FunctionCatalogue catalogue, String name, List<Evaluator> arguments, SqlType type) {
            this.catalogue = catalogue;
            this.name = name;
            this.arguments = arguments.toArray(Evaluator[]::new);
            this.values = new Object[arguments.size()];
            this.types = new SqlType[arguments.size()];
            this.type = type;
        }

        @Override
        public @Nullable Object get(Row row) {
            for (int i = 0; i < arguments.length; i++) {
                values[i] = arguments[i].object(row);
                types[i] = arguments[i].type() == Simple.ANY ? Values.type(values[i]) : arguments[i].type();
            }
            List<SqlType> given = List.of(types);
            Resolved call = resolved.computeIfAbsent(given, this::resolve);
            for (int i = 0; i < arguments.length; i++) {
                if (values[i] == null) {
                    if (!call.invocation().takesNull(i)) {
                        return null;
                    }
                } else {
                    values[i] = Casts.widen(values[i], types[i], call.wanted().get(i));
                }
            }
            return fit(call.invocation().call(values), type, name);
        }

        private Resolved resolve(List<SqlType> given) {
            Optional<FunctionOverload> found = catalogue.resolve(name, given);
            if (found.isEmpty()) {
                throw Failures.mismatch("arguments that " + name + " takes", given.toString());
            }
            FunctionOverload overload = found.get();
            return new Resolved(new Invocation(overload, given.size()), overload.argumentTypes(given));
        }
    }
}
