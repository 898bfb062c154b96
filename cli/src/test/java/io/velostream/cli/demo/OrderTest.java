package io.velostream.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OrderTest {

    @Test
    void isAFunctionOfItsNumber() {
        assertThat(Order.number(4711)).isEqualTo(Order.number(4711));
        assertThat(Order.number(4711)).isNotEqualTo(Order.number(4712));
    }

    @Test
    void isNeverFurtherOutOfOrderThanItSays() {
        long latest = Order.START;

        for (long id = 0; id < 100_000; id++) {
            long eventTime = Order.number(id).eventTime();

            assertThat(eventTime).isGreaterThan(latest - Order.DISORDER_MILLIS);
            latest = Math.max(latest, eventTime);
        }
    }

    @Test
    void comesFromEveryCustomer() {
        long customers = LongStream.range(0, 200_000)
                .mapToInt(id -> Order.number(id).customer())
                .distinct()
                .count();

        assertThat(customers).isEqualTo(Order.CUSTOMERS);
    }

    @Test
    void aboutATenthIsBig() {
        long big = LongStream.range(0, 100_000)
                .filter(id -> Order.number(id).isBig())
                .count();

        assertThat(big).isBetween(9_000L, 11_000L);
    }

    @Test
    void writesCentsAsADecimal() {
        assertThat(Order.amount(100)).isEqualTo("1.00");
        assertThat(Order.amount(99_905)).isEqualTo("999.05");
    }
}
