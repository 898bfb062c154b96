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
import java.util.Optional;
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
 * @param result what the method gives
 * @param deterministic whether equal arguments give equal results
 * @param casts whether arguments are converted as by CAST where no silent conversion exists
 * @param readsHeaders whether the method's first parameter is the record's headers, which no argument gives
 * @param method the public static method that computes it
 */
public record FunctionOverload(
        String function,
        List<TypePattern> parameters,
        boolean variadic,
        List<Boolean> nullable,
        TypePattern result,
        ResultType resultRule,
        boolean deterministic,
        boolean casts,
        boolean readsHeaders,
        Method method) {
    public FunctionOverload {
        parameters = List.copyOf(parameters);
        nullable = List.copyOf(nullable);
    }

    /** The stable text that a plan names this overload by, such as {@code (STRING, BIGINT)}. */
    public String signature() {
        return IntStream.range(0, parameters.size())
                .mapToObj(i -> parameters.get(i) + (variadic && i == parameters.size() - 1 ? "..." : ""))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    FunctionOverload withoutFolding() {
        return new FunctionOverload(
                function, parameters, variadic, nullable, result, resultRule, false, casts, readsHeaders, method);
    }

    /** Whether so many arguments can be given. */
    public boolean accepts(int arguments) {
        return variadic ? arguments >= parameters.size() - 1 : arguments == parameters.size();
    }

    /** The parameter that takes the argument at this place. */
    public TypePattern parameterAt(int argument) {
        return parameters.get(Math.min(argument, parameters.size() - 1));
    }

    /** Whether the parameter at this place takes NULL. */
    public boolean nullableAt(int argument) {
        return nullable.get(Math.min(argument, nullable.size() - 1));
    }

    /** Whether the argument at this place must be a {@link TypedValue}. */
    public boolean typedAt(int argument) {
        Class<?>[] types = method.getParameterTypes();
        return types[Math.min(argument, parameters.size() - 1) + (readsHeaders ? 1 : 0)] == TypedValue.class;
    }

    /** What the argument at this place must be, if it is a literal. */
    public Optional<LiteralKind> literalAt(int argument) {
        int place = Math.min(argument, parameters.size() - 1) + (readsHeaders ? 1 : 0);
        return Optional.ofNullable(method.getParameters()[place].getAnnotation(SqlLiteral.class))
                .map(SqlLiteral::value);
    }

    /** What the variables stand for; empty when arguments of these types do not go together. */
    public Optional<TypeBindings> bindings(List<SqlType> given) {
        TypeBindings bindings = new TypeBindings();
        for (int i = 0; i < given.size(); i++) {
            if (!bindings.bind(parameterAt(i), given.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(bindings);
    }

    /** How far arguments of these types are from the parameters; {@link Integer#MAX_VALUE} where they do not fit. */
    int cost(List<SqlType> arguments, int castCost) {
        int total = 0;
        for (int i = 0; i < arguments.size(); i++) {
            int cost = parameterAt(i).cost(arguments.get(i));
            if (cost == Integer.MAX_VALUE && casts && isCastable(arguments.get(i), parameterAt(i))) {
                cost = castCost;
            }
            if (cost == Integer.MAX_VALUE) {
                return cost;
            }
            total += cost;
        }
        return bindings(arguments).isPresent() ? total : Integer.MAX_VALUE;
    }

    private static boolean isCastable(SqlType from, TypePattern to) {
        return switch (to) {
            case TypePattern.Exact exact -> Coercions.castable(from, exact.type());
            case TypePattern.ListOf list ->
                from instanceof SqlType.Array array && isCastable(array.element(), list.element());
            default -> false;
        };
    }

    /** The types that the arguments must have when the method is called: ANY parameters take what is given. */
    public List<SqlType> argumentTypes(List<SqlType> given) {
        TypeBindings bindings = bindings(given).orElseGet(TypeBindings::new);
        List<SqlType> types = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            types.add(argumentType(i, given.get(i), bindings));
        }
        return types;
    }

    private SqlType argumentType(int argument, SqlType given, TypeBindings bindings) {
        SqlType wanted = bindings.resolve(parameterAt(argument));
        return switch (parameterAt(argument)) {
            case TypePattern.Anything _ -> given;
            case TypePattern.AnyDecimal _ -> given.isNumeric() ? Coercions.asDecimal(given) : wanted;
            case TypePattern.Variable _ -> wanted == Simple.ANY || wanted == Simple.NULL ? given : wanted;
            case TypePattern.MapOf _ when given instanceof SqlType.Struct -> given;
            default -> wanted;
        };
    }

    /** The type of the result for arguments of these types. */
    public SqlType resultType(List<SqlType> given) {
        return switch (resultRule) {
            case DECLARED -> bindings(given).orElseGet(TypeBindings::new).resolve(result);
            case FIRST_ARGUMENT -> argumentTypes(given).getFirst();
            case WHOLE_DECIMAL ->
                given.getFirst() instanceof SqlType.Decimal exact
                        ? new SqlType.Decimal(
                                Math.min(Coercions.MAX_PRECISION, Math.max(1, exact.precision() - exact.scale() + 1)),
                                0)
                        : new TypeBindings().resolve(result);
            case MAP_OF_PAIRS -> new SqlType.MapOf(commonValue(given));
            case STRUCT_OF_PAIRS -> Simple.ANY;
            case ARRAY_OF_ENTRIES -> {
                SqlType map = bindings(given).orElseGet(TypeBindings::new).resolve(parameters.getFirst());
                yield new SqlType.Array(new SqlType.Struct(List.of(
                        new SqlType.Field("K", Simple.STRING),
                        new SqlType.Field("V", map instanceof SqlType.MapOf entries ? entries.value() : Simple.ANY))));
            }
        };
    }

    private static SqlType commonValue(List<SqlType> pairs) {
        List<SqlType> values = IntStream.range(0, pairs.size() / 2)
                .mapToObj(i -> pairs.get(2 * i + 1))
                .toList();
        return Coercions.common(values).filter(type -> type != Simple.NULL).orElse(Simple.ANY);
    }

    /**
     * Calls the method with values in their memory form (see {@link SqlType}), numbers widened to the parameters' types;
     * NULL where an argument is NULL that the method does not take. For planning; a compiled query calls
     * {@link #handle()}.
     *
     * @param types the values' types
     * @throws RuntimeException what the method throws: the arguments have no result
     */
    public @Nullable Object call(List<@Nullable Object> values, List<SqlType> types) {
        @Nullable Object[] arguments = new Object[parameters.size()];
        int fixed = variadic ? parameters.size() - 1 : parameters.size();
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) == null && !nullableAt(i)) {
                return null;
            }
        }
        for (int i = 0; i < fixed; i++) {
            arguments[i] = argument(i, values.get(i), types.get(i));
        }
        if (variadic) {
            Class<?> element = method.getParameterTypes()[fixed].getComponentType();
            Object rest = Array.newInstance(element, values.size() - fixed);
            for (int i = fixed; i < values.size(); i++) {
                Array.set(rest, i - fixed, argument(i, values.get(i), types.get(i)));
            }
            arguments[fixed] = rest;
        }
        try {
            Object computed = method.invoke(null, arguments);
            if (computed instanceof Double number && !Double.isFinite(number)) {
                throw new ArithmeticException(function + " has no finite result");
            }
            return computed;
        } catch (InvocationTargetException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failed);
        } catch (IllegalAccessException notPublic) {
            throw new IllegalStateException("the function " + function + " is not public: " + method, notPublic);
        }
    }

    private @Nullable Object argument(int place, @Nullable Object value, SqlType type) {
        if (typedAt(place)) {
            return new TypedValue(value, type);
        }
        boolean toDouble = parameterAt(place).equals(new TypePattern.Exact(Simple.DOUBLE));
        return switch (value) {
            case Long number when toDouble -> number.doubleValue();
            case Long number when parameterAt(place) instanceof TypePattern.AnyDecimal -> BigDecimal.valueOf(number);
            case BigDecimal number when toDouble -> number.doubleValue();
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
