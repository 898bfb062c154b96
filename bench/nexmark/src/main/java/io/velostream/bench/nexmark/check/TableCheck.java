package io.velostream.bench.nexmark.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a table holds in the end: the last row of each key, without those that a tombstone took away. Where equal candidates
 * compete for a key, each of them will do.
 */
public final class TableCheck implements OutputCheck {

    private final Map<String, Set<String>> accepted = new HashMap<>();
    private final Map<String, String> held = new HashMap<>();

    /** Accepts a row for a key. */
    public void expect(String key, RowText row) {
        accepted.computeIfAbsent(key, any -> new HashSet<>(2)).add(row.end());
    }

    @Override
    public void row(@Nullable String key, byte @Nullable [] value) {
        String text = String.valueOf(key);
        if (value == null) {
            held.remove(text);
        } else {
            held.put(text, RowText.of(value));
        }
    }

    @Override
    public List<String> problems() {
        Examples unexpected = new Examples("keys have a wrong row or none to have");
        held.forEach((key, row) -> {
            if (!accepted.getOrDefault(key, Set.of()).contains(row)) {
                unexpected.add(key + ": " + row + " instead of " + accepted.getOrDefault(key, Set.of()));
            }
        });
        Examples lost = new Examples("keys are missing");
        accepted.forEach((key, rows) -> {
            if (!held.containsKey(key)) {
                lost.add(key + ": " + rows);
            }
        });
        List<String> problems = new ArrayList<>();
        unexpected.into(problems);
        lost.into(problems);
        return problems;
    }

    @Override
    public long expected() {
        return accepted.size();
    }
}
