package io.velostream.bench.nexmark.job;

import io.velostream.bench.nexmark.event.Record;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Cuts the records of several topics into batches: a batch goes when it is full, what is left goes at the end. So the topics
 * run apart by as much as a batch, as they do behind a broker.
 */
public final class Feed {

    private final Set<String> topics;
    private final int batchSize;
    private final Consumer<List<Record>> target;
    private final Map<String, List<Record>> open = new LinkedHashMap<>();

    /**
     * @param topics whose records are wanted; others are left out
     * @param batchSize records of a batch, at least 1
     * @param target takes the batches
     */
    public Feed(Set<String> topics, int batchSize, Consumer<List<Record>> target) {
        this.topics = Set.copyOf(topics);
        this.batchSize = batchSize;
        this.target = target;
    }

    /** Takes a record. */
    public void add(Record record) {
        if (!topics.contains(record.topic())) {
            return;
        }
        List<Record> batch = open.computeIfAbsent(record.topic(), topic -> new ArrayList<>(batchSize));
        batch.add(record);
        if (batch.size() >= batchSize) {
            open.remove(record.topic());
            target.accept(batch);
        }
    }

    /** Hands on what is left. */
    public void end() {
        open.values().forEach(target);
        open.clear();
    }
}
