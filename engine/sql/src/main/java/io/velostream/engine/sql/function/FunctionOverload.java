package io.velostream.engine.sql.function;

import io.velostream.engine.sql.function.SqlFunction.ResultType;
import io.velostream.engine.sql.type.Coercions;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One overload of a function.
 *
 * @param function the canonical name
 * @param parameters the declared types; of a variadic one the last is that of each further argument
 * @param variadic whether the last parameter takes any number of arguments, as an array
 * @param nullable which parameters take NULL
 * @param deterministic whether equal arguments give equal results
 * @param casts whether arguments are converted as by CAST where no silent conversion exists
 * @param method the public static method that computes it
 */
public record FunctionOverload(
        String function,
        List<SqlType> parameters,
        boolean variadic,
        List<Boolean> nullable,
        SqlType declaredResult,
        ResultType resultRule,
        boolean deterministic,
        boolean casts,
        Method method) {
    public FunctionOverload {
        parameters = List.copyOf(parameters);
        nullable = List.copyOf(nullable);
    }

    /** The stable text that a plan names this overload by, such as {@code (STRING, BIGINT)}. */
    public String signature() {
        return IntStream.range(0, parameters.size())
                .mapToObj(i -> name(parameters.get(i)) + (variadic && i == parameters.size() - 1 ? "..." : ""))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String name(SqlType type) {
        return type instanceof SqlType.Decimal ? "DECIMAL" : type.toString();
    }

    /** Whether so many arguments can be given. */
    public boolean accepts(int arguments) {
        return variadic ? arguments >= parameters.size() - 1 : arguments == parameters.size();
    }

    /** The type of the parameter that takes the argument at this place. */
    public SqlType parameterAt(int argument) {
        return parameters.get(Math.min(argument, parameters.size() - 1));
    }

    /** Whether the parameter at this place takes NULL. */
    public boolean nullableAt(int argument) {
        return nullable.get(Math.min(argument, nullable.size() - 1));
    }

    /** The types that the arguments must have when the method is called: ANY parameters take what is given. */
    public List<SqlType> argumentTypes(List<SqlType> given) {
        SqlType common = resultRule == ResultType.COMMON || resultRule == ResultType.ARRAY_OF_COMMON
                ? Coercions.common(given).orElse(Simple.ANY)
                : Simple.ANY;
        List<SqlType> types = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            SqlType parameter = parameterAt(i);
            if (parameter == Simple.ANY) {
                types.add(common == Simple.ANY || common == Simple.NULL ? given.get(i) : common);
            } else if (parameter instanceof SqlType.Decimal) {
                types.add(given.get(i).isNumeric() ? Coercions.asDecimal(given.get(i)) : parameter);
            } else {
                types.add(parameter);
            }
        }
        return types;
    }

    /** The type of the result for arguments of these types. */
    public SqlType resultType(List<SqlType> given) {
        return switch (resultRule) {
            case DECLARED -> declaredResult;
            case FIRST_ARGUMENT -> argumentTypes(given).getFirst();
            case COMMON -> Coercions.common(given).orElse(Simple.ANY);
            case WHOLE_DECIMAL ->
                given.getFirst() instanceof SqlType.Decimal exact
                        ? new SqlType.Decimal(
                                Math.min(Coercions.MAX_PRECISION, Math.max(1, exact.precision() - exact.scale() + 1)),
                                0)
                        : declaredResult;
            case ARRAY_OF_COMMON ->
                new SqlType.Array(Coercions.common(given)
                        .filter(type -> type != Simple.NULL)
                        .orElse(Simple.ANY));
        };
    }

    /**
     * Calls the method with values in their memory form (see {@link SqlType}), numbers widened to the parameters' types;
     * NULL where an argument is NULL that the method does not take. For planning and for values of unknown type; a
     * compiled query calls {@link #handle()}.
     *
     * @throws RuntimeException what the method throws: the arguments have no result
     */
    public @Nullable Object call(List<@Nullable Object> values) {
        @Nullable Object[] arguments = new Object[parameters.size()];
        int fixed = variadic ? parameters.size() - 1 : parameters.size();
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) == null && !nullableAt(i)) {
                return null;
            }
        }
        for (int i = 0; i < fixed; i++) {
            arguments[i] = widen(values.get(i), parameters.get(i));
        }
        if (variadic) {
            Class<?> element = method.getParameterTypes()[fixed].getComponentType();
            Object rest = Array.newInstance(element, values.size() - fixed);
            for (int i = fixed; i < values.size(); i++) {
                Array.set(rest, i - fixed, widen(values.get(i), parameters.get(fixed)));
            }
            arguments[fixed] = rest;
        }
        try {
            return method.invoke(null, arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failed);
        } catch (IllegalAccessException notPublic) {
            throw new IllegalStateException("the function " + function + " is not public: " + method, notPublic);
        }
    }

    private static @Nullable Object widen(@Nullable Object value, SqlType type) {
        return switch (value) {
            case Long number when type == Simple.DOUBLE -> number.doubleValue();
            case Long number when type instanceof SqlType.Decimal -> BigDecimal.valueOf(number);
            case BigDecimal number when type == Simple.DOUBLE -> number.doubleValue();
            case null, default -> value;
        };
    }

    /** The method as a handle of its own Java types. */
    public MethodHandle handle() {
        try {
            return MethodHandles.publicLookup().unreflect(method);
        } catch (IllegalAccessException notPublic) {
            throw new IllegalStateException("the function " + function + " is not public: " + method, notPublic);
        }
    }
}
