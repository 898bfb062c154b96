package io.velostream.engine.runtime.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FirstRowsTest {

    private final List<byte[]> keyOfRow = new ArrayList<>();
    private final FirstRows firsts = new FirstRows(
            (row, key, from, to) -> Arrays.equals(keyOfRow.get(row), 0, keyOfRow.get(row).length, key, from, to));

    @Test
    void findsWhatAMapFindsWhileKeysComeChangeAndGo() {
        Random random = new Random(3);
        Map<String, Integer> expected = new HashMap<>();
        for (int step = 0; step < 60_000; step++) {
            String name = "key " + random.nextInt(step % 20_000 < 10_000 ? 3_000 : 40);
            byte[] key = (" " + name).getBytes(StandardCharsets.UTF_8);
            if (random.nextInt(5) < 2) {
                firsts.remove(key, 1, key.length);
                expected.remove(name);
            } else {
                keyOfRow.add(name.getBytes(StandardCharsets.UTF_8));
                firsts.put(key, 1, key.length, keyOfRow.size() - 1);
                expected.put(name, keyOfRow.size() - 1);
            }
            assertThat(firsts.find(key, 1, key.length)).isEqualTo(expected.getOrDefault(name, FirstRows.NONE));
        }

        for (int i = 0; i < 3_000; i++) {
            byte[] key = ("key " + i).getBytes(StandardCharsets.UTF_8);
            assertThat(firsts.find(key, 0, key.length)).isEqualTo(expected.getOrDefault("key " + i, FirstRows.NONE));
        }
    }
}
