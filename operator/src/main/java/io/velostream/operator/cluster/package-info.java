/**
 * The {@code VeloCluster} reconciler: observe, decide (pure functions over records), act, status; and the objects that a cluster
 * consists of.
 */
@NullMarked
package io.velostream.operator.cluster;

import org.jspecify.annotations.NullMarked;
