package io.velostream.operator.process;

import io.velostream.operator.action.PausePlace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Works the operator's pause points from outside. */
final class PauseFiles {

    private final Path directory;

    PauseFiles(Path directory) {
        this.directory = directory;
    }

    /** Holds the operator before and after each of the effects. */
    void hold(PausePlace... places) {
        Stream.of(places)
                .flatMap(place -> Stream.of(place.before(), place.after()))
                .forEach(name -> create(directory.resolve(name + ".hold")));
    }

    /** The places where it is held right now. */
    List<String> reached() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".reached"))
                    .map(name -> name.substring(0, name.length() - ".reached".length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Holds the operator at this place no more. */
    void release(String name) {
        delete(directory.resolve(name + ".hold"));
        delete(directory.resolve(name + ".reached"));
    }

    /** Holds the operator nowhere. */
    void releaseAll() {
        try (Stream<Path> files = Files.list(directory)) {
            files.toList().forEach(PauseFiles::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void create(Path file) {
        try {
            Files.writeString(file, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
