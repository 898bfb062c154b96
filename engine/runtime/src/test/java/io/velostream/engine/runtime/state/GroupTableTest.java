package io.velostream.engine.runtime.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GroupTableTest {

    private final GroupTable table = new GroupTable(2, 1);

    private static byte[] key(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private int add(String text) {
        byte[] key = key(text);
        return table.findOrAdd(key, 0, key.length);
    }

    private int find(String text) {
        byte[] key = key(text);
        return table.find(key, 0, key.length);
    }

    @Test
    void behavesAsAMapInTheOrderOfInsertion() {
        SplittableRandom random = new SplittableRandom(1);
        Map<String, Long> expected = new LinkedHashMap<>();
        for (int i = 0; i < 50_000; i++) {
            String key = "k".repeat(random.nextInt(0, 12)) + random.nextInt(3_000);
            int group = add(key);
            table.cells()[table.base(group) + 1]++;
            expected.merge(key, 1L, Long::sum);
        }

        Map<String, Long> actual = new LinkedHashMap<>();
        for (int group : table.inOrder()) {
            String key = new String(
                    table.keys(),
                    table.keyFrom(group),
                    table.keyTo(group) - table.keyFrom(group),
                    StandardCharsets.UTF_8);
            actual.put(key, table.cells()[table.base(group) + 1]);
        }
        assertThat(actual).containsExactlyEntriesOf(expected);
        assertThat(find("absent")).isEqualTo(GroupTable.ABSENT);
    }

    @Test
    void knowsWhatTheChangelogLacks() {
        table.markDirty(add("a"));
        table.markDirty(add("b"));
        table.markDirty(find("a"));
        assertThat(table.dirtyCount()).isEqualTo(2);

        table.clean();
        assertThat(table.dirtyCount()).isZero();
        assertThat(table.isLogged(find("a"))).isTrue();
        assertThat(table.isLogged(add("c"))).isFalse();
    }

    @Test
    void aRemovedGroupComesBackEmpty() {
        int group = add("a");
        table.cells()[table.base(group)] = 7;
        table.object(group, 0, "kept");

        table.remove(group);
        assertThat(find("a")).isEqualTo(GroupTable.ABSENT);
        assertThat(table.live()).isZero();

        int again = add("a");
        assertThat(table.cells()[table.base(again)]).isZero();
        assertThat(table.object(again, 0)).isNull();
        assertThat(table.live()).isEqualTo(1);
    }

    @Test
    void aRestoreKeepsTheOrderOfTheGroups() {
        Map<String, Long> ordinals = new HashMap<>(Map.of("a", 2L, "b", 0L, "c", 1L));
        ordinals.forEach((text, ordinal) -> table.restore(key(text), 0, 1, ordinal));
        add("d");

        StringBuilder order = new StringBuilder();
        for (int group : table.inOrder()) {
            order.append((char) table.keys()[table.keyFrom(group)]);
        }
        assertThat(order).hasToString("bcad");
    }

    @Test
    void countsItsBytes() {
        long empty = table.bytes();
        for (int i = 0; i < 10_000; i++) {
            add("key-" + i);
        }

        assertThat(table.bytes() - empty).isBetween(10_000L * 40, 10_000L * 200);
    }
}
