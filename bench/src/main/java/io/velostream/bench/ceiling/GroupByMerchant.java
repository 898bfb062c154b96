package io.velostream.bench.ceiling;

import io.velostream.bench.ceiling.JsonScanner.Kind;
import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Q3r: input records go, projected and in binary, through a repartition topic by merchant; what comes back from there is
 * aggregated. Both sides run in the same loop and transaction, as one Kafka Streams thread would.
 */
final class GroupByMerchant implements Operator {
    private static final int MERCHANT = 0;
    private static final int AMOUNT = 1;
    private static final int TS = 2;
    private static final byte[] NO_KEY = {};

    private final JsonScanner scanner = new JsonScanner("merchant", "amount", "ts");
    private final ByteWriter writer = new ByteWriter();
    private final RunningGroups groups;
    private final Sender sender;
    private final String repartition;

    GroupByMerchant(RunningGroups groups, Sender sender, String repartition) {
        this.groups = groups;
        this.sender = sender;
        this.repartition = repartition;
    }

    @Override
    public void process(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(repartition)) {
            aggregate(record);
        } else {
            distribute(record);
        }
    }

    private void distribute(ConsumerRecord<byte[], byte[]> record) {
        byte[] text = record.value();
        scanner.scan(text);
        long timestamp = JsonText.integer(text, scanner.start(TS), scanner.end(TS));
        writer.clear();
        if (scanner.kind(AMOUNT) == Kind.NUMBER) {
            writer.binary(
                    Double.doubleToRawLongBits(JsonText.number(text, scanner.start(AMOUNT), scanner.end(AMOUNT))));
        }
        byte[] value = writer.copy();
        sender.send(repartition, key(text), value, timestamp);
    }

    private byte[] key(byte[] text) {
        return switch (scanner.kind(MERCHANT)) {
            case STRING -> {
                writer.clear();
                writer.put(text, scanner.start(MERCHANT), scanner.end(MERCHANT));
                yield writer.copy();
            }
            case ESCAPED -> JsonText.unescape(text, scanner.start(MERCHANT), scanner.end(MERCHANT));
            default -> NO_KEY;
        };
    }

    private void aggregate(ConsumerRecord<byte[], byte[]> record) {
        byte[] key = record.key();
        byte[] value = record.value();
        boolean hasAmount = value.length > 0;
        double amount = hasAmount ? ByteBuffer.wrap(value).getDouble() : 0;
        groups.add(key, 0, key.length, hasAmount, amount, record.timestamp());
    }

    @Override
    public void beforeCommit() {
        groups.beforeCommit();
    }
}
