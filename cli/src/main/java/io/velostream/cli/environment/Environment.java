package io.velostream.cli.environment;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.velostream.local.LocalCluster;
import io.velostream.local.apiserver.ApiServerChoice;
import io.velostream.local.kafka.LocalKafka;
import io.velostream.local.node.ImageCommand;
import io.velostream.local.node.ImageCommands;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Everything that Velostream needs, on this machine: control plane, node, Kafka broker, operator. */
public final class Environment implements AutoCloseable {

    static final String ENGINE_IMAGE = "velostream/engine:local";
    private static final String NAMESPACE = "default";
    private static final int ADMIN_PORT = 8080;

    private final Path directory;
    private final LocalKafka kafka;
    private final LocalCluster cluster;
    private final OperatorProcess operator;
    private final Resources resources;

    private Environment(Path directory, LocalKafka kafka, LocalCluster cluster, OperatorProcess operator) {
        this.directory = directory;
        this.kafka = kafka;
        this.cluster = cluster;
        this.operator = operator;
        this.resources = new Resources(cluster.client());
    }

    /**
     * Starts everything and returns when the operator works.
     *
     * @throws IOException when a part is not built or does not start; the message says which and where its log is
     */
    public static Environment start(ApiServerChoice apiServer, Narrator narrator)
            throws IOException, InterruptedException {
        narrator.section("A control plane, a Kafka broker and the operator");
        Path directory = Files.createTempDirectory("velo-");
        LocalCluster cluster = LocalCluster.builder()
                .images(images())
                .crds(root().resolve("crds"))
                .apiServer(apiServer)
                .directory(directory.resolve("cluster"))
                .start();
        @Nullable LocalKafka kafka = null;
        @Nullable OperatorProcess operator = null;
        try {
            narrator.line(
                    cluster.apiServer().isReal()
                            ? "the real kube-apiserver at "
                                    + cluster.apiServer().url()
                            : "an API server in memory at "
                                    + cluster.apiServer().url() + " (see docs/reference/local-environment.md)");
            operator = OperatorProcess.start(operatorProgram(), cluster.kubeconfig(), ENGINE_IMAGE, directory);
            kafka = LocalKafka.builder()
                    .dataDirectory(directory.resolve("kafka"))
                    .start();
            narrator.line("a Kafka broker at " + kafka.bootstrapServers());
            operator.awaitReady();
            narrator.line("the operator at " + operator.url() + ", log in " + operator.log());
            return new Environment(directory, kafka, cluster, operator);
        } catch (IOException | InterruptedException | RuntimeException failure) {
            closeQuietly(operator);
            closeQuietly(kafka);
            cluster.close();
            throw failure;
        }
    }

    private static void closeQuietly(@Nullable AutoCloseable part) {
        if (part != null) {
            try {
                part.close();
            } catch (Exception ignored) {
                // The failure that led here is the one to tell.
            }
        }
    }

    /** What stands for the engine's image: the server's jar, bound to the pod's address. */
    private static ImageCommands images() throws IOException {
        Path program = root().resolve("engine/server/target/quarkus-app/quarkus-run.jar");
        if (!Files.isRegularFile(program)) {
            throw new IOException("The engine is not built: there is no " + program
                    + ". Run ./mvnw package -DskipTests, or start velo without VELO_SKIP_BUILD.");
        }
        List<String> java = List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-Dquarkus.http.host=${POD_IP}",
                "-jar",
                program.toString());
        return ImageCommands.none().with(ENGINE_IMAGE, ImageCommand.of(java).withProgram("velostream", java));
    }

    private static Path operatorProgram() {
        return root().resolve("operator/target/quarkus-app/quarkus-run.jar");
    }

    private static Path root() {
        return Path.of(System.getProperty("velostream.root", "")).toAbsolutePath();
    }

    /** Both kinds of resource. */
    public Resources resources() {
        return resources;
    }

    /** Kafka's address. */
    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** Creates a topic. */
    public void createTopic(String name, int partitions) {
        kafka.createTopic(name, partitions);
    }

    /** The pods of a cluster, as the API server has them. */
    public List<Pod> pods(String clusterName) {
        return client().pods()
                .inNamespace(NAMESPACE)
                .withLabel("velostream.io/cluster", clusterName)
                .list()
                .getItems();
    }

    /** How many pods of a cluster are ready. */
    long readyPods(String clusterName) {
        return pods(clusterName).stream()
                .filter(pod -> pod.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True")))
                .count();
    }

    KubernetesClient client() {
        return cluster.client();
    }

    /** The addresses of all engine pods. */
    List<String> engineUrls() {
        return client()
                .pods()
                .inNamespace(NAMESPACE)
                .withLabel("app.kubernetes.io/component", "engine")
                .list()
                .getItems()
                .stream()
                .map(pod -> Optional.ofNullable(pod.getStatus().getPodIP()))
                .flatMap(Optional::stream)
                .sorted()
                .map(ip -> "http://" + ip + ":" + ADMIN_PORT)
                .toList();
    }

    /** Writes a cluster's admin token into a file that only its owner may read. */
    Path adminTokenFile(String clusterName) throws IOException {
        Secret secret = client().secrets()
                .inNamespace(NAMESPACE)
                .withName(clusterName + "-admin-token")
                .get();
        if (secret == null) {
            throw new IOException("The cluster " + clusterName + " has no Secret " + clusterName + "-admin-token yet.");
        }
        Path file = directory.resolve("admin-token");
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                file, new String(Base64.getDecoder().decode(secret.getData().get("token")), StandardCharsets.US_ASCII));
        return file;
    }

    /** What {@code velo up} tells scripts, as shell assignments. */
    Map<String, String> variables(String clusterName) throws IOException {
        return Map.of(
                "KUBECONFIG", cluster.kubeconfig().toString(),
                "BOOTSTRAP", bootstrapServers(),
                "ENGINE_URLS", String.join(",", engineUrls()),
                "OPERATOR_URL", operator.url().toString(),
                "ADMIN_TOKEN_FILE", adminTokenFile(clusterName).toString());
    }

    /** Tells where everything is. */
    public void describe(Narrator narrator) {
        narrator.line("export KUBECONFIG=" + cluster.kubeconfig());
        narrator.line("Kafka     " + bootstrapServers());
        narrator.line("engines   " + String.join(" ", engineUrls()));
        narrator.line("operator  " + operator.url() + ", log in " + operator.log());
    }

    /** Says where the logs are, after a failure. */
    public void keepLogs(Narrator narrator) {
        narrator.line("operator's log: " + operator.log());
        narrator.line("pods' logs: below " + directory.resolve("cluster"));
    }

    @Override
    public void close() {
        cluster.close();
        operator.close();
        kafka.close();
    }
}
