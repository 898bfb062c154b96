package io.velostream.engine.profile;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How often each call was seen on a stack, by what called it. Not safe for use by several threads. */
public final class StackTree {

    private final String frame;
    private final Map<String, StackTree> callees = new HashMap<>();
    private long samples;

    /** An empty tree. */
    public StackTree() {
        this("all");
    }

    private StackTree(String frame) {
        this.frame = frame;
    }

    /**
     * Counts one sample.
     *
     * @param stack outermost call first
     */
    public void add(List<String> stack) {
        samples++;
        StackTree node = this;
        for (String call : stack) {
            node = node.callees.computeIfAbsent(call, name -> new StackTree(name));
            node.samples++;
        }
    }

    /** The call. */
    public String frame() {
        return frame;
    }

    /** How often it was seen, with what it called. */
    public long samples() {
        return samples;
    }

    /** What it called, by name, so that two graphs can be compared by eye. */
    public List<StackTree> callees() {
        return callees.values().stream()
                .sorted(Comparator.comparing(StackTree::frame))
                .toList();
    }

    /** Calls above each other at most, this one included. */
    public int depth() {
        return 1 + callees.values().stream().mapToInt(StackTree::depth).max().orElse(0);
    }
}
