package io.velostream.bench.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.velostream.bench.data.Order.Style;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OrderGeneratorTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final long RECORDS = 40_000;

    private final OrderGenerator generator = new OrderGenerator(DataSpec.standard(7, RECORDS, true));

    @Test
    void makesTheSameOrderAgainInAnySequence() {
        OrderGenerator other = new OrderGenerator(DataSpec.standard(7, RECORDS, true));

        Order last = other.order(RECORDS - 2);
        Order first = other.order(0);

        assertThat(generator.order(0)).isEqualTo(first);
        assertThat(generator.order(RECORDS - 2)).isEqualTo(last);
    }

    @Test
    void makesOtherOrdersFromAnotherSeed() {
        OrderGenerator other = new OrderGenerator(DataSpec.standard(8, RECORDS, true));

        assertThat(other.order(1)).isNotEqualTo(generator.order(1));
    }

    @Test
    void writesJsonThatJacksonReadsAsTheSameOrder() throws IOException {
        OrderJson json = new OrderJson();
        for (long i = 0; i < RECORDS; i++) {
            Order order = generator.order(i);
            byte[] value = json.value(order);
            if (order.isTombstone()) {
                assertThat(value).isNull();
                continue;
            }

            JsonNode node = MAPPER.readTree(value);

            assertThat(node.get("id").longValue()).isEqualTo(i);
            assertThat(node.get("customer").textValue()).isEqualTo(order.customerText());
            assertThat(node.get("merchant").textValue()).isEqualTo(order.merchantText());
            assertThat(node.get("product").textValue()).isEqualTo(order.product());
            assertThat(node.get("score").intValue()).isEqualTo(order.score());
            assertThat(node.get("ts").longValue()).isEqualTo(order.timestamp());
            if (order.hasAmount()) {
                assertThat(node.get("amount").doubleValue()).isEqualTo(order.amount());
            } else {
                assertThat(node.path("amount").isNumber()).isFalse();
            }
            assertThat(node.get("quantity").isNull()).isEqualTo(order.quantity() < 0);
        }
    }

    @Test
    void holdsEveryKindOfSpecialRecord() {
        Map<Style, Integer> styles = new EnumMap<>(Style.class);
        int nullAmounts = 0;
        int nullMerchants = 0;
        int nullProducts = 0;
        int nullQuantities = 0;
        int beyondAscii = 0;
        for (long i = 0; i < RECORDS; i++) {
            Order order = generator.order(i);
            styles.merge(order.style(), 1, Integer::sum);
            nullAmounts += order.hasAmount() ? 0 : 1;
            nullMerchants += order.merchantText() == null ? 1 : 0;
            nullQuantities += order.quantity() < 0 ? 1 : 0;
            String product = order.product();
            nullProducts += product == null ? 1 : 0;
            beyondAscii += product != null && product.chars().anyMatch(c -> c > 0x7F) ? 1 : 0;
        }

        Set<Style> expected = new HashSet<>(Set.of(Style.values()));
        expected.remove(Style.NOTE_TWICE);
        assertThat(styles.keySet()).isEqualTo(expected);
        assertThat(nullAmounts).isBetween(350, 600);
        assertThat(nullMerchants).isBetween(120, 300);
        assertThat(nullProducts).isBetween(120, 300);
        assertThat(nullQuantities).isBetween(120, 300);
        assertThat(beyondAscii).isBetween(80, 300);
    }

    @Test
    void repeatsOnlyAnUnreadMemberWhenDuplicatesAreOff() {
        OrderGenerator plain = new OrderGenerator(DataSpec.standard(7, RECORDS, false));
        Set<Style> styles = new HashSet<>();
        for (long i = 0; i < RECORDS; i++) {
            styles.add(plain.order(i).style());
        }

        assertThat(styles).contains(Style.NOTE_TWICE).doesNotContain(Style.AMOUNT_TWICE);
    }

    @Test
    void keepsOrdersWithinTheDisorderExceptTheLateOnes() {
        long newest = 0;
        int late = 0;
        for (long i = 0; i < RECORDS - 1; i++) {
            Order order = generator.order(i);
            if (order.timestamp() < newest - DataSpec.DISORDER_MILLIS - 1) {
                late++;
                assertThat(i).isGreaterThanOrEqualTo(generator.spec().firstLateIndex());
                assertThat(order.timestamp())
                        .isLessThan(newest - DataSpec.WATERMARK_DELAY_MILLIS - 2L * DataSpec.WINDOW_MILLIS);
            }
            newest = Math.max(newest, order.timestamp());
        }

        assertThat(late).isBetween(30, 120);
    }

    @Test
    void endsWithARecordThatClosesAllWindowsButItsOwn() {
        Order closing = generator.order(RECORDS - 1);

        long lastWindowEnd = DataSpec.EPOCH_MILLIS + (long) generator.spec().windows() * DataSpec.WINDOW_MILLIS;
        assertThat(closing.customerText()).isEqualTo("zz");
        assertThat(closing.timestamp() - DataSpec.WATERMARK_DELAY_MILLIS).isGreaterThanOrEqualTo(lastWindowEnd);
    }

    @Test
    void usesAllCustomersAboutEquallyOften() {
        int[] count = new int[10_000];
        for (long i = 0; i < RECORDS - 1; i++) {
            count[generator.order(i).customer()]++;
        }

        assertThat(Arrays.stream(count).max().orElseThrow()).isLessThan(30);
        assertThat(Arrays.stream(count).filter(n -> n == 0).count()).isLessThan(400);
    }

    @Test
    void writesAbout165BytesARecord() {
        OrderJson json = new OrderJson();
        long bytes = 0;
        long values = 0;
        for (long i = 0; i < RECORDS; i++) {
            byte[] value = json.value(generator.order(i));
            if (value != null) {
                bytes += value.length;
                values++;
            }
        }

        assertThat(bytes / values).isBetween(155L, 175L);
    }

    @Test
    void refusesAnIndexBeyondTheInput() {
        assertThatThrownBy(() -> generator.order(RECORDS))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("0 to 39999");
    }
}
