package io.velostream.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the README promises for a cluster: install the chart, apply the quickstart, get exact results out of Kafka, drain by a
 * patch, delete, and nothing is left but the claims.
 */
class QuickstartE2ETest {

    private static final Path ROOT = Path.of(System.getProperty("velostream.root", ".."));
    private static final Path QUICKSTART = ROOT.resolve("manifests/examples/quickstart.yaml");
    private static final String SYSTEM = "velostream";
    private static final String NAMESPACE = "quickstart-e2e";
    private static final int PARTITIONS = 4;
    private static final List<Orders.Order> ORDERS = Orders.make(4000);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static RealCluster cluster;
    private static KafkaInCluster kafka;
    private static Command kubectl;
    private static boolean ours;

    @BeforeAll
    static void prepare() throws IOException {
        List<String> missing = RealCluster.missing().toList();
        Assumptions.assumeTrue(missing.isEmpty(), () -> "skipped: " + String.join("; ", missing));
        cluster = RealCluster.start();
        kubectl = Command.in(ROOT, RealCluster.tool("kubectl"), "-n", NAMESPACE)
                .with(Map.of("KUBECONFIG", cluster.kubeconfig().toString()));
        refuseAClusterInUse();
        images().forEach(archive -> cluster.load(Path.of(archive)));
        kubectl.and("create", "namespace", NAMESPACE).output();
        kubectl.and("label", "namespace", NAMESPACE, "pod-security.kubernetes.io/enforce=restricted")
                .output();
        kafka = KafkaInCluster.start(kubectl, "velostream/kafka:" + version(), NAMESPACE);
        kafka.createTopic("orders", PARTITIONS);
    }

    /** Engine and operator are built by the reactor already; the broker's image is made once. */
    private static List<String> images() {
        Path broker = ROOT.resolve("images/kafka/target/velostream-kafka.tar");
        Command build = Command.in(ROOT, "images/build").within(Duration.ofMinutes(10));
        if (Files.exists(broker)) {
            return List.of((build.and("--reuse", "engine", "operator").output() + broker).split("\n"));
        }
        return List.of(
                build.and("--reuse", "engine", "operator", "kafka").output().split("\n"));
    }

    private static String version() {
        return System.getProperty("velostream.version", "0.1.0-SNAPSHOT");
    }

    @AfterAll
    static void end() {
        if (kafka != null) {
            kafka.close();
        }
        if (ours) {
            removeTraces();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    /** The test installs and removes Velostream, so it must not meet one that somebody uses. */
    private static void refuseAClusterInUse() {
        String crds = kubectl.and("get", "crd", "-o", "name").output();
        assertThat(crds)
                .as(
                        "The cluster has Velostream already, which this test would remove. Take another cluster, or remove it: "
                                + "helm uninstall it, delete its namespaces, then kubectl delete -f helm/velostream/crds")
                .doesNotContain("velostream.io");
        ours = true;
    }

    /** Whatever state the test ended in; nothing here is waited for that nobody would finish. */
    private static void removeTraces() {
        kubectl.and("delete", "vsj,vc", "--all", "--wait=false").attempt();
        kubectl.and("wait", "vsj", "--all", "--for=delete", "--timeout=60s").attempt();
        kubectl.and("patch", "vsj", "quickstart", "--type", "merge", "-p", "{\"metadata\":{\"finalizers\":null}}")
                .attempt();
        helm("uninstall", SYSTEM, "--namespace", SYSTEM, "--ignore-not-found").attempt();
        kubectl.and("delete", "namespace", NAMESPACE, SYSTEM, "--ignore-not-found", "--timeout=90s")
                .attempt();
        kubectl.and("delete", "-f", "helm/velostream/crds", "--ignore-not-found", "--timeout=60s")
                .attempt();
    }

    private static Command helm(String... arguments) {
        return Command.in(ROOT, RealCluster.tool("helm"))
                .and(arguments)
                .with(kubectl.environment())
                .within(Duration.ofMinutes(5));
    }

    @Test
    void runsFromInstallationToDeletion() throws IOException {
        installsTheChart();
        becomesReadyWithTheQuickstart();
        makesEveryResultExactlyOnce();
        drainsByAPatch();
        leavesNothingButTheClaimsWhenDeleted();
    }

    private static void installsTheChart() {
        helm(
                        "install",
                        SYSTEM,
                        "helm/velostream",
                        "--namespace",
                        SYSTEM,
                        "--create-namespace",
                        "--wait",
                        "--timeout",
                        "3m")
                .output();

        String deployment = kubectl.and("get", "deployment/velostream-operator", "-n", SYSTEM)
                .output();
        assertThat(deployment).contains("1/1");
    }

    private static void becomesReadyWithTheQuickstart() {
        kubectl.and("apply", "-f", QUICKSTART.toString()).output();

        waitFor("vc/primary", "condition=Ready", Duration.ofMinutes(8));
        waitFor("vsj/quickstart", "condition=Ready", Duration.ofMinutes(5));

        List<String> table = kubectl.and("get", "vc,vsj").output().lines().toList();
        assertThat(table.get(0)).matches("NAME +REPLICAS +READY +STATE +RECORDS/S +AGE");
        assertThat(table.get(1)).matches("velocluster.velostream.io/primary +2 +2 +Running +\\d* *\\S+");
        assertThat(table).anyMatch(line -> line.matches("NAME +STATE +CLUSTER +RECORDS/S +BACKLOG +READY +AGE"));
        assertThat(table)
                .anyMatch(
                        line -> line.matches("velostreamjob.velostream.io/quickstart +Running +primary .*True +\\S+"));
    }

    private static void makesEveryResultExactlyOnce() {
        SortedSet<String> highValue = Orders.highValue(ORDERS);
        SortedMap<String, String> byMinute = Orders.byMinute(ORDERS);

        kafka.produce("orders", ORDERS, PARTITIONS);

        List<JsonNode> high = kafka.read("high-value-orders", highValue.size(), Duration.ofMinutes(4));
        assertThat(high).hasSameSizeAs(highValue);
        assertThat(new TreeSet<>(
                        high.stream().map(QuickstartE2ETest::highValueRow).toList()))
                .isEqualTo(highValue);
        List<JsonNode> minutes = kafka.read("customer-minutes", byMinute.size(), Duration.ofMinutes(4));
        assertThat(minutes).hasSameSizeAs(byMinute.keySet());
        SortedMap<String, String> read = new TreeMap<>();
        minutes.forEach(row -> read.put(
                row.get("customer").asText() + " " + millis(row.get("minute")),
                row.get("orders").asLong() + " "
                        + Orders.plain(new BigDecimal(row.get("total").asText()))));
        assertThat(read).isEqualTo(byMinute);
    }

    private static void drainsByAPatch() throws IOException {
        kubectl.and("patch", "vsj", "quickstart", "--type", "merge", "-p", "{\"spec\":{\"desiredState\":\"Drained\"}}")
                .output();

        waitFor("vsj/quickstart", "jsonpath={.status.phase}=Drained", Duration.ofMinutes(4));

        JsonNode status = json("vsj/quickstart").get("status");
        Map<Integer, Long> drained = new TreeMap<>();
        StreamSupport.stream(status.get("offsets").spliterator(), false)
                .filter(offset -> offset.get("topic").asText().equals("orders"))
                .forEach(offset -> drained.put(
                        offset.get("partition").asInt(), offset.get("offset").asLong()));
        assertThat(drained).isEqualTo(kafka.ends("orders"));
        assertThat(condition(status, "Ready").get("status").asText()).isEqualTo("True");
        assertThat(condition(status, "Ready").get("reason").asText()).isEqualTo("Drained");
    }

    private static void leavesNothingButTheClaimsWhenDeleted() {
        kubectl.and("delete", "-f", QUICKSTART.toString(), "--wait=true", "--timeout=150s")
                .within(Duration.ofMinutes(3))
                .output();

        Awaitility.await("all objects of the quickstart are gone")
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(
                                objects("all,configmap,secret,serviceaccount,poddisruptionbudget,controllerrevision"))
                        .allMatch(object -> object.contains("kafka")
                                || object.contains("kube-root-ca")
                                || object.endsWith("/default")));
        assertThat(objects("persistentvolumeclaim"))
                .containsExactly("persistentvolumeclaim/state-primary-0", "persistentvolumeclaim/state-primary-1");
        // Results and dead letters stay, for they are in no other place.
        assertThat(kafka.topics()).contains("orders", "high-value-orders", "customer-minutes");
        assertThat(kafka.topics()).allMatch(topic -> !topic.startsWith("velostream.") || topic.endsWith(".dlq"));
        assertThat(kafka.groups()).noneMatch(group -> group.startsWith("velostream."));
    }

    private static List<String> objects(String kinds) {
        return kubectl.and("get", kinds, "-o", "name")
                .output()
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    private static void waitFor(String object, String condition, Duration atMost) {
        Command.Result result = kubectl.and(
                        "wait", object, "--for=" + condition, "--timeout=" + atMost.toSeconds() + "s")
                .within(atMost.plusSeconds(30))
                .run();
        assertThat(result.exitCode())
                .as(
                        "%s was not seen on %s within %s:%n%s%n%s",
                        condition, object, atMost, result.errors(), circumstances(object))
                .isZero();
    }

    /** What one would look at next. */
    private static String circumstances(String object) {
        return kubectl.and("get", object, "-o", "yaml").run().output()
                + kubectl.and("get", "pods,pvc,events").run().output()
                + kubectl.and(
                                "logs",
                                "--all-containers",
                                "--prefix",
                                "--tail=60",
                                "-l",
                                "app.kubernetes.io/name=velostream")
                        .run()
                        .output()
                + kubectl.and("logs", "-n", SYSTEM, "deployment/velostream-operator", "--tail=100")
                        .run()
                        .output();
    }

    private static JsonNode json(String object) throws IOException {
        return JSON.readTree(kubectl.and("get", object, "-o", "json").output());
    }

    private static JsonNode condition(JsonNode status, String type) {
        return StreamSupport.stream(status.get("conditions").spliterator(), false)
                .filter(condition -> condition.get("type").asText().equals(type))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no condition " + type + " in " + status));
    }

    private static String highValueRow(JsonNode row) {
        return row.get("id").asLong() + " " + row.get("customer").asText() + " "
                + Orders.plain(new BigDecimal(row.get("amount").asText())) + " "
                + Orders.plain(new BigDecimal(row.get("tax").asText()));
    }

    private static long millis(JsonNode time) {
        return time.isNumber() ? time.longValue() : Instant.parse(time.asText()).toEpochMilli();
    }
}
