package io.velostream.engine.job;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How a job's parallelism is spread over its pods: pod i of n runs ⌊p/n⌋ threads, and one more when i &lt; p mod n. Drained
 * pods do not count.
 */
final class ThreadSpread {

    private ThreadSpread() {}

    /**
     * The threads of one pod.
     *
     * @param ordinal the pod that asks
     * @param tasks upper bound: more threads than tasks would idle
     */
    static int threads(JobDocument document, int ordinal, int maxParallelism, int tasks) {
        List<Integer> pods = IntStream.range(0, Math.max(document.replicas(), ordinal + 1))
                .filter(pod -> !document.drainedOrdinals().contains(pod))
                .boxed()
                .toList();
        int index = pods.indexOf(ordinal);
        if (index < 0) {
            return 0;
        }
        int pod = document.parallelism()
                .map(total -> total / pods.size() + (index < total % pods.size() ? 1 : 0))
                .orElse(Math.min(maxParallelism, Math.max(1, Math.ceilDiv(tasks, pods.size()))));
        return Math.min(pod, tasks);
    }
}
