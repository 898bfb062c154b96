package io.velostream.cli.demo;

import static io.velostream.cli.demo.DemoResources.CLUSTER;
import static io.velostream.cli.demo.DemoResources.JOB;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.velostream.cli.demo.Playbook.Played;
import io.velostream.cli.environment.Environment;
import io.velostream.cli.environment.Narrator;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The main job on one machine: a cluster of two pods, a job with two queries over a stream of orders, runbook actions by
 * patching the resources, and in the end a check, record by record, that nothing was lost or doubled.
 */
final class Demo {

    private static final int ORDERS_PER_SECOND = 3_000;
    private static final int LISTED_DIFFERENCES = 20;
    private static final Duration POD_START = Duration.ofSeconds(60);
    private static final Duration ACTION = Duration.ofSeconds(60);

    private final Environment environment;
    private final Narrator narrator;
    private final OrderFeed feed;
    private final ResultLedger ledger;
    private final Playbook playbook;

    private Demo(Environment environment, Narrator narrator, OrderFeed feed, ResultLedger ledger) {
        this.environment = environment;
        this.narrator = narrator;
        this.feed = feed;
        this.ledger = ledger;
        this.playbook = new Playbook(environment, narrator, this::liveLine);
    }

    /**
     * Plays everything.
     *
     * @throws DemoFailure when a step does not reach its condition or a record is lost or doubled
     */
    static void play(Environment environment, Narrator narrator) throws InterruptedException {
        DemoResources.topics().forEach(topic -> environment.createTopic(topic, DemoResources.PARTITIONS));
        try (OrderFeed feed = new OrderFeed(
                        environment.bootstrapServers(),
                        DemoResources.INPUT_TOPIC,
                        DemoResources.PARTITIONS,
                        ORDERS_PER_SECOND);
                ResultLedger ledger = new ResultLedger(
                        environment.bootstrapServers(), DemoResources.BIG_ORDERS_TOPIC, DemoResources.TOTALS_TOPIC)) {
            Demo demo = new Demo(environment, narrator, feed, ledger);
            demo.start();
            demo.drainAndResume();
            demo.scaleOutAndIn();
            demo.breakAndMend();
            demo.finish();
        }
    }

    private String liveLine() {
        List<String> samples = ledger.samples();
        return String.format(
                Locale.ROOT,
                "%,d orders in, %,d rows out, %,d customers   %s",
                feed.sent(),
                ledger.rows(),
                ledger.customers(),
                samples.isEmpty() ? "" : samples.getLast());
    }

    private void start() throws InterruptedException {
        narrator.section("A cluster of two pods and a job with two queries");
        narrator.line("$ kubectl apply -f cluster.yaml -f job.yaml");
        environment.resources().create(DemoResources.cluster(environment));
        environment.resources().create(DemoResources.job());
        feed.start();
        playbook.await(
                "apply VeloCluster and VeloStreamJob",
                POD_START,
                () -> isReady("vc", CLUSTER) && isReady("vsj", JOB),
                () -> playbook.describe("vc", CLUSTER, "Ready") + "; job " + playbook.describe("vsj", JOB, "Ready"));
        playbook.await(
                "results out of Kafka",
                ACTION,
                () -> ledger.rows() > 1_000 && ledger.customers() > 0,
                () -> ledger.rows() + " rows read by a read_committed consumer");
        narrator.lines(ledger.samples());
        playbook.showResources();
    }

    private boolean isReady(String kind, String name) {
        return playbook.isObserved(kind, name)
                && playbook.condition(kind, name, "Ready").equals("True");
    }

    private void drainAndResume() throws InterruptedException {
        narrator.section("Drain the job, then resume it");
        playbook.patch("vsj", JOB, "{\"spec\":{\"desiredState\":\"Drained\"}}");
        playbook.await(
                "desiredState: Drained",
                ACTION,
                () -> isReady("vsj", JOB) && phase("vsj", JOB).equals("Drained"),
                () -> "phase " + phase("vsj", JOB) + ", " + playbook.describe("vsj", JOB, "Ready"));
        playbook.showResources();
        playbook.patch("vsj", JOB, "{\"spec\":{\"desiredState\":\"Running\"}}");
        long before = ledger.rows();
        playbook.await(
                "desiredState: Running",
                ACTION,
                () -> isReady("vsj", JOB) && phase("vsj", JOB).equals("Running") && ledger.rows() > before,
                () -> "phase " + phase("vsj", JOB) + ", rows flow again");
    }

    private String phase(String kind, String name) {
        return playbook.field(kind, name, ".status.phase").orElse("");
    }

    private void scaleOutAndIn() throws InterruptedException {
        narrator.section("Scale out to three pods, and back to two");
        playbook.await(
                "state of 10,000 keys",
                ACTION,
                () -> ledger.customers() >= 10_000,
                () -> ledger.customers() + " customers have totals");
        playbook.patch("vc", CLUSTER, "{\"spec\":{\"replicas\":3}}");
        playbook.await(
                "replicas: 3",
                POD_START,
                () -> isReady("vc", CLUSTER) && readyPods().equals("3"),
                () -> readyPods() + " pods ready, " + playbook.describe("vc", CLUSTER, "Ready"));
        playbook.showResources();
        playbook.patch("vc", CLUSTER, "{\"spec\":{\"replicas\":2}}");
        playbook.await(
                "replicas: 2 (drained first)",
                ACTION,
                () -> isReady("vc", CLUSTER)
                        && environment.pods(CLUSTER).size() == 2
                        && readyPods().equals("2"),
                () -> readyPods() + " pods ready, " + playbook.describe("vc", CLUSTER, "Ready"));
        playbook.showResources();
    }

    private String readyPods() {
        return playbook.field("vc", CLUSTER, ".status.readyReplicas").orElse("0");
    }

    private void breakAndMend() throws InterruptedException {
        narrator.section("A broken SQL: the job keeps running on the last good one");
        String broken = DemoResources.sql().replace(DemoResources.RIGHT_LINE, DemoResources.BROKEN_LINE);
        playbook.patch("vsj", JOB, sqlPatch(broken));
        playbook.await(
                "a misspelt column",
                ACTION,
                () -> playbook.isObserved("vsj", JOB)
                        && playbook.condition("vsj", JOB, "Valid").equals("False"),
                () -> playbook.describe("vsj", JOB, "Valid"));
        if (!playbook.describe("vsj", JOB, "Valid").contains(positionOf(broken))) {
            throw new DemoFailure("The condition Valid does not name the place " + positionOf(broken) + ": "
                    + playbook.describe("vsj", JOB, "Valid"));
        }
        long before = ledger.rows();
        playbook.await(
                "last good SQL still runs",
                ACTION,
                () -> ledger.rows() > before + 1_000,
                () -> (ledger.rows() - before) + " more rows since");
        playbook.patch("vsj", JOB, sqlPatch(DemoResources.sql()));
        playbook.await(
                "the mended SQL",
                ACTION,
                () -> isReady("vsj", JOB)
                        && playbook.condition("vsj", JOB, "Valid").equals("True"),
                () -> playbook.describe("vsj", JOB, "Valid"));
    }

    /** Line and column of the misspelt name. */
    private static String positionOf(String sql) {
        int at = sql.indexOf("amuont");
        int line = (int) sql.substring(0, at).lines().count();
        int column = at - sql.lastIndexOf('\n', at);
        return line + ":" + column;
    }

    private static String sqlPatch(String sql) {
        try {
            return new ObjectMapper().writeValueAsString(Map.of("spec", Map.of("sql", sql)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void finish() throws InterruptedException {
        narrator.section("Nothing lost, nothing doubled?");
        long orders = feed.finish();
        long rows = ResultLedger.expectedRows(orders);
        try {
            playbook.await(
                    "every row",
                    ACTION,
                    () -> ledger.rows() >= rows,
                    () -> String.format(Locale.ROOT, "%,d of %,d rows for %,d orders", ledger.rows(), rows, orders));
        } finally {
            ledger.differences(orders).stream().limit(LISTED_DIFFERENCES).forEach(narrator::line);
        }
        List<String> differences = ledger.differences(orders);
        if (!differences.isEmpty()) {
            throw new DemoFailure(differences.size() + " rows are lost, doubled or wrong.");
        }
        narrator.line(String.format(
                Locale.ROOT, "%,d orders, %,d rows, each checked: nothing lost, nothing doubled.", orders, rows));
        narrator.section("What was asked, what the status said, how long it took");
        for (Played step : playbook.played()) {
            narrator.line(String.format(Locale.ROOT, "%-38s %5.1f s   %s", step.asked(), step.seconds(), step.said()));
        }
    }
}
