package io.velostream.bench.run;

import io.velostream.bench.broker.Broker;
import io.velostream.bench.broker.ClientSettings;
import io.velostream.bench.broker.Input;
import io.velostream.bench.data.CustomerTable;
import io.velostream.bench.data.Feed;
import io.velostream.bench.data.OrderGenerator;
import io.velostream.bench.process.JavaProcess;
import io.velostream.bench.query.BenchQuery;
import io.velostream.bench.query.BenchQuery.Side;
import io.velostream.bench.system.Assignment;
import io.velostream.bench.system.SystemUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * One system under a steady load. Records are due at fixed times and count from then, however late the producer is, so that a
 * stall is not hidden by the stalled sender ("coordinated omission", Tene 2013). The first half warms the system up.
 */
final class LatencyRun {
    private static final Duration START_LIMIT = Duration.ofSeconds(120);
    private static final Duration TAIL = Duration.ofSeconds(10);
    private static final double KEPT_UP_MILLIS = 5_000;
    private static final int LINGER_MILLIS = 5;
    private static final int PRIMING_RECORDS = 100;
    private static final int PARSED_ROWS_PER_SECOND = 20_000;
    private static final double NANOS_PER_MILLI = 1e6;

    private final Bench bench;
    private final BenchQuery query;
    private final SystemUnderTest system;
    private final double load;
    private final long rate;
    private final OrderGenerator generator;
    private final Feed feed;
    private final InputTopics topics;
    private final String output;

    private volatile boolean sent;
    private volatile long start;
    private double[] latencies = new double[1 << 16];
    private int size;
    private double lastLatency;

    /**
     * A run at a share of a system's rate.
     *
     * @param capacity the system's rate in records a second
     */
    LatencyRun(
            Bench bench,
            BenchQuery query,
            SystemUnderTest system,
            double load,
            double capacity,
            Duration length,
            long seed) {
        this.bench = bench;
        this.query = query;
        this.system = system;
        this.load = load;
        this.rate = Math.max(100, Math.round(load * capacity));
        long records = Math.max(10_000, rate * length.toSeconds());
        this.generator = Feed.orders(query, seed, records, false);
        this.feed = Feed.of(query, generator);
        String name = "%s-%s-%d".formatted(query.id(), system.id(), Math.round(load * 100));
        this.topics = InputTopics.paced(query, name);
        this.output = "out-paced-" + name;
    }

    LatencyResult run() throws RunFailedException, InterruptedException {
        Broker broker = bench.broker();
        CausingInput causes = CausingInput.of(query, generator);
        broker.createTopic(topics.orders(), query.partitions(), false);
        if (query.side().isPresent()) {
            broker.createTopic(topics.side(), query.partitions(), false);
        }
        broker.createTopic(output, query.partitions(), true);
        try (Input producer = new Input(feed, broker, topics.orders(), topics.side(), LINGER_MILLIS);
                JavaProcess process = start(producer)) {
            prime(process, producer);
            start = System.nanoTime() - dueNanos(PRIMING_RECORDS);
            Thread reader = Thread.ofPlatform().name("latency").start(() -> read(causes));
            pace(process, producer);
            sent = true;
            reader.join();
        } finally {
            broker.deleteTopics(topic -> topic.contains("paced"));
            broker.deleteGroups();
        }
        if (size == 0) {
            throw new RunFailedException("No row came within the measured time");
        }
        Arrays.sort(latencies, 0, size);
        return new LatencyResult(
                query,
                system,
                load,
                rate,
                Statistics.quantile(latencies, size, 0.5),
                Statistics.quantile(latencies, size, 0.99),
                lastLatency < KEPT_UP_MILLIS);
    }

    private JavaProcess start(Input producer) throws RunFailedException {
        if (query.side().filter(Side.CUSTOMERS::equals).isPresent()) {
            producer.loadTable(new CustomerTable(generator.spec()));
        }
        return bench.start(system, assignment(), output);
    }

    private Assignment assignment() throws RunFailedException {
        Path work = bench.work().resolve(output);
        try {
            Files.createDirectories(work);
        } catch (IOException e) {
            throw new RunFailedException("The work directory " + work + " could not be made: " + e);
        }
        return new Assignment(
                query, bench.broker().bootstrap(), topics.orders(), topics.side(), output, "bench-" + output, work);
    }

    /** Sends a few records and waits until the system has fetched them, so that its start is no backlog. */
    private void prime(JavaProcess process, Input producer) throws RunFailedException, InterruptedException {
        for (long i = 0; i < PRIMING_RECORDS; i++) {
            producer.send(i);
        }
        producer.flush();
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (bench.broker().bytesOut(topics.orders()) == 0) {
            alive(process);
            if (System.nanoTime() > deadline) {
                throw new RunFailedException("It read nothing within " + START_LIMIT.toSeconds() + " s");
            }
            Thread.sleep(100);
        }
    }

    private void pace(JavaProcess process, Input producer) throws RunFailedException {
        long records = feed.records();
        long next = PRIMING_RECORDS;
        while (next < records) {
            alive(process);
            long due = Math.min(records, (long) ((System.nanoTime() - start) * (rate / 1e9)));
            while (next < due) {
                producer.send(next++);
            }
            LockSupport.parkNanos(500_000);
        }
        producer.flush();
    }

    private long dueNanos(long index) {
        return (long) (index * (1e9 / rate));
    }

    private void read(CausingInput causes) {
        Map<String, Object> settings = new HashMap<>(ClientSettings.consumer());
        settings.put("bootstrap.servers", bench.broker().bootstrap());
        settings.put("enable.auto.commit", "false");
        settings.put("fetch.max.wait.ms", "50");
        long every = query.rowPerInput() ? Math.max(1, rate / PARSED_ROWS_PER_SECOND) : 1;
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(IntStream.range(0, query.partitions())
                    .mapToObj(p -> new TopicPartition(output, p))
                    .toList());
            consumer.seekToBeginning(consumer.assignment());
            long rows = 0;
            long ended = System.nanoTime();
            while (!sent || System.nanoTime() - ended < TAIL.toNanos()) {
                if (!sent) {
                    ended = System.nanoTime();
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
                    if (rows++ % every == 0) {
                        take(record.value(), causes);
                    }
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("A row of " + output + " is no valid JSON", e);
        }
    }

    private void take(byte[] value, CausingInput causes) throws IOException {
        long now = System.nanoTime();
        long index = causes.of(LatencyRow.of(value));
        if (index < feed.records() / 2) {
            return;
        }
        if (size == latencies.length) {
            latencies = Arrays.copyOf(latencies, size * 2);
        }
        lastLatency = (now - start - dueNanos(index)) / NANOS_PER_MILLI;
        latencies[size++] = lastLatency;
    }

    private static void alive(JavaProcess process) throws RunFailedException {
        if (!process.isAlive()) {
            throw new RunFailedException("Its process ended; its log ends:\n" + process.tail());
        }
    }
}
