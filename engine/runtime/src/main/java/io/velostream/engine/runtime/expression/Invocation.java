package io.velostream.engine.runtime.expression;

import io.velostream.engine.runtime.operator.RecordFailure;
import io.velostream.engine.sql.function.FunctionOverload;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** One overload, ready to be called with objects. */
final class Invocation {

    private final FunctionOverload overload;
    private final MethodHandle handle;

    Invocation(FunctionOverload overload, int arguments) {
        this.overload = overload;
        MethodHandle target = overload.handle();
        if (overload.variadic()) {
            int fixed = overload.parameters().size() - 1;
            Class<?> array = target.type().parameterType(fixed);
            target = target.asCollector(array, arguments - fixed);
        }
        this.handle = target.asSpreader(Object[].class, arguments)
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
     * @throws RecordFailure when it has no result for the arguments
     */
    @Nullable Object call(@Nullable Object[] arguments) {
        try {
            return (Object) handle.invokeExact(arguments);
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
            case RuntimeException refused ->
                new RecordFailure("FUNCTION_FAILED", function + " does not take these arguments.");
            case Error unsound -> throw unsound;
            default -> new IllegalStateException(function + " failed.", failure);
        };
    }
}
