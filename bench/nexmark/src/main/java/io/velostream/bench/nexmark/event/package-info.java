/** The events of an online auction house in Nexmark's mix. */
@NullMarked
package io.velostream.bench.nexmark.event;

import org.jspecify.annotations.NullMarked;
