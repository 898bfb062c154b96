package io.velostream.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

    @ParameterizedTest
    @CsvSource({"0,0", "7,7", "99,99", "101,100", "12345,12000", "12500,13000", "999999,1000000"})
    void keepsTwoDigits(long number, long rounded) {
        assertThat(Figures.rounded(number)).isEqualTo(rounded);
    }

    @Test
    void keepsTheWrittenFigureWhileTheNewOneIsNear() {
        assertThat(Figures.settled(1000L, Optional.of(1150L))).isEqualTo(1000L);
        assertThat(Figures.settled(1000L, Optional.of(1230L))).isEqualTo(1200L);
    }

    @Test
    void noticesTheEndOfTraffic() {
        assertThat(Figures.settled(1000L, Optional.of(0L))).isZero();
        assertThat(Figures.settled(0L, Optional.of(0L))).isZero();
    }

    @Test
    void showsNothingWhereNothingIsMeasured() {
        assertThat(Figures.settled(1000L, Optional.empty())).isNull();
    }
}
