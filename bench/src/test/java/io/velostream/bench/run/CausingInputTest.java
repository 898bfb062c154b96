package io.velostream.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.bench.data.DataSpec;
import io.velostream.bench.data.Order;
import io.velostream.bench.data.OrderGenerator;
import io.velostream.bench.query.BenchQuery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CausingInputTest {
    private final OrderGenerator generator = new OrderGenerator(new DataSpec(3, 5_000, 20, 5, 6, false));

    private static LatencyRow row(String json) throws IOException {
        return LatencyRow.of(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void findsTheOrderOfAProjectedRow() throws IOException {
        assertThat(CausingInput.of(BenchQuery.Q1, generator).of(row("{\"id\":17,\"customer\":\"c\",\"total\":null}")))
                .isEqualTo(17);
    }

    @Test
    void findsTheLaterOfOrderAndPayment() throws IOException {
        CausingInput causes = CausingInput.of(BenchQuery.Q5, generator);

        assertThat(causes.of(row("{\"id\":17,\"payment\":20,\"paid\":1}"))).isEqualTo(41);
        assertThat(causes.of(row("{\"id\":30,\"payment\":20,\"paid\":1}"))).isEqualTo(60);
    }

    @Test
    void findsTheOrderThatMadeACountReachN() throws IOException {
        Order order = generator.order(4_000);
        long n = 0;
        for (long i = 0; i <= 4_000; i++) {
            Order each = generator.order(i);
            n += !each.isTombstone() && each.customer() == order.customer() ? 1 : 0;
        }

        LatencyRow row = row("{\"customer\":\"%s\",\"n\":%d,\"total\":1.5}".formatted(order.customerText(), n));

        assertThat(order.isTombstone()).isFalse();
        assertThat(CausingInput.of(BenchQuery.Q3, generator).of(row)).isEqualTo(4_000);
    }

    @Test
    void attributesTheNullMerchantToo() throws IOException {
        long first = 0;
        while (generator.order(first).merchantText() != null
                || generator.order(first).isTombstone()) {
            first++;
        }

        assertThat(CausingInput.of(BenchQuery.Q3R, generator).of(row("{\"merchant\":null,\"n\":1,\"total\":1}")))
                .isEqualTo(first);
    }

    @Test
    void findsTheOrderThatClosedAWindow() throws IOException {
        long start = DataSpec.EPOCH_MILLIS + DataSpec.WINDOW_MILLIS;
        long closing = 0;
        while (generator.order(closing).isTombstone()
                || generator.order(closing).timestamp()
                        < start + DataSpec.WINDOW_MILLIS + DataSpec.WATERMARK_DELAY_MILLIS) {
            closing++;
        }

        LatencyRow row = row("{\"customer\":\"c\",\"n\":1,\"window_start\":" + start + "}");

        assertThat(CausingInput.of(BenchQuery.Q2, generator).of(row)).isEqualTo(closing);
    }

    @Test
    void cannotAttributeARowThatNoInputCauses() throws IOException {
        assertThat(CausingInput.of(BenchQuery.Q3, generator).of(row("{\"customer\":\"nobody\",\"n\":1}")))
                .isEqualTo(-1);
    }
}
