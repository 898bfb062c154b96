/** Sources outside Kafka: their records, read in an order that is the same each time. */
@NullMarked
package io.velostream.engine.ingest;

import org.jspecify.annotations.NullMarked;
