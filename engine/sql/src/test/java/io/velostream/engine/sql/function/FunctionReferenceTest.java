package io.velostream.engine.sql.function;

import io.velostream.engine.ReferencePage;
import io.velostream.engine.sql.analysis.AggregateFunctions;
import io.velostream.engine.sql.analysis.AggregateFunctions.AggregateFunction;
import io.velostream.engine.sql.analysis.TableFunctions;
import io.velostream.engine.sql.analysis.TableFunctions.TableFunction;
import io.velostream.engine.sql.function.FunctionCatalogue.FunctionEntry;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FunctionReferenceTest {

    @Test
    void referencePageListsEveryFunction() throws IOException {
        StringBuilder page = new StringBuilder("""
            # Functions

            Made from the annotated methods of `io.velostream.engine.sql.function`; do not edit. Names are
            case-insensitive. NULL as an argument gives NULL unless a function says otherwise. The examples are tests.
            """);
        for (FunctionEntry function : FunctionCatalogue.standard().entries()) {
            page.append("\n## ").append(function.name()).append("\n\n");
            page.append(function.description());
            if (!function.aliases().isEmpty()) {
                page.append(" Also: ")
                        .append(String.join(", ", function.aliases()))
                        .append('.');
            }
            page.append("\n\n```sql\n");
            for (FunctionOverload overload : function.overloads()) {
                page.append(function.name())
                        .append(overload.signature())
                        .append(" → ")
                        .append(result(overload))
                        .append('\n');
            }
            page.append("```\n\n");
            page.append(function.examples().stream()
                    .map(example -> "- `" + example + "`")
                    .collect(Collectors.joining("\n")));
            page.append('\n');
        }

        page.append("""

            # Aggregates

            NULL is left out of all but COUNT(*). DISTINCT before the argument takes each value once, exactly.
            """);
        for (AggregateFunction function : AggregateFunctions.all()) {
            List<String> aliases = AggregateFunctions.aliases(function.name());
            page.append("\n## ").append(function.name()).append("\n\n").append(function.description());
            if (!aliases.isEmpty()) {
                page.append(" Also: ").append(String.join(", ", aliases)).append('.');
            }
            page.append("\n\n```sql\n").append(call(function)).append("\n```\n");
        }

        page.append("""

            # Table functions

            They make several rows of one. They stand in the select list of a stream without GROUP BY and OVER, also within
            expressions; what follows takes them from a query in FROM, as in
            `SELECT item, COUNT(*) AS n FROM (SELECT EXPLODE(items) AS item FROM orders) e GROUP BY item`.
            """);
        for (TableFunction function : TableFunctions.all()) {
            page.append("\n## ").append(function.name()).append("\n\n").append(function.description());
            page.append("\n\n```sql\n")
                    .append(function.name())
                    .append(function.signature())
                    .append("\n```\n");
        }

        ReferencePage.assertUpToDate("functions.md", page.toString());
    }

    private static String call(AggregateFunction function) {
        return Arrays.stream(function.shape().text().split(", (?=\\(x)"))
                .map(form -> function.name() + form)
                .collect(Collectors.joining("\n"));
    }

    private static String result(FunctionOverload overload) {
        return switch (overload.resultRule()) {
            case DECLARED -> overload.result().toString();
            case FIRST_ARGUMENT -> "the first argument's type";
            case WHOLE_DECIMAL -> "DECIMAL without digits after the point";
            case MAP_OF_PAIRS -> "MAP<STRING, the values' common type>";
            case STRUCT_OF_PAIRS -> "STRUCT of these fields";
            case ARRAY_OF_ENTRIES -> "ARRAY<STRUCT<K STRING, V T>>";
        };
    }
}
