package io.velostream.engine.ingest;

import io.velostream.engine.plan.physical.FileSource;
import io.velostream.engine.plan.physical.FileSource.FileFormat;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The records of files, each as the JSON object that a query reads. Files come in the order of their names, records in
 * the order of the file. A record that is no CSV goes on as it is, so that it fails where the query reads it, with the
 * original at hand.
 */
public final class FileRecords {

    private final FileSource source;

    /** The records of these files. */
    public FileRecords(FileSource source) {
        this.source = source;
    }

    /**
     * The files that the path means now, in the order of their names.
     *
     * @throws UncheckedIOException when the folder cannot be read, or a plain path is no file
     */
    public List<Path> files() {
        String pattern = source.path();
        if (!isPattern(pattern)) {
            Path file = Path.of(pattern);
            if (!Files.isRegularFile(file)) {
                throw new UncheckedIOException(new IOException("There is no file " + pattern + "."));
            }
            return List.of(file);
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        try (Stream<Path> found = Files.walk(folderOf(pattern))) {
            return found.filter(path -> matcher.matches(path) && Files.isRegularFile(path))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The files " + pattern + " cannot be listed", e);
        }
    }

    private static boolean isPattern(String path) {
        return path.chars().anyMatch(c -> c == '*' || c == '?' || c == '[' || c == '{');
    }

    /** The deepest folder before the first part with a wildcard. */
    private static Path folderOf(String pattern) {
        Path folder = Path.of(pattern.startsWith("/") ? "/" : "");
        for (String part : pattern.split("/")) {
            if (isPattern(part)) {
                break;
            }
            folder = folder.resolve(part);
        }
        return folder;
    }

    /**
     * Reads one file to its end.
     *
     * @param take gets each record as JSON
     * @throws UncheckedIOException when it cannot be read
     */
    public void read(Path file, Consumer<byte[]> take) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            RecordSplitter splitter = new RecordSplitter(in, source.format() != FileFormat.JSON_LINES);
            byte[] first = splitter.next();
            if (first == null) {
                return;
            }
            if (source.format() == FileFormat.JSON_LINES) {
                take.accept(first);
                rest(splitter, take);
            } else if (source.format() == FileFormat.CSV) {
                CsvToJson json = new CsvToJson(source, CsvToJson.fields(first, source.delimiter()));
                rest(splitter, record -> take.accept(json.convert(record)));
            } else {
                CsvToJson json = new CsvToJson(source, source.columns());
                take.accept(json.convert(first));
                rest(splitter, record -> take.accept(json.convert(record)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + file + " cannot be read", e);
        }
    }

    private static void rest(RecordSplitter splitter, Consumer<byte[]> take) throws IOException {
        byte[] record = splitter.next();
        while (record != null) {
            take.accept(record);
            record = splitter.next();
        }
    }
}
