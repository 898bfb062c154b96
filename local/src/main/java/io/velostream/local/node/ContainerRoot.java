package io.velostream.local.node;

import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The directory that stands for a container's file system. A process sees the machine's files, so a mount at
 * {@code /etc/app} appears at {@code <root>/etc/app}, and {@link #rewrite} turns what the pod's spec says into that path.
 *
 * <p>A mount is a link to its volume. Where another mount lies below one: inside a writable volume the link is made in the
 * volume itself, as the kubelet makes the mount point there; a volume from the API is mirrored name by name instead, because its
 * names come and go.
 */
final class ContainerRoot {
    private final Path root;
    private final List<VolumeMount> mounts;
    private final PodVolumes volumes;
    private final Map<Path, AtomicDirectory> mirrors = new HashMap<>();
    private final Optional<Pattern> mountedPaths;

    ContainerRoot(Path root, List<VolumeMount> mounts, PodVolumes volumes) {
        this.root = root;
        this.volumes = volumes;
        this.mounts = mounts.stream()
                .sorted(Comparator.comparing(mount -> normalized(mount.getMountPath())))
                .toList();
        this.mountedPaths = this.mounts.isEmpty()
                ? Optional.empty()
                : Optional.of(Pattern.compile("(?<=^|[=:,;])(?:"
                        + this.mounts.stream()
                                .map(mount -> Pattern.quote(normalized(mount.getMountPath())))
                                .sorted(Comparator.comparing(String::length).reversed())
                                .collect(Collectors.joining("|"))
                        + ")(?=$|[/:,;])"));
    }

    Path path() {
        return root;
    }

    /** Links every mount; call it once, after the volumes are there. */
    void mount() throws IOException, ContainerConfigException {
        Files.createDirectories(root.resolve("tmp"));
        for (VolumeMount mount : mounts) {
            Path target = root.resolve(normalized(mount.getMountPath()).substring(1));
            Optional<AtomicDirectory> readOnly = volumes.readOnly(mount.getName());
            if (mount.getSubPath() == null && readOnly.isPresent() && hasMountBelow(mount)) {
                Files.createDirectories(target);
                mirrors.put(target, readOnly.get());
                refreshMirrors();
            } else {
                link(target, source(mount, readOnly.isPresent()));
            }
        }
    }

    /** Follows names that appeared in or vanished from mirrored volumes. */
    void refreshMirrors() throws IOException {
        for (Map.Entry<Path, AtomicDirectory> mirror : mirrors.entrySet()) {
            Set<String> wanted = mirror.getValue().visibleNames();
            for (String name : wanted) {
                Path link = mirror.getKey().resolve(name);
                if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createSymbolicLink(link, mirror.getValue().path().resolve(name));
                }
            }
            for (Path gone : linksInto(mirror.getKey(), mirror.getValue().path())) {
                if (!wanted.contains(gone.getFileName().toString())) {
                    Files.delete(gone);
                }
            }
        }
    }

    /**
     * Puts the root before a mount's path wherever it begins a value or follows one of {@code = : , ;}, as in
     * {@code --config=/etc/app/app.yaml}.
     */
    String rewrite(String value) {
        return mountedPaths
                .map(pattern ->
                        pattern.matcher(value).replaceAll(match -> Matcher.quoteReplacement(root + match.group())))
                .orElse(value);
    }

    private Path source(VolumeMount mount, boolean readOnly) throws IOException, ContainerConfigException {
        Path volume = volumes.path(mount.getName());
        if (mount.getSubPath() == null || mount.getSubPath().isEmpty()) {
            return volume;
        }
        Path inside = volume.resolve(mount.getSubPath()).normalize();
        if (!inside.startsWith(volume)) {
            throw ContainerConfigException.mount("subPath \"" + mount.getSubPath() + "\" leaves its volume");
        }
        if (!Files.exists(inside)) {
            if (readOnly) {
                throw ContainerConfigException.mount(
                        "volume \"" + mount.getName() + "\" has no file \"" + mount.getSubPath() + "\"");
            }
            Files.createDirectories(inside);
        }
        return inside;
    }

    private static void link(Path target, Path source) throws IOException {
        Files.createDirectories(target.getParent());
        if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            // A claim that an earlier pod used, or our own tmp: the mount point is there already, as an empty
            // directory.
            Files.delete(target);
        }
        Files.deleteIfExists(target);
        Files.createSymbolicLink(target, source.toAbsolutePath());
    }

    private boolean hasMountBelow(VolumeMount mount) {
        String prefix = normalized(mount.getMountPath()) + "/";
        return mounts.stream()
                .anyMatch(other -> normalized(other.getMountPath()).startsWith(prefix));
    }

    private static Set<Path> linksInto(Path directory, Path volume) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            Set<Path> result = new TreeSet<>();
            for (Path child : children.toList()) {
                if (Files.isSymbolicLink(child)
                        && volume.equals(Files.readSymbolicLink(child).getParent())) {
                    result.add(child);
                }
            }
            return result;
        }
    }

    private static String normalized(String mountPath) {
        return Path.of("/").resolve(mountPath).normalize().toString();
    }
}
