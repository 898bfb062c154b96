package io.velostream.engine.sql.function;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Functions on text. Positions and lengths count characters (Unicode code points) from 1, not bytes. */
public final class StringFunctions {

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

    private static String padding(String text, long length, String fill) {
        long missing = length - length(text);
        if (missing > 1_000_000) {
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
            name = "SPLIT_PART",
            description = "The n-th part of the text between delimiters, from 1, or from the end when negative; '' when"
                    + " there is none.",
            examples = {"SPLIT_PART('a,b,c', ',', 2) = 'b'", "SPLIT_PART('a,b,c', ',', -1) = 'c'"})
    public static String splitPart(String text, String delimiter, long part) {
        if (part == 0) {
            throw new IllegalArgumentException("SPLIT_PART counts from 1, or from -1 at the end; there is no part 0");
        }
        String[] parts = delimiter.isEmpty() ? new String[] {text} : text.split(Pattern.quote(delimiter), -1);
        long index = part > 0 ? part - 1 : parts.length + part;
        return index >= 0 && index < parts.length ? parts[(int) index] : "";
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
            name = "REGEXP",
            aliases = {"REGEXP_LIKE", "RLIKE"},
            description = "Whether a part of the text matches the regular expression; also written with ~.",
            examples = {"REGEXP('abc123', '[0-9]+') = TRUE", "REGEXP('abc', '^b') = FALSE"})
    public static boolean regexp(String text, String pattern) {
        return Patterns.of(pattern).matcher(text).find();
    }

    @SqlFunction(
            name = "REGEXP_REPLACE",
            description = "The text with every match of the regular expression replaced; $1 stands for a group.",
            examples = {"REGEXP_REPLACE('a1b22', '[0-9]+', '#') = 'a#b#'"})
    public static String regexpReplace(String text, String pattern, String replacement) {
        return Patterns.of(pattern).matcher(text).replaceAll(replacement);
    }

    /** The last pattern of this thread: a query uses the same one for each row. */
    private static final class Patterns {
        private static final ThreadLocal<@Nullable Pattern> LAST = new ThreadLocal<>();

        static Pattern of(String text) {
            Pattern last = LAST.get();
            if (last == null || !Objects.equals(last.pattern(), text)) {
                last = Pattern.compile(text);
                LAST.set(last);
            }
            return last;
        }
    }
}
