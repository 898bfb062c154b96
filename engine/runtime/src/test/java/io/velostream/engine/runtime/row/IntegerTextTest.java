package io.velostream.engine.runtime.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IntegerTextTest {

    private final byte[] buffer = new byte[64];

    private String text(int end) {
        return new String(buffer, 0, end, StandardCharsets.US_ASCII);
    }

    @Test
    void writesLongsAsTheJdkDoes() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 50_000; i++) {
            long value = random.nextLong() >> random.nextInt(64);

            assertThat(text(IntegerText.write(value, buffer, 0))).isEqualTo(Long.toString(value));
        }
        assertThat(text(IntegerText.write(Long.MIN_VALUE, buffer, 0))).isEqualTo(Long.toString(Long.MIN_VALUE));
    }

    @Test
    void writesExactlyTheScalesDigits() {
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 50_000; i++) {
            long value = random.nextLong() >> random.nextInt(64);
            int scale = random.nextInt(0, 25);

            assertThat(text(IntegerText.writeScaled(value, scale, buffer, 0)))
                    .isEqualTo(BigDecimal.valueOf(value, scale).toPlainString());
        }
    }

    @Test
    void writesNumbersOf128Bits() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 20_000; i++) {
            long high = random.nextLong() >> 2 + random.nextInt(60);
            long low = random.nextLong();
            BigInteger whole = Wide.toBigInteger(high, low);

            assertThat(text(IntegerText.writeScaled(high, low, 5, buffer, 0)))
                    .isEqualTo(new BigDecimal(whole, 5).toPlainString());
        }
    }

    @Test
    void addsIn128Bits() {
        SplittableRandom random = new SplittableRandom(6);
        for (int i = 0; i < 20_000; i++) {
            long high = random.nextLong() >> 8;
            long low = random.nextLong();
            long value = random.nextLong();
            long otherHigh = random.nextLong() >> 8;

            assertThat(Wide.toBigInteger(Wide.addHigh(high, low, value), low + value))
                    .isEqualTo(Wide.toBigInteger(high, low).add(BigInteger.valueOf(value)));
            assertThat(Wide.toBigInteger(Wide.addHigh(high, low, otherHigh, value), low + value))
                    .isEqualTo(Wide.toBigInteger(high, low).add(Wide.toBigInteger(otherHigh, value)));
        }
    }
}
