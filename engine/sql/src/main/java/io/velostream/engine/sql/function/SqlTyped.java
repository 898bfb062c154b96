package io.velostream.engine.sql.function;

import io.velostream.engine.sql.type.SqlType;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The SQL type of a parameter or of a method's result where the Java type does not say it, such as TIMESTAMP. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.METHOD})
public @interface SqlTyped {

    /** The type. */
    SqlType.Simple value();
}
