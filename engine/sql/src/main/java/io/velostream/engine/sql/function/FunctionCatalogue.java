package io.velostream.engine.sql.function;

import io.velostream.engine.sql.type.Coercions;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Decimal;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The scalar functions of the SQL, by name and argument types. Immutable. */
public final class FunctionCatalogue {

    /** The signature of a call whose overload depends on the values: an argument is ANY and several overloads fit. */
    public static final String DYNAMIC = "dynamic";

    private static final int CAST_COST = 16;

    private static final class Standard {
        private static final FunctionCatalogue CATALOGUE = FunctionCatalogue.of(List.of(
                StringFunctions.class, MathFunctions.class, DateTimeFunctions.class, ConditionalFunctions.class));
    }

    private final Map<String, FunctionEntry> byName;
    private final Map<String, FunctionEntry> entries;

    /**
     * A function with all its overloads, for the reference.
     *
     * @param examples {@code expression = result}
     */
    public record FunctionEntry(
            String name,
            List<String> aliases,
            String description,
            List<String> examples,
            List<FunctionOverload> overloads) {
        public FunctionEntry {
            aliases = List.copyOf(aliases);
            examples = List.copyOf(examples);
            overloads = List.copyOf(overloads);
        }
    }

    private FunctionCatalogue(Map<String, FunctionEntry> entries) {
        this.entries = entries;
        this.byName = new LinkedHashMap<>(entries);
        for (FunctionEntry entry : entries.values()) {
            entry.aliases().forEach(alias -> byName.put(alias, entry));
        }
    }

    /** The functions that come with the engine. */
    public static FunctionCatalogue standard() {
        return Standard.CATALOGUE;
    }

    /** A catalogue of the annotated methods of these classes. */
    public static FunctionCatalogue of(List<Class<?>> holders) {
        Map<String, FunctionEntry> entries = new TreeMap<>();
        for (Class<?> holder : holders) {
            Arrays.stream(holder.getMethods())
                    .filter(method -> method.isAnnotationPresent(SqlFunction.class))
                    .sorted((a, b) -> a.toGenericString().compareTo(b.toGenericString()))
                    .forEach(method -> register(entries, method));
        }
        return new FunctionCatalogue(entries);
    }

    private static void register(Map<String, FunctionEntry> entries, Method method) {
        SqlFunction annotation = method.getAnnotation(SqlFunction.class);
        if (!Modifier.isStatic(method.getModifiers())) {
            throw new IllegalArgumentException("the function " + annotation.name() + " is not static: " + method);
        }
        FunctionOverload overload = overload(annotation, method);
        FunctionEntry known = entries.get(annotation.name());
        if (known == null) {
            entries.put(
                    annotation.name(),
                    new FunctionEntry(
                            annotation.name(),
                            List.of(annotation.aliases()),
                            annotation.description(),
                            List.of(annotation.examples()),
                            List.of(overload)));
            return;
        }
        List<FunctionOverload> overloads = new ArrayList<>(known.overloads());
        overloads.add(overload);
        List<String> aliases = new ArrayList<>(known.aliases());
        Arrays.stream(annotation.aliases())
                .filter(alias -> !aliases.contains(alias))
                .forEach(aliases::add);
        List<String> examples = new ArrayList<>(known.examples());
        Arrays.stream(annotation.examples())
                .filter(example -> !examples.contains(example))
                .forEach(examples::add);
        entries.put(
                annotation.name(), new FunctionEntry(known.name(), aliases, known.description(), examples, overloads));
    }

    private static FunctionOverload overload(SqlFunction annotation, Method method) {
        Class<?>[] javaTypes = method.getParameterTypes();
        Annotation[][] annotations = method.getParameterAnnotations();
        List<SqlType> parameters = new ArrayList<>();
        List<Boolean> nullable = new ArrayList<>();
        boolean variadic = method.isVarArgs();
        for (int i = 0; i < javaTypes.length; i++) {
            Class<?> javaType = variadic && i == javaTypes.length - 1 ? javaTypes[i].getComponentType() : javaTypes[i];
            SqlType type = sqlType(javaType);
            boolean takesNull = false;
            for (Annotation each : annotations[i]) {
                if (each instanceof SqlTyped typed) {
                    type = typed.value();
                }
                takesNull |= each instanceof SqlNullable;
            }
            parameters.add(type);
            nullable.add(takesNull);
        }
        SqlTyped result = method.getAnnotation(SqlTyped.class);
        return new FunctionOverload(
                annotation.name(),
                parameters,
                variadic,
                nullable,
                result == null ? sqlType(method.getReturnType()) : result.value(),
                annotation.result(),
                annotation.deterministic(),
                annotation.casts(),
                method);
    }

    private static SqlType sqlType(Class<?> javaType) {
        if (javaType == long.class || javaType == Long.class) {
            return Simple.BIGINT;
        } else if (javaType == double.class || javaType == Double.class) {
            return Simple.DOUBLE;
        } else if (javaType == boolean.class || javaType == Boolean.class) {
            return Simple.BOOLEAN;
        } else if (javaType == String.class) {
            return Simple.STRING;
        } else if (javaType == BigDecimal.class) {
            return new Decimal(Coercions.MAX_PRECISION, 9);
        } else if (javaType == byte[].class) {
            return Simple.BYTES;
        } else if (List.class.isAssignableFrom(javaType)) {
            return new SqlType.Array(Simple.ANY);
        } else if (Map.class.isAssignableFrom(javaType)) {
            return new SqlType.MapOf(Simple.ANY);
        } else if (javaType == Object.class) {
            return Simple.ANY;
        }
        throw new IllegalArgumentException("no SQL type for " + javaType);
    }

    /** All functions by their canonical names, in alphabetical order. */
    public Collection<FunctionEntry> entries() {
        return entries.values();
    }

    /** Canonical names and aliases, for the nearest name. */
    public Collection<String> names() {
        return byName.keySet();
    }

    /** A function by its name or alias, ignoring case. */
    public Optional<FunctionEntry> find(String name) {
        return Optional.ofNullable(byName.get(name.toUpperCase(Locale.ROOT)));
    }

    /** The overload that a plan names. */
    public Optional<FunctionOverload> find(String name, String signature) {
        return find(name)
                .flatMap(entry -> entry.overloads().stream()
                        .filter(overload -> overload.signature().equals(signature))
                        .findFirst());
    }

    /**
     * The overload that fits the types of the values best; empty when none does. With an ANY among the types the first
     * of those that may fit; see {@link #candidates}.
     */
    public Optional<FunctionOverload> resolve(String name, List<SqlType> arguments) {
        return candidates(name, arguments).stream().findFirst();
    }

    /** Every overload that may fit, best first: more than one only where an ANY leaves it open. */
    public List<FunctionOverload> candidates(String name, List<SqlType> arguments) {
        List<FunctionOverload> possible = find(name).map(FunctionEntry::overloads).orElse(List.of()).stream()
                .filter(overload -> overload.accepts(arguments.size()))
                .filter(overload -> cost(overload, arguments) < Integer.MAX_VALUE)
                .sorted((a, b) -> Integer.compare(cost(a, arguments), cost(b, arguments)))
                .toList();
        if (possible.size() < 2 || !arguments.contains(Simple.ANY)) {
            return possible.isEmpty() ? possible : List.of(possible.getFirst());
        }
        return possible;
    }

    private static int cost(FunctionOverload overload, List<SqlType> arguments) {
        if (overload.resultRule() == SqlFunction.ResultType.COMMON
                && Coercions.common(arguments).isEmpty()) {
            return Integer.MAX_VALUE;
        }
        int total = 0;
        for (int i = 0; i < arguments.size(); i++) {
            int cost = Coercions.cost(arguments.get(i), overload.parameterAt(i));
            if (cost == Integer.MAX_VALUE
                    && overload.casts()
                    && Coercions.castable(arguments.get(i), overload.parameterAt(i))) {
                cost = CAST_COST;
            }
            if (cost == Integer.MAX_VALUE) {
                return cost;
            }
            total += cost;
        }
        return total;
    }
}
