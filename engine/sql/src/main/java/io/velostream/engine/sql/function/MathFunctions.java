package io.velostream.engine.sql.function;

import io.velostream.engine.sql.function.SqlFunction.ResultType;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Functions on numbers. What has no result is an {@link ArithmeticException}: a record error. */
public final class MathFunctions {

    private MathFunctions() {}

    @SqlFunction(
            name = "ABS",
            description = "The number without its sign.",
            examples = {"ABS(-5) = 5"})
    public static long abs(long number) {
        return Math.absExact(number);
    }

    @SqlFunction(
            name = "ABS",
            description = "The number without its sign.",
            examples = {"ABS(-1.5e0) = 1.5e0"})
    public static double abs(double number) {
        return Math.abs(number);
    }

    @SqlFunction(
            name = "ABS",
            result = ResultType.FIRST_ARGUMENT,
            description = "The number without its sign.",
            examples = {"ABS(-1.50) = 1.50"})
    public static BigDecimal abs(BigDecimal number) {
        return number.abs();
    }

    @SqlFunction(
            name = "SIGN",
            description = "-1, 0 or 1 for a negative number, zero or a positive number.",
            examples = {"SIGN(-2e0) = -1"})
    public static long sign(double number) {
        return (long) Math.signum(number);
    }

    @SqlFunction(
            name = "ROUND",
            description = "The nearest whole number, or the nearest with so many digits after the point; halves go"
                    + " away from zero.",
            examples = {"ROUND(5) = 5"})
    public static long round(long number) {
        return number;
    }

    @SqlFunction(
            name = "ROUND",
            description = "The nearest whole number; halves go away from zero.",
            examples = {"ROUND(2.5e0) = 3e0", "ROUND(-2.5e0) = -3e0"})
    public static double round(double number) {
        return round(number, 0);
    }

    @SqlFunction(
            name = "ROUND",
            description = "The nearest with so many digits after the point, or zeros before it when negative.",
            examples = {"ROUND(1234, -2) = 1200"})
    public static long round(long number, long digits) {
        return digits >= 0
                ? number
                : BigDecimal.valueOf(number)
                        .setScale(scale(digits), RoundingMode.HALF_UP)
                        .longValueExact();
    }

    @SqlFunction(
            name = "ROUND",
            description = "The nearest with so many digits after the point, or zeros before it when negative.",
            examples = {"ROUND(2.345e0, 2) = 2.35e0"})
    public static double round(double number, long digits) {
        if (!Double.isFinite(number)) {
            return number;
        }
        return BigDecimal.valueOf(number)
                .setScale(scale(digits), RoundingMode.HALF_UP)
                .doubleValue();
    }

    @SqlFunction(
            name = "ROUND",
            result = ResultType.WHOLE_DECIMAL,
            description = "The nearest whole number; halves go away from zero.",
            examples = {"ROUND(2.50) = 3"})
    public static BigDecimal round(BigDecimal number) {
        return number.setScale(0, RoundingMode.HALF_UP);
    }

    @SqlFunction(
            name = "ROUND",
            result = ResultType.FIRST_ARGUMENT,
            description = "The nearest with so many digits after the point; the type's scale stays.",
            examples = {"ROUND(2.345, 2) = 2.350"})
    public static BigDecimal round(BigDecimal number, long digits) {
        return number.setScale(scale(digits), RoundingMode.HALF_UP).setScale(number.scale(), RoundingMode.HALF_UP);
    }

    private static int scale(long digits) {
        return (int) Math.clamp(digits, -400, 400);
    }

    @SqlFunction(
            name = "CEIL",
            aliases = {"CEILING"},
            description = "The smallest whole number that is not smaller.",
            examples = {"CEIL(3) = 3"})
    public static long ceil(long number) {
        return number;
    }

    @SqlFunction(
            name = "CEIL",
            description = "The smallest whole number that is not smaller.",
            examples = {"CEIL(1.2e0) = 2e0", "CEIL(-1.2e0) = -1e0"})
    public static double ceil(double number) {
        return Math.ceil(number);
    }

    @SqlFunction(
            name = "CEIL",
            result = ResultType.WHOLE_DECIMAL,
            description = "The smallest whole number that is not smaller.",
            examples = {"CEIL(1.20) = 2"})
    public static BigDecimal ceil(BigDecimal number) {
        return number.setScale(0, RoundingMode.CEILING);
    }

    @SqlFunction(
            name = "FLOOR",
            description = "The largest whole number that is not larger.",
            examples = {"FLOOR(3) = 3"})
    public static long floor(long number) {
        return number;
    }

    @SqlFunction(
            name = "FLOOR",
            description = "The largest whole number that is not larger.",
            examples = {"FLOOR(1.2e0) = 1e0", "FLOOR(-1.2e0) = -2e0"})
    public static double floor(double number) {
        return Math.floor(number);
    }

    @SqlFunction(
            name = "FLOOR",
            result = ResultType.WHOLE_DECIMAL,
            description = "The largest whole number that is not larger.",
            examples = {"FLOOR(1.80) = 1"})
    public static BigDecimal floor(BigDecimal number) {
        return number.setScale(0, RoundingMode.FLOOR);
    }

    @SqlFunction(
            name = "SQRT",
            description = "The square root; of a negative number an error.",
            examples = {"SQRT(9) = 3e0"})
    public static double sqrt(double number) {
        if (number < 0) {
            throw new ArithmeticException("the square root of the negative number " + number);
        }
        return Math.sqrt(number);
    }

    @SqlFunction(
            name = "POWER",
            aliases = {"POW"},
            description = "The first number to the power of the second.",
            examples = {"POWER(2, 10) = 1024e0"})
    public static double power(double base, double exponent) {
        return Math.pow(base, exponent);
    }

    @SqlFunction(
            name = "EXP",
            description = "e to the power of the number.",
            examples = {"EXP(0) = 1e0"})
    public static double exp(double number) {
        return Math.exp(number);
    }

    @SqlFunction(
            name = "LN",
            description = "The natural logarithm; of zero or less an error.",
            examples = {"LN(1) = 0e0"})
    public static double ln(double number) {
        if (number <= 0) {
            throw new ArithmeticException("the logarithm of " + number);
        }
        return Math.log(number);
    }

    @SqlFunction(
            name = "MOD",
            description = "The remainder, with the sign of the first number; also written with %.",
            examples = {"MOD(7, 3) = 1", "MOD(-7, 3) = -1"})
    public static long mod(long dividend, long divisor) {
        return dividend % divisor;
    }

    @SqlFunction(
            name = "MOD",
            description = "The remainder, with the sign of the first number.",
            examples = {"MOD(7.5e0, 2) = 1.5e0"})
    public static double mod(double dividend, double divisor) {
        if (divisor == 0) {
            throw new ArithmeticException("division by zero");
        }
        return dividend % divisor;
    }

    @SqlFunction(
            name = "MOD",
            result = ResultType.FIRST_ARGUMENT,
            description = "The remainder, with the sign of the first number.",
            examples = {"MOD(7.5, 2.0) = 1.5"})
    public static BigDecimal mod(BigDecimal dividend, BigDecimal divisor) {
        return dividend.remainder(divisor).setScale(dividend.scale(), RoundingMode.HALF_UP);
    }

    @SqlFunction(
            name = "TRUNC",
            aliases = {"TRUNCATE"},
            description = "The number without the digits after the point.",
            examples = {"TRUNC(3) = 3"})
    public static long truncate(long number) {
        return number;
    }

    @SqlFunction(
            name = "TRUNC",
            description = "The number without the digits after the point.",
            examples = {"TRUNC(-2.7e0) = -2e0"})
    public static double truncate(double number) {
        return number < 0 ? Math.ceil(number) : Math.floor(number);
    }

    @SqlFunction(
            name = "TRUNC",
            result = ResultType.WHOLE_DECIMAL,
            description = "The number without the digits after the point.",
            examples = {"TRUNC(2.79) = 2"})
    public static BigDecimal truncate(BigDecimal number) {
        return number.setScale(0, RoundingMode.DOWN);
    }

    @SqlFunction(
            name = "TRUNC",
            description = "The number cut to so many digits after the point, or with zeros before it when negative.",
            examples = {"TRUNC(1999, -3) = 1000"})
    public static long truncate(long number, long digits) {
        return digits >= 0
                ? number
                : BigDecimal.valueOf(number)
                        .setScale(scale(digits), RoundingMode.DOWN)
                        .longValueExact();
    }

    @SqlFunction(
            name = "TRUNC",
            description = "The number cut to so many digits after the point, or with zeros before it when negative.",
            examples = {"TRUNC(2.789e0, 2) = 2.78e0"})
    public static double truncate(double number, long digits) {
        if (!Double.isFinite(number)) {
            return number;
        }
        return BigDecimal.valueOf(number)
                .setScale(scale(digits), RoundingMode.DOWN)
                .doubleValue();
    }

    @SqlFunction(
            name = "TRUNC",
            result = ResultType.FIRST_ARGUMENT,
            description = "The number cut to so many digits after the point; the type's scale stays.",
            examples = {"TRUNC(2.789, 2) = 2.780"})
    public static BigDecimal truncate(BigDecimal number, long digits) {
        return number.setScale(scale(digits), RoundingMode.DOWN).setScale(number.scale(), RoundingMode.DOWN);
    }
}
