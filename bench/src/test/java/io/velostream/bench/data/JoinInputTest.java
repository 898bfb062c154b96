package io.velostream.bench.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.velostream.bench.query.BenchQuery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The second inputs of the joins: what is in them, and that JSON and meaning agree. */
class JoinInputTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final long RECORDS = 200_000;

    private final OrderGenerator orders = new OrderGenerator(DataSpec.streams(7, RECORDS, false));
    private final PaymentGenerator payments = new PaymentGenerator(orders);
    private final CustomerTable table = new CustomerTable(orders.spec());

    @Test
    void writesCustomersThatJacksonReadsAsTheSame() throws IOException {
        CustomerJson json = new CustomerJson();
        for (Customer customer : customers()) {
            byte[] value = json.value(customer);
            if (value == null) {
                assertThat(customer.isTombstone()).isTrue();
                continue;
            }

            JsonNode node = MAPPER.readTree(value);

            assertThat(node.get("customer").textValue()).isEqualTo(customer.customerText());
            assertThat(node.get("name").textValue()).isEqualTo(customer.name());
            assertThat(node.get("tier").textValue()).isEqualTo(customer.tier());
            if (customer.hasRate()) {
                assertThat(node.get("rate").doubleValue()).isEqualTo(customer.rate());
            } else {
                assertThat(node.path("rate").isNumber()).isFalse();
            }
        }
    }

    @Test
    void givesTheCustomerThatTheRecordsEndWith() {
        Map<Integer, Customer> last = new HashMap<>();
        customers().forEach(c -> last.put(c.number(), c));

        int there = 0;
        for (int number = 0; number < orders.spec().customers(); number++) {
            Customer wanted = last.get(number);
            Customer current = table.current(number).orElse(null);
            if (wanted == null || wanted.isTombstone()) {
                assertThat(current).isNull();
            } else {
                assertThat(current).isNotNull();
                assertThat(current.name()).isEqualTo(wanted.name());
                assertThat(current.tier()).isEqualTo(wanted.tier());
                assertThat(current.eighths()).isEqualTo(wanted.eighths());
                there++;
            }
        }
        assertThat(there).isBetween(9_000, 9_900);
    }

    @Test
    void hasEveryVersionInForceBeforeTheFirstOrderButTheLastRecordBeyondAll() {
        List<Customer> customers = customers();

        assertThat(customers.subList(0, customers.size() - 1))
                .allMatch(c -> c.timestamp() < DataSpec.EPOCH_MILLIS - 3_700_000);
        assertThat(customers.getLast().timestamp())
                .isGreaterThan(orders.order(RECORDS - 1).timestamp() + DataSpec.WATERMARK_DELAY_MILLIS);
        assertThat(customers.stream().filter(Customer::isTombstone).count()).isBetween(300L, 700L);
        assertThat(table.current(Customer.CLOSING)).isEmpty();
        assertThat(table.current(Order.CLOSING_CUSTOMER)).isEmpty();
    }

    @Test
    void writesPaymentsThatJacksonReadsAsTheSame() throws IOException {
        PaymentJson json = new PaymentJson();
        Set<Payment.Style> styles = new HashSet<>();
        for (long i = 0; i < RECORDS; i++) {
            Payment payment = payments.payment(i);
            styles.add(payment.style());
            byte[] value = json.value(payment);
            if (value == null) {
                assertThat(payment.isTombstone()).isTrue();
                continue;
            }

            JsonNode node = MAPPER.readTree(value);

            assertThat(node.get("payment").longValue()).isEqualTo(i);
            assertThat(node.get("order_id").isNull()).isEqualTo(!payment.hasOrder());
            assertThat(node.get("method").textValue()).isEqualTo(payment.method());
            assertThat(node.get("ts").longValue()).isEqualTo(payment.timestamp());
            if (payment.hasPaid()) {
                assertThat(node.get("paid").doubleValue()).isEqualTo(payment.paid());
            } else {
                assertThat(node.path("paid").isNumber()).isFalse();
            }
        }

        assertThat(styles).containsExactlyInAnyOrder(Payment.Style.values());
    }

    @Test
    void keepsPaymentsWithinTheDisorderExceptTheLateOnesThatNoOrderMeets() {
        long newest = 0;
        int late = 0;
        for (long i = 0; i < RECORDS - 1; i++) {
            Payment payment = payments.payment(i);
            if (payment.timestamp() < newest - DataSpec.DISORDER_MILLIS - 2) {
                late++;
                assertThat(i).isGreaterThanOrEqualTo(orders.spec().firstLateIndex());
                if (payment.hasOrder()) {
                    Order order = orders.order(payment.orderId());
                    assertThat(Math.abs(order.timestamp() - payment.timestamp()))
                            .isGreaterThan(PaymentGenerator.WITHIN_MILLIS + DataSpec.WATERMARK_DELAY_MILLIS);
                }
            }
            newest = Math.max(newest, payment.timestamp());
        }

        assertThat(late).isBetween(150, 500);
    }

    @Test
    void hasPaymentsOnTheMinuteAndOneMillisecondBeyond() {
        Map<Long, Integer> distances = new HashMap<>();
        Set<Long> paidTwice = new HashSet<>();
        Set<Long> paid = new HashSet<>();
        for (long i = 0; i < RECORDS - 1; i++) {
            Payment payment = payments.payment(i);
            if (payment.hasOrder()) {
                long distance =
                        payment.timestamp() - orders.order(payment.orderId()).timestamp();
                distances.merge(distance, 1, Integer::sum);
                if (!paid.add(payment.orderId())) {
                    paidTwice.add(payment.orderId());
                }
            }
        }

        assertThat(distances.get(60_000L)).isGreaterThan(300);
        assertThat(distances.get(60_001L)).isGreaterThan(300);
        assertThat(distances.get(-60_000L)).isGreaterThan(100);
        assertThat(distances.get(-60_001L)).isGreaterThan(100);
        assertThat(paidTwice).hasSizeGreaterThan(10_000);
    }

    @Test
    void sendsOrdersAndPaymentsInTurns() {
        Feed feed = Feed.of(BenchQuery.Q5, orders);

        assertThat(feed.records()).isEqualTo(2 * RECORDS);
        Feed.Entry order = feed.entry(Feed.placeOfOrder(11));
        Feed.Entry payment = feed.entry(Feed.placeOfPayment(11));
        assertThat(order.toSide()).isFalse();
        assertThat(payment.toSide()).isTrue();
        assertThat(order.key()).isEqualTo("11".getBytes(StandardCharsets.US_ASCII));
        assertThat(payment.key()).isEqualTo(PaymentJson.key(payments.payment(11)));
    }

    private List<Customer> customers() {
        List<Customer> all = new ArrayList<>();
        table.eachRecord(all::add);
        return all;
    }
}
