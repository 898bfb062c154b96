package io.velostream.engine.sql.function;

import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The scalar functions of the SQL, by name and argument types. Immutable. */
public final class FunctionCatalogue {

    /** The signature of a call whose overload depends on the values: an argument is ANY and several overloads fit. */
    public static final String DYNAMIC = "dynamic";

    private static final int CAST_COST = 16;
    private static final Set<SqlType> RARE = Set.of(Simple.BYTES, Simple.DATE, Simple.TIME, Simple.INTERVAL);

    private static final List<Class<?>> HOLDERS = List.of(
            StringFunctions.class,
            SplitFunctions.class,
            RegexpFunctions.class,
            MaskFunctions.class,
            BytesFunctions.class,
            MathFunctions.class,
            TrigonometryFunctions.class,
            ConditionalFunctions.class,
            DateTimeFunctions.class,
            DatePartFunctions.class,
            DateFormatFunctions.class,
            ArrayFunctions.class,
            MapFunctions.class,
            SeriesFunctions.class,
            LambdaFunctions.class,
            JsonFunctions.class,
            JsonTextFunctions.class,
            UrlFunctions.class,
            GeoFunctions.class,
            HashFunctions.class,
            HeaderFunctions.class);

    private static final class Standard {
        private static final FunctionCatalogue CATALOGUE = FunctionCatalogue.of(HOLDERS);
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
        JavaSignature signature = JavaSignature.of(method);
        return new FunctionOverload(
                annotation.name(),
                signature.parameters(),
                method.isVarArgs(),
                signature.nullable(),
                signature.result(),
                annotation.result(),
                annotation.deterministic() && !signature.readsHeaders(),
                annotation.casts(),
                signature.readsHeaders(),
                method);
    }

    /** The same functions, none of which is computed while planning, so that each runs for every record. */
    public FunctionCatalogue withoutFolding() {
        Map<String, FunctionEntry> changed = new TreeMap<>();
        entries.forEach((name, entry) -> changed.put(
                name,
                new FunctionEntry(
                        name,
                        entry.aliases(),
                        entry.description(),
                        entry.examples(),
                        entry.overloads().stream()
                                .map(FunctionOverload::withoutFolding)
                                .toList())));
        return new FunctionCatalogue(changed);
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

    /** The overloads with as many parameters, whose lambdas have as many parameters where the call has lambdas. */
    public List<FunctionOverload> withLambdas(String name, int arguments, Map<Integer, Integer> lambdas) {
        return find(name).map(FunctionEntry::overloads).orElse(List.of()).stream()
                .filter(overload -> overload.accepts(arguments) && !overload.variadic())
                .filter(overload -> overload.parameters().stream()
                                .filter(TypePattern.Lambda.class::isInstance)
                                .count()
                        == lambdas.size())
                .filter(overload -> lambdas.entrySet().stream()
                        .allMatch(lambda -> overload.parameterAt(lambda.getKey()) instanceof TypePattern.Lambda taken
                                && taken.parameters().size() == lambda.getValue()))
                .toList();
    }

    /** Every overload that may fit, best first: more than one only where an ANY leaves it open. */
    public List<FunctionOverload> candidates(String name, List<SqlType> arguments) {
        List<FunctionOverload> possible = find(name).map(FunctionEntry::overloads).orElse(List.of()).stream()
                .filter(overload -> overload.accepts(arguments.size()))
                .filter(overload -> overload.cost(arguments, CAST_COST) < Integer.MAX_VALUE)
                .sorted((a, b) -> Integer.compare(a.cost(arguments, CAST_COST), b.cost(arguments, CAST_COST)))
                .toList();
        if (possible.size() < 2 || !arguments.contains(Simple.ANY)) {
            return possible.isEmpty() ? possible : List.of(possible.getFirst());
        }
        List<FunctionOverload> likely = possible.stream()
                .filter(overload -> !takesUnknownAsRare(overload, arguments))
                .toList();
        return likely.isEmpty() ? possible : likely.size() == 1 ? List.of(likely.getFirst()) : likely;
    }

    /** A value without a declared type came as JSON, which has no bytes and no dates. */
    private static boolean takesUnknownAsRare(FunctionOverload overload, List<SqlType> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i) == Simple.ANY
                    && overload.parameterAt(i) instanceof TypePattern.Exact exact
                    && RARE.contains(exact.type())) {
                return true;
            }
        }
        return false;
    }
}
