/** JMH benchmarks of the hot path's parts, each with its allocation rate; run by {@code bench/micro}. */
@NullMarked
package io.velostream.bench.micro;

import org.jspecify.annotations.NullMarked;
