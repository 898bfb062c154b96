package io.velostream.engine.runtime.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoubleTextTest {

    @ParameterizedTest
    @CsvSource({
        "0.0, 0.0",
        "-0.0, -0.0",
        "1.0, 1.0",
        "2.5, 2.5",
        "-3.5, -3.5",
        "0.01, 0.01",
        "-0.29, -0.29",
        "123.45, 123.45",
        "9999999999999.98, 9999999999999.98",
        "10000000000000.02, 10000000000000.02",
        "0.1, 0.1",
        "0.30000000000000004, 0.30000000000000004",
        "100.0, 100.0",
        "1.0E15, 1000000000000000.0",
        "1.2345678E20, 123456780000000000000.0",
        "1.0E22, 1.0E22",
        "1.5E300, 1.5E300",
        "0.001, 0.001",
        "1.25E-7, 0.000000125",
        "1.25E-8, 1.25E-8",
        "4.9E-324, 4.9E-324",
        "1.7976931348623157E308, 1.7976931348623157E308"
    })
    void writesPlainDigitsWhereTheyAreReadable(double value, String text) {
        assertThat(DoubleText.text(value)).isEqualTo(text);
    }

    @Test
    void isAsShortAsTheJdksAndReadsBackTheSame() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 200_000; i++) {
            double value = i % 2 == 0
                    ? Double.longBitsToDouble(random.nextLong())
                    : random.nextLong(-1_000_000_000, 1_000_000_000) / Math.pow(10, random.nextInt(0, 12));
            if (!Double.isFinite(value)) {
                continue;
            }
            String text = DoubleText.text(value);

            assertThat(Double.parseDouble(text)).isEqualTo(value);
            assertThat(new BigDecimal(text)).isEqualByComparingTo(new BigDecimal(Double.toString(value)));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void refusesWhatIsNoNumber(double value) {
        assertThatThrownBy(() -> DoubleText.text(value)).isInstanceOf(ArithmeticException.class);
    }
}
