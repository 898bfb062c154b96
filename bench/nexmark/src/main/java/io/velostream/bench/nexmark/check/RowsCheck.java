package io.velostream.bench.nexmark.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All rows of a topic as a multiset. */
public final class RowsCheck implements OutputCheck {

    private final Map<String, Integer> missing = new HashMap<>();
    private final Examples unexpected = new Examples("rows are not expected");
    private long expected;

    /** Expects a row once more. */
    public void expect(RowText row) {
        missing.merge(row.end(), 1, Integer::sum);
        expected++;
    }

    @Override
    public void row(@Nullable String key, byte @Nullable [] value) {
        if (value == null) {
            unexpected.add("a tombstone of " + key);
            return;
        }
        String row = RowText.of(value);
        Integer left = missing.get(row);
        if (left == null) {
            unexpected.add(row);
        } else if (left == 1) {
            missing.remove(row);
        } else {
            missing.put(row, left - 1);
        }
    }

    @Override
    public List<String> problems() {
        Examples lost = new Examples("rows are missing");
        missing.forEach((row, times) -> {
            for (int i = 0; i < times; i++) {
                lost.add(row);
            }
        });
        List<String> problems = new ArrayList<>();
        unexpected.into(problems);
        lost.into(problems);
        return problems;
    }

    @Override
    public long expected() {
        return expected;
    }
}
