package io.velostream.bench.ceiling;

import io.velostream.bench.ceiling.JsonScanner.Kind;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Q1 and Q1s: filter by score, copy four columns as bytes, compute one. */
final class Projection implements Operator {
    private static final int ID = 0;
    private static final int CUSTOMER = 1;
    private static final int PRODUCT = 2;
    private static final int AMOUNT = 3;
    private static final int QUANTITY = 4;
    private static final int SCORE = 5;
    private static final int TS = 6;

    private static final byte[] BEFORE_ID = ByteWriter.constant("{\"id\":");
    private static final byte[] BEFORE_CUSTOMER = ByteWriter.constant(",\"customer\":");
    private static final byte[] BEFORE_PRODUCT = ByteWriter.constant(",\"product\":");
    private static final byte[] BEFORE_AMOUNT = ByteWriter.constant(",\"amount\":");
    private static final byte[] BEFORE_TOTAL = ByteWriter.constant(",\"total\":");
    private static final byte[] CLOSE = ByteWriter.constant("}");
    private static final byte[] NULL = ByteWriter.constant("null");

    private final JsonScanner scanner =
            new JsonScanner("id", "customer", "product", "amount", "quantity", "score", "ts");
    private final ByteWriter writer = new ByteWriter();
    private final Sender sender;
    private final String output;
    private final int minimumScore;

    Projection(Sender sender, String output, int minimumScore) {
        this.sender = sender;
        this.output = output;
        this.minimumScore = minimumScore;
    }

    @Override
    public void process(ConsumerRecord<byte[], byte[]> record) {
        byte[] text = record.value();
        scanner.scan(text);
        long timestamp = JsonText.integer(text, scanner.start(TS), scanner.end(TS));
        if (scanner.kind(SCORE) != Kind.NUMBER
                || JsonText.integer(text, scanner.start(SCORE), scanner.end(SCORE)) < minimumScore) {
            return;
        }
        writer.clear();
        writer.put(BEFORE_ID);
        copy(text, ID);
        writer.put(BEFORE_CUSTOMER);
        copy(text, CUSTOMER);
        writer.put(BEFORE_PRODUCT);
        copy(text, PRODUCT);
        writer.put(BEFORE_AMOUNT);
        copy(text, AMOUNT);
        writer.put(BEFORE_TOTAL);
        if (scanner.kind(AMOUNT) == Kind.NUMBER && scanner.kind(QUANTITY) == Kind.NUMBER) {
            writer.number(JsonText.number(text, scanner.start(AMOUNT), scanner.end(AMOUNT))
                    * JsonText.integer(text, scanner.start(QUANTITY), scanner.end(QUANTITY)));
        } else {
            writer.put(NULL);
        }
        writer.put(CLOSE);
        sender.send(output, null, writer.copy(), timestamp);
    }

    private void copy(byte[] text, int column) {
        switch (scanner.kind(column)) {
            case MISSING -> writer.put(NULL);
            case STRING, ESCAPED -> writer.put(text, scanner.start(column) - 1, scanner.end(column) + 1);
            default -> writer.put(text, scanner.start(column), scanner.end(column));
        }
    }
}
