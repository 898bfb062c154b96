package io.velostream.bench.ceiling;

import io.velostream.bench.query.BenchQuery;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Starts the loop of a query, with its internal topics. */
public final class Ceiling {
    private static final Map<String, String> COMPACTED = Map.of("cleanup.policy", "compact");

    private Ceiling() {}

    /**
     * Starts the loop.
     *
     * @throws ExecutionException when the broker refuses the internal topics
     */
    public static ClientLoop start(
            BenchQuery query,
            String bootstrap,
            String input,
            String output,
            String applicationId,
            Consumer<Throwable> onFailure)
            throws ExecutionException, InterruptedException {
        String changelog = applicationId + "-changelog";
        String repartition = applicationId + "-repartition";
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            switch (query) {
                case Q1, Q1S -> {}
                case Q2, Q3 -> create(admin, changelog, query, COMPACTED);
                case Q3R -> {
                    create(admin, changelog, query, COMPACTED);
                    create(admin, repartition, query, Map.of());
                }
            }
        }
        List<String> topics = query == BenchQuery.Q3R ? List.of(input, repartition) : List.of(input);
        return new ClientLoop(
                bootstrap,
                applicationId,
                topics,
                sender -> switch (query) {
                    case Q1, Q1S -> new Projection(sender, output, query.minimumScore());
                    case Q2 -> new TumblingWindow(sender, output, changelog);
                    case Q3 -> new GroupByKey(new RunningGroups("customer", sender, output, changelog));
                    case Q3R ->
                        new GroupByMerchant(
                                new RunningGroups("merchant", sender, output, changelog), sender, repartition);
                },
                onFailure);
    }

    private static void create(Admin admin, String topic, BenchQuery query, Map<String, String> properties)
            throws ExecutionException, InterruptedException {
        admin.createTopics(List.of(new NewTopic(topic, query.partitions(), (short) 1).configs(properties)))
                .all()
                .get();
    }
}
