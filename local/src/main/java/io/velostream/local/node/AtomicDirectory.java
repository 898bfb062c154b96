package io.velostream.local.node;

import io.velostream.local.files.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A directory whose files all change at one instant, in the layout of the kubelet's atomic writer: the content lies in a
 * directory of its own, {@code ..data} points to it, and each visible name points through {@code ..data}. A reader that follows
 * {@code ..data} sees one version or the other, never a mixture.
 */
final class AtomicDirectory {
    private static final String DATA = "..data";

    private final Path directory;
    private @Nullable Map<String, byte[]> written;
    private long version;

    AtomicDirectory(Path directory) {
        this.directory = directory;
    }

    Path path() {
        return directory;
    }

    /** Makes the directory hold exactly these files; returns whether anything had to change. */
    boolean write(Map<String, byte[]> files) throws IOException {
        if (written != null && same(written, files)) {
            return false;
        }
        Files.createDirectories(directory);
        String name = "..v" + ++version;
        Path content = directory.resolve(name);
        Files.createDirectories(content);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path target = content.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.write(target, file.getValue());
        }
        Path replacement = directory.resolve("..data_tmp");
        Files.deleteIfExists(replacement);
        Files.createSymbolicLink(replacement, Path.of(name));
        Files.move(replacement, directory.resolve(DATA), StandardCopyOption.ATOMIC_MOVE);
        link(files.keySet().stream().map(path -> path.split("/")[0]).collect(Collectors.toCollection(TreeSet::new)));
        deleteOldVersions(name);
        written = new TreeMap<>(files);
        return true;
    }

    /** The names that a reader sees. */
    Set<String> visibleNames() throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.map(child -> child.getFileName().toString())
                    .filter(child -> !child.startsWith(".."))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private void link(Set<String> names) throws IOException {
        for (String name : names) {
            Path link = directory.resolve(name);
            if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
                Files.createSymbolicLink(link, Path.of(DATA, name));
            }
        }
        for (String visible : visibleNames()) {
            if (!names.contains(visible)) {
                Files.delete(directory.resolve(visible));
            }
        }
    }

    private void deleteOldVersions(String current) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            for (Path child : children.toList()) {
                String name = child.getFileName().toString();
                if (name.startsWith("..v") && !name.equals(current)) {
                    FileTrees.delete(child);
                }
            }
        }
    }

    private static boolean same(Map<String, byte[]> left, Map<String, byte[]> right) {
        return left.keySet().equals(right.keySet())
                && left.entrySet().stream()
                        .allMatch(entry -> Arrays.equals(entry.getValue(), right.get(entry.getKey())));
    }
}
