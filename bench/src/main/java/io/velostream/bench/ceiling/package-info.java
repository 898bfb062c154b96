/** The hand-written loop over the Kafka clients: what a query costs at least with the same guarantees. */
@NullMarked
package io.velostream.bench.ceiling;

import org.jspecify.annotations.NullMarked;
