package io.velostream.engine.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FaultHooksTest {

    @Test
    void isInertWithoutASetting() {
        assertThat(FaultHooks.parse("")).isEmpty();
        for (FaultHooks.Point point : FaultHooks.Point.values()) {
            FaultHooks.hit(point);
        }
    }

    @Test
    void countsPassesByPoint() {
        assertThat(FaultHooks.parse("BEFORE_COMMIT:3, IN_FAN_OUT")).hasSize(2).satisfies(armed -> {
            assertThat(armed.get(FaultHooks.Point.BEFORE_COMMIT)).hasValue(3);
            assertThat(armed.get(FaultHooks.Point.IN_FAN_OUT)).hasValue(1);
        });
    }

    @Test
    void refusesAnUnknownPoint() {
        assertThatThrownBy(() -> FaultHooks.parse("AFTER_LUNCH:1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("AFTER_LUNCH");
    }
}
