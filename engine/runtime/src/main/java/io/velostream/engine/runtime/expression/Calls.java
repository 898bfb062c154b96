package io.velostream.engine.runtime.expression;

import io.velostream.engine.runtime.row.Decimals;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.sql.function.FunctionCatalogue;
import io.velostream.engine.sql.function.FunctionOverload;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.math.BigDecimal;
import java.util.Arrays;
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
        if (name.equals("COALESCE") && !arguments.isEmpty()) {
            return Coalesce.of(arguments, type);
        }
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
        if (result instanceof Double number && !Double.isFinite(number)) {
            throw Failures.overflow(Simple.DOUBLE, function);
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
            List<SqlType> types = arguments.stream().map(Evaluator::type).toList();
            this.invocation = new Invocation(overload, types);
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
            return fit(invocation.call(row, values), type, invocation.name());
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
        private final SqlType[] lastTypes;
        private @Nullable Resolved last;

        private record Resolved(Invocation invocation, List<SqlType> wanted) {}

        DynamicCall(FunctionCatalogue catalogue, String name, List<Evaluator> arguments, SqlType type) {
            this.catalogue = catalogue;
            this.name = name;
            this.arguments = arguments.toArray(Evaluator[]::new);
            this.values = new Object[arguments.size()];
            this.types = new SqlType[arguments.size()];
            this.lastTypes = new SqlType[arguments.size()];
            this.type = type;
        }

        @Override
        public @Nullable Object get(Row row) {
            for (int i = 0; i < arguments.length; i++) {
                values[i] = arguments[i].object(row);
                types[i] = arguments[i].type() == Simple.ANY ? Values.type(values[i]) : arguments[i].type();
            }
            Resolved call = resolved();
            for (int i = 0; i < arguments.length; i++) {
                if (values[i] == null) {
                    if (!call.invocation().takesNull(i)) {
                        return null;
                    }
                } else {
                    values[i] = Casts.widen(values[i], types[i], call.wanted().get(i));
                }
            }
            return fit(call.invocation().call(row, values), type, name);
        }

        private Resolved resolved() {
            Resolved same = last;
            if (same != null && Arrays.equals(types, lastTypes)) {
                return same;
            }
            Resolved found = resolved.computeIfAbsent(List.of(types), this::resolve);
            System.arraycopy(types, 0, lastTypes, 0, types.length);
            last = found;
            return found;
        }

        /** By the types of the values; where none fits, as text for a TIMESTAMP, what the plan knows decides. */
        private Resolved resolve(List<SqlType> given) {
            Optional<FunctionOverload> found = catalogue.resolve(name, given);
            if (found.isEmpty()) {
                found = catalogue.resolve(
                        name, Arrays.stream(arguments).map(Evaluator::type).toList());
            }
            FunctionOverload overload =
                    found.orElseThrow(() -> Failures.mismatch("arguments that " + name + " takes", given.toString()));
            List<SqlType> wanted = overload.argumentTypes(given);
            return new Resolved(new Invocation(overload, wanted), wanted);
        }
    }
}
