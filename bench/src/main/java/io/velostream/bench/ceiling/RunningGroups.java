package io.velostream.bench.ceiling;

/** The running aggregates of Q3 and Q3r: one row an input. */
final class RunningGroups {
    private static final byte[] BEFORE_COUNT = ByteWriter.constant(",\"n\":");
    private static final byte[] BEFORE_TOTAL = ByteWriter.constant(",\"total\":");
    private static final byte[] CLOSE = ByteWriter.constant("}");
    private static final byte[] NULL = ByteWriter.constant("null");
    private static final byte[] QUOTE = ByteWriter.constant("\"");

    private final ByteWriter writer = new ByteWriter();
    private final Sums sums = new Sums();
    private final byte[] beforeGroup;
    private final Sender sender;
    private final String output;
    private final String changelog;

    RunningGroups(String column, Sender sender, String output, String changelog) {
        this.beforeGroup = ByteWriter.constant("{\"" + column + "\":");
        this.sender = sender;
        this.output = output;
        this.changelog = changelog;
    }

    /** Adds an amount to the group with this key and writes the group; an empty key is NULL. */
    void add(byte[] text, int from, int to, boolean hasAmount, double amount, long timestamp) {
        int group = sums.group(text, from, to);
        sums.add(group, hasAmount, amount);
        byte[] key = sums.key(group);
        writer.clear();
        writer.put(beforeGroup);
        if (sums.isNull(group)) {
            writer.put(NULL);
        } else {
            writer.put(QUOTE);
            writer.put(key);
            writer.put(QUOTE);
        }
        writer.put(BEFORE_COUNT);
        writer.integer(sums.count(group));
        writer.put(BEFORE_TOTAL);
        if (sums.amounts(group) > 0) {
            writer.number(sums.total(group));
        } else {
            writer.put(NULL);
        }
        writer.put(CLOSE);
        sender.send(output, key, writer.copy(), timestamp);
    }

    void beforeCommit() {
        Changelog.write(sums, 0, changelog, sender);
    }
}
