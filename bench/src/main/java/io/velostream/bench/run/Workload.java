package io.velostream.bench.run;

import io.velostream.bench.data.Feed;
import io.velostream.bench.data.OrderGenerator;
import io.velostream.bench.oracle.Digest;
import io.velostream.bench.oracle.ExactCheck;
import io.velostream.bench.oracle.GroupCheck;
import io.velostream.bench.oracle.Oracle;
import io.velostream.bench.oracle.OutputCheck;
import io.velostream.bench.oracle.RowHasher;
import io.velostream.bench.query.BenchQuery;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A query over a loaded input, with the oracle's answer, which is computed once and serves all systems. */
final class Workload {
    private final BenchQuery query;
    private final Feed feed;
    private final InputTopics topics;
    private final Oracle oracle;
    private final Digest rows = new Digest();
    private @Nullable Digest finalRows;

    Workload(BenchQuery query, OrderGenerator generator, InputTopics topics) {
        this.query = query;
        this.feed = Feed.of(query, generator);
        this.topics = topics;
        this.oracle = new Oracle(generator);
        oracle.rows(query, new RowHasher(rows));
    }

    BenchQuery query() {
        return query;
    }

    Feed feed() {
        return feed;
    }

    InputTopics topics() {
        return topics;
    }

    long records() {
        return feed.records();
    }

    /** The topics whose records are worked off and counted; a table that comes first is none of them. */
    List<String> countedTopics() {
        return topics.counted(query);
    }

    /** A fresh check of one run's output. */
    OutputCheck check(boolean coalesced) {
        if (coalesced) {
            Digest digest = finalRows;
            if (digest == null) {
                digest = new Digest();
                oracle.finalRows(query, new RowHasher(digest));
                finalRows = digest;
            }
            return new GroupCheck(query, true, digest);
        }
        return query == BenchQuery.Q3R ? new GroupCheck(query, false, rows) : new ExactCheck(query, oracle, rows);
    }
}
