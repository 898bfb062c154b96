package io.velostream.engine.runtime.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.engine.sql.function.FunctionCatalogue;
import io.velostream.engine.sql.function.SqlValues;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of all functions, run as a query runs them: parsed, analysed, compiled, evaluated on a row. */
class FunctionExamplesTest {

    static Stream<String> examples() {
        return FunctionCatalogue.standard().entries().stream().flatMap(function -> function.examples().stream());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void examplesHold(String example) {
        int sign = example.lastIndexOf(" = ");
        SqlExpressions sql = SqlExpressions.withoutFolding();

        Object actual = sql.value(example.substring(0, sign));
        Object expected = sql.value(example.substring(sign + 3));

        assertThat(SqlValues.same(actual, expected))
                .as("%s is %s, not %s", example.substring(0, sign), actual, expected)
                .isTrue();
    }
}
