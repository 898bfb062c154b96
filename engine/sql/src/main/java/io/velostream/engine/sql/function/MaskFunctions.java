package io.velostream.engine.sql.function;

import org.jspecify.annotations.Nullable;

/**
 * Functions that hide text: an upper-case letter becomes X, another letter x, a digit n, and what is neither -. Where the
 * characters are given, NULL leaves that kind as it is.
 */
public final class MaskFunctions {

    private static final String UPPER = "X";
    private static final String LOWER = "x";
    private static final String DIGIT = "n";
    private static final String OTHER = "-";

    private MaskFunctions() {}

    @SqlFunction(
            name = "MASK",
            description =
                    "The text with each character hidden: X for upper case, x for lower case, n for a digit, - for"
                            + " others.",
            examples = {"MASK('My Test $123') = 'Xx-Xxxx--nnn'"})
    public static String mask(String text) {
        return mask(text, UPPER, LOWER, DIGIT, OTHER);
    }

    @SqlFunction(
            name = "MASK",
            description = "With the characters for upper case, lower case, digits and others; NULL leaves that kind.",
            examples = {"MASK('My Test $123', '*', NULL, '1', NULL) = '*y *est $111'"})
    public static String mask(
            String text,
            @SqlNullable @Nullable String upper,
            @SqlNullable @Nullable String lower,
            @SqlNullable @Nullable String digit,
            @SqlNullable @Nullable String other) {
        return masked(text, 0, Long.MAX_VALUE, upper, lower, digit, other);
    }

    @SqlFunction(
            name = "MASK_LEFT",
            description = "The text with its first characters hidden.",
            examples = {"MASK_LEFT('My Test $123', 4) = 'Xx-Xest $123'"})
    public static String maskLeft(String text, long characters) {
        return maskLeft(text, characters, UPPER, LOWER, DIGIT, OTHER);
    }

    @SqlFunction(
            name = "MASK_LEFT",
            description = "With the characters for upper case, lower case, digits and others; NULL leaves that kind.",
            examples = {"MASK_LEFT('Ab1', 2, '*', '*', '*', '*') = '**1'"})
    public static String maskLeft(
            String text,
            long characters,
            @SqlNullable @Nullable String upper,
            @SqlNullable @Nullable String lower,
            @SqlNullable @Nullable String digit,
            @SqlNullable @Nullable String other) {
        return masked(text, 0, notNegative(characters), upper, lower, digit, other);
    }

    @SqlFunction(
            name = "MASK_RIGHT",
            description = "The text with its last characters hidden.",
            examples = {"MASK_RIGHT('My Test $123', 4) = 'My Test -nnn'"})
    public static String maskRight(String text, long characters) {
        return maskRight(text, characters, UPPER, LOWER, DIGIT, OTHER);
    }

    @SqlFunction(
            name = "MASK_RIGHT",
            description = "With the characters for upper case, lower case, digits and others; NULL leaves that kind.",
            examples = {"MASK_RIGHT('Ab1', 2, '*', '*', '*', '*') = 'A**'"})
    public static String maskRight(
            String text,
            long characters,
            @SqlNullable @Nullable String upper,
            @SqlNullable @Nullable String lower,
            @SqlNullable @Nullable String digit,
            @SqlNullable @Nullable String other) {
        long length = StringFunctions.length(text);
        return masked(text, length - Math.min(length, notNegative(characters)), length, upper, lower, digit, other);
    }

    @SqlFunction(
            name = "MASK_KEEP_LEFT",
            description = "The text with all but its first characters hidden.",
            examples = {"MASK_KEEP_LEFT('My Test $123', 4) = 'My Txxx--nnn'"})
    public static String maskKeepLeft(String text, long characters) {
        return maskKeepLeft(text, characters, UPPER, LOWER, DIGIT, OTHER);
    }

    @SqlFunction(
            name = "MASK_KEEP_LEFT",
            description = "With the characters for upper case, lower case, digits and others; NULL leaves that kind.",
            examples = {"MASK_KEEP_LEFT('Ab1', 1, '*', '*', '*', '*') = 'A**'"})
    public static String maskKeepLeft(
            String text,
            long characters,
            @SqlNullable @Nullable String upper,
            @SqlNullable @Nullable String lower,
            @SqlNullable @Nullable String digit,
            @SqlNullable @Nullable String other) {
        return masked(text, notNegative(characters), Long.MAX_VALUE, upper, lower, digit, other);
    }

    @SqlFunction(
            name = "MASK_KEEP_RIGHT",
            description = "The text with all but its last characters hidden.",
            examples = {"MASK_KEEP_RIGHT('My Test $123', 4) = 'Xx-Xxxx-$123'"})
    public static String maskKeepRight(String text, long characters) {
        return maskKeepRight(text, characters, UPPER, LOWER, DIGIT, OTHER);
    }

    @SqlFunction(
            name = "MASK_KEEP_RIGHT",
            description = "With the characters for upper case, lower case, digits and others; NULL leaves that kind.",
            examples = {"MASK_KEEP_RIGHT('Ab1', 1, '*', '*', '*', '*') = '**1'"})
    public static String maskKeepRight(
            String text,
            long characters,
            @SqlNullable @Nullable String upper,
            @SqlNullable @Nullable String lower,
            @SqlNullable @Nullable String digit,
            @SqlNullable @Nullable String other) {
        long length = StringFunctions.length(text);
        return masked(text, 0, length - Math.min(length, notNegative(characters)), upper, lower, digit, other);
    }

    private static long notNegative(long characters) {
        if (characters < 0) {
            throw new IllegalArgumentException("a mask cannot have the negative length " + characters);
        }
        return characters;
    }

    private static String masked(
            String text,
            long from,
            long to,
            @Nullable String upper,
            @Nullable String lower,
            @Nullable String digit,
            @Nullable String other) {
        StringBuilder result = new StringBuilder(text.length());
        long place = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int letter = text.codePointAt(i);
            String mask = place < from || place >= to
                    ? null
                    : Character.isUpperCase(letter)
                            ? upper
                            : Character.isLetter(letter) ? lower : Character.isDigit(letter) ? digit : other;
            if (mask == null) {
                result.appendCodePoint(letter);
            } else {
                result.append(mask);
            }
            place++;
        }
        return result.toString();
    }
}
