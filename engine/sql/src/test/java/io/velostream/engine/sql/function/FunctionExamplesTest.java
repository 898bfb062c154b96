package io.velostream.engine.sql.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.engine.plan.Compiled;
import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.physical.StageOutput.SinkColumn;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FunctionExamplesTest {

    static Stream<String> examples() {
        return FunctionCatalogue.standard().entries().stream()
                .filter(function -> function.overloads().stream().allMatch(FunctionOverload::deterministic))
                .flatMap(function -> function.examples().stream());
    }

    /** What the planner computes of an example must come out as it says; the runtime's tests run all of them. */
    @ParameterizedTest
    @MethodSource("examples")
    void constantExamplesHold(String example) {
        int sign = example.lastIndexOf(" = ");

        Optional<Expression.Literal> actual = constant(example.substring(0, sign));
        Optional<Expression.Literal> expected = constant(example.substring(sign + 3));

        if (actual.isPresent() && expected.isPresent()) {
            assertThat(SqlValues.same(actual.get().value(), expected.get().value()))
                    .as("%s, not %s", actual.get().value(), expected.get().value())
                    .isTrue();
        }
    }

    private static Optional<Expression.Literal> constant(String expression) {
        SinkColumn column = Compiled.sink("CREATE STREAM out AS SELECT " + expression + " AS x FROM t;")
                .columns()
                .getFirst();
        return ((SinkColumn.Named) column).value() instanceof Expression.Literal literal
                ? Optional.of(literal)
                : Optional.empty();
    }

    @Test
    void everyFunctionIsDescribedWithExamples() {
        assertThat(FunctionCatalogue.standard().entries())
                .hasSizeGreaterThan(180)
                .allSatisfy(function -> {
                    assertThat(function.description()).endsWith(".");
                    assertThat(function.examples()).isNotEmpty();
                });
    }

    @Test
    void anUnknownValueLeavesTheOverloadToTheRuntime() {
        SinkColumn.Named column = (SinkColumn.Named) Compiled.sink("CREATE STREAM out AS SELECT ABS(a) AS x FROM t;")
                .columns()
                .getFirst();

        assertThat(column.value())
                .isInstanceOfSatisfying(
                        Expression.Call.class,
                        call -> assertThat(call.signature()).isEqualTo(FunctionCatalogue.DYNAMIC));
        assertThat(FunctionCatalogue.standard()
                        .resolve("ABS", List.of(Simple.DOUBLE))
                        .orElseThrow()
                        .signature())
                .isEqualTo("(DOUBLE)");
    }
}
