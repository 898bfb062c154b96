/** What the engine's state takes on the heap, measured on the stages themselves. */
@NullMarked
package io.velostream.bench.memory;

import org.jspecify.annotations.NullMarked;
