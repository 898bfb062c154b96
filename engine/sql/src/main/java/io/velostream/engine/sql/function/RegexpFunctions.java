package io.velostream.engine.sql.function;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Functions on regular expressions, in the syntax of {@link Pattern}. */
public final class RegexpFunctions {

    /** The last pattern of this thread: a query mostly uses the same one for each row. */
    private static final ThreadLocal<@Nullable Pattern> LAST = new ThreadLocal<>();

    private RegexpFunctions() {}

    static Pattern pattern(String text) {
        return pattern(text, 0);
    }

    private static Pattern pattern(String text, int flags) {
        Pattern last = LAST.get();
        if (last == null || last.flags() != flags || !Objects.equals(last.pattern(), text)) {
            last = Pattern.compile(text, flags);
            LAST.set(last);
        }
        return last;
    }

    private static int flags(String letters) {
        int flags = 0;
        for (char letter : letters.toCharArray()) {
            flags |= switch (letter) {
                case 'i' -> Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
                case 'm' -> Pattern.MULTILINE;
                case 's' -> Pattern.DOTALL;
                case 'x' -> Pattern.COMMENTS;
                case 'g' -> 0;
                default ->
                    throw new IllegalArgumentException("a regular expression has no flag " + letter
                            + "; flags are g (all matches), i (ignore case), m (multi-line), s (. matches line ends)"
                            + " and x (comments)");
            };
        }
        return flags;
    }

    @SqlFunction(
            name = "REGEXP",
            aliases = {"REGEXP_LIKE", "RLIKE", "REGEXP_MATCHES"},
            description = "Whether a part of the text matches the regular expression; also written with ~.",
            examples = {"REGEXP('abc123', '[0-9]+') = TRUE", "REGEXP('abc', '^b') = FALSE"})
    public static boolean regexp(String text, @SqlLiteral(LiteralKind.REGEXP) String pattern) {
        return pattern(pattern).matcher(text).find();
    }

    @SqlFunction(
            name = "REGEXP_REPLACE",
            description = "The text with every match of the regular expression replaced; $1 stands for a group.",
            examples = {
                "REGEXP_REPLACE('a1b22', '[0-9]+', '#') = 'a#b#'",
                "REGEXP_REPLACE('ab', '(a)(b)', '$2$1') = 'ba'"
            })
    public static String regexpReplace(
            String text, @SqlLiteral(LiteralKind.REGEXP) String pattern, String replacement) {
        return pattern(pattern).matcher(text).replaceAll(replacement);
    }

    @SqlFunction(
            name = "REGEXP_REPLACE",
            description = "With flags: i ignores case, m is multi-line, s lets . match line ends, x allows comments; g,"
                    + " every match, is how it is without flags, too.",
            examples = {
                "REGEXP_REPLACE('aXbx', 'x', '-', 'gi') = 'a-b-'",
                "REGEXP_REPLACE('aXbx', 'x', '-', 'i') = 'a-b-'"
            })
    public static String regexpReplace(
            String text, @SqlLiteral(LiteralKind.REGEXP) String pattern, String replacement, String flags) {
        return pattern(pattern, flags(flags)).matcher(text).replaceAll(replacement);
    }

    @SqlFunction(
            name = "REGEXP_EXTRACT",
            description = "The first part of the text that matches the regular expression; NULL when none does.",
            examples = {"REGEXP_EXTRACT('a12b34', '[0-9]+') = '12'", "REGEXP_EXTRACT('abc', '[0-9]') = NULL"})
    public static @Nullable String regexpExtract(String text, @SqlLiteral(LiteralKind.REGEXP) String pattern) {
        return regexpExtract(text, pattern, 0);
    }

    @SqlFunction(
            name = "REGEXP_EXTRACT",
            description = "A group of the first match; NULL when there is no match, or the pattern has no such group.",
            examples = {"REGEXP_EXTRACT('key=value', '(.*)=(.*)', 2) = 'value'"})
    public static @Nullable String regexpExtract(
            String text, @SqlLiteral(LiteralKind.REGEXP) String pattern, long group) {
        // ksqlDB takes the pattern first, Flink and the others the text: only the latter is taken here.
        Matcher matcher = pattern(pattern).matcher(text);
        return matcher.find() && group >= 0 && group <= matcher.groupCount() ? matcher.group((int) group) : null;
    }

    @SqlFunction(
            name = "REGEXP_EXTRACT_ALL",
            description = "All parts of the text that match the regular expression.",
            examples = {"REGEXP_EXTRACT_ALL('a12b34', '[0-9]+') = ARRAY('12', '34')"})
    public static List<String> regexpExtractAll(String text, @SqlLiteral(LiteralKind.REGEXP) String pattern) {
        return regexpExtractAll(text, pattern, 0);
    }

    @SqlFunction(
            name = "REGEXP_EXTRACT_ALL",
            description = "A group of each match.",
            examples = {"REGEXP_EXTRACT_ALL('a=1,b=2', '(.)=(.)', 1) = ARRAY('a', 'b')"})
    public static List<String> regexpExtractAll(
            String text, @SqlLiteral(LiteralKind.REGEXP) String pattern, long group) {
        Matcher matcher = pattern(pattern).matcher(text);
        if (group < 0 || group > matcher.groupCount()) {
            throw new IllegalArgumentException("the regular expression has no group " + group);
        }
        List<String> found = new ArrayList<>();
        while (matcher.find()) {
            found.add(matcher.group((int) group));
        }
        return found;
    }

    @SqlFunction(
            name = "REGEXP_COUNT",
            description = "How many parts of the text match the regular expression.",
            examples = {"REGEXP_COUNT('a12b34', '[0-9]+') = 2"})
    public static long regexpCount(String text, @SqlLiteral(LiteralKind.REGEXP) String pattern) {
        return pattern(pattern).matcher(text).results().count();
    }
}
