package io.velostream.engine.sql.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.engine.plan.Compiled;
import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.physical.StageOutput.SinkColumn;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.math.BigDecimal;
import java.util.List;
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

    /** The planner computes constants, so an example is a constant that must come out as it says. */
    @ParameterizedTest
    @MethodSource("examples")
    void examplesHold(String example) {
        int sign = example.lastIndexOf(" = ");

        Expression.Literal actual = constant(example.substring(0, sign));
        Expression.Literal expected = constant(example.substring(sign + 3));

        if (actual.value() instanceof BigDecimal exact && expected.value() instanceof Long whole) {
            assertThat(exact).isEqualByComparingTo(BigDecimal.valueOf(whole));
        } else {
            assertThat(actual.value()).isEqualTo(expected.value());
        }
    }

    private static Expression.Literal constant(String expression) {
        SinkColumn column = Compiled.sink("CREATE STREAM out AS SELECT " + expression + " AS x FROM t;")
                .columns()
                .getFirst();
        assertThat(((SinkColumn.Named) column).value()).isInstanceOf(Expression.Literal.class);
        return (Expression.Literal) ((SinkColumn.Named) column).value();
    }

    @Test
    void everyFunctionIsDescribedWithExamples() {
        assertThat(FunctionCatalogue.standard().entries())
                .hasSizeGreaterThan(24)
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
