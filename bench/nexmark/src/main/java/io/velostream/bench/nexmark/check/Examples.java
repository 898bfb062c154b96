package io.velostream.bench.nexmark.check;

import java.util.ArrayList;
import java.util.List;

/** Differences of one kind: all are counted, the first few are shown. */
final class Examples {

    private static final int SHOWN = 3;

    private final String kind;
    private final List<String> shown = new ArrayList<>();
    private long count;

    Examples(String kind) {
        this.kind = kind;
    }

    void add(String example) {
        if (count++ < SHOWN) {
            shown.add(example);
        }
    }

    void into(List<String> problems) {
        if (count > 0) {
            problems.add(count + " " + kind + ", such as " + String.join("; ", shown));
        }
    }
}
