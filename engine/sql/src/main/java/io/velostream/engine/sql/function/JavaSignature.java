package io.velostream.engine.sql.function;

import io.velostream.engine.sql.type.SqlType.Simple;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Reads the SQL types of a function from its Java method; what means what is said at {@link SqlFunction}. */
record JavaSignature(List<TypePattern> parameters, List<Boolean> nullable, TypePattern result, boolean readsHeaders) {

    static JavaSignature of(Method method) {
        Parameter[] all = method.getParameters();
        boolean readsHeaders = all.length > 0 && all[0].getType() == HeaderAccess.class;
        List<TypePattern> parameters = new ArrayList<>();
        List<Boolean> nullable = new ArrayList<>();
        for (int i = readsHeaders ? 1 : 0; i < all.length; i++) {
            Type type = all[i].getParameterizedType();
            Type each = all[i].isVarArgs() ? element(type) : type;
            parameters.add(pattern(all[i], each));
            nullable.add(all[i].isAnnotationPresent(SqlNullable.class) || each == TypedValue.class);
        }
        return new JavaSignature(parameters, nullable, pattern(method, method.getGenericReturnType()), readsHeaders);
    }

    private static Type element(Type array) {
        return array instanceof GenericArrayType generic
                ? generic.getGenericComponentType()
                : ((Class<?>) array).getComponentType();
    }

    private static TypePattern pattern(AnnotatedElement element, Type type) {
        SqlTyped typed = element.getAnnotation(SqlTyped.class);
        if (typed == null) {
            return pattern(type);
        }
        TypePattern named = new TypePattern.Exact(typed.value());
        return type instanceof ParameterizedType ? new TypePattern.ListOf(named) : named;
    }

    private static TypePattern pattern(Type type) {
        return switch (type) {
            case TypeVariable<?> variable -> new TypePattern.Variable(variable.getName());
            case WildcardType _ -> new TypePattern.Anything();
            case ParameterizedType generic -> generic(generic);
            case Class<?> plain -> plain(plain);
            default -> throw new IllegalArgumentException("no SQL type for " + type);
        };
    }

    private static TypePattern generic(ParameterizedType type) {
        List<TypePattern> arguments = Arrays.stream(type.getActualTypeArguments())
                .map(JavaSignature::pattern)
                .toList();
        Class<?> raw = (Class<?>) type.getRawType();
        if (raw == List.class) {
            return new TypePattern.ListOf(arguments.getFirst());
        } else if (raw == Map.class) {
            return new TypePattern.MapOf(arguments.getLast());
        } else if (raw == Function.class || raw == BiFunction.class || raw == TriFunction.class) {
            return new TypePattern.Lambda(arguments.subList(0, arguments.size() - 1), arguments.getLast());
        }
        throw new IllegalArgumentException("no SQL type for " + type);
    }

    private static TypePattern plain(Class<?> type) {
        if (type == long.class || type == Long.class) {
            return new TypePattern.Exact(Simple.BIGINT);
        } else if (type == double.class || type == Double.class) {
            return new TypePattern.Exact(Simple.DOUBLE);
        } else if (type == boolean.class || type == Boolean.class) {
            return new TypePattern.Exact(Simple.BOOLEAN);
        } else if (type == String.class) {
            return new TypePattern.Exact(Simple.STRING);
        } else if (type == byte[].class) {
            return new TypePattern.Exact(Simple.BYTES);
        } else if (type == BigDecimal.class) {
            return new TypePattern.AnyDecimal();
        } else if (type == Object.class || type == TypedValue.class) {
            return new TypePattern.Anything();
        }
        throw new IllegalArgumentException("no SQL type for " + type);
    }
}
