package io.velostream.bench.ceiling;

import io.velostream.bench.ceiling.JsonScanner.Kind;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Q4: orders meet the customer in a table whose texts are kept as they are written out. */
final class TableJoin implements Operator {
    private static final int NAME = 0;
    private static final int TIER = 1;
    private static final int RATE = 2;

    private static final int ID = 0;
    private static final int CUSTOMER = 1;
    private static final int AMOUNT = 2;
    private static final int TS = 3;

    private static final byte[] BEFORE_ID = ByteWriter.constant("{\"id\":");
    private static final byte[] BEFORE_CUSTOMER = ByteWriter.constant(",\"customer\":");
    private static final byte[] BEFORE_NAME = ByteWriter.constant(",\"name\":");
    private static final byte[] BEFORE_TIER = ByteWriter.constant(",\"tier\":");
    private static final byte[] BEFORE_AMOUNT = ByteWriter.constant(",\"amount\":");
    private static final byte[] BEFORE_DISCOUNT = ByteWriter.constant(",\"discount\":");
    private static final byte[] CLOSE = ByteWriter.constant("}");
    private static final byte[] NULL = ByteWriter.constant("null");

    private final JsonScanner customerScanner = new JsonScanner("name", "tier", "rate");
    private final JsonScanner orderScanner = new JsonScanner("id", "customer", "amount", "ts");
    private final ByteWriter writer = new ByteWriter();
    private final KeyIndex customers = new KeyIndex();
    private final Sender sender;
    private final String table;
    private final String output;
    private final String changelog;
    /** What stands between customer and amount; null for one who is not there. */
    private byte[] @Nullable [] texts = new byte[1024][];

    private double[] rates = new double[1024];
    private boolean[] hasRate = new boolean[1024];
    private int[] changed = new int[1024];
    private int changedCount;

    TableJoin(Sender sender, String table, String output, String changelog) {
        this.sender = sender;
        this.table = table;
        this.output = output;
        this.changelog = changelog;
    }

    @Override
    public void process(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(table)) {
            keep(record);
        } else {
            join(record.value());
        }
    }

    @Override
    public void tombstone(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(table)) {
            texts[number(record)] = null;
        }
    }

    private int number(ConsumerRecord<byte[], byte[]> record) {
        int number = customers.add(record.key(), 0, record.key().length);
        if (number == rates.length) {
            texts = Arrays.copyOf(texts, number * 2);
            rates = Arrays.copyOf(rates, number * 2);
            hasRate = Arrays.copyOf(hasRate, number * 2);
        }
        if (changedCount == changed.length) {
            changed = Arrays.copyOf(changed, changedCount * 2);
        }
        changed[changedCount++] = number;
        return number;
    }

    private void keep(ConsumerRecord<byte[], byte[]> record) {
        byte[] text = record.value();
        int number = number(record);
        customerScanner.scan(text);
        writer.clear();
        writer.put(BEFORE_NAME);
        copy(customerScanner, text, NAME);
        writer.put(BEFORE_TIER);
        copy(customerScanner, text, TIER);
        texts[number] = writer.copy();
        hasRate[number] = customerScanner.kind(RATE) == Kind.NUMBER;
        rates[number] =
                hasRate[number] ? JsonText.number(text, customerScanner.start(RATE), customerScanner.end(RATE)) : 0;
    }

    private void join(byte[] text) {
        orderScanner.scan(text);
        long timestamp = JsonText.integer(text, orderScanner.start(TS), orderScanner.end(TS));
        int number = customer(text);
        byte[] customer = number == KeyIndex.ABSENT ? null : texts[number];
        if (customer == null) {
            return;
        }
        writer.clear();
        writer.put(BEFORE_ID);
        copy(orderScanner, text, ID);
        writer.put(BEFORE_CUSTOMER);
        copy(orderScanner, text, CUSTOMER);
        writer.put(customer);
        writer.put(BEFORE_AMOUNT);
        copy(orderScanner, text, AMOUNT);
        writer.put(BEFORE_DISCOUNT);
        if (orderScanner.kind(AMOUNT) == Kind.NUMBER && hasRate[number]) {
            writer.number(JsonText.number(text, orderScanner.start(AMOUNT), orderScanner.end(AMOUNT)) * rates[number]);
        } else {
            writer.put(NULL);
        }
        writer.put(CLOSE);
        sender.send(output, null, writer.copy(), timestamp);
    }

    private int customer(byte[] text) {
        return switch (orderScanner.kind(CUSTOMER)) {
            case STRING -> customers.find(text, orderScanner.start(CUSTOMER), orderScanner.end(CUSTOMER));
            case ESCAPED -> {
                byte[] key = JsonText.unescape(text, orderScanner.start(CUSTOMER), orderScanner.end(CUSTOMER));
                yield customers.find(key, 0, key.length);
            }
            default -> KeyIndex.ABSENT;
        };
    }

    private void copy(JsonScanner scanner, byte[] text, int column) {
        switch (scanner.kind(column)) {
            case MISSING -> writer.put(NULL);
            case STRING, ESCAPED -> writer.put(text, scanner.start(column) - 1, scanner.end(column) + 1);
            default -> writer.put(text, scanner.start(column), scanner.end(column));
        }
    }

    @Override
    public void beforeCommit() {
        for (int i = 0; i < changedCount; i++) {
            int number = changed[i];
            byte[] text = texts[number];
            writer.clear();
            if (text != null) {
                writer.binary(hasRate[number] ? Double.doubleToRawLongBits(rates[number]) : -1);
                writer.put(text);
            }
            sender.send(changelog, customers.key(number), writer.copy(), 0);
        }
        changedCount = 0;
    }
}
