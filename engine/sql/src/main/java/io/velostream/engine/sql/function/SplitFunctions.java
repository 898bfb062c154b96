package io.velostream.engine.sql.function;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Functions that take text apart at delimiters and put it together. */
public final class SplitFunctions {

    private SplitFunctions() {}

    @SqlFunction(
            name = "SPLIT",
            description = "The parts of the text between delimiters; with an empty delimiter its characters.",
            examples = {
                "SPLIT('a,b,,c', ',') = ARRAY('a', 'b', '', 'c')",
                "SPLIT('héy', '') = ARRAY('h', 'é', 'y')",
                "SPLIT('abc', ',') = ARRAY('abc')"
            })
    public static List<String> split(String text, String delimiter) {
        if (delimiter.isEmpty()) {
            return text.codePoints().mapToObj(Character::toString).toList();
        }
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int at = text.indexOf(delimiter); at >= 0; at = text.indexOf(delimiter, from)) {
            parts.add(text.substring(from, at));
            from = at + delimiter.length();
        }
        parts.add(text.substring(from));
        return parts;
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
        List<String> parts = delimiter.isEmpty() ? List.of(text) : split(text, delimiter);
        long index = part > 0 ? part - 1 : parts.size() + part;
        return index >= 0 && index < parts.size() ? parts.get((int) index) : "";
    }

    @SqlFunction(
            name = "SPLIT_TO_MAP",
            description = "The entries of a text such as 'a=1,b=2', given what parts entries and what parts a key from"
                    + " its value; a part without the latter is left out, and of equal keys the last one counts.",
            examples = {
                "SPLIT_TO_MAP('a=1,b=2', ',', '=') = MAP('a', '1', 'b', '2')",
                "SPLIT_TO_MAP('a=1,b', ',', '=') = MAP('a', '1')"
            })
    public static Map<String, String> splitToMap(String text, String entries, String keyValue) {
        if (entries.isEmpty() || keyValue.isEmpty() || entries.equals(keyValue)) {
            throw new IllegalArgumentException("SPLIT_TO_MAP needs two different delimiters");
        }
        Map<String, String> map = new LinkedHashMap<>();
        for (String part : split(text, entries)) {
            int at = part.indexOf(keyValue);
            if (at >= 0) {
                map.put(part.substring(0, at), part.substring(at + keyValue.length()));
            }
        }
        return map;
    }

    @SqlFunction(
            name = "REGEXP_SPLIT_TO_ARRAY",
            description = "The parts of the text between the matches of a regular expression; '' at the ends is kept.",
            examples = {"REGEXP_SPLIT_TO_ARRAY('a1b22c', '[0-9]+') = ARRAY('a', 'b', 'c')"})
    public static List<String> regexpSplit(String text, @SqlLiteral(LiteralKind.REGEXP) String pattern) {
        Pattern compiled = RegexpFunctions.pattern(pattern);
        return List.of(compiled.split(text, -1));
    }

    @SqlFunction(
            name = "JOIN",
            aliases = {"CONCAT_WS"},
            casts = true,
            description = "The arguments after the first as text, with the first between them; NULL is left out.",
            examples = {"JOIN('-', 'a', NULL, 'b', 1) = 'a-b-1'", "CONCAT_WS(', ', 'x') = 'x'"})
    public static String join(String separator, @SqlNullable @Nullable String... parts) {
        StringBuilder result = new StringBuilder();
        String before = "";
        for (String part : parts) {
            if (part != null) {
                result.append(before).append(part);
                before = separator;
            }
        }
        return result.toString();
    }
}
