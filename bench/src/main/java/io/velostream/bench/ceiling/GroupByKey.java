package io.velostream.bench.ceiling;

import io.velostream.bench.ceiling.JsonScanner.Kind;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Q3: a running aggregate by the customer column. */
final class GroupByKey implements Operator {
    private static final int CUSTOMER = 0;
    private static final int AMOUNT = 1;
    private static final int TS = 2;

    private final JsonScanner scanner = new JsonScanner("customer", "amount", "ts");
    private final RunningGroups groups;

    GroupByKey(RunningGroups groups) {
        this.groups = groups;
    }

    @Override
    public void process(ConsumerRecord<byte[], byte[]> record) {
        byte[] text = record.value();
        scanner.scan(text);
        long timestamp = JsonText.integer(text, scanner.start(TS), scanner.end(TS));
        boolean hasAmount = scanner.kind(AMOUNT) == Kind.NUMBER;
        double amount = hasAmount ? JsonText.number(text, scanner.start(AMOUNT), scanner.end(AMOUNT)) : 0;
        switch (scanner.kind(CUSTOMER)) {
            case STRING ->
                groups.add(text, scanner.start(CUSTOMER), scanner.end(CUSTOMER), hasAmount, amount, timestamp);
            case ESCAPED -> {
                byte[] key = JsonText.unescape(text, scanner.start(CUSTOMER), scanner.end(CUSTOMER));
                groups.add(key, 0, key.length, hasAmount, amount, timestamp);
            }
            default -> groups.add(text, 0, 0, hasAmount, amount, timestamp);
        }
    }

    @Override
    public void beforeCommit() {
        groups.beforeCommit();
    }
}
