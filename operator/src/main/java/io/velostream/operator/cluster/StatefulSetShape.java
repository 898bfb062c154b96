package io.velostream.operator.cluster;

import java.util.List;

/**
 * What the planner decides about the StatefulSet beside its template.
 *
 * @param replicas pods that exist
 * @param partition pods from this number on get the newest template
 * @param servingReplicas pods by which the jobs' parallelism is spread
 * @param drainingOrdinals pods that must not run jobs
 */
record StatefulSetShape(int replicas, int partition, int servingReplicas, List<Integer> drainingOrdinals) {

    StatefulSetShape {
        drainingOrdinals = List.copyOf(drainingOrdinals);
    }
}
