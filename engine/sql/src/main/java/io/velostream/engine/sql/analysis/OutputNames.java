package io.velostream.engine.sql.analysis;

import io.velostream.engine.sql.analysis.OutputColumn.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gives each column of a result a name of its own. */
final class OutputNames {

    private OutputNames() {}

    /**
     * Two columns of one name are an error, since one would hide the other. But a made-up name gets a number, and a
     * column that is named beside {@code *} replaces the one of {@code *}.
     */
    static List<OutputColumn> unique(Problems problems, List<OutputColumn> columns) {
        Map<String, OutputColumn> byName = new LinkedHashMap<>();
        Map<String, Integer> numbers = new HashMap<>();
        for (OutputColumn column : columns) {
            OutputColumn other = byName.get(column.name());
            if (other == null || other.origin() == Origin.STAR && column.origin() != Origin.STAR) {
                byName.put(column.name(), column);
            } else if (column.origin() == Origin.COMPUTED) {
                OutputColumn renamed = numbered(column, byName, numbers);
                byName.put(renamed.name(), renamed);
            } else if (column.origin() != Origin.STAR) {
                problems.add(
                        ProblemCode.DUPLICATE_NAME,
                        column.location(),
                        "the result has two columns named `" + column.name() + "`",
                        "give one of them another name with AS");
            }
        }
        return new ArrayList<>(byName.values());
    }

    /**
     * The column with a number behind its name.
     *
     * @param numbers the number that each name is to try next
     */
    private static OutputColumn numbered(
            OutputColumn column, Map<String, OutputColumn> taken, Map<String, Integer> numbers) {
        int number = numbers.getOrDefault(column.name(), 2);
        while (taken.containsKey(column.name() + "_" + number)) {
            number++;
        }
        numbers.put(column.name(), number + 1);
        return column.named(column.name() + "_" + number);
    }
}
