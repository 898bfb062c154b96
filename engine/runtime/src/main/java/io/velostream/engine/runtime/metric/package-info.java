/**
 * Business metrics that queries declare with {@code @metric}. A stage's thread updates plain counters; whoever reads them
 * sums over the tasks.
 */
@org.jspecify.annotations.NullMarked
package io.velostream.engine.runtime.metric;
