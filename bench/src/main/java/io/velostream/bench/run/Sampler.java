package io.velostream.bench.run;

import io.velostream.bench.broker.Broker;
import io.velostream.bench.process.ProcStat;
import java.util.List;

/** Samples a system's progress and CPU time fifty times a second until closed. */
final class Sampler implements AutoCloseable {
    private static final int INTERVAL_MILLIS = 20;

    private final Timeline timeline = new Timeline();
    private final Broker broker;
    private final List<String> topics;
    private final long engine;
    private final long bytesBefore;
    private final Thread thread;
    private volatile boolean stopping;

    Sampler(Broker broker, List<String> topics, long enginePid, long bytesBefore) {
        this.broker = broker;
        this.topics = topics;
        this.engine = enginePid;
        this.bytesBefore = bytesBefore;
        this.thread = Thread.ofPlatform().daemon().name("sampler").start(this::run);
    }

    Timeline timeline() {
        return timeline;
    }

    private void run() {
        try {
            while (!stopping) {
                sample();
                Thread.sleep(INTERVAL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sample() {
        long cpu = ProcStat.cpuNanos(engine);
        if (cpu >= 0) {
            timeline.add(new Timeline.Sample(
                    System.currentTimeMillis(),
                    broker.bytesOut(topics) - bytesBefore,
                    cpu,
                    ProcStat.cpuNanos(broker.pid())));
        }
    }

    @Override
    public void close() throws InterruptedException {
        stopping = true;
        thread.join();
    }
}
