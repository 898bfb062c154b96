package io.velostream.engine.sql.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.engine.ReferencePage;
import io.velostream.engine.sql.analysis.AggregateFunctions;
import io.velostream.engine.sql.analysis.TableFunctions;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every function of ksqlDB's reference (0.29) is here, or it is said why not. */
class KsqlDbFunctionsTest {

    private static final List<String> SCALAR = List.of(
            "ABS",
            "ACOS",
            "ARRAY",
            "ARRAY_CONCAT",
            "ARRAY_CONTAINS",
            "ARRAY_DISTINCT",
            "ARRAY_EXCEPT",
            "ARRAY_INTERSECT",
            "ARRAY_JOIN",
            "ARRAY_LENGTH",
            "ARRAY_MAX",
            "ARRAY_MIN",
            "ARRAY_REMOVE",
            "ARRAY_SORT",
            "ARRAY_UNION",
            "AS_MAP",
            "ASIN",
            "ATAN",
            "ATAN2",
            "BIGINT_FROM_BYTES",
            "CBRT",
            "CEIL",
            "CHR",
            "COALESCE",
            "CONCAT",
            "CONCAT_WS",
            "CONVERT_TZ",
            "COS",
            "COSH",
            "COT",
            "CUBE_EXPLODE",
            "DATEADD",
            "DATESUB",
            "DATETOSTRING",
            "DEGREES",
            "DOUBLE_FROM_BYTES",
            "ELT",
            "ENCODE",
            "ENTRIES",
            "EXP",
            "EXPLODE",
            "EXTRACTJSONFIELD",
            "FIELD",
            "FILTER",
            "FLOOR",
            "FORMAT_DATE",
            "FORMAT_TIME",
            "FORMAT_TIMESTAMP",
            "FROM_BYTES",
            "FROM_DAYS",
            "FROM_UNIXTIME",
            "GENERATE_SERIES",
            "GEO_DISTANCE",
            "GREATEST",
            "IFNULL",
            "INITCAP",
            "INSTR",
            "INT_FROM_BYTES",
            "IS_JSON_STRING",
            "JSON_ARRAY_CONTAINS",
            "JSON_ARRAY_LENGTH",
            "JSON_CONCAT",
            "JSON_ITEMS",
            "JSON_KEYS",
            "JSON_RECORDS",
            "LCASE",
            "LEAST",
            "LEN",
            "LN",
            "LOG",
            "LPAD",
            "MAP",
            "MAP_KEYS",
            "MAP_UNION",
            "MAP_VALUES",
            "MASK",
            "MASK_KEEP_LEFT",
            "MASK_KEEP_RIGHT",
            "MASK_LEFT",
            "MASK_RIGHT",
            "NULLIF",
            "PARSE_DATE",
            "PARSE_TIME",
            "PARSE_TIMESTAMP",
            "PI",
            "POWER",
            "RADIANS",
            "RANDOM",
            "REDUCE",
            "REGEXP_EXTRACT",
            "REGEXP_EXTRACT_ALL",
            "REGEXP_REPLACE",
            "REGEXP_SPLIT_TO_ARRAY",
            "REPLACE",
            "ROUND",
            "RPAD",
            "SIGN",
            "SIN",
            "SINH",
            "SLICE",
            "SPLIT",
            "SPLIT_TO_MAP",
            "SQRT",
            "STRINGTODATE",
            "STRINGTOTIMESTAMP",
            "STRUCT",
            "SUBSTRING",
            "TAN",
            "TANH",
            "TIMEADD",
            "TIMESTAMPADD",
            "TIMESTAMPSUB",
            "TIMESTAMPTOSTRING",
            "TIMESUB",
            "TO_BYTES",
            "TO_JSON_STRING",
            "TRANSFORM",
            "TRIM",
            "TRUNC",
            "UCASE",
            "UNIX_DATE",
            "UNIX_TIMESTAMP",
            "URL_DECODE_PARAM",
            "URL_ENCODE_PARAM",
            "URL_EXTRACT_FRAGMENT",
            "URL_EXTRACT_HOST",
            "URL_EXTRACT_PARAMETER",
            "URL_EXTRACT_PATH",
            "URL_EXTRACT_PORT",
            "URL_EXTRACT_PROTOCOL",
            "URL_EXTRACT_QUERY",
            "UUID");

    private static final List<String> AGGREGATE = List.of(
            "ATTR",
            "AVG",
            "COLLECT_LIST",
            "COLLECT_SET",
            "CORRELATION",
            "COUNT",
            "COUNT_DISTINCT",
            "EARLIEST_BY_OFFSET",
            "HISTOGRAM",
            "LATEST_BY_OFFSET",
            "MAX",
            "MIN",
            "STDDEV_SAMP",
            "STDDEV_SAMPLE",
            "SUM",
            "TOPK",
            "TOPKDISTINCT");

    private static final Map<String, String> DIFFERENT = Map.ofEntries(
            Map.entry("EXPLODE", "may stand within other expressions; not in a query with GROUP BY, as there"),
            Map.entry("CUBE_EXPLODE", "of any array, up to 20 elements that are not NULL"),
            Map.entry("ARRAY_JOIN", "NULL elements are left out; a third argument stands for them"),
            Map.entry("COLLECT_LIST", "NULL is left out; there is no limit of 1,000 values"),
            Map.entry("COLLECT_SET", "NULL is left out; there is no limit of 1,000 values"),
            Map.entry("EARLIEST_BY_OFFSET", "NULL is always left out"),
            Map.entry("LATEST_BY_OFFSET", "NULL is always left out"),
            Map.entry("FROM_UNIXTIME", "as there in ksqlDB's dialect; in ours it takes seconds"),
            Map.entry("UNIX_TIMESTAMP", "as there in ksqlDB's dialect; in ours it gives seconds"),
            Map.entry("REGEXP_EXTRACT", "as there in ksqlDB's dialect; in ours the text comes first, then the pattern"),
            Map.entry(
                    "REGEXP_EXTRACT_ALL",
                    "as there in ksqlDB's dialect; in ours the text comes first, then the pattern"),
            Map.entry("HISTOGRAM", "there is no limit of 1,000 values"),
            Map.entry("LN", "of zero or less it fails the record, which then goes to its dead letters"),
            Map.entry("LOG", "of zero or less it fails the record"),
            Map.entry("SQRT", "of a negative number it fails the record"),
            Map.entry("ROUND", "halves go away from zero, also below it"),
            Map.entry(
                    "SUBSTRING",
                    "as there in ksqlDB's dialect; in ours a negative start is before the text, not counted from its"
                            + " end"),
            Map.entry("SUM", "of BIGINT is exact, a DECIMAL(38, 0)"),
            Map.entry("SPLIT_TO_MAP", "of equal keys the last counts"));

    static Stream<String> names() {
        return Stream.concat(SCALAR.stream(), AGGREGATE.stream());
    }

    private static boolean isThere(String name) {
        boolean aggregate = AggregateFunctions.all().stream()
                .anyMatch(each -> each.name().equals(name)
                        || AggregateFunctions.aliases(each.name()).contains(name));
        boolean table =
                TableFunctions.all().stream().anyMatch(each -> each.name().equals(name));
        return aggregate || table || FunctionCatalogue.standard().find(name).isPresent();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyFunctionIsThere(String name) {
        assertThat(isThere(name)).isTrue();
    }

    @Test
    void pageListsWhatDiffers() throws IOException {
        StringBuilder page = new StringBuilder("""
            # ksqlDB's functions here

            Every function of ksqlDB's reference (0.29) has its name here, with these differences. In all of them NULL,
            overflow and what has no result go by the rules of [functions](functions.md): nothing is silently NULL or
            infinite that is an error. Made from a test; do not edit.

            | function | here |
            | --- | --- |
            """);
        for (String name : new TreeSet<>(names().toList())) {
            if (DIFFERENT.containsKey(name)) {
                page.append("| ")
                        .append(name)
                        .append(" | ")
                        .append(DIFFERENT.get(name))
                        .append(" |\n");
            }
        }
        page.append("\nThe same: ")
                .append(String.join(
                        ", ",
                        new TreeSet<>(names().filter(name -> !DIFFERENT.containsKey(name))
                                .toList())))
                .append(".\n");

        ReferencePage.assertUpToDate("ksqldb-functions.md", page.toString());
    }
}
