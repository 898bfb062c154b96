package io.velostream.bench.run;

import io.velostream.bench.query.BenchQuery;
import io.velostream.bench.query.BenchQuery.Side;
import java.util.List;

/**
 * The topics that a query reads.
 *
 * @param orders topic of the orders
 * @param side topic of the second input; empty when there is none
 */
record InputTopics(String orders, String side) {

    /** The topics of the loaded inputs by convention: what is in them and the number of their partitions. */
    static InputTopics loaded(BenchQuery query) {
        boolean byId = query.side().filter(Side.PAYMENTS::equals).isPresent();
        return new InputTopics(
                (byId ? "orders-by-id-" : "orders-") + query.partitions(),
                query.side()
                        .map(side -> side.topicName() + "-" + query.partitions())
                        .orElse(""));
    }

    /** The topics of a paced run's own. */
    static InputTopics paced(BenchQuery query, String name) {
        return new InputTopics(
                "paced-" + name,
                query.side()
                        .map(side -> "paced-" + side.topicName() + "-" + name)
                        .orElse(""));
    }

    /** The topics whose records are worked off and counted. */
    List<String> counted(BenchQuery query) {
        return query.side().filter(Side.PAYMENTS::equals).isPresent() ? List.of(orders, side) : List.of(orders);
    }

    boolean contains(String topic) {
        return topic.equals(orders) || topic.equals(side);
    }
}
