package io.velostream.engine.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velostream.engine.plan.physical.FileSource;
import io.velostream.engine.plan.physical.FileSource.FileFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileRecordsTest {

    @TempDir
    Path folder;

    @Test
    void theHeaderNamesTheFieldsAndTheirNotationGivesTheTypes() throws IOException {
        write("in.csv", "\ufeffid,name,zip\n1,Ann,01234\n\n2,\"O\"\"Neil, Pat\",\n");

        assertThat(read("in.csv", FileFormat.CSV, List.of()))
                .containsExactly(
                        "{\"id\":1,\"name\":\"Ann\",\"zip\":\"01234\"}",
                        "{\"id\":2,\"name\":\"O\\\"Neil, Pat\",\"zip\":null}");
    }

    @Test
    void aDeclaredTextColumnStaysText() throws IOException {
        write("in.csv", "id,zip\n1,12345\n");

        assertThat(read("in.csv", FileFormat.CSV, List.of("ZIP"))).containsExactly("{\"id\":1,\"zip\":\"12345\"}");
    }

    @Test
    void aRecordMayGoOverSeveralLines() throws IOException {
        write("in.csv", "note\r\n\"one\r\ntwo\"\r\n");

        assertThat(read("in.csv", FileFormat.CSV, List.of())).containsExactly("{\"note\":\"one\\r\\ntwo\"}");
    }

    @Test
    void whatIsNoCsvGoesOnAsItIs() throws IOException {
        write("in.csv", "a,b\n\"x\"y,1\nz,2");

        assertThat(read("in.csv", FileFormat.CSV, List.of())).containsExactly("\"x\"y,1", "{\"a\":\"z\",\"b\":2}");
    }

    @Test
    void filesOfAPatternComeByName() throws IOException {
        write("2024/b.jsonl", "{\"n\":2}\n");
        write("2024/a.jsonl", "{\"n\":1}");
        write("2024/c.txt", "{\"n\":3}");

        FileRecords records = new FileRecords(source(folder + "/**/*.jsonl", FileFormat.JSON_LINES, List.of()));

        assertThat(records.files())
                .extracting(file -> file.getFileName().toString())
                .containsExactly("a.jsonl", "b.jsonl");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        FileRecords records = new FileRecords(source(folder + "/none.csv", FileFormat.CSV, List.of()));

        assertThatThrownBy(records::files)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("none.csv");
    }

    private void write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private List<String> read(String name, FileFormat format, List<String> textColumns) {
        FileRecords records = new FileRecords(source(folder.resolve(name).toString(), format, textColumns));
        List<String> read = new ArrayList<>();
        records.files()
                .forEach(file -> records.read(file, value -> read.add(new String(value, StandardCharsets.UTF_8))));
        return read;
    }

    private static FileSource source(String path, FileFormat format, List<String> textColumns) {
        return new FileSource(path, format, ',', false, textColumns, List.of());
    }
}
