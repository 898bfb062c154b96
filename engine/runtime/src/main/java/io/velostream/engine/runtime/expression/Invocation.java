package io.velostream.engine.runtime.expression;

import io.velostream.engine.runtime.operator.RecordFailure;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.sql.function.FunctionOverload;
import io.velostream.engine.sql.function.TypedValue;
import io.velostream.engine.sql.type.SqlType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.time.DateTimeException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One overload, ready to be called with objects. */
final class Invocation {

    private final FunctionOverload overload;
    private final MethodHandle handle;
    private final @Nullable SqlType[] typed;
    private final @Nullable Object @Nullable [] withHeaders;

    /**
     * @param types of the arguments
     */
    Invocation(FunctionOverload overload, List<SqlType> types) {
        this.overload = overload;
        int headers = overload.readsHeaders() ? 1 : 0;
        this.typed = new SqlType[types.size()];
        for (int i = 0; i < typed.length; i++) {
            typed[i] = overload.typedAt(i) ? types.get(i) : null;
        }
        this.withHeaders = overload.readsHeaders() ? new Object[types.size() + 1] : null;
        MethodHandle target = overload.handle();
        if (overload.variadic()) {
            int fixed = overload.parameters().size() - 1;
            Class<?> array = target.type().parameterType(fixed + headers);
            target = target.asCollector(array, types.size() - fixed);
        }
        this.handle = target.asSpreader(Object[].class, types.size() + headers)
                .asType(MethodType.methodType(Object.class, Object[].class));
    }

    /** The function's name. */
    String name() {
        return overload.function();
    }

    /** Whether the argument at this place may be NULL. */
    boolean takesNull(int argument) {
        return overload.nullableAt(argument);
    }

    /**
     * Calls the function.
     *
     * @param row whose record's headers the function may read
     * @throws RecordFailure when it has no result for the arguments
     */
    @Nullable Object call(Row row, @Nullable Object[] arguments) {
        for (int i = 0; i < typed.length; i++) {
            SqlType type = typed[i];
            if (type != null) {
                arguments[i] = new TypedValue(arguments[i], type);
            }
        }
        @Nullable Object[] all = arguments;
        if (withHeaders != null) {
            withHeaders[0] = row.origin.headers;
            System.arraycopy(arguments, 0, withHeaders, 1, arguments.length);
            all = withHeaders;
        }
        try {
            return (Object) handle.invokeExact(all);
        } catch (Throwable failure) {
            throw failure(name(), failure);
        }
    }

    /** What a function's exception means for the record. */
    static RuntimeException failure(String function, Throwable failure) {
        return switch (failure) {
            case RecordFailure already -> already;
            case ArithmeticException noResult ->
                new RecordFailure("NUMERIC_OVERFLOW", function + " has no result for its arguments.");
            case DateTimeException noMoment ->
                new RecordFailure("FUNCTION_FAILED", function + " cannot make a date or time of its arguments.");
            case RuntimeException refused ->
                new RecordFailure("FUNCTION_FAILED", function + " does not take these arguments.");
            case Error unsound -> throw unsound;
            default -> new IllegalStateException(function + " failed.", failure);
        };
    }
}
