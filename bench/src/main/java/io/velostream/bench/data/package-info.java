/** The input of the benchmarks: orders made from a seed, and their JSON. */
@NullMarked
package io.velostream.bench.data;

import org.jspecify.annotations.NullMarked;
