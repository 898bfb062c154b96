package io.velostream.engine.runtime.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velostream.engine.plan.expression.ArithmeticOperator;
import io.velostream.engine.plan.expression.ComparisonOperator;
import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.expression.Expression.Literal;
import io.velostream.engine.runtime.operator.RecordFailure;
import io.velostream.engine.runtime.row.Origin;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {

    private static final Expression TRUE = new Literal(true, Simple.BOOLEAN);
    private static final Expression FALSE = new Literal(false, Simple.BOOLEAN);
    private static final Expression NULL = new Literal(null, Simple.BOOLEAN);

    private final Row row = new Row(1, new Origin());

    private @Nullable Object value(Expression expression) {
        return ExpressionCompiler.compile(expression).object(row);
    }

    private static Expression number(long value) {
        return new Literal(value, Simple.BIGINT);
    }

    private static Expression any(@Nullable Object value) {
        return new Literal(value, Simple.ANY);
    }

    private static Expression text(String value) {
        return new Literal(value, Simple.STRING);
    }

    private static Expression decimal(String value, int precision) {
        BigDecimal number = new BigDecimal(value);
        return new Literal(number, new SqlType.Decimal(precision, number.scale()));
    }

    private static Expression arithmetic(Expression left, ArithmeticOperator operator, Expression right, SqlType type) {
        return new Expression.Arithmetic(operator, left, right, type);
    }

    private static Expression compare(Expression left, ComparisonOperator operator, Expression right) {
        return new Expression.Comparison(operator, left, right);
    }

    @Test
    void andIsThreeValued() {
        assertThat(value(new Expression.And(List.of(NULL, FALSE)))).isEqualTo(false);
        assertThat(value(new Expression.And(List.of(FALSE, NULL)))).isEqualTo(false);
        assertThat(value(new Expression.And(List.of(NULL, TRUE)))).isNull();
        assertThat(value(new Expression.And(List.of(TRUE, TRUE)))).isEqualTo(true);
    }

    @Test
    void orIsThreeValued() {
        assertThat(value(new Expression.Or(List.of(NULL, TRUE)))).isEqualTo(true);
        assertThat(value(new Expression.Or(List.of(NULL, FALSE)))).isNull();
        assertThat(value(new Expression.Or(List.of(FALSE, FALSE)))).isEqualTo(false);
    }

    @Test
    void notOfNullIsNull() {
        assertThat(value(new Expression.Not(NULL))).isNull();
        assertThat(value(new Expression.Not(TRUE))).isEqualTo(false);
        assertThat(value(new Expression.IsNull(NULL))).isEqualTo(true);
    }

    @Test
    void anUndecidedInIsNull() {
        assertThat(value(new Expression.In(number(5), List.of(number(5), any(null)))))
                .isEqualTo(true);
        assertThat(value(new Expression.In(number(6), List.of(number(5), any(null)))))
                .isNull();
        assertThat(value(new Expression.In(number(6), List.of(number(5))))).isEqualTo(false);
    }

    @ParameterizedTest
    @CsvSource({
        "9223372036854775807, ADD, 1",
        "-9223372036854775808, SUBTRACT, 1",
        "4611686018427387904, MULTIPLY, 2",
        "-9223372036854775808, MULTIPLY, -1"
    })
    void integersNeverWrap(long left, ArithmeticOperator operator, long right) {
        assertThatThrownBy(() -> value(arithmetic(number(left), operator, number(right), Simple.BIGINT)))
                .isInstanceOf(RecordFailure.class)
                .extracting(failure -> ((RecordFailure) failure).code())
                .isEqualTo("NUMERIC_OVERFLOW");
        assertThatThrownBy(() -> value(arithmetic(any(left), operator, any(right), Simple.ANY)))
                .isInstanceOf(RecordFailure.class);
    }

    @Test
    void nothingIsDividedByZero() {
        for (ArithmeticOperator operator : List.of(ArithmeticOperator.DIVIDE, ArithmeticOperator.MODULO)) {
            for (Expression divisor : List.of(number(0), new Literal(0.0, Simple.DOUBLE), decimal("0.00", 10))) {
                SqlType type = divisor.type() == Simple.BIGINT ? Simple.DOUBLE : divisor.type();
                assertThatThrownBy(() -> value(arithmetic(number(1), operator, divisor, type)))
                        .isInstanceOf(RecordFailure.class)
                        .extracting(failure -> ((RecordFailure) failure).code())
                        .isEqualTo("DIVISION_BY_ZERO");
            }
        }
    }

    @Test
    void integersOfUnknownTypeDivideToFractions() {
        assertThat(value(arithmetic(any(10L), ArithmeticOperator.DIVIDE, any(4L), Simple.ANY)))
                .isEqualTo(2.5);
        assertThat(value(arithmetic(any(-7L), ArithmeticOperator.MODULO, any(2L), Simple.ANY)))
                .isEqualTo(-1L);
    }

    @Test
    void decimalsAreExact() {
        assertThat(value(arithmetic(
                        decimal("0.10", 10), ArithmeticOperator.ADD, decimal("0.205", 10), new SqlType.Decimal(12, 3))))
                .isEqualTo(new BigDecimal("0.305"));
        assertThat(value(arithmetic(
                        decimal("1.00", 10),
                        ArithmeticOperator.DIVIDE,
                        decimal("3.00", 10),
                        new SqlType.Decimal(20, 6))))
                .isEqualTo(new BigDecimal("0.333333"));
        assertThat(value(arithmetic(
                        decimal("12345678901.23", 30),
                        ArithmeticOperator.MULTIPLY,
                        decimal("-2.5", 10),
                        new SqlType.Decimal(38, 3))))
                .isEqualTo(new BigDecimal("-30864197253.075"));
    }

    @Test
    void aDecimalThatDoesNotFitFailsTheRecord() {
        Expression sum =
                arithmetic(decimal("99.9", 3), ArithmeticOperator.ADD, decimal("99.9", 3), new SqlType.Decimal(3, 1));

        assertThatThrownBy(() -> value(sum)).isInstanceOf(RecordFailure.class).hasMessageContaining("DECIMAL(3, 1)");
    }

    @Test
    void textIsOrderedByCodePoints() {
        assertThat(value(compare(text("\uffff"), ComparisonOperator.LESS, text("\ud83d\ude00"))))
                .isEqualTo(true);
        assertThat(value(compare(text("Z"), ComparisonOperator.LESS, text("a"))))
                .isEqualTo(true);
        assertThat(value(compare(text("a"), ComparisonOperator.LESS, text("aa"))))
                .isEqualTo(true);
    }

    @Test
    void numbersAreComparedByTheirExactValues() {
        assertThat(value(compare(any(9007199254740993L), ComparisonOperator.GREATER, any(9007199254740992.0))))
                .isEqualTo(true);
        assertThat(value(compare(any(1L), ComparisonOperator.EQUAL, any(1.0)))).isEqualTo(true);
        assertThat(value(compare(any(-0.0), ComparisonOperator.EQUAL, any(0L)))).isEqualTo(true);
    }

    @Test
    void textIsNeverANumber() {
        assertThatThrownBy(() -> value(compare(any("5"), ComparisonOperator.EQUAL, number(5))))
                .isInstanceOf(RecordFailure.class)
                .hasMessageContaining("CAST");
    }

    @ParameterizedTest
    @CsvSource({
        "ABC, A_C%, true",
        "AxCyy, A_C%, true",
        "AC, A_C%, false",
        "xABC, A_C%, false",
        "a€c, a_c, true",
        "a😀c, a_c, true",
        "aab, %ab, true",
        "abab, %ab, true",
        "abac, %ab, false",
        "'', %, true",
        "'', _, false",
        "mississippi, %iss%ip%i, true"
    })
    void likeKnowsItsWildcards(String operand, String pattern, boolean matches) {
        assertThat(value(new Expression.Like(text(operand), text(pattern), Optional.empty())))
                .isEqualTo(matches);
    }

    @Test
    void likeEscapes() {
        assertThat(value(new Expression.Like(text("100%"), text("100!%"), Optional.of('!'))))
                .isEqualTo(true);
        assertThat(value(new Expression.Like(text("100x"), text("100!%"), Optional.of('!'))))
                .isEqualTo(false);
    }

    @Test
    void caseTakesTheFirstBranchThatIsTrue() {
        Expression branches = new Expression.Case(
                List.of(
                        new Expression.When(NULL, text("null")),
                        new Expression.When(TRUE, text("first")),
                        new Expression.When(TRUE, text("second"))),
                Optional.empty(),
                Simple.STRING);

        assertThat(value(branches)).isEqualTo("first");
        assertThat(value(new Expression.Case(
                        List.of(new Expression.When(FALSE, number(1))), Optional.empty(), Simple.BIGINT)))
                .isNull();
    }

    @Test
    void castsBetweenTextNumbersAndTime() {
        assertThat(value(new Expression.Cast(text(" 12.345 "), new SqlType.Decimal(10, 2))))
                .isEqualTo(new BigDecimal("12.35"));
        assertThat(value(new Expression.Cast(new Literal(-2.9, Simple.DOUBLE), Simple.BIGINT)))
                .isEqualTo(-2L);
        assertThat(value(new Expression.Cast(decimal("1.50", 10), Simple.STRING)))
                .isEqualTo("1.50");
        assertThat(value(new Expression.Cast(text("2023-11-14T23:00:00Z"), Simple.TIMESTAMP)))
                .isEqualTo(1700002800000L);
        assertThat(value(new Expression.Cast(new Literal(1700002800000L, Simple.TIMESTAMP), Simple.STRING)))
                .isEqualTo("2023-11-14 23:00:00.000");
        assertThat(value(new Expression.Cast(text("{\"a\": [1]}"), new SqlType.MapOf(Simple.ANY))))
                .isEqualTo(Map.of("a", List.of(1L)));
    }

    @Test
    void aCastWithoutCounterpartFailsTheRecord() {
        for (Expression cast : List.of(
                new Expression.Cast(text("x"), Simple.BIGINT),
                new Expression.Cast(text("maybe"), Simple.BOOLEAN),
                new Expression.Cast(text("1e999999999"), Simple.BIGINT),
                new Expression.Cast(text("14.11.2023"), Simple.TIMESTAMP))) {
            assertThatThrownBy(() -> value(cast))
                    .isInstanceOf(RecordFailure.class)
                    .extracting(failure -> ((RecordFailure) failure).code())
                    .isEqualTo("INVALID_CAST");
        }
    }

    @Test
    void looksIntoContainers() {
        Expression object = any(Map.of("Name", "Ann", "tags", Arrays.asList("x", null)));

        assertThat(value(new Expression.Field(object, "name", Simple.ANY))).isEqualTo("Ann");
        assertThat(value(new Expression.Field(object, "other", Simple.ANY))).isNull();
        assertThat(value(new Expression.Index(new Expression.Field(object, "tags", Simple.ANY), number(1), Simple.ANY)))
                .isEqualTo("x");
        assertThat(value(new Expression.Index(new Expression.Field(object, "tags", Simple.ANY), number(3), Simple.ANY)))
                .isNull();
    }

    @Test
    void callsFunctionsByTheirSignature() {
        assertThat(value(new Expression.Call("UPPER", "(STRING)", List.of(text("abc")), Simple.STRING)))
                .isEqualTo("ABC");
        assertThat(value(new Expression.Call("ABS", "(BIGINT)", List.of(number(-5)), Simple.BIGINT)))
                .isEqualTo(5L);
        assertThat(value(new Expression.Call("ABS", "dynamic", List.of(any(-1.5)), Simple.ANY)))
                .isEqualTo(1.5);
        assertThat(value(new Expression.Call("ABS", "dynamic", List.of(any(null)), Simple.ANY)))
                .isNull();
        assertThatThrownBy(() ->
                        value(new Expression.Call("ABS", "(BIGINT)", List.of(number(Long.MIN_VALUE)), Simple.BIGINT)))
                .isInstanceOf(RecordFailure.class);
        assertThatThrownBy(() -> value(new Expression.Call("ABS", "dynamic", List.of(any("x")), Simple.ANY)))
                .isInstanceOf(RecordFailure.class);
    }
}
