package io.velostream.engine.runtime.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GrowingBufferTest {

    @Test
    void appendsPartsOfEveryLengthWhereverTheyStand() {
        SplittableRandom random = new SplittableRandom(3);
        byte[] source = new byte[64];
        random.nextBytes(source);
        GrowingBuffer buffer = new GrowingBuffer(1);
        ByteArrayOutputStream expected = new ByteArrayOutputStream();

        for (int length = 0; length <= source.length; length++) {
            for (int from = 0; from + length <= source.length; from++) {
                buffer.put(source, from, from + length);
                expected.write(source, from, length);
            }
        }

        assertThat(buffer.toArray()).isEqualTo(expected.toByteArray());
    }

    @Test
    void appendsAPartOfItself() {
        GrowingBuffer buffer = new GrowingBuffer(64);
        byte[] text = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
        buffer.put(text, 0, text.length);

        buffer.put(buffer.buffer(), 4, 12);

        assertThat(buffer.toArray()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 5, 6, 7, 8, 9, 10, 11, 12);
    }
}
