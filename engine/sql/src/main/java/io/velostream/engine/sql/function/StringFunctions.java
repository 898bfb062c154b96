package io.velostream.engine.sql.function;

import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;

/** Functions on text. Positions and lengths count characters (Unicode code points) from 1, not bytes. */
public final class StringFunctions {

    private static final long LONGEST = 1_000_000;

    private StringFunctions() {}

    @SqlFunction(
            name = "UPPER",
            aliases = {"UCASE"},
            description = "The text in upper case.",
            examples = {"UPPER('abc') = 'ABC'", "UPPER(NULL) = NULL"})
    public static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    @SqlFunction(
            name = "LOWER",
            aliases = {"LCASE"},
            description = "The text in lower case.",
            examples = {"LOWER('ABC') = 'abc'"})
    public static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    @SqlFunction(
            name = "LENGTH",
            aliases = {"LEN", "CHAR_LENGTH", "CHARACTER_LENGTH"},
            description = "How many characters the text has.",
            examples = {"LENGTH('héllo') = 5", "LENGTH('') = 0"})
    public static long length(String text) {
        return text.codePointCount(0, text.length());
    }

    @SqlFunction(
            name = "TRIM",
            description = "The text without blanks at both ends.",
            examples = {"TRIM('  a b ') = 'a b'"})
    public static String trim(String text) {
        return text.strip();
    }

    @SqlFunction(
            name = "TRIM",
            description = "The text without any of the given characters at both ends.",
            examples = {"TRIM('xxaxx', 'x') = 'a'"})
    public static String trim(String text, String characters) {
        return rightTrim(leftTrim(text, characters), characters);
    }

    @SqlFunction(
            name = "LTRIM",
            description = "The text without blanks at its beginning.",
            examples = {"LTRIM('  a ') = 'a '"})
    public static String leftTrim(String text) {
        return text.stripLeading();
    }

    @SqlFunction(
            name = "LTRIM",
            description = "The text without any of the given characters at its beginning.",
            examples = {"LTRIM('007', '0') = '7'"})
    public static String leftTrim(String text, String characters) {
        int start = 0;
        while (start < text.length() && characters.indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        return text.substring(start);
    }

    @SqlFunction(
            name = "RTRIM",
            description = "The text without blanks at its end.",
            examples = {"RTRIM(' a  ') = ' a'"})
    public static String rightTrim(String text) {
        return text.stripTrailing();
    }

    @SqlFunction(
            name = "RTRIM",
            description = "The text without any of the given characters at its end.",
            examples = {"RTRIM('1.500', '0') = '1.5'"})
    public static String rightTrim(String text, String characters) {
        int end = text.length();
        while (end > 0 && characters.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(0, end);
    }

    @SqlFunction(
            name = "SUBSTRING",
            aliases = {"SUBSTR"},
            description = "The text from the character at a 1-based position, to the end or so many characters long.",
            examples = {"SUBSTRING('velostream', 5) = 'stream'"})
    public static String substring(String text, long start) {
        return substring(text, start, Long.MAX_VALUE);
    }

    @SqlFunction(
            name = "SUBSTRING",
            description = "The text from the character at a 1-based position, to the end or so many characters long.",
            examples = {"SUBSTRING('velostream', 1, 4) = 'velo'", "SUBSTRING('abc', 0, 2) = 'a'"})
    public static String substring(String text, long start, long length) {
        if (length < 0) {
            throw new IllegalArgumentException("SUBSTRING cannot have the negative length " + length);
        }
        long end = start > Long.MAX_VALUE - length ? Long.MAX_VALUE : start + length;
        long characters = length(text);
        long from = Math.clamp(start, 1, characters + 1);
        long to = Math.clamp(end, from, characters + 1);
        int first = text.offsetByCodePoints(0, (int) from - 1);
        return text.substring(first, text.offsetByCodePoints(first, (int) (to - from)));
    }

    @SqlFunction(
            name = "REPLACE",
            description = "The text with every occurrence of one text replaced by another.",
            examples = {"REPLACE('a-b-c', '-', '.') = 'a.b.c'"})
    public static String replace(String text, String search, String replacement) {
        return search.isEmpty() ? text : text.replace(search, replacement);
    }

    @SqlFunction(
            name = "CONCAT",
            casts = true,
            description = "The arguments as text, one after the other; NULL is skipped (|| gives NULL instead).",
            examples = {"CONCAT('a', NULL, 'b') = 'ab'", "CONCAT('n', 1) = 'n1'"})
    public static String concat(@SqlNullable String... parts) {
        StringBuilder result = new StringBuilder();
        for (String part : parts) {
            if (part != null) {
                result.append(part);
            }
        }
        return result.toString();
    }

    @SqlFunction(
            name = "LEFT",
            description = "The first characters; a negative number leaves out so many at the end.",
            examples = {"LEFT('abcdef', 2) = 'ab'", "LEFT('abcdef', -2) = 'abcd'"})
    public static String left(String text, long characters) {
        return substring(text, 1, characters < 0 ? Math.max(0, length(text) + characters) : characters);
    }

    @SqlFunction(
            name = "RIGHT",
            description = "The last characters; a negative number leaves out so many at the beginning.",
            examples = {"RIGHT('abcdef', 2) = 'ef'", "RIGHT('abcdef', -2) = 'cdef'"})
    public static String right(String text, long characters) {
        long start = characters < 0 ? 1 - characters : Math.max(0, length(text) - characters) + 1;
        return substring(text, start);
    }

    @SqlFunction(
            name = "LPAD",
            description = "The text filled up at its beginning, or cut, to so many characters.",
            examples = {"LPAD('7', 3, '0') = '007'", "LPAD('abc', 2, 'x') = 'ab'"})
    public static String leftPad(String text, long length, String fill) {
        return padding(text, length, fill) + left(text, Math.max(0, length));
    }

    @SqlFunction(
            name = "RPAD",
            description = "The text filled up at its end, or cut, to so many characters.",
            examples = {"RPAD('7', 3, '0') = '700'"})
    public static String rightPad(String text, long length, String fill) {
        return left(text, Math.max(0, length)) + padding(text, length, fill);
    }

    @SqlFunction(
            name = "LPAD",
            description = "The text filled up at its beginning with blanks, or cut, to so many characters.",
            examples = {"LPAD('7', 3) = '  7'"})
    public static String leftPad(String text, long length) {
        return leftPad(text, length, " ");
    }

    @SqlFunction(
            name = "RPAD",
            description = "The text filled up at its end with blanks, or cut, to so many characters.",
            examples = {"RPAD('7', 3) = '7  '"})
    public static String rightPad(String text, long length) {
        return rightPad(text, length, " ");
    }

    private static String padding(String text, long length, String fill) {
        long missing = length - length(text);
        if (missing > LONGEST) {
            throw new IllegalArgumentException("a text cannot be padded to " + length + " characters");
        }
        if (missing <= 0 || fill.isEmpty()) {
            return "";
        }
        long repeats = missing / length(fill) + 1;
        return left(fill.repeat((int) repeats), missing);
    }

    @SqlFunction(
            name = "POSITION",
            aliases = {"STRPOS"},
            description = "Where the first text begins in the second, 1-based; 0 when it does not.",
            examples = {"POSITION('@', 'a@b') = 2", "POSITION('x', 'a@b') = 0"})
    public static long position(String search, String text) {
        return position(search, text, 1);
    }

    @SqlFunction(
            name = "POSITION",
            description = "Where the first text begins in the second at or after a position, 1-based; 0 when not.",
            examples = {"POSITION('a', 'banana', 3) = 4"})
    public static long position(String search, String text, long from) {
        if (from < 1 || from > length(text) + 1) {
            return 0;
        }
        int found = text.indexOf(search, text.offsetByCodePoints(0, (int) from - 1));
        return found < 0 ? 0 : text.codePointCount(0, found) + 1L;
    }

    @SqlFunction(
            name = "INSTR",
            description = "Where the second text begins in the first, 1-based; 0 when it does not.",
            examples = {"INSTR('a@b', '@') = 2"})
    public static long instr(String text, String search) {
        return position(search, text, 1);
    }

    @SqlFunction(
            name = "INSTR",
            description =
                    "The same at or after a position; a negative one is counted from the end and searches backward.",
            examples = {"INSTR('banana', 'a', 3) = 4", "INSTR('banana', 'a', -2) = 4"})
    public static long instr(String text, String search, long from) {
        return instr(text, search, from, 1);
    }

    @SqlFunction(
            name = "INSTR",
            description =
                    "The n-th occurrence at or after a position, backward from a negative one; 0 when there is none.",
            examples = {"INSTR('banana', 'a', 1, 2) = 4", "INSTR('banana', 'a', -1, 3) = 2"})
    public static long instr(String text, String search, long from, long occurrence) {
        int[] letters = text.codePoints().toArray();
        int[] wanted = search.codePoints().toArray();
        long step = from < 0 ? -1 : 1;
        long at = from < 0 ? letters.length + from : from - 1;
        long found = 0;
        for (; from != 0 && occurrence > 0 && at >= 0 && at <= letters.length - wanted.length; at += step) {
            if (Arrays.equals(letters, (int) at, (int) at + wanted.length, wanted, 0, wanted.length)
                    && ++found == occurrence) {
                return at + 1;
            }
        }
        return 0;
    }

    @SqlFunction(
            name = "REVERSE",
            description = "The text's characters in reverse order.",
            examples = {"REVERSE('abc') = 'cba'"})
    public static String reverse(String text) {
        return new StringBuilder(text).reverse().toString();
    }

    @SqlFunction(
            name = "STARTS_WITH",
            description = "Whether the text begins with another.",
            examples = {"STARTS_WITH('velostream', 'velo') = TRUE"})
    public static boolean startsWith(String text, String prefix) {
        return text.startsWith(prefix);
    }

    @SqlFunction(
            name = "ENDS_WITH",
            description = "Whether the text ends with another.",
            examples = {"ENDS_WITH('velostream', 'velo') = FALSE"})
    public static boolean endsWith(String text, String suffix) {
        return text.endsWith(suffix);
    }

    @SqlFunction(
            name = "CONTAINS",
            description = "Whether the text contains another.",
            examples = {"CONTAINS('velostream', 'str') = TRUE", "CONTAINS('abc', '') = TRUE"})
    public static boolean contains(String text, String part) {
        return text.contains(part);
    }

    @SqlFunction(
            name = "REPEAT",
            description = "The text so many times.",
            examples = {"REPEAT('ab', 3) = 'ababab'", "REPEAT('ab', 0) = ''"})
    public static String repeat(String text, long times) {
        if (times > 0 && times * (double) text.length() > LONGEST) {
            throw new IllegalArgumentException("the text would have more than " + LONGEST + " characters");
        }
        return text.repeat((int) Math.max(0, times));
    }

    @SqlFunction(
            name = "INITCAP",
            description = "The first letter of each word in upper case, the others in lower case; words are parted by"
                    + " white space.",
            examples = {"INITCAP('the quick bROWN') = 'The Quick Brown'"})
    public static String initCap(String text) {
        StringBuilder result = new StringBuilder(text.length());
        boolean begins = true;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int letter = text.codePointAt(i);
            result.appendCodePoint(begins ? Character.toUpperCase(letter) : Character.toLowerCase(letter));
            begins = Character.isWhitespace(letter);
        }
        return result.toString();
    }

    @SqlFunction(
            name = "CHR",
            description = "The character with this Unicode code point.",
            examples = {"CHR(75) = 'K'", "CHR(22909) = '好'"})
    public static String character(long codePoint) {
        if (codePoint < 0 || codePoint > Character.MAX_CODE_POINT) {
            throw new IllegalArgumentException("there is no character with the number " + codePoint);
        }
        return Character.toString((int) codePoint);
    }

    @SqlFunction(
            name = "CHR",
            description = "The character that an escape such as \\u004b names.",
            examples = {"CHR('\\u004b') = 'K'"})
    public static String character(String escape) {
        if (!escape.matches("(\\\\u[0-9a-fA-F]{4}){1,2}")) {
            throw new IllegalArgumentException("CHR takes a number or an escape such as \\u004b");
        }
        StringBuilder result = new StringBuilder();
        for (int i = 2; i < escape.length(); i += 6) {
            result.append((char) Integer.parseInt(escape, i, i + 4, 16));
        }
        return result.toString();
    }

    @SqlFunction(
            name = "ASCII",
            aliases = {"UNICODE"},
            description = "The Unicode code point of the first character; 0 for an empty text.",
            examples = {"ASCII('K') = 75"})
    public static long codePoint(String text) {
        return text.isEmpty() ? 0 : text.codePointAt(0);
    }

    @SqlFunction(
            name = "UUID",
            deterministic = false,
            description = "A random UUID as text.",
            examples = {"LENGTH(UUID()) = 36"})
    public static String uuid() {
        return UUID.randomUUID().toString();
    }
}
