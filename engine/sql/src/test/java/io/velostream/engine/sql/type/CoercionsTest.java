package io.velostream.engine.sql.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.engine.sql.type.SqlType.Decimal;
import io.velostream.engine.sql.type.SqlType.Simple;
import org.junit.jupiter.api.Test;

class CoercionsTest {

    @Test
    void numbersWidenFromWholeToExactToFloating() {
        assertThat(Coercions.common(Simple.BIGINT, Simple.BIGINT)).contains(Simple.BIGINT);
        assertThat(Coercions.common(Simple.BIGINT, new Decimal(10, 2))).contains(new Decimal(21, 2));
        assertThat(Coercions.common(new Decimal(10, 2), new Decimal(6, 4))).contains(new Decimal(12, 4));
        assertThat(Coercions.common(new Decimal(10, 2), Simple.DOUBLE)).contains(Simple.DOUBLE);
    }

    @Test
    void nullAndAnyGoWithEverything() {
        assertThat(Coercions.common(Simple.NULL, Simple.STRING)).contains(Simple.STRING);
        assertThat(Coercions.common(Simple.ANY, Simple.STRING)).contains(Simple.ANY);
        assertThat(Coercions.common(Simple.STRING, Simple.BIGINT)).isEmpty();
    }

    @Test
    void wholeNumbersDivideToFractions() {
        assertThat(Coercions.quotient(Simple.BIGINT, Simple.BIGINT)).isEqualTo(Simple.DOUBLE);
        assertThat(Coercions.quotient(new Decimal(10, 2), Simple.BIGINT)).isEqualTo(new Decimal(38, 6));
    }

    @Test
    void exactArithmeticKeepsItsDigits() {
        assertThat(Coercions.sum(new Decimal(10, 2), new Decimal(10, 4))).isEqualTo(new Decimal(13, 4));
        assertThat(Coercions.product(new Decimal(10, 2), new Decimal(5, 3))).isEqualTo(new Decimal(15, 5));
        assertThat(Coercions.sum(Simple.BIGINT, Simple.BIGINT)).isEqualTo(Simple.BIGINT);
    }

    @Test
    void digitsBeforeThePointBeatThoseBehindIt() {
        assertThat(Coercions.decimal(40, 10)).isEqualTo(new Decimal(38, 8));
        assertThat(Coercions.decimal(76, 30)).isEqualTo(new Decimal(38, 6));
    }

    @Test
    void castsConvertWhatSilentCoercionDoesNot() {
        assertThat(Coercions.implicit(Simple.STRING, Simple.BIGINT)).isFalse();
        assertThat(Coercions.castable(Simple.STRING, Simple.BIGINT)).isTrue();
        assertThat(Coercions.castable(new SqlType.Array(Simple.STRING), Simple.BIGINT))
                .isFalse();
    }
}
