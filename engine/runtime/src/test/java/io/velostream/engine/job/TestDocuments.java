package io.velostream.engine.job;

import io.velostream.engine.job.JobDocument.DeliveryGuarantee;
import io.velostream.engine.job.JobDocument.DesiredState;
import io.velostream.engine.job.JobDocument.ErrorHandling;
import io.velostream.engine.job.JobDocument.ErrorStrategy;
import io.velostream.engine.job.JobDocument.StartFrom;
import io.velostream.engine.job.JobDocument.StartType;
import io.velostream.engine.job.JobDocument.TopicDefaults;
import io.velostream.engine.job.JobDocument.Watermark;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds job documents whose fields matter to a test. */
public final class TestDocuments {

    private final String name;
    private String sql = "good";
    private long sequence = 1;
    private DesiredState state = DesiredState.RUNNING;
    private int replicas = 1;
    private List<Integer> drained = List.of();
    private Optional<Integer> parallelism = Optional.of(1);
    private ErrorStrategy strategy = ErrorStrategy.DEAD_LETTER;
    private StartFrom start = new StartFrom(StartType.EARLIEST, Optional.empty());
    private boolean createTopics = true;
    private int partitions = 3;
    private Optional<JobDocument.CircuitBreaker> breaker = Optional.empty();

    private TestDocuments(String name) {
        this.name = name;
    }

    public static TestDocuments job(String name) {
        return new TestDocuments(name);
    }

    public TestDocuments sql(String text) {
        sql = text;
        return this;
    }

    public TestDocuments sequence(long number) {
        sequence = number;
        return this;
    }

    public TestDocuments desired(DesiredState wanted) {
        state = wanted;
        return this;
    }

    public TestDocuments replicas(int count) {
        replicas = count;
        return this;
    }

    public TestDocuments drainedOrdinals(Integer... ordinals) {
        drained = List.of(ordinals);
        return this;
    }

    public TestDocuments parallelism(int total) {
        parallelism = Optional.of(total);
        return this;
    }

    public TestDocuments parallelismOfThePods() {
        parallelism = Optional.empty();
        return this;
    }

    public TestDocuments onError(ErrorStrategy wanted) {
        strategy = wanted;
        return this;
    }

    public TestDocuments startFrom(StartFrom from) {
        start = from;
        return this;
    }

    public TestDocuments createTopics(boolean create) {
        createTopics = create;
        return this;
    }

    public TestDocuments circuitBreaker(JobDocument.CircuitBreaker settings) {
        breaker = Optional.of(settings);
        return this;
    }

    public TestDocuments partitionsOfTheSource() {
        partitions = 0;
        return this;
    }

    public JobDocument build() {
        return new JobDocument(
                "shop",
                name,
                "uid-" + name,
                sequence,
                sequence,
                sql,
                Map.of(),
                "velostream.shop." + name,
                1,
                state,
                replicas,
                drained,
                parallelism,
                0,
                DeliveryGuarantee.EXACTLY_ONCE,
                start,
                new ErrorHandling(strategy, Optional.empty()),
                new Watermark(0, 10_000),
                new TopicDefaults(createTopics, partitions, 1, Map.of()),
                breaker);
    }
}
