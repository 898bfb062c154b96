package io.velostream.engine.runtime.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velostream.engine.runtime.state.ColdStorageException;
import io.velostream.engine.runtime.state.ColdTable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchSpaceTest {

    private static final long CACHE = 8L << 20;

    @TempDir
    Path folder;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> entries(ColdTable table) {
        List<String> entries = new ArrayList<>();
        table.forEach((key, value) ->
                entries.add(new String(key, StandardCharsets.UTF_8) + "=" + new String(value, StandardCharsets.UTF_8)));
        return entries;
    }

    @Test
    void behavesAsASortedMap() {
        try (ScratchSpace space = new ScratchSpace(folder.resolve("spill"), CACHE);
                ColdTable table = space.open()) {
            SplittableRandom random = new SplittableRandom(3);
            Map<String, String> expected = new TreeMap<>();
            for (int i = 0; i < 20_000; i++) {
                String key = "k" + random.nextInt(2_000);
                if (random.nextInt(4) == 0) {
                    table.flush();
                    table.remove(bytes(key));
                    expected.remove(key);
                } else {
                    table.put(bytes(key), bytes("v" + i));
                    expected.put(key, "v" + i);
                }
            }
            table.flush();

            assertThat(entries(table))
                    .containsExactlyElementsOf(expected.entrySet().stream()
                            .map(entry -> entry.getKey() + "=" + entry.getValue())
                            .toList());
            expected.forEach((key, value) -> assertThat(table.get(bytes(key))).isEqualTo(bytes(value)));
            assertThat(table.get(bytes("absent"))).isNull();
        }
    }

    @Test
    void keepsItsTablesApartAndDropsThemWhole() {
        try (ScratchSpace space = new ScratchSpace(folder, CACHE)) {
            ColdTable one = space.open();
            ColdTable other = space.open();
            one.put(bytes("k"), bytes("1"));
            other.put(bytes("k"), bytes("2"));
            one.flush();
            other.flush();

            one.close();

            assertThat(entries(other)).containsExactly("k=2");
            try (ColdTable next = space.open()) {
                assertThat(entries(next)).isEmpty();
            }
            other.close();
        }
    }

    @Test
    void deletesWhatAnEarlierProcessLeft() throws Exception {
        Path spill = folder.resolve("spill");
        try (ScratchSpace earlier = new ScratchSpace(spill, CACHE)) {
            ColdTable table = earlier.open();
            table.put(bytes("k"), bytes("1"));
            table.flush();
            assertThat(Files.exists(spill)).isTrue();
        }

        try (ScratchSpace space = new ScratchSpace(spill, CACHE)) {
            assertThat(Files.exists(spill)).isFalse();
            assertThat(space.diskBytes()).isZero();
            try (ColdTable table = space.open()) {
                assertThat(table.get(bytes("k"))).isNull();
            }
        }
    }

    @Test
    void saysWhatToDoWhenTheDirectoryCannotBeUsed() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        try (ScratchSpace space = new ScratchSpace(file.resolve("spill"), CACHE)) {
            assertThatThrownBy(space::open)
                    .isInstanceOf(ColdStorageException.class)
                    .hasMessageContaining("let the process write there, or give the pod more memory");
        }
    }
}
