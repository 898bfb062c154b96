package io.velostream.bench.ceiling;

/** Writes changed groups to a changelog topic, in binary: 8 bytes of window and the key → count, amounts and total. */
final class Changelog {
    private Changelog() {}

    static void write(Sums sums, long window, String topic, Sender sender) {
        ByteWriter writer = new ByteWriter();
        sums.eachDirty(group -> {
            writer.clear();
            writer.binary(window);
            writer.put(sums.key(group));
            byte[] key = writer.copy();
            writer.clear();
            writer.binary(sums.count(group));
            writer.binary(sums.amounts(group));
            writer.binary(Double.doubleToRawLongBits(sums.total(group)));
            sender.send(topic, key, writer.copy(), Math.max(0, window));
        });
    }
}
