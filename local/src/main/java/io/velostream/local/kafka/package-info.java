/** A real Apache Kafka broker inside this process, for development, demonstrations and tests. */
@NullMarked
package io.velostream.local.kafka;

import org.jspecify.annotations.NullMarked;
