package io.velostream.engine.runtime.expression;

import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.sql.function.TriFunction;
import io.velostream.engine.sql.type.SqlType;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lambdas as objects that functions apply. A parameter is a register that is filled before the body is evaluated on the
 * row at hand, so the body sees the row's columns and the parameters of lambdas around it.
 */
final class Lambdas {

    private Lambdas() {}

    /** The value of a parameter. */
    static final class Register {
        @Nullable Object value;
    }

    static Evaluator parameter(Register register, SqlType type) {
        return FromObject.of(row -> register.value, type);
    }

    static ObjectEvaluator of(List<Register> parameters, Evaluator body) {
        return switch (parameters.size()) {
            case 1 -> new Evaluated<>(new One(parameters, body), body.type());
            case 2 -> new Evaluated<>(new Two(parameters, body), body.type());
            case 3 -> new Evaluated<>(new Three(parameters, body), body.type());
            default ->
                throw new IllegalArgumentException(
                        "No function applies a lambda of " + parameters.size() + " parameters.");
        };
    }

    /** Yields the lambda, bound to the row. */
    private static final class Evaluated<L extends Bound> extends ObjectEvaluator {
        private final L lambda;

        Evaluated(L lambda, SqlType type) {
            super(type);
            this.lambda = lambda;
        }

        @Override
        public Object object(Row row) {
            lambda.row = row;
            return lambda;
        }
    }

    private abstract static class Bound {
        final Register[] parameters;
        final Evaluator body;

        @Nullable Row row;

        Bound(List<Register> parameters, Evaluator body) {
            this.parameters = parameters.toArray(Register[]::new);
            this.body = body;
        }

        @Nullable Object evaluate() {
            Row current = row;
            if (current == null) {
                throw new IllegalStateException("A lambda is applied outside of the call that it was given to.");
            }
            return body.object(current);
        }
    }

    private static final class One extends Bound implements Function<@Nullable Object, @Nullable Object> {
        One(List<Register> parameters, Evaluator body) {
            super(parameters, body);
        }

        @Override
        public @Nullable Object apply(@Nullable Object a) {
            parameters[0].value = a;
            return evaluate();
        }
    }

    private static final class Two extends Bound
            implements BiFunction<@Nullable Object, @Nullable Object, @Nullable Object> {
        Two(List<Register> parameters, Evaluator body) {
            super(parameters, body);
        }

        @Override
        public @Nullable Object apply(@Nullable Object a, @Nullable Object b) {
            parameters[0].value = a;
            parameters[1].value = b;
            return evaluate();
        }
    }

    private static final class Three extends Bound
            implements TriFunction<@Nullable Object, @Nullable Object, @Nullable Object, @Nullable Object> {
        Three(List<Register> parameters, Evaluator body) {
            super(parameters, body);
        }

        @Override
        public @Nullable Object apply(@Nullable Object a, @Nullable Object b, @Nullable Object c) {
            parameters[0].value = a;
            parameters[1].value = b;
            parameters[2].value = c;
            return evaluate();
        }
    }
}
