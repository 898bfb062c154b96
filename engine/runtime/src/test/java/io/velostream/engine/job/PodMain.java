package io.velostream.engine.job;

import io.velostream.engine.runtime.topology.TestPlans;
import java.nio.file.Path;
import java.util.Map;

/** A pod as a process of its own, for tests that kill it: arguments are the brokers and the state directory. */
final class PodMain {

    private PodMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        StreamsJobRegistry pod = JobTestBed.pod(
                arguments[0],
                0,
                Path.of(arguments[1]),
                Map.of("good", TestPlans.job(TestPlans.countByValue("totals", "events", "totals"))),
                true);
        Runtime.getRuntime().addShutdownHook(new Thread(pod::close));
        pod.apply(TestDocuments.job("crashing").parallelism(2).build());
        Thread.currentThread().join();
    }
}
