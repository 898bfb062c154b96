/** What the operator itself does in Kafka: it removes what a deleted job leaves there. */
@NullMarked
package io.velostream.operator.kafka;

import org.jspecify.annotations.NullMarked;
