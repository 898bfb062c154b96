package io.velostream.engine.runtime.expression;

import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.sql.function.FunctionOverload;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Optional;

/** Calls without boxing: functions of one or two numbers that give a number. */
final class NumericCalls {

    private NumericCalls() {}

    /** A function of whole numbers. */
    public interface LongFunction1 {
        /** The result. */
        long apply(long a);
    }

    /** A function of two whole numbers. */
    public interface LongFunction2 {
        /** The result. */
        long apply(long a, long b);
    }

    /** A function of a double. */
    public interface DoubleFunction1 {
        /** The result. */
        double apply(double a);
    }

    /** A function of two doubles. */
    public interface DoubleFunction2 {
        /** The result. */
        double apply(double a, double b);
    }

    static Optional<Evaluator> of(FunctionOverload overload, List<Evaluator> arguments, SqlType type) {
        MethodHandle handle = overload.handle();
        MethodType shape = handle.type();
        if (overload.variadic() || overload.nullable().contains(true)) {
            return Optional.empty();
        }
        String name = overload.function();
        if (shape.equals(MethodType.methodType(long.class, long.class))) {
            LongFunction1 function = MethodHandleProxies.asInterfaceInstance(LongFunction1.class, handle);
            return Optional.of(longs(name, function, Coerce.toLong(arguments.getFirst(), Simple.BIGINT), type));
        }
        if (shape.equals(MethodType.methodType(long.class, long.class, long.class))) {
            LongFunction2 function = MethodHandleProxies.asInterfaceInstance(LongFunction2.class, handle);
            return Optional.of(longs(
                    name,
                    function,
                    Coerce.toLong(arguments.get(0), Simple.BIGINT),
                    Coerce.toLong(arguments.get(1), Simple.BIGINT),
                    type));
        }
        if (shape.equals(MethodType.methodType(double.class, double.class))) {
            DoubleFunction1 function = MethodHandleProxies.asInterfaceInstance(DoubleFunction1.class, handle);
            return Optional.of(doubles(name, function, Coerce.toDouble(arguments.getFirst())));
        }
        if (shape.equals(MethodType.methodType(double.class, double.class, double.class))) {
            DoubleFunction2 function = MethodHandleProxies.asInterfaceInstance(DoubleFunction2.class, handle);
            return Optional.of(
                    doubles(name, function, Coerce.toDouble(arguments.get(0)), Coerce.toDouble(arguments.get(1))));
        }
        return Optional.empty();
    }

    private static LongEvaluator longs(String name, LongFunction1 function, LongEvaluator argument, SqlType type) {
        return new LongEvaluator(type) {
            @Override
            public long eval(Row row) {
                long a = argument.eval(row);
                if (row.isNull) {
                    return 0;
                }
                try {
                    return function.apply(a);
                } catch (RuntimeException failure) {
                    throw Invocation.failure(name, failure);
                }
            }
        };
    }

    private static LongEvaluator longs(
            String name, LongFunction2 function, LongEvaluator left, LongEvaluator right, SqlType type) {
        return new LongEvaluator(type) {
            @Override
            public long eval(Row row) {
                long a = left.eval(row);
                if (row.isNull) {
                    return 0;
                }
                long b = right.eval(row);
                if (row.isNull) {
                    return 0;
                }
                try {
                    return function.apply(a, b);
                } catch (RuntimeException failure) {
                    throw Invocation.failure(name, failure);
                }
            }
        };
    }

    private static DoubleEvaluator doubles(String name, DoubleFunction1 function, DoubleEvaluator argument) {
        return new DoubleEvaluator() {
            @Override
            public double eval(Row row) {
                double a = argument.eval(row);
                if (row.isNull) {
                    return 0;
                }
                try {
                    return finite(name, function.apply(a));
                } catch (RuntimeException failure) {
                    throw Invocation.failure(name, failure);
                }
            }
        };
    }

    private static DoubleEvaluator doubles(
            String name, DoubleFunction2 function, DoubleEvaluator left, DoubleEvaluator right) {
        return new DoubleEvaluator() {
            @Override
            public double eval(Row row) {
                double a = left.eval(row);
                if (row.isNull) {
                    return 0;
                }
                double b = right.eval(row);
                if (row.isNull) {
                    return 0;
                }
                try {
                    return finite(name, function.apply(a, b));
                } catch (RuntimeException failure) {
                    throw Invocation.failure(name, failure);
                }
            }
        };
    }

    private static double finite(String name, double result) {
        if (!Double.isFinite(result)) {
            throw Failures.overflow(Simple.DOUBLE, name);
        }
        return result;
    }
}
