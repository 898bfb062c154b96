package io.velostream.engine.sql.function;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a static method an overload of an SQL function. Its parameters and result say the SQL types: {@code long}
 * BIGINT, {@code double} DOUBLE, {@code boolean} BOOLEAN, {@link String} STRING, {@link java.math.BigDecimal} DECIMAL,
 * {@code byte[]} BYTES, {@link java.util.List} ARRAY, {@link java.util.Map} MAP, {@link Object} any type; a type variable
 * is one type wherever it occurs; a {@link java.util.function.Function}, {@link java.util.function.BiFunction} or
 * {@link TriFunction} is a lambda; {@link SqlTyped} says the rest. A last array parameter takes any number of arguments.
 * An argument that is NULL makes the result NULL without a call, unless its parameter is {@link SqlNullable}. A result
 * that may be NULL is boxed. A first parameter of type {@link HeaderAccess} is the record's headers, and a parameter of
 * type {@link TypedValue} takes any type and NULL.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface SqlFunction {

    /** The canonical name, upper case. */
    String name();

    /** Other names for the same. */
    String[] aliases() default {};

    /** One sentence for the reference. */
    String description();

    /** Expression and result as text, such as {@code "UPPER('a') = 'A'"}; each is executed as a test. */
    String[] examples();

    /** False when two calls with the same arguments may differ, such as NOW(): never computed at planning. */
    boolean deterministic() default true;

    /** Whether arguments of other types are converted as by CAST, such as numbers to text. */
    boolean casts() default false;

    /** How the result's type follows from the arguments. */
    ResultType result() default ResultType.DECLARED;

    /** How a result's type follows from the arguments. */
    enum ResultType {
        /** As the method says. */
        DECLARED,
        /** The first argument's. */
        FIRST_ARGUMENT,
        /** A DECIMAL without digits after the point. */
        WHOLE_DECIMAL,
        /** The arguments are keys and values in turns; a MAP of the values' common type. */
        MAP_OF_PAIRS,
        /** The arguments are names, as literals, and values in turns; a STRUCT of them. */
        STRUCT_OF_PAIRS,
        /** An ARRAY of STRUCTs of the key K and the value V of the map that is the first argument. */
        ARRAY_OF_ENTRIES
    }
}
