package io.velostream.engine.sql.analysis;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Functions that make several rows of one; they stand in the select list of a stream. */
public final class TableFunctions {

    /** EXPLODE: a row for each element of an array. */
    static final String EXPLODE = "EXPLODE";

    /** CUBE_EXPLODE: EXPLODE of {@code CUBE_COMBINATIONS}. */
    static final String CUBE_EXPLODE = "CUBE_EXPLODE";

    private static final Map<String, TableFunction> FUNCTIONS = Map.of(
            EXPLODE,
            new TableFunction(
                    EXPLODE,
                    "(ARRAY<T>) → rows of T",
                    "A row for each element of the array, none for one that is empty or NULL. Several side by side go"
                            + " together, the first elements in one row, the second in the next; a shorter one is filled"
                            + " up with NULL."),
            CUBE_EXPLODE,
            new TableFunction(
                    CUBE_EXPLODE,
                    "(ARRAY<T>) → rows of ARRAY<T>",
                    "A row for each way to replace elements of the array by NULL, as CUBE_COMBINATIONS gives them."));

    private TableFunctions() {}

    /** One of them, for the reference. */
    public record TableFunction(String name, String signature, String description) {}

    static Optional<TableFunction> find(String name) {
        return Optional.ofNullable(FUNCTIONS.get(name));
    }

    /** All of them, for the reference. */
    public static List<TableFunction> all() {
        return FUNCTIONS.values().stream()
                .sorted(Comparator.comparing(TableFunction::name))
                .toList();
    }
}
