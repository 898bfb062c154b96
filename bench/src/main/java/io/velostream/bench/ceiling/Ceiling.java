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
     * What the loop works between.
     *
     * @param side topic of the second input; empty when there is none
     */
    public record Topics(String input, String side, String output) {}

    /**
     * Starts the loop.
     *
     * @throws ExecutionException when the broker refuses the internal topics
     */
    public static ClientLoop start(
            BenchQuery query, String bootstrap, Topics topics, String applicationId, Consumer<Throwable> onFailure)
            throws ExecutionException, InterruptedException {
        String changelog = applicationId + "-changelog";
        String repartition = applicationId + "-repartition";
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            switch (query) {
                case Q1, Q1S -> {}
                case Q2, Q3, Q4, Q5 -> create(admin, changelog, query, COMPACTED);
                case Q3R -> {
                    create(admin, changelog, query, COMPACTED);
                    create(admin, repartition, query, Map.of());
                }
            }
        }
        return new ClientLoop(bootstrap, applicationId, loop(query, topics, changelog, repartition), onFailure);
    }

    private static ClientLoop.Query loop(BenchQuery query, Topics topics, String changelog, String repartition) {
        String output = topics.output();
        List<String> input = List.of(topics.input());
        return switch (query) {
            case Q1, Q1S -> new ClientLoop.Query(input, sender -> new Projection(sender, output, query.minimumScore()));
            case Q2 -> new ClientLoop.Query(input, sender -> new TumblingWindow(sender, output, changelog));
            case Q3 ->
                new ClientLoop.Query(
                        input, sender -> new GroupByKey(new RunningGroups("customer", sender, output, changelog)));
            case Q3R ->
                new ClientLoop.Query(
                        List.of(topics.input(), repartition),
                        sender -> new GroupByMerchant(
                                new RunningGroups("merchant", sender, output, changelog), sender, repartition));
            case Q4 ->
                new ClientLoop.Query(
                        List.of(topics.input(), topics.side()),
                        sender -> new TableJoin(sender, topics.side(), output, changelog),
                        operator -> new TableFirst(topics.side()));
            case Q5 ->
                new ClientLoop.Query(
                        List.of(topics.input(), topics.side()),
                        sender -> new StreamJoin(sender, topics.side(), output, changelog),
                        operator -> {
                            StreamJoin join = (StreamJoin) operator;
                            return new SideBySide(
                                    topics.input(), join::newestOrder, topics.side(), join::newestPayment);
                        });
        };
    }

    private static void create(Admin admin, String topic, BenchQuery query, Map<String, String> properties)
            throws ExecutionException, InterruptedException {
        admin.createTopics(List.of(new NewTopic(topic, query.partitions(), (short) 1).configs(properties)))
                .all()
                .get();
    }
}
