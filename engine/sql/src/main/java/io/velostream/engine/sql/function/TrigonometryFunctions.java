package io.velostream.engine.sql.function;

import java.util.concurrent.ThreadLocalRandom;

/** Trigonometry, logarithms and roots, on DOUBLEs; angles in radians. What is no number is a record error. */
public final class TrigonometryFunctions {

    private TrigonometryFunctions() {}

    @SqlFunction(
            name = "SIN",
            description = "The sine of an angle.",
            examples = {"SIN(0) = 0e0"})
    public static double sin(double angle) {
        return Math.sin(angle);
    }

    @SqlFunction(
            name = "COS",
            description = "The cosine of an angle.",
            examples = {"COS(0) = 1e0"})
    public static double cos(double angle) {
        return Math.cos(angle);
    }

    @SqlFunction(
            name = "TAN",
            description = "The tangent of an angle.",
            examples = {"TAN(0) = 0e0"})
    public static double tan(double angle) {
        return Math.tan(angle);
    }

    @SqlFunction(
            name = "COT",
            description = "The cotangent of an angle; of 0 a record error.",
            examples = {"ROUND(COT(1), 6) = 0.642093e0"})
    public static double cot(double angle) {
        return 1 / Math.tan(angle);
    }

    @SqlFunction(
            name = "ASIN",
            description = "The angle that has this sine, −π/2 to π/2.",
            examples = {"ROUND(ASIN(1), 6) = 1.570796e0"})
    public static double asin(double sine) {
        return Math.asin(sine);
    }

    @SqlFunction(
            name = "ACOS",
            description = "The angle that has this cosine, 0 to π.",
            examples = {"ACOS(1) = 0e0"})
    public static double acos(double cosine) {
        return Math.acos(cosine);
    }

    @SqlFunction(
            name = "ATAN",
            description = "The angle that has this tangent, −π/2 to π/2.",
            examples = {"ROUND(ATAN(1), 6) = 0.785398e0"})
    public static double atan(double tangent) {
        return Math.atan(tangent);
    }

    @SqlFunction(
            name = "SINH",
            description = "The hyperbolic sine.",
            examples = {"SINH(0) = 0e0"})
    public static double sinh(double number) {
        return Math.sinh(number);
    }

    @SqlFunction(
            name = "COSH",
            description = "The hyperbolic cosine.",
            examples = {"COSH(0) = 1e0"})
    public static double cosh(double number) {
        return Math.cosh(number);
    }

    @SqlFunction(
            name = "TANH",
            description = "The hyperbolic tangent.",
            examples = {"TANH(0) = 0e0"})
    public static double tanh(double number) {
        return Math.tanh(number);
    }

    @SqlFunction(
            name = "DEGREES",
            description = "An angle in degrees.",
            examples = {"DEGREES(PI()) = 180e0"})
    public static double degrees(double angle) {
        return Math.toDegrees(angle);
    }

    @SqlFunction(
            name = "RADIANS",
            description = "An angle given in degrees, in radians.",
            examples = {"RADIANS(180) = PI()"})
    public static double radians(double degrees) {
        return Math.toRadians(degrees);
    }

    @SqlFunction(
            name = "CBRT",
            description = "The cube root.",
            examples = {"CBRT(27) = 3e0"})
    public static double cbrt(double number) {
        return Math.cbrt(number);
    }

    @SqlFunction(
            name = "ATAN2",
            description = "The angle of the point (x, y), given as y and x.",
            examples = {"ROUND(ATAN2(1, -1), 6) = 2.356194e0"})
    public static double atan2(double y, double x) {
        return Math.atan2(y, x);
    }

    @SqlFunction(
            name = "PI",
            description = "π.",
            examples = {"ROUND(PI(), 6) = 3.141593e0"})
    public static double pi() {
        return Math.PI;
    }

    @SqlFunction(
            name = "LOG",
            description = "The natural logarithm; of zero or less an error.",
            examples = {"LOG(1) = 0e0"})
    public static double log(double number) {
        return MathFunctions.ln(number);
    }

    @SqlFunction(
            name = "LOG",
            description = "The logarithm of the second number to the base of the first.",
            examples = {"LOG(2, 8) = 3e0"})
    public static double log(double base, double number) {
        if (base <= 0 || base == 1) {
            throw new ArithmeticException("the logarithm to the base " + base);
        }
        return base == 10 ? log10(number) : MathFunctions.ln(number) / Math.log(base);
    }

    @SqlFunction(
            name = "LOG10",
            description = "The logarithm to the base of 10; of zero or less an error.",
            examples = {"LOG10(1000) = 3e0"})
    public static double log10(double number) {
        if (number <= 0) {
            throw new ArithmeticException("the logarithm of " + number);
        }
        return Math.log10(number);
    }

    @SqlFunction(
            name = "LOG2",
            description = "The logarithm to the base of 2; of zero or less an error.",
            examples = {"LOG2(8) = 3e0"})
    public static double log2(double number) {
        return MathFunctions.ln(number) / Math.log(2);
    }

    @SqlFunction(
            name = "RANDOM",
            aliases = {"RAND"},
            deterministic = false,
            description = "A random number, at least 0 and below 1.",
            examples = {"RANDOM() < 1 = TRUE"})
    public static double random() {
        return ThreadLocalRandom.current().nextDouble();
    }
}
