package io.velostream.engine.runtime.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotDirectoryTest {

    private static final long NOW = 1_800_000_000_000L;

    @TempDir
    Path directory;

    private SnapshotDirectory snapshots;

    @BeforeEach
    void open() {
        snapshots = new SnapshotDirectory(directory);
    }

    @Test
    void givesBackWhatWasWrittenWithItsOffset() throws IOException {
        write(41, NOW, Map.of("a", "1", "b", ""));

        SnapshotDirectory.Found found = snapshots.newest(NOW).orElseThrow();

        assertThat(found.header().offset()).isEqualTo(41);
        assertThat(read(found)).containsExactlyInAnyOrderEntriesOf(Map.of("a", "1", "b", ""));
    }

    @Test
    void keepsStatesLargerThanOneBuffer() throws IOException {
        Map<String, String> entries = new LinkedHashMap<>();
        String value = "x".repeat(1_000);
        for (int i = 0; i < 5_000; i++) {
            entries.put("k" + i, value);
        }
        entries.put("large", "y".repeat(3 << 20));
        write(1, NOW, entries);

        assertThat(read(snapshots.newest(NOW).orElseThrow())).isEqualTo(entries);
    }

    @Test
    void keepsTwoAndTakesTheNewest() throws IOException {
        for (long offset : List.of(9L, 10L, 100L)) {
            write(offset, NOW, Map.of("offset", Long.toString(offset)));
        }

        assertThat(files()).hasSize(2);
        assertThat(snapshots.newest(NOW).orElseThrow().header().offset()).isEqualTo(100);
    }

    @Test
    void fallsBackToTheOneBeforeADamagedOne() throws IOException {
        write(1, NOW, Map.of("a", "1"));
        write(2, NOW, Map.of("a", "2"));
        Path newest = snapshots.newest(NOW).orElseThrow().file();
        byte[] bytes = Files.readAllBytes(newest);
        bytes[bytes.length / 2] ^= 1;
        Files.write(newest, bytes);

        assertThat(snapshots.newest(NOW).orElseThrow().header().offset()).isEqualTo(1);
        assertThat(newest).doesNotExist();
    }

    @Test
    void doesNotUseACutOrAnUnfinishedFile() throws IOException {
        write(1, NOW, Map.of("a", "1"));
        Path file = snapshots.newest(NOW).orElseThrow().file();
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 3));
        Files.write(directory.resolve("00000000000000000007.snapshot.tmp"), bytes);

        assertThat(snapshots.newest(NOW)).isEmpty();
        assertThat(files()).isEmpty();
    }

    @Test
    void doesNotUseOneOlderThanTheChangelogKeepsTombstones() throws IOException {
        write(1, NOW, Map.of("a", "1"));

        assertThat(snapshots.newest(NOW + SnapshotDirectory.OLDEST.toMillis() + 1))
                .isEmpty();
    }

    @Test
    void forgetsAllWhenNothingCanBeTrusted() throws IOException {
        write(1, NOW, Map.of("a", "1"));

        snapshots.clear();

        assertThat(files()).isEmpty();
    }

    private void write(long offset, long at, Map<String, String> entries) throws IOException {
        EntryBuffer buffer = new EntryBuffer();
        entries.forEach((key, value) -> buffer.entry(key.getBytes(UTF_8), value.getBytes(UTF_8)));
        snapshots.write(new SnapshotFile.Header(offset, at, buffer.entries()), buffer);
    }

    private static Map<String, String> read(SnapshotDirectory.Found found) throws IOException {
        Map<String, String> entries = new LinkedHashMap<>();
        SnapshotFile.read(found.file(), (key, value) -> entries.put(new String(key, UTF_8), new String(value, UTF_8)));
        return entries;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
