package io.velostream.local.apiserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Where the programs of a Kubernetes control plane are on this machine.
 *
 * @param directory holds {@code kube-apiserver} and {@code etcd}, perhaps {@code kubectl}
 * @param controllerManager the {@code kube-controller-manager}, where there is one beside the API server
 */
public record KubernetesBinaries(Path directory, Optional<Path> controllerManager) {
    /** Names a directory with the binaries; it wins over the usual places. */
    public static final String ENVIRONMENT_VARIABLE = "VELO_KUBE_BINARIES";

    /** What to tell a user who has none. */
    public static final String HOW_TO_GET =
            "No kube-apiserver and etcd found on this machine: set " + ENVIRONMENT_VARIABLE
                    + " to a directory that holds both, or put them where fabric8's kube-api-test and setup-envtest keep them"
                    + " (~/.kubeapitest/k8s/VERSION-OS-ARCH)";

    private static final List<String> NEEDED = List.of("kube-apiserver", "etcd");

    /** Looks at the environment variable, then at the places that kube-api-test uses; the newest version wins. */
    public static Optional<KubernetesBinaries> find() {
        return find(name -> Optional.ofNullable(System.getenv(name)), Path.of(System.getProperty("user.home")));
    }

    static Optional<KubernetesBinaries> find(Function<String, Optional<String>> environment, Path home) {
        Optional<Path> named = environment.apply(ENVIRONMENT_VARIABLE).map(Path::of);
        if (named.isPresent()) {
            if (!isComplete(named.get())) {
                throw new LocalApiServerException(ENVIRONMENT_VARIABLE + " is " + named.get()
                        + ", which does not hold executable files kube-apiserver and etcd");
            }
            return named.map(KubernetesBinaries::in);
        }
        return Stream.of(
                        environment.apply("KUBE_API_TEST_DIR").map(Path::of),
                        environment.apply("KUBE_API_TEST_HOME").map(Path::of),
                        Optional.of(home.resolve(".kubeapitest")))
                .flatMap(Optional::stream)
                .flatMap(root -> newestFirst(root.resolve("k8s")))
                .filter(KubernetesBinaries::isComplete)
                .findFirst()
                .map(KubernetesBinaries::in);
    }

    /** The {@code kubectl} beside the API server, when there is one. */
    public Optional<Path> kubectl() {
        return Optional.of(directory.resolve("kubectl")).filter(Files::isExecutable);
    }

    /** {@code linux-amd64} and the like, as kube-api-test and setup-envtest name their directories. */
    static String platform() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return os + "-" + (arch.equals("aarch64") || arch.equals("arm64") ? "arm64" : "amd64");
    }

    private static KubernetesBinaries in(Path directory) {
        return new KubernetesBinaries(directory, controllerManagerNear(directory.resolve("kube-apiserver")));
    }

    /** The API server may be a link; the controller manager is looked for beside the link and beside what it points to. */
    private static Optional<Path> controllerManagerNear(Path apiServer) {
        try {
            return Stream.of(apiServer, apiServer.toRealPath())
                    .map(file -> file.resolveSibling("kube-controller-manager"))
                    .filter(Files::isExecutable)
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot resolve " + apiServer, e);
        }
    }

    private static boolean isComplete(Path directory) {
        return NEEDED.stream().allMatch(name -> Files.isExecutable(directory.resolve(name)));
    }

    private static Stream<Path> newestFirst(Path versions) {
        if (!Files.isDirectory(versions)) {
            return Stream.empty();
        }
        try (Stream<Path> children = Files.list(versions)) {
            return children
                    .filter(child -> child.getFileName().toString().endsWith("-" + platform()))
                    .sorted(Comparator.comparing(KubernetesBinaries::versionOf, KubernetesBinaries::compareVersions)
                            .reversed())
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + versions, e);
        }
    }

    private static String versionOf(Path directory) {
        String name = directory.getFileName().toString();
        return name.substring(0, name.length() - platform().length() - 1);
    }

    private static int compareVersions(String left, String right) {
        String[] leftParts = left.split("\\D+");
        String[] rightParts = right.split("\\D+");
        for (int i = 0; i < Math.min(leftParts.length, rightParts.length); i++) {
            int order = Integer.compare(number(leftParts[i]), number(rightParts[i]));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(leftParts.length, rightParts.length);
    }

    private static int number(String digits) {
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }
}
