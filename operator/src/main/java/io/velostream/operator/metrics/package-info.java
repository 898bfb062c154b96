/** The operator's own meters, for each resource and bounded by the number of resources, and what its health says. */
@NullMarked
package io.velostream.operator.metrics;

import org.jspecify.annotations.NullMarked;
