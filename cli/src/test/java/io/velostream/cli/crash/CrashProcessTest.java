package io.velostream.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.velostream.engine.guard.FaultHooks.Point;
import io.velostream.engine.job.JobDocument;
import io.velostream.engine.job.JobDocument.DeliveryGuarantee;
import io.velostream.engine.job.JobDocument.DesiredState;
import io.velostream.engine.job.JobDocument.ErrorHandling;
import io.velostream.engine.job.JobDocument.ErrorStrategy;
import io.velostream.engine.job.JobDocument.StartFrom;
import io.velostream.engine.job.JobDocument.StartType;
import io.velostream.engine.job.JobDocument.TopicDefaults;
import io.velostream.engine.job.JobDocument.Watermark;
import io.velostream.local.kafka.LocalKafka;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two pods, twelve partitions, a filter, a running count over a repartition and a window: pods are killed at random points of
 * commit, revocation, restore and fan-out, a third pod comes and goes, and in the end a read_committed consumer must find
 * every row exactly once. The random seed is printed; {@code -Dcrash.seed} repeats a run, {@code -Dcrash.kills} shortens it.
 */
class CrashProcessTest {

    private static final int PARTITIONS = 12;
    private static final int PER_SECOND = 1_500;
    private static final int KILLS = Integer.getInteger("crash.kills", 30);
    private static final String SQL = """
            CREATE STREAM payments (id BIGINT, account STRING, cents BIGINT, ts TIMESTAMP)
            WITH ('topic' = 'payments', 'format' = 'json', 'event.time.field' = 'ts',
                  'watermark.max_out_of_orderness' = '1s');

            CREATE STREAM large AS SELECT id, cents FROM payments WHERE cents >= 50000 EMIT CHANGES
            WITH ('large.topic' = 'large', 'large.format' = 'json');

            CREATE TABLE counts AS
            SELECT account, COUNT(*) AS n, SUM(cents) AS total FROM payments GROUP BY account EMIT CHANGES
            WITH ('counts.topic' = 'counts', 'counts.format' = 'json');

            CREATE TABLE minutes AS
            SELECT account, _window_start AS minute, COUNT(*) AS n FROM payments
            GROUP BY account WINDOW TUMBLING(1m) EMIT FINAL
            WITH ('minutes.topic' = 'minutes', 'minutes.format' = 'json');
            """;

    @TempDir
    Path directory;

    private final List<EnginePod> pods = new ArrayList<>();
    private final AtomicInteger fed = new AtomicInteger();
    private LocalKafka kafka;
    private volatile boolean feeding = true;

    @BeforeEach
    void startBroker() throws Exception {
        kafka = LocalKafka.builder().start();
        for (String topic : List.of("payments", "large", "counts", "minutes")) {
            kafka.createTopic(topic, PARTITIONS);
        }
        for (int ordinal = 0; ordinal < 3; ordinal++) {
            pods.add(new EnginePod(ordinal, directory, kafka.bootstrapServers(), document()));
        }
    }

    @AfterEach
    void stopEverything() throws InterruptedException {
        feeding = false;
        for (EnginePod pod : pods) {
            pod.close();
        }
        kafka.close();
    }

    @Test
    void losesAndDoublesNothingWhereverItIsKilled() throws Exception {
        long seed = Long.getLong("crash.seed", System.nanoTime());
        System.out.println("crash.seed=" + seed);
        Random random = new Random(seed);
        Thread feed = Thread.ofPlatform().daemon().start(this::feed);
        pods.get(0).start("");
        pods.get(1).start("");
        awaitFirstRows();

        for (int kill = 0; kill < KILLS; kill++) {
            if (kill == KILLS / 3) {
                pods.get(2).start("");
            }
            if (kill == 2 * KILLS / 3) {
                pods.get(2).terminate();
            }
            crash(pods.get(random.nextInt(2)), random);
        }
        for (EnginePod pod : pods.subList(0, 2)) {
            if (!pod.isAlive()) {
                pod.start("");
            }
        }
        feeding = false;
        feed.join();

        assertEveryRowIsThereOnce();
    }

    /** Lets one pod die at a random point, or kills it from outside when it does not get there. */
    private static void crash(EnginePod pod, Random random) throws IOException, InterruptedException {
        Point point = Point.values()[random.nextInt(Point.values().length)];
        int passes = 1
                + random.nextInt(
                        switch (point) {
                            case IN_FAN_OUT -> 5_000;
                            case ON_RESTORE, ON_REVOKE, IN_SNAPSHOT -> 2;
                            case BEFORE_FLUSH, AFTER_FLUSH, BEFORE_COMMIT, AFTER_COMMIT -> 6;
                        });
        if (pod.isAlive()) {
            if (random.nextBoolean()) {
                pod.kill();
            } else {
                pod.terminate();
            }
        }
        pod.start(point + ":" + passes);
        boolean died = pod.diesWithin(9_000);
        if (!died) {
            pod.kill();
        }
        System.out.println(
                pod.name() + (died ? " died at " : " was killed, not having reached ") + point + ":" + passes);
        pod.start("");
    }

    private void awaitFirstRows() {
        try (PaymentLedger ledger = new PaymentLedger(kafka.bootstrapServers())) {
            await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> {
                ledger.readOn();
                assertThat(ledger.rows()).as(this::logs).isPositive();
            });
        }
    }

    private void assertEveryRowIsThereOnce() {
        int payments = fed.get();
        long rows = PaymentLedger.expectedRows(payments);
        try (PaymentLedger ledger = new PaymentLedger(kafka.bootstrapServers())) {
            await().atMost(Duration.ofSeconds(120)).pollDelay(Duration.ZERO).untilAsserted(() -> {
                ledger.readOn();
                assertThat(ledger.rows())
                        .as(() -> ledger.summary() + "\n" + GroupLag.of(kafka.bootstrapServers()) + "\n" + logs())
                        .isGreaterThanOrEqualTo(rows);
            });
            ledger.readOn();
            assertThat(ledger.differences(payments)).as(this::logs).isEmpty();
            assertThat(ledger.rows()).isEqualTo(rows);
        }
    }

    private String logs() {
        StringBuilder logs = new StringBuilder();
        for (EnginePod pod : pods) {
            try {
                logs.append(pod.log()).append('\n');
            } catch (IOException e) {
                logs.append(e.getMessage());
            }
        }
        return logs.toString();
    }

    private void feed() {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            long start = System.nanoTime();
            while (feeding) {
                long due = (System.nanoTime() - start) * PER_SECOND / 1_000_000_000L;
                while (fed.get() < due) {
                    Payment payment = Payment.number(fed.get());
                    producer.send(new ProducerRecord<>(
                            "payments", payment.id() % PARTITIONS, payment.eventTime(), null, payment.json()));
                    fed.incrementAndGet();
                }
                LockSupport.parkNanos(20_000_000);
            }
            long horizon =
                    Payment.number(fed.get()).eventTime() + Duration.ofHours(1).toMillis();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                producer.send(new ProducerRecord<>(
                        "payments", partition, horizon, null, Payment.json(-1, Payment.CLOSING, 0, horizon)));
            }
        }
    }

    private static JobDocument document() {
        return new JobDocument(
                "default",
                "payments",
                "uid-1",
                1,
                1,
                SQL,
                Map.of(),
                "crash",
                1,
                DesiredState.RUNNING,
                2,
                List.of(),
                Optional.empty(),
                0,
                DeliveryGuarantee.EXACTLY_ONCE,
                new StartFrom(StartType.EARLIEST, Optional.empty()),
                new ErrorHandling(ErrorStrategy.DEAD_LETTER, Optional.empty()),
                new Watermark(0, 30_000),
                new TopicDefaults(true, PARTITIONS, 1, Map.of()),
                Optional.empty());
    }
}
