package io.velostream.bench.ceiling;

import io.velostream.bench.ceiling.JsonScanner.Kind;
import io.velostream.bench.data.DataSpec;
import io.velostream.bench.data.PaymentGenerator;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Q5: orders and payments meet by the order's number within a minute. Each row is kept as the part of the output that it will
 * be. The watermark is the lesser of both streams'.
 */
final class StreamJoin implements Operator {
    private static final int ID = 0;
    private static final int CUSTOMER = 1;
    private static final int AMOUNT = 2;
    private static final int ORDER_TS = 3;

    private static final int ORDER_ID = 0;
    private static final int PAYMENT = 1;
    private static final int METHOD = 2;
    private static final int PAID = 3;
    private static final int PAYMENT_TS = 4;

    private static final byte[] BEFORE_ID = ByteWriter.constant("{\"id\":");
    private static final byte[] BEFORE_CUSTOMER = ByteWriter.constant(",\"customer\":");
    private static final byte[] BEFORE_AMOUNT = ByteWriter.constant(",\"amount\":");
    private static final byte[] BEFORE_PAYMENT = ByteWriter.constant(",\"payment\":");
    private static final byte[] BEFORE_METHOD = ByteWriter.constant(",\"method\":");
    private static final byte[] BEFORE_PAID = ByteWriter.constant(",\"paid\":");
    private static final byte[] CLOSE = ByteWriter.constant("}");
    private static final byte[] NULL = ByteWriter.constant("null");

    private final JsonScanner orderScanner = new JsonScanner("id", "customer", "amount", "ts");
    private final JsonScanner paymentScanner = new JsonScanner("order_id", "payment", "method", "paid", "ts");
    private final ByteWriter part = new ByteWriter();
    private final ByteWriter row = new ByteWriter();
    private final JoinSide orders = new JoinSide('o');
    private final JoinSide payments = new JoinSide('p');
    private final Sender sender;
    private final String paymentTopic;
    private final String output;
    private final String changelog;
    private long newestOrder = Long.MIN_VALUE / 2;
    private long newestPayment = Long.MIN_VALUE / 2;
    private long watermark = Long.MIN_VALUE / 2;

    StreamJoin(Sender sender, String paymentTopic, String output, String changelog) {
        this.sender = sender;
        this.paymentTopic = paymentTopic;
        this.output = output;
        this.changelog = changelog;
    }

    long newestOrder() {
        return newestOrder;
    }

    long newestPayment() {
        return newestPayment;
    }

    @Override
    public void process(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(paymentTopic)) {
            payment(record.value());
        } else {
            order(record.value());
        }
    }

    private void order(byte[] text) {
        orderScanner.scan(text);
        long time = JsonText.integer(text, orderScanner.start(ORDER_TS), orderScanner.end(ORDER_TS));
        if (isInTime(time)) {
            long id = JsonText.integer(text, orderScanner.start(ID), orderScanner.end(ID));
            part.clear();
            part.put(BEFORE_CUSTOMER);
            copy(orderScanner, text, CUSTOMER);
            part.put(BEFORE_AMOUNT);
            copy(orderScanner, text, AMOUNT);
            for (int other = payments.first(id); other != JoinSide.NONE; other = payments.next(other)) {
                if (payments.matches(other, id, time, PaymentGenerator.WITHIN_MILLIS)) {
                    begin(id);
                    row.put(part);
                    payments.copy(other, row);
                    send(time);
                }
            }
            orders.add(id, time, part);
        }
        if (time > newestOrder) {
            newestOrder = time;
            advance();
        }
    }

    private void payment(byte[] text) {
        paymentScanner.scan(text);
        long time = JsonText.integer(text, paymentScanner.start(PAYMENT_TS), paymentScanner.end(PAYMENT_TS));
        if (isInTime(time) && paymentScanner.kind(ORDER_ID) == Kind.NUMBER) {
            long id = JsonText.integer(text, paymentScanner.start(ORDER_ID), paymentScanner.end(ORDER_ID));
            part.clear();
            part.put(BEFORE_PAYMENT);
            copy(paymentScanner, text, PAYMENT);
            part.put(BEFORE_METHOD);
            copy(paymentScanner, text, METHOD);
            part.put(BEFORE_PAID);
            copy(paymentScanner, text, PAID);
            for (int other = orders.first(id); other != JoinSide.NONE; other = orders.next(other)) {
                if (orders.matches(other, id, time, PaymentGenerator.WITHIN_MILLIS)) {
                    begin(id);
                    orders.copy(other, row);
                    row.put(part);
                    send(time);
                }
            }
            payments.add(id, time, part);
        }
        if (time > newestPayment) {
            newestPayment = time;
            advance();
        }
    }

    private void begin(long id) {
        row.clear();
        row.put(BEFORE_ID);
        row.integer(id);
    }

    private void send(long time) {
        row.put(CLOSE);
        sender.send(output, null, row.copy(), time);
    }

    private boolean isInTime(long time) {
        return time + PaymentGenerator.WITHIN_MILLIS >= watermark;
    }

    private void advance() {
        watermark = Math.min(newestOrder, newestPayment) - DataSpec.WATERMARK_DELAY_MILLIS;
        orders.forgetBefore(watermark - PaymentGenerator.WITHIN_MILLIS);
        payments.forgetBefore(watermark - PaymentGenerator.WITHIN_MILLIS);
    }

    private void copy(JsonScanner scanner, byte[] text, int column) {
        switch (scanner.kind(column)) {
            case MISSING -> part.put(NULL);
            case STRING, ESCAPED -> part.put(text, scanner.start(column) - 1, scanner.end(column) + 1);
            default -> part.put(text, scanner.start(column), scanner.end(column));
        }
    }

    @Override
    public void beforeCommit() {
        orders.flush(changelog, sender);
        payments.flush(changelog, sender);
    }
}
