package io.velostream.engine.sql.function;

import io.velostream.engine.ReferencePage;
import io.velostream.engine.sql.function.FunctionCatalogue.FunctionEntry;
import java.io.IOException;
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

        ReferencePage.assertUpToDate("functions.md", page.toString());
    }

    private static String result(FunctionOverload overload) {
        return switch (overload.resultRule()) {
            case DECLARED -> overload.declaredResult().toString();
            case FIRST_ARGUMENT -> "the first argument's type";
            case COMMON -> "the arguments' common type";
            case WHOLE_DECIMAL -> "DECIMAL without digits after the point";
            case ARRAY_OF_COMMON -> "ARRAY of the arguments' common type";
        };
    }
}
