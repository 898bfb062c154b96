/**
 * Units as Kafka Streams applications: the only package that knows {@code org.apache.kafka.streams}. One record of the
 * Streams runtime is one batch of ours, in and out; see {@link io.velostream.engine.runtime.topology.BatchInterceptor}
 * and {@link io.velostream.engine.runtime.topology.FanOutProducer}.
 */
@NullMarked
package io.velostream.engine.runtime.topology;

import org.jspecify.annotations.NullMarked;
