package io.velostream.engine.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DigitsTest {

    @Test
    void countsDigitsUpToAnyOtherByte() {
        for (int other = 0; other < 256; other++) {
            if (other >= '0' && other <= '9') {
                continue;
            }
            for (int count = 0; count < 8; count++) {
                byte[] text = "12345678".getBytes(StandardCharsets.US_ASCII);
                text[count] = (byte) other;

                assertThat(Digits.count(word(text)))
                        .as("%d digits before byte %d", count, other)
                        .isEqualTo(count);
            }
        }
        assertThat(Digits.count(word("09876543".getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo(8);
    }

    @Test
    void valuesAreThoseOfTheJdk() {
        Random random = new Random(7);
        for (int i = 0; i < 100_000; i++) {
            int count = 1 + random.nextInt(8);
            byte[] text = new byte[8];
            random.nextBytes(text);
            for (int digit = 0; digit < count; digit++) {
                text[digit] = (byte) ('0' + (random.nextInt(3) == 0 ? 0 : random.nextInt(10)));
            }
            String digits = new String(text, 0, count, StandardCharsets.US_ASCII);

            assertThat(Digits.value(word(text), count)).isEqualTo(Long.parseLong(digits));
            assertThat(Digits.leadingZeros(word(text), count))
                    .isEqualTo(count - digits.replaceFirst("^0+", "").length());
        }
    }

    private static long word(byte[] text) {
        return ByteBuffer.wrap(text).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }
}
