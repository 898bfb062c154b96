package io.velostream.bench.ceiling;

import io.velostream.bench.ceiling.JsonScanner.Kind;
import io.velostream.bench.data.DataSpec;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Q2: one table a window; when the watermark passes a window's end its rows are written and the table is dropped. */
final class TumblingWindow implements Operator {
    private static final int CUSTOMER = 0;
    private static final int AMOUNT = 1;
    private static final int TS = 2;

    private static final byte[] BEFORE_CUSTOMER = ByteWriter.constant("{\"customer\":\"");
    private static final byte[] BEFORE_COUNT = ByteWriter.constant("\",\"n\":");
    private static final byte[] BEFORE_TOTAL = ByteWriter.constant(",\"total\":");
    private static final byte[] BEFORE_AVERAGE = ByteWriter.constant(",\"average\":");
    private static final byte[] BEFORE_START = ByteWriter.constant(",\"window_start\":");
    private static final byte[] CLOSE = ByteWriter.constant("}");
    private static final byte[] NULL = ByteWriter.constant("null");

    private final JsonScanner scanner = new JsonScanner("customer", "amount", "ts");
    private final ByteWriter writer = new ByteWriter();
    private final TreeMap<Long, Sums> open = new TreeMap<>();
    private final Sender sender;
    private final String output;
    private final String changelog;
    private long newest = Long.MIN_VALUE;
    private long closedUntil = Long.MIN_VALUE;
    private long currentStart = Long.MIN_VALUE;
    private Sums current = new Sums();

    TumblingWindow(Sender sender, String output, String changelog) {
        this.sender = sender;
        this.output = output;
        this.changelog = changelog;
    }

    @Override
    public void process(ConsumerRecord<byte[], byte[]> record) {
        byte[] text = record.value();
        scanner.scan(text);
        long timestamp = JsonText.integer(text, scanner.start(TS), scanner.end(TS));
        long start = timestamp - timestamp % DataSpec.WINDOW_MILLIS;
        if (start + DataSpec.WINDOW_MILLIS > closedUntil) {
            add(text, start);
        }
        if (timestamp > newest) {
            newest = timestamp;
            closedUntil = newest - DataSpec.WATERMARK_DELAY_MILLIS;
            while (!open.isEmpty() && open.firstKey() + DataSpec.WINDOW_MILLIS <= closedUntil) {
                close(open.pollFirstEntry());
            }
        }
    }

    private void add(byte[] text, long start) {
        if (start != currentStart) {
            current = open.computeIfAbsent(start, s -> new Sums());
            currentStart = start;
        }
        int group;
        if (scanner.kind(CUSTOMER) == Kind.ESCAPED) {
            byte[] key = JsonText.unescape(text, scanner.start(CUSTOMER), scanner.end(CUSTOMER));
            group = current.group(key, 0, key.length);
        } else {
            group = current.group(text, scanner.start(CUSTOMER), scanner.end(CUSTOMER));
        }
        boolean hasAmount = scanner.kind(AMOUNT) == Kind.NUMBER;
        current.add(
                group, hasAmount, hasAmount ? JsonText.number(text, scanner.start(AMOUNT), scanner.end(AMOUNT)) : 0);
    }

    private void close(Map.Entry<Long, Sums> window) {
        Sums sums = window.getValue();
        for (int group = 0; group < sums.size(); group++) {
            writer.clear();
            writer.put(BEFORE_CUSTOMER);
            writer.put(sums.key(group));
            writer.put(BEFORE_COUNT);
            writer.integer(sums.count(group));
            writer.put(BEFORE_TOTAL);
            boolean some = sums.amounts(group) > 0;
            if (some) {
                writer.number(sums.total(group));
            } else {
                writer.put(NULL);
            }
            writer.put(BEFORE_AVERAGE);
            if (some) {
                writer.number(sums.total(group) / sums.amounts(group));
            } else {
                writer.put(NULL);
            }
            writer.put(BEFORE_START);
            writer.integer(window.getKey());
            writer.put(CLOSE);
            sender.send(output, sums.key(group), writer.copy(), window.getKey() + DataSpec.WINDOW_MILLIS);
        }
        currentStart = Long.MIN_VALUE;
    }

    @Override
    public void beforeCommit() {
        open.forEach((start, sums) -> Changelog.write(sums, start, changelog, sender));
    }
}
